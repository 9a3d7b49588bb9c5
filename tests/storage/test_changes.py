"""What the holder does to a secondary user, and what they are told of it."""

from typing import Any

import pytest

from storage.database import Database
from storage.errors import (
    EmailTaken,
    HouseholdError,
    InvalidName,
    NothingToChange,
    NotLocked,
    UnknownService,
)
from tests.fakes.changes import Desk
from tests.fakes.clock import ManualClock
from tests.fakes.households import start_chat, verify

# Rights


def test_rights_are_given_and_taken_in_one_change(desk: Desk) -> None:
    before = desk.leo
    receipt = desk.do(
        "change_rights", before.id, grant=["usage", "pay_bill"], revoke=["view_invoice"]
    )
    assert receipt.member.services == ("pay_bill", "usage")
    assert desk.leo == receipt.member
    [mail] = desk.mails()
    assert (mail.template, mail.recipient) == ("rights_changed", before.email)
    assert mail.parameters == {
        "first_name": "Léo",
        "by": "Hélène Tremblay",
        "services": ["Pay the bill", "See Internet and mobile usage"],
        "granted": ["Pay the bill", "See Internet and mobile usage"],
        "revoked": ["View the invoice"],
    }
    assert desk.audit_is_whole


def test_a_service_that_is_both_given_and_taken_is_taken(desk: Desk) -> None:
    receipt = desk.do("change_rights", desk.leo.id, grant=["view_invoice"], revoke=["view_invoice"])
    assert receipt.member.services == ()


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"grant": ["view_invoice"]}, NothingToChange),
        ({"revoke": ["pay_bill"]}, NothingToChange),
        ({}, NothingToChange),
        ({"grant": ["pay_bill", "everything"]}, UnknownService),
        ({"revoke": ["view_invoice", "everything"]}, UnknownService),
    ],
)
def test_refused_rights_change_nothing(
    desk: Desk, change: dict[str, Any], refusal: type[HouseholdError]
) -> None:
    before = desk.leo
    with pytest.raises(refusal):
        desk.do("change_rights", before.id, **change)
    assert desk.leo == before
    assert desk.mails() == []


# Profile


def test_a_name_is_cleaned_and_its_owner_is_told(desk: Desk) -> None:
    receipt = desk.do("edit_profile", desk.leo.id, first_name="  Marie-Ève ", last_name="Gagnon")
    assert (receipt.member.first_name, desk.leo.first_name) == ("Marie-Ève", "Marie-Ève")
    [mail] = desk.mails()
    assert (mail.template, mail.recipient) == ("profile_changed", receipt.member.email)
    assert mail.parameters == {
        "first_name": "Marie-Ève",
        "by": "Hélène Tremblay",
        "changed": ["first_name"],
    }


def test_a_new_address_is_told_to_the_old_one_too(desk: Desk) -> None:
    old = desk.leo.email
    desk.do("edit_profile", desk.leo.id, email="leo@new.example.com", language="fr")
    assert desk.leo.email == "leo@new.example.com"
    mails = desk.mails("profile_changed")
    assert [one.recipient for one in mails] == [old, "leo@new.example.com"]
    assert {one.language for one in mails} == {"fr"}
    assert mails[0].parameters["changed"] == ["email", "language"]


def test_a_new_address_ends_codes_links_and_sessions(desk: Desk, database: Database) -> None:
    leo = desk.leo
    chat = start_chat(database, "Léo's chat")
    session = verify(database, str(leo.username), chat)
    with database.write() as uow:
        uow.codes.request(str(leo.username), conversation_id=chat, task="my_access", chat="x")
    desk.do("reset_password", leo.id)
    token = desk.token("password_reset", "reset_url")
    assert desk.is_live(token, "reset")

    desk.do("edit_profile", leo.id, email="leo@new.example.com")

    assert not desk.is_live(token, "reset")
    with database.read() as uow:
        assert not uow.codes.open(chat)
        assert uow.sessions.live(chat, session.person_id, touch=False) is None


def test_a_new_name_ends_no_session(desk: Desk, database: Database) -> None:
    session = verify(database, str(desk.leo.username), start_chat(database, "Léo's chat"))
    desk.do("edit_profile", desk.leo.id, first_name="Max")
    with database.read() as uow:
        assert uow.sessions.live(session.conversation_id, session.person_id, touch=False)


