"""An undo restores exactly what was, for a day, or says why it cannot."""

from typing import Any

import pytest

from storage.database import Database
from storage.errors import ChangedSince, EmailTaken, HouseholdFull, NotAuthorised, NotUndoable
from storage.households.undoing import Undoable
from tests.fakes.changes import Desk, block_audit
from tests.fakes.clock import ManualClock
from tests.fakes.households import acting, start_chat, verify

CHANGES: list[tuple[str, dict[str, Any]]] = [
    ("change_rights", {"grant": ["pay_bill"], "revoke": ["view_invoice"]}),
    ("edit_profile", {"first_name": "Max", "email": "max@example.com", "language": "fr"}),
    ("delete", {}),
]
EVERY_CHANGE = pytest.mark.parametrize(("change", "more"), CHANGES)


@EVERY_CHANGE
def test_an_undo_restores_exactly_what_was(desk: Desk, change: str, more: dict[str, Any]) -> None:
    leo = desk.leo
    with desk.database.write() as uow:
        uow.accounts._proofs.set_password(leo.id, "$argon2id$fake")
    before = desk.row(leo.id)
    receipt = desk.do(change, leo.id, **more)
    assert desk.row(leo.id) != before
    undo = desk.undo(receipt)
    assert desk.row(leo.id) == before
    assert undo.member == leo
    assert desk.audit_is_whole


def test_an_undone_creation_leaves_nobody_and_a_dead_link(desk: Desk) -> None:
    receipt = desk.do_create()
    token = desk.token("activation", "activation_url")
    desk.undo(receipt)
    assert desk.get(receipt.member.id) is None
    assert not desk.is_live(token, "activation")
    assert [one.template for one in desk.mails()] == ["activation", "deleted"]


def test_somebody_locked_comes_back_locked(desk: Desk) -> None:
    leo = desk.leo
    desk.lock(leo.id)
    desk.undo(desk.do("delete", leo.id))
    assert desk.leo.status == "locked"


def test_somebody_invited_comes_back_with_a_new_invitation(desk: Desk) -> None:
    zoe = desk.invite()
    first = desk.token("activation", "activation_url")
    desk.undo(desk.do("delete", zoe.id))
    assert desk.get(zoe.id) == zoe
    assert not desk.is_live(first, "activation")
    assert desk.is_live(desk.token("activation", "activation_url"), "activation")


def test_who_comes_back_gets_any_free_seat(desk: Desk) -> None:
    leo = desk.leo
    receipt = desk.do("delete", leo.id)
    assert desk.invite().seat == leo.seat
    assert desk.undo(receipt).member.seat == 3


def test_an_undone_reset_kills_the_link(desk: Desk) -> None:
    receipt = desk.do("reset_password", desk.leo.id)
    token = desk.token("password_reset", "reset_url")
    desk.undo(receipt)
    assert not desk.is_live(token, "reset")


def test_a_used_or_replaced_or_expired_link_cannot_be_taken_back(
    desk: Desk, clock: ManualClock
) -> None:
    replaced = desk.do("reset_password", desk.leo.id)
    used = desk.do("reset_password", desk.leo.id)
    with desk.database.write() as uow:
        uow.links.use(desk.token("password_reset", "reset_url"), "reset")
    expired = desk.do("reset_password", desk.leo.id)
    clock.advance(hours=1)
    for receipt in (replaced, used, expired):
        assert desk.find(receipt) == "not_undoable"
        with pytest.raises(NotUndoable) as refusal:
            desk.undo(receipt)
        assert refusal.value.reason == "not_undoable"


# What is told


