"""The people of the recorded conversations.

Diane's household; Omar's, which is full; Rose's, whose people have names alike; and Kevin's, where
most are called Kevin, and three of them Kevin Roy.
"""

from storage.database import Database
from storage.households.actors import Operator
from storage.households.importing.records import HouseholdRecord, MemberRecord


def person(
    role: str, name: str, *, language: str = "en", status: str = "active", username: str = ""
) -> MemberRecord:
    first, _, last = name.partition(" ")
    key = username or first.casefold().replace("é", "e").replace("è", "e")
    rights = () if role == "holder" else ("view_invoice",)
    return MemberRecord(
        role=role,
        username=key,
        first_name=first,
        last_name=last,
        email=f"{key}@example.com",
        language=language,
        status=status,
        rights=rights,
    )


TREMBLAY = HouseholdRecord(
    "90210001",
    "en",
    (
        person("holder", "Diane Tremblay"),
        person("secondary", "Hugo Tremblay", language="fr"),
        person("secondary", "Léa Tremblay-Roy", language="fr", status="locked"),
    ),
)
HADDAD = HouseholdRecord(
    "90210002",
    "fr",
    (
        person("holder", "Omar Haddad", language="fr"),
        *(person("secondary", f"{n} Haddad") for n in ("Nadia", "Sami", "Rima", "Karim", "Lina")),
    ),
)
GAGNON = HouseholdRecord(
    "90210008",
    "en",
    (
        person("holder", "Rose Gagnon"),
        person("secondary", "Marie Gagnon"),
        person("secondary", "Marie-Ève Roy", language="fr"),
        person("secondary", "Jean Gagnon"),
        person("secondary", "Jean-Guy Côté", language="fr", status="locked"),
        person("secondary", "Marie Côté", username="mcote"),
    ),
)
ROY = HouseholdRecord(
    "90210009",
    "en",
    (
        person("holder", "Kevin Roy", username="kroy"),
        person("secondary", "Kevin Roy", username="kev77", status="locked"),
        person("secondary", "Kevin Roy", username="kevin.roy"),
        person("secondary", "Kevin Tran", username="ktran"),
        person("secondary", "Jo Roy", username="joroy"),
    ),
)


def move_in(database: Database) -> None:
    with database.write() as uow:
        uow.importing.apply(Operator("tests"), [TREMBLAY, HADDAD, GAGNON, ROY])
