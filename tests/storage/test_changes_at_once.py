"""Several people press at the same moment: one of them is first, and nothing happens twice."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from storage.errors import Refusal
from storage.households.actors import Holder
from storage.households.changing import Receipt
from storage.unit_of_work import UnitOfWork
from tests.fakes.changes import Desk
from tests.fakes.households import newcomer, start_chat, verify
from tests.fakes.threads import in_parallel

ROUNDS = range(5)
Work = Callable[[UnitOfWork], Any]


def all_at_once(desk: Desk, *works: Work) -> Counter[str]:
    """Each in a transaction of its own; what became of them."""

    def run(index: int) -> str:
        try:
            with desk.database.write() as uow:
                works[index](uow)
        except Refusal as refusal:
            return refusal.reason
        return "done"

    return Counter(in_parallel(len(works), run))


def answer(decision: str, holder: Holder, request_id: int) -> Work:
    return lambda uow: getattr(uow.requests, decision)(holder, request_id)


def undoing(holder: Holder, receipt: Receipt) -> Work:
    return lambda uow: uow.undoing.undo(holder, receipt.number)


def inviting(holder: Holder, number: int) -> Work:
    return lambda uow: uow.households.create_member(holder, newcomer(number))


@pytest.mark.parametrize("other", ["approve", "decline"])
def test_of_two_answers_one_counts(desk: Desk, other: str) -> None:
    chat = start_chat(desk.database, "Léo's chat")
    session = verify(desk.database, "second1-90210001", chat)
    for service in ("usage", "pay_bill", "voicemail"):
        with desk.database.write() as uow:
            request = uow.requests.ask(session, [service])
        holder, mails = desk.holder, len(desk.mails())
        answers = [answer(name, holder, request.id) for name in ("approve", other)]
        outcomes = all_at_once(desk, *answers)
        assert outcomes == {"done": 1, "request_gone": 1}
        assert len(desk.mails()) == mails + 1
    assert desk.audit_is_whole


@pytest.mark.parametrize(
    "change", [("extend", ["voicemail"]), ("withdraw",)], ids=lambda one: one[0]
)
def test_a_request_is_answered_or_taken_back_in_one_order(desk: Desk, change: Any) -> None:
    """Who asked changes or withdraws in the moment in which the holder approves what was seen."""
    name, *arguments = change
    chat = start_chat(desk.database, "Léo's chat")
    session = verify(desk.database, "second1-90210001", chat)
    for service in ("usage", "pay_bill", "tv_channels"):
        with desk.database.write() as uow:
            request = uow.requests.ask(session, [service])
        holder = desk.holder
        outcomes = all_at_once(
            desk,
            answer("approve", holder, request.id),
            lambda uow: getattr(uow.requests, name)(session, *arguments),
        )
        assert outcomes["done"] + outcomes["request_gone"] == 2
        assert outcomes["done"] == 1 or name == "extend"
        approved = service in desk.leo.services
        assert approved or name == "withdraw"
        with desk.database.read() as uow:
            newest = uow.requests.newest(desk.leo.id)
        assert newest is not None
        assert newest.status == ("approved" if approved else "withdrawn")
        if "voicemail" in desk.leo.services:
            desk.do("change_rights", desk.leo.id, revoke=["voicemail"])
    assert desk.audit_is_whole


def test_the_last_seat_is_given_once(desk: Desk) -> None:
    """Somebody comes back while somebody else is invited."""
    for number in range(3):
        desk.invite(number)
    for number in ROUNDS:
        leaving = desk.do_create(10 + number) if number < 1 else None
        last = leaving.member if leaving else desk.household.members[-1]
        receipt, holder = desk.do("delete", last.id), desk.holder
        outcomes = all_at_once(desk, undoing(holder, receipt), inviting(holder, 20 + number))
        assert outcomes == {"done": 1, "household_full": 1}
        assert [one.seat for one in desk.household.members] == [1, 2, 3, 4, 5, 6]
    assert desk.audit_is_whole


def test_what_is_undone_at_once_is_undone_once(desk: Desk) -> None:
    for _ in ROUNDS:
        before, receipt = desk.leo, desk.do("change_rights", desk.leo.id, grant=["usage"])
        holder, queued = desk.holder, desk.queued
        assert all_at_once(desk, *[undoing(holder, receipt)] * 3) == {"done": 1, "undone": 2}
        assert desk.leo == before
        assert desk.queued == queued + 1
    assert desk.audit_is_whole


def test_who_is_deleted_at_once_is_deleted_once(desk: Desk) -> None:
    leo, holder = desk.leo, desk.holder

    def delete(uow: UnitOfWork) -> Any:
        return uow.changes.delete(holder, leo.id)

    assert all_at_once(desk, delete, delete, delete) == {"done": 1, "no_such_member": 2}
    assert len(desk.mails("deleted")) == 1


def test_two_different_changes_at_once_both_count(desk: Desk) -> None:
    leo, holder = desk.leo, desk.holder
    outcomes = all_at_once(
        desk,
        lambda uow: uow.changes.change_rights(holder, leo.id, grant=["usage"]),
        lambda uow: uow.changes.change_rights(holder, leo.id, grant=["pay_bill"]),
        lambda uow: uow.changes.edit_profile(holder, leo.id, first_name="Max"),
    )
    assert outcomes == {"done": 3}
    now = desk.get(leo.id)
    assert now is not None
    assert (now.first_name, now.services) == ("Max", ("view_invoice", "pay_bill", "usage"))
    assert desk.audit_is_whole


def test_somebody_comes_back_or_is_erased_never_both(desk: Desk) -> None:
    """The sweep looks in the moment in which the holder takes the deletion back."""
    receipt = desk.do("delete", desk.leo.id)
    desk.clock.advance(hours=24)
    holder = desk.holder
    outcomes = all_at_once(
        desk,
        undoing(holder, receipt),
        lambda uow: uow.sweeping.sweep_records(),
    )
    assert outcomes == {"done": 1, "too_old": 1}
    assert [one.role for one in desk.household.members] == ["holder"]