@pytest.mark.parametrize(
    ("change", "more", "kinds"),
    [
        ("change_rights", {"grant": ["usage"]}, ["rights_changed"]),
        ("edit_profile", {"last_name": "Roy"}, ["profile_changed"]),
        ("edit_profile", {"email": "l@example.com"}, ["profile_changed", "profile_changed"]),
        ("delete", {}, ["restored"]),
        ("reset_password", {}, []),
    ],
)
def test_the_person_hears_once_of_an_undo(
    desk: Desk, change: str, more: dict[str, Any], kinds: list[str]
) -> None:
    receipt = desk.do(change, desk.leo.id, **more)
    before = len(desk.mails())
    desk.undo(receipt)
    told = desk.mails()[before:]
    assert [one.template for one in told] == kinds
    assert all(one.parameters["by"] == "Hélène Tremblay" for one in told)


def test_an_undone_address_ends_what_was_sent_there(desk: Desk) -> None:
    leo = desk.leo
    receipt = desk.do("edit_profile", leo.id, email="stranger@example.com")
    desk.do("reset_password", leo.id)
    token = desk.token("password_reset", "reset_url")
    desk.undo(receipt)
    assert not desk.is_live(token, "reset")
    assert {one.recipient for one in desk.mails("profile_changed")[2:]} == {
        "stranger@example.com",
        leo.email,
    }


# When it cannot be


def test_after_a_day_it_is_too_old(desk: Desk, clock: ManualClock) -> None:
    receipt = desk.do("change_rights", desk.leo.id, grant=["usage"])
    clock.advance(hours=23, minutes=59, seconds=59)
    assert isinstance(desk.find(receipt), Undoable)
    clock.advance(seconds=1)
    assert desk.find(receipt) == "too_old"
    assert desk.newest is None
    with pytest.raises(NotUndoable, match="too_old"):
        desk.undo(receipt)


def test_nothing_is_undone_twice_and_an_undo_never(desk: Desk, clock: ManualClock) -> None:
    receipt = desk.do("change_rights", desk.leo.id, grant=["usage"])
    undo = desk.undo(receipt)
    assert (desk.find(receipt), desk.find(undo)) == ("undone", "not_undoable")
    assert desk.newest is None
    for number in (receipt, undo):
        with pytest.raises(NotUndoable):
            desk.undo(number)
    clock.advance(days=2)
    assert desk.find(receipt) == "undone"


def test_an_unlocking_a_refusal_and_an_import_have_no_opposite(desk: Desk) -> None:
    desk.lock(desk.leo.id)
    unlocked = desk.do("unlock", desk.leo.id)
    session = verify(desk.database, "second1-90210001", start_chat(desk.database, "Léo's chat"))
    with desk.database.write() as uow:
        refused = uow.audit.refused(session, "delete", "not_holder")
    for receipt in (unlocked.number, refused, "F-000001"):
        assert desk.find(receipt) == "not_undoable"
    assert desk.newest is None


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("change_rights", {"grant": ["usage"]}), ("change_rights", {"grant": ["pay_bill"]})),
        (("edit_profile", {"first_name": "Max"}), ("edit_profile", {"first_name": "Mo"})),
        (("edit_profile", {"first_name": "Max"}), ("delete", {})),
    ],
)
def test_what_was_changed_since_is_not_undone(
    desk: Desk, first: tuple[str, dict[str, Any]], second: tuple[str, dict[str, Any]]
) -> None:
    leo = desk.leo
    early = desk.do(first[0], leo.id, **first[1])
    late = desk.do(second[0], leo.id, **second[1])
    before = desk.household
    with pytest.raises(ChangedSince):
        desk.undo(early)
    assert desk.household == before
    assert desk.newest == late.number
    desk.undo(late)
    assert desk.newest == early.number
    desk.undo(early)
    assert desk.leo == leo


def test_a_later_change_of_something_else_is_kept(desk: Desk) -> None:
    name = desk.do("edit_profile", desk.leo.id, first_name="Max")
    desk.do("change_rights", desk.leo.id, grant=["usage"])
    desk.undo(name)
    assert (desk.leo.first_name, desk.leo.services) == ("Léo", ("view_invoice", "usage"))


