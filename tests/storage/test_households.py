"""What the holder's changes do, say and refuse."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from storage.database import Database
from storage.errors import HouseholdError, InvitationLimit, NotAuthorised
from storage.households.actors import Holder
from storage.households.households import Household
from storage.households.members import Members
from tests.fakes.clock import ManualClock
from tests.fakes.households import acting, mailed, make_household, newcomer, start_chat, verify

HOLDER = "holder-90210001"


@pytest.fixture
def household(database: Database) -> Household:
    return make_household(database, secondaries=1)


@pytest.fixture
def holder(database: Database, household: Household) -> Holder:
    return acting(verify(database, HOLDER, start_chat(database)))


def test_an_invited_member_gets_a_seat_their_services_and_a_mail(
    database: Database, household: Household, holder: Holder
) -> None:
    with database.write() as uow:
        receipt = uow.households.create_member(holder, newcomer())
    created = receipt.member
    assert (created.status, created.role, created.seat) == ("invited", "secondary", 3)
    assert created.services == ("view_invoice",)
    assert created.username is None
    assert receipt.number.startswith("F-")
    with database.read() as uow:
        assert uow.households.of(household.id).members[2] == created
        [mail] = [row for row in uow.outbox.due_mails(10) if row.template == "activation"]
        assert uow.audit.verify(household.id)
    assert (mail.recipient, mail.language) == ("zoe1@example.com", "fr")
    assert mail.parameters == {
        "first_name": "Zoé",
        "holder_name": "Hélène Tremblay",
        "services": ["Consulter la facture"],
        "days": 5,
    }
    address, _, token = mail.secrets["activation_url"].rpartition("/")
    assert address == "http://127.0.0.1:8080/password"
    assert len(token) >= 22


def test_a_household_is_listed_by_seat_with_its_places_left(
    database: Database, household: Household
) -> None:
    assert [one.role for one in household.members] == ["holder", "secondary"]
    assert household.holder.first_name == "Hélène"
    assert household.places_left == 4
    with database.read() as uow:
        assert uow.households.find("no such account") is None


def test_the_catalogue_is_known_in_both_languages(database: Database) -> None:
    with database.read() as uow:
        services = uow.households.services()
    assert [one.code for one in services] == [
        "view_invoice",
        "pay_bill",
        "tv_channels",
        "data_addons",
        "usage",
        "voicemail",
    ]
    assert services[0].name("en") == "View the invoice"
    assert services[0].name("fr") == "Consulter la facture"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"email": "HOLDER@90210001.example.com"}, "email_taken"),
        ({"first_name": "  "}, "empty"),
        ({"last_name": "x" * 61}, "too_long"),
        ({"first_name": "see http://evil.example"}, "characters"),
        ({"services": ("view_invoice", "everything")}, "unknown_service"),
    ],
)
def test_a_refused_invitation_changes_nothing(
    database: Database,
    household: Household,
    holder: Holder,
    change: dict[str, Any],
    reason: str,
) -> None:
    with database.write() as uow:
        with pytest.raises(HouseholdError) as refusal:
            uow.households.create_member(holder, replace(newcomer(), **change))
        assert refusal.value.reason == reason
    with database.read() as uow:
        assert uow.households.of(household.id) == household
        assert not [row for row in uow.outbox.due_mails(10) if row.template == "activation"]


def test_an_address_is_taken_whatever_its_case_and_only_in_its_household(
    database: Database, household: Household
) -> None:
    other = make_household(database, "90210002")
    with database.read() as uow:
        assert uow.households.email_taken(household.id, "Holder@90210001.EXAMPLE.com")
        assert not uow.households.email_taken(other.id, "holder@90210001.example.com")


def test_ten_invitations_a_day_even_when_some_were_removed(
    database: Database, holder: Holder, household: Household, clock: ManualClock
) -> None:
    for number in range(10):
        with database.write() as uow:
            created = uow.households.create_member(holder, newcomer(number)).member
            Members(uow.transaction).vacate(created.id)
    with database.write() as uow, pytest.raises(InvitationLimit):
        uow.households.create_member(holder, newcomer(10))
    clock.advance(days=1)
    holder = acting(verify(database, HOLDER, start_chat(database)))
    with database.write() as uow:
        assert uow.households.create_member(holder, newcomer(10)).member.seat == 3


def test_a_forged_session_changes_nothing(
    database: Database, household: Household, holder: Holder
) -> None:
    forged = replace(holder, session_id=holder.session_id + 1)
    with database.write() as uow, pytest.raises(NotAuthorised):
        uow.households.create_member(forged, newcomer())
    with database.read() as uow:
        assert uow.households.of(household.id) == household


def test_the_activation_link_stands_nowhere_in_clear(
    database: Database, holder: Holder, contents: Callable[[], bytes]
) -> None:
    with database.write() as uow:
        uow.households.create_member(holder, newcomer())
    token = mailed(database, "activation")["activation_url"].rpartition("/")[2]
    assert token.encode() not in contents()
    with database.read() as uow:
        assert uow.links.peek(token, "activation") is not None
        assert uow.links.peek(token, "reset") is None
        assert uow.links.peek(token[:-1], "activation") is None
