"""Fifty people press at the same moment: a request has one outcome, and all hear the same."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from storage.database import Database
from storage.errors import Refusal
from storage.households.access_request_rows import AccessRequest
from storage.identity.sessions import Session
from storage.unit_of_work import UnitOfWork
from tests.fakes.changes import Desk
from tests.fakes.clock import ManualClock
from tests.fakes.households import start_chat, verify
from tests.fakes.threads import in_parallel

Work = Callable[[UnitOfWork], Any]
AT_ONCE = 50
TOO_LATE = {"request_gone", "no_such_member", "no_session"}
MAILED = {
    "approved": ["rights_changed"],
    "declined": ["access_declined"],
    "withdrawn": [],
    "deleted": [],
}
"""What whoever asked is mailed of the outcome."""
ENTERED = {
    "approved": ["rights"],
    "declined": ["decide_request"],
    "withdrawn": ["withdraw_request"],
    "deleted": [],
}
FIRST = pytest.mark.parametrize("first", ["approve", "decline", "withdraw", "delete"])


def works_on(desk: Desk, session: Session, request: AccessRequest) -> dict[str, Work]:
    holder, number = desk.holder, request.id
    return {
        "approve": lambda uow: uow.requests.approve(holder, number),
        "decline": lambda uow: uow.requests.decline(holder, number, "he is twelve"),
        "withdraw": lambda uow: uow.requests.withdraw(session),
        "delete": lambda uow: uow.changes.delete(holder, request.member_id),
    }


def told(desk: Desk) -> list[str]:
    """What the chat of whoever asked hears of the answer."""
    heard = []
    with desk.database.read() as uow:
        while row := uow.inbox.next("terminal", "bot", f"Léo's chat of {desk.account}"):
            assert row.body is not None
            heard.append(row.body["event"])
            uow.inbox.finish(row.id)
    decided = [event for event in heard if event["pattern"] == "pattern_access_decided"]
    return ["approved" if event["context"]["approved"] else "declined" for event in decided]


@FIRST
def test_of_fifty_at_once_one_decides(database: Database, clock: ManualClock, first: str) -> None:
    desk = Desk.make(database, clock)
    session = verify(
        database, f"second1-{desk.account}", start_chat(database, f"Léo's chat of {desk.account}")
    )
    with database.write() as uow:
        request = uow.requests.ask(session, ["usage"])
    works = works_on(desk, session, request)
    order = sorted(works, key=lambda name: name != first)
    plan = [order[number % len(order)] for number in range(AT_ONCE)]

    def press(index: int) -> tuple[str, str, str]:
        try:
            with database.write() as uow:
                works[plan[index]](uow)
            result = "done"
        except Refusal as refusal:
            result = refusal.reason
        with database.read() as uow:
            now = uow.requests.outcome(request.id, desk.household_id)
        assert now is not None
        return plan[index], result, now.status

    pressed = in_parallel(AT_ONCE, press)
    done = Counter(name for name, result, _ in pressed if result == "done")
    assert done.pop("delete") == 1  # somebody answered is deleted all the same
    assert {result for _, result, _ in pressed} <= {"done", *TOO_LATE}
    [status] = {status for _, _, status in pressed}
    assert sum(done.values()) == (0 if status == "deleted" else 1)
    names = {"approve": "approved", "decline": "declined", "withdraw": "withdrawn"}
    assert [names[name] for name in done] == ([] if status == "deleted" else [status])
    answers = {"rights_changed", "access_declined", "access_partly_declined"}
    assert [one.template for one in desk.mails() if one.template in answers] == MAILED[status]
    # Somebody deleted right after it is let in nowhere: then their chat hears nothing more.
    assert told(desk) in ([], [status] if status in {"approved", "declined"} else [])
    with database.read() as uow:
        entries = [one.action for one in uow.history.entries(desk.household_id)]
    others = {"import", "request_access", "delete"}
    answered = [one for one in reversed(entries) if one not in others]
    assert answered == ENTERED[status]
    assert desk.audit_is_whole