def test_nobody_comes_back_to_a_full_household_or_a_taken_address(desk: Desk) -> None:
    leo = desk.leo
    receipt = desk.do("delete", leo.id)
    for number in range(5):
        desk.invite(number)
    with pytest.raises(HouseholdFull):
        desk.undo(receipt)
    zoe = desk.household.members[1]
    desk.do("delete", desk.household.members[2].id)
    desk.do("edit_profile", zoe.id, email=leo.email.upper())
    with pytest.raises(EmailTaken):
        desk.undo(receipt)
    assert desk.get(leo.id) is None


def test_a_former_address_that_is_taken_is_not_given_back(desk: Desk) -> None:
    old = desk.leo.email
    receipt = desk.do("edit_profile", desk.leo.id, email="new@example.com")
    desk.do("edit_profile", desk.invite().id, email=old)
    with pytest.raises(EmailTaken):
        desk.undo(receipt)
    assert desk.leo.email == "new@example.com"


# One message, several changes


def test_what_one_message_changed_goes_back_together(desk: Desk) -> None:
    zoe, before = desk.invite(), desk.household
    first = desk.do("change_rights", desk.leo.id, revoke=["view_invoice"], message=7)
    second = desk.do("change_rights", zoe.id, grant=["usage"], message=7)
    desk.do("edit_profile", zoe.id, last_name="Roy-Tremblay", message=8)
    found = desk.find(first)
    assert isinstance(found, Undoable)
    assert [one.receipt for one in found.together] == [second.number]
    desk.undo(first)
    assert desk.find(second) == "undone"
    now = desk.household
    assert [one.services for one in now.members] == [one.services for one in before.members]
    assert now.members[2].last_name == "Roy-Tremblay"


def test_what_goes_back_together_goes_back_whole_or_not_at_all(desk: Desk) -> None:
    zoe = desk.invite()
    first = desk.do("change_rights", desk.leo.id, revoke=["view_invoice"], message=7)
    desk.do("change_rights", zoe.id, grant=["usage"], message=7)
    desk.do("change_rights", zoe.id, grant=["pay_bill"])
    before, mails = desk.household, desk.mails()
    with pytest.raises(ChangedSince):
        desk.undo(first)
    assert (desk.household, desk.mails()) == (before, mails)


# Who may


def test_another_households_receipt_is_unknown(desk: Desk, database: Database) -> None:
    other = Desk.make(database, desk.clock, "90210002")
    receipt = other.do("delete", other.leo.id)
    for number in (receipt.number, "F-999999", "", "F-000001' OR 1=1"):
        assert desk.find(number) == "unknown"
        with pytest.raises(NotUndoable, match="unknown"):
            desk.undo(number)
    assert other.newest == receipt.number


def test_only_the_live_session_of_the_holder_undoes(desk: Desk, clock: ManualClock) -> None:
    receipt = desk.do("change_rights", desk.leo.id, grant=["usage"])
    lapsed = desk.holder
    clock.advance(minutes=6)
    chat = start_chat(desk.database, "Léo's chat")
    secondary = acting(verify(desk.database, "second1-90210001", chat))
    for actor in (lapsed, secondary):
        with desk.database.write() as uow, pytest.raises(NotAuthorised):
            uow.undoing.undo(actor, receipt.number)
    assert isinstance(desk.find(receipt), Undoable)


def test_a_receipt_may_be_typed_carelessly(desk: Desk) -> None:
    receipt = desk.do("change_rights", desk.leo.id, grant=["usage"])
    desk.undo(f" {receipt.number.lower()} ")
    assert desk.leo.services == ("view_invoice",)


@EVERY_CHANGE
def test_an_undo_that_cannot_be_entered_in_the_audit_does_not_happen(
    desk: Desk, change: str, more: dict[str, Any]
) -> None:
    receipt = desk.do(change, desk.leo.id, **more)
    holder, before, mails = desk.holder, desk.household, desk.mails()
    block_audit(desk.database)
    with pytest.raises(Exception, match=r"(?i)unique"), desk.database.write() as uow:
        uow.undoing.undo(holder, receipt.number)
    assert (desk.household, desk.mails()) == (before, mails)