def test_somebody_invited_is_invited_again_at_the_new_address(desk: Desk) -> None:
    zoe = desk.invite()
    old = desk.token("activation", "activation_url")
    desk.do("edit_profile", zoe.id, email="zoe@new.example.com")
    new = desk.token("activation", "activation_url")
    assert desk.mails("activation")[-1].recipient == "zoe@new.example.com"
    assert not desk.is_live(old, "activation")
    assert desk.is_live(new, "activation")


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({}, NothingToChange),
        ({"first_name": "Léo", "language": "en"}, NothingToChange),
        ({"email": "SECOND1@90210001.example.com"}, NothingToChange),
        ({"first_name": "Max", "email": "HOLDER@90210001.example.com"}, EmailTaken),
        ({"first_name": "Max", "last_name": "www.evil.example/x"}, InvalidName),
    ],
)
def test_a_refused_profile_changes_nothing(
    desk: Desk, change: dict[str, Any], refusal: type[HouseholdError]
) -> None:
    before = desk.leo
    with pytest.raises(refusal):
        desk.do("edit_profile", before.id, **change)
    assert desk.leo == before
    assert desk.mails() == []


def test_an_address_of_another_household_is_free(desk: Desk, database: Database) -> None:
    other = Desk.make(database, desk.clock, "90210002")
    desk.do("edit_profile", desk.leo.id, email=other.leo.email)
    assert desk.leo.email == other.leo.email


# Password


def test_a_reset_is_a_link_by_mail_and_the_password_stays(desk: Desk, database: Database) -> None:
    with database.write() as uow:
        before = uow.accounts._proofs.has_password(desk.leo.id)
    receipt = desk.do("reset_password", desk.leo.id)
    [mail] = desk.mails()
    assert (mail.template, mail.recipient) == ("password_reset", receipt.member.email)
    assert mail.parameters == {"first_name": "Léo", "by": "Hélène Tremblay"}
    token = desk.token("password_reset", "reset_url")
    with database.read() as uow:
        view = uow.links.peek(token, "reset")
        assert view is not None
        assert (view.expires_at - desk.clock()).total_seconds() == 3600
        assert uow.accounts._proofs.has_password(desk.leo.id) == before


def test_only_the_newest_reset_link_works(desk: Desk) -> None:
    desk.do("reset_password", desk.leo.id)
    first = desk.token("password_reset", "reset_url")
    desk.do("reset_password", desk.leo.id)
    assert not desk.is_live(first, "reset")
    assert desk.is_live(desk.token("password_reset", "reset_url"), "reset")


def test_somebody_invited_gets_the_invitation_again(desk: Desk) -> None:
    zoe = desk.invite()
    first = desk.token("activation", "activation_url")
    desk.do("reset_password", zoe.id)
    assert [one.template for one in desk.mails()] == ["activation", "activation"]
    assert not desk.is_live(first, "activation")
    assert desk.is_live(desk.token("activation", "activation_url"), "activation")


def test_for_a_day_the_former_address_hears_of_a_reset_but_gets_no_link(
    desk: Desk, clock: ManualClock
) -> None:
    old = desk.leo.email
    desk.do("edit_profile", desk.leo.id, email="leo@new.example.com")
    desk.confirm()
    clock.advance(hours=23)
    desk.do("reset_password", desk.leo.id)
    [notice] = desk.mails("password_reset_notice")
    assert (notice.recipient, notice.secrets) == (old, {})
    assert [one.recipient for one in desk.mails("password_reset")] == ["leo@new.example.com"]
    clock.advance(hours=2)
    desk.do("reset_password", desk.leo.id)
    assert len(desk.mails("password_reset_notice")) == 1


# Unlocking


def test_unlocking_opens_the_page_and_tells(desk: Desk, database: Database) -> None:
    leo = desk.leo
    desk.lock(leo.id)
    receipt = desk.do("unlock", leo.id)
    assert (receipt.member.status, desk.leo.status) == ("active", "active")
    assert [one.template for one in desk.mails()] == ["locked", "unlocked"]
    with database.write() as uow:  # all tries are there again
        for _ in range(4):
            uow.lockout.failed("second1-90210001", leo.id)
        assert not uow.lockout.is_locked(leo.id)


def test_who_is_not_locked_cannot_be_unlocked(desk: Desk) -> None:
    for who in (desk.leo, desk.invite()):
        with pytest.raises(NotLocked):
            desk.do("unlock", who.id)


# Deleting


def test_deleting_frees_the_seat_and_ends_what_was_open(desk: Desk, database: Database) -> None:
    leo = desk.leo
    chat = start_chat(database, "Léo's chat")
    session = verify(database, str(leo.username), chat)
    desk.do("reset_password", leo.id)
    token = desk.token("password_reset", "reset_url")

    receipt = desk.do("delete", leo.id)

    assert receipt.member == leo
    assert desk.household.places_left == 5
    assert desk.invite().seat == leo.seat
    assert not desk.is_live(token, "reset")
    assert desk.mails("deleted")[0].recipient == leo.email
    with database.read() as uow:
        assert uow.sessions.live(chat, session.person_id, touch=False) is None
    assert desk.audit_is_whole
