"""Services that an operator adds, renames and retires."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from storage.database import Database
from storage.errors import ServiceRefused, UnknownService
from storage.households.actors import Holder, Operator
from storage.households.households import Household
from tests.fakes.households import acting, make_household, newcomer, start_chat, verify

HOLDER, SECOND = "holder-90210001", "second1-90210001"
NAMES = {"en": "Home security", "fr": "Sécurité du domicile"}
OPERATOR = Operator("foyer services retire")


@pytest.fixture
def household(database: Database) -> Household:
    return make_household(database, secondaries=1)


@pytest.fixture
def holder(database: Database, household: Household) -> Holder:
    return acting(verify(database, HOLDER, start_chat(database)))


def add(database: Database, code: str = "home_security", words: tuple[str, ...] = ()) -> None:
    with database.write() as uow:
        uow.services.add(code, NAMES, words)


def retire(database: Database, code: str) -> None:
    with database.write() as uow:
        uow.services.retire(code)
        while uow.services.end_access(OPERATOR, limit=1):
            pass


def test_an_added_service_is_last_and_has_its_names_and_words(database: Database) -> None:
    add(database, words=("Home  Security", "burglar alarm"))
    with database.read() as uow:
        service = uow.households.services()[-1]
        words = dict(uow.households.offered())
    assert (service.code, service.names) == ("home_security", NAMES)
    assert words["home_security"] == ("burglar alarm", "home security")
    assert words["view_invoice"] == ()


@pytest.mark.parametrize(
    ("code", "names", "words", "reason"),
    [
        ("view_invoice", NAMES, (), "known"),
        ("Home Security", NAMES, (), "code"),
        ("all", NAMES, (), "code"),
        ("home_security", {**NAMES, "fr": "payer  la FACTURE"}, (), "taken"),
        ("home_security", NAMES, ("Pay the bill",), "taken"),
        ("home_security", {**NAMES, "en": " "}, (), "empty"),
        ("home_security", NAMES, ("",), "empty"),
        ("home_security", {**NAMES, "en": "x" * 61}, (), "too_long"),
        ("home_security", {**NAMES, "en": "Home\x1bsecurity"}, (), "characters"),
    ],
)
def test_what_cannot_be_added_is_refused_and_leaves_nothing(
    database: Database, code: str, names: Mapping[str, str], words: tuple[str, ...], reason: str
) -> None:
    with pytest.raises(ServiceRefused) as refusal, database.write() as uow:
        uow.services.add(code, names, words)
    assert refusal.value.reason == reason
    with database.read() as uow:
        assert len(uow.households.services(retired=True)) == 6


def test_a_renamed_service_keeps_its_other_name_and_its_words(database: Database) -> None:
    add(database, words=("Home security",))
    with database.write() as uow:
        uow.services.rename("home_security", {"en": "Guard my home"}, ["Guard my home"])
    with database.read() as uow:
        assert uow.households.services()[-1].names == {**NAMES, "en": "Guard my home"}
        assert dict(uow.households.offered())["home_security"] == ("guard my home", "home security")


def test_what_is_not_there_is_neither_renamed_nor_retired(database: Database) -> None:
    for name in ("rename", "retire"):
        with pytest.raises(ServiceRefused) as refusal, database.write() as uow:
            getattr(uow.services, name)("no_such", *([{}] if name == "rename" else []))
        assert refusal.value.reason == "unknown"


def test_a_retired_service_is_gone_from_everywhere_but_the_past(
    database: Database, household: Household, holder: Holder
) -> None:
    person = household.members[1]
    add(database)
    with database.write() as uow:
        given = uow.changes.change_rights(holder, person.id, grant=["home_security"])
        assert "home_security" in given.member.services
        assert uow.services.holders("home_security") == 1
    retire(database, "home_security")
    with database.read() as uow:
        assert uow.services.holders("home_security") == 0
        assert uow.households.of(household.id).members[1].services == person.services
        assert "home_security" not in [one.code for one in uow.households.services()]
        assert uow.households.services(retired=True)[-1].is_retired
        ended, granted = uow.history.entries(household.id, 2, actions=("rights", "retire_service"))
        assert (ended.action, ended.actor_kind) == ("retire_service", "operator")
        assert "home_security" in ended.before["services"]
        assert "home_security" not in ended.after["services"]
        assert "home_security" in granted.after["services"]
        assert uow.audit.verify(household.id)
        mail = [row for row in uow.outbox.due_mails(20) if row.template == "rights_changed"][-1]
    assert mail.parameters["revoked"] == ["Home security"]


def test_nobody_can_be_given_a_retired_service(
    database: Database, household: Household, holder: Holder
) -> None:
    with database.write() as uow:
        uow.services.retire("voicemail")
    with database.write() as uow, pytest.raises(UnknownService):
        uow.changes.change_rights(holder, household.members[1].id, grant=["voicemail"])
    with database.write() as uow, pytest.raises(UnknownService):
        uow.households.create_member(holder, replace(newcomer(), services=("voicemail",)))


def test_a_retired_code_is_not_used_again(database: Database) -> None:
    add(database)
    retire(database, "home_security")
    for again in (add, retire):
        with pytest.raises(ServiceRefused) as refusal:
            again(database, "home_security")
        assert refusal.value.reason == "retired"
    add(database, "guard")  # but its names are free


def test_a_request_for_a_retired_service_ends_and_another_can_be_made(
    database: Database, household: Household
) -> None:
    session = verify(database, SECOND, start_chat(database, "their chat"))
    with database.write() as uow:
        uow.requests.ask(session, ["voicemail"])
    retire(database, "voicemail")
    with database.read() as uow:
        assert uow.requests.open_for(household.id) == ()
        ended = uow.requests.newest(session.member_id)
    assert ended is not None
    assert (ended.status, ended.services) == ("expired", ("voicemail",))
    with database.write() as uow:
        assert uow.requests.ask(session, ["usage"]).services == ("usage",)


def test_a_request_for_more_goes_on_without_the_retired_service(
    database: Database, household: Household
) -> None:
    session = verify(database, SECOND, start_chat(database, "their chat"))
    with database.write() as uow:
        uow.requests.ask(session, ["voicemail", "usage"])
    retire(database, "voicemail")
    with database.read() as uow:
        [request] = uow.requests.open_for(household.id)
    assert request.services == ("usage",)
