"""What becomes of a row on its way out is the same in every lane: mails, chats, the desk."""

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from typing import Any, TypeVar

import pytest

from storage.database import Database
from storage.limits import CHAT_PATIENCE, ERROR_LENGTH
from storage.messages.queue import Queue, Queued
from storage.unit_of_work import UnitOfWork
from tests.fakes.clock import ManualClock
from tests.fakes.threads import in_parallel

T = TypeVar("T")
A_WHILE = timedelta(seconds=5)
CHAT, DESK = ("telegram", "bot", "42"), ("telegram", "bot", "-100")


@dataclass(frozen=True, slots=True)
class Lane:
    """How a row comes into a lane, how its sender takes the next one, and what it may expect."""

    queue: Callable[[UnitOfWork], Queue[Any]]
    put: Callable[[UnitOfWork], object]
    next: Callable[[UnitOfWork], Queued | None]
    claims: tuple[int, ...]
    """Seconds until the first claims lapse."""
    pauses: tuple[int, ...]
    """Seconds after each failure; the last number holds from then on."""
    attempts: int
    """After so many a row is dead."""


def put_mail(uow: UnitOfWork) -> None:
    uow.outbox.mail(
        "one_time_code", to="a@example.com", language="en", parameters={}, secrets={"code": "12345"}
    )


def next_mail(uow: UnitOfWork) -> Queued | None:
    due = uow.outbox.due_mails(1)
    return uow.outbox.claim(due[0]) if due else None


def put_reply(uow: UnitOfWork) -> None:
    uow.outbox.reply(
        conversation_id=uow.conversations.ensure(*CHAT), inbox_id=None, channel="telegram",
        template="utter_greet", text="Hello", language="en", parameters={}, buttons=[], sent=False,
    )  # fmt: skip


def put_call(uow: UnitOfWork) -> None:
    chat, desk = uow.conversations.locked(*CHAT), uow.conversations.ensure(*DESK)
    case = uow.handoffs.open(chat.id, desk, reason="asked", language="en", summary={"title": "1"})
    uow.desk_outbox.put(case, "ping", "somebody waits")


MAILS = Lane(
    lambda uow: uow.outbox,
    put_mail,
    next_mail,
    claims=(15, 30, 60),
    pauses=(15, 30, 60, 120, 240, 480, 960, 1920, 3600),
    attempts=10,
)
CHATS = Lane(
    lambda uow: uow.chat_outbox,
    put_reply,
    lambda uow: uow.chat_outbox.take(uow.conversations.ensure(*CHAT)),
    claims=(10, 10, 10),
    pauses=(1, 2, 4, 8, 16, 32, 60),
    attempts=64,
)
CALLS = Lane(
    lambda uow: uow.desk_outbox,
    put_call,
    lambda uow: uow.desk_outbox.take(uow.conversations.ensure(*DESK), pace=False),
    claims=(10, 10, 10),
    pauses=(1, 2, 4, 8, 16, 32, 60),
    attempts=1440,
)


@dataclass(frozen=True, slots=True)
class Sending:
    """One lane of a database, with one row in it."""

    database: Database
    lane: Lane

    def take(self) -> Queued | None:
        with self.database.write() as uow:
            return self.lane.next(uow)

    def taken(self) -> Queued:
        row = self.take()
        assert row is not None, "it is due"
        return row

    def fail(self, wait: timedelta | None = None) -> None:
        row = self.taken()
        self.settle(lambda queue: queue.postpone(row, "try later", wait))

    def claim(self, row: Queued) -> bool:
        return self.settle(lambda queue: queue.claim(row)) is not None

    def retry(self, row: Queued) -> bool:
        return self.settle(lambda queue: queue.retry(row.id))

    def kill(self, row: Queued, error: str = "nobody there") -> None:
        self.settle(lambda queue: queue.kill(row, error))

    def settle(self, decide: Callable[[Queue[Any]], T]) -> T:
        with self.database.write() as uow:
            return decide(self.lane.queue(uow))

    def had(self, attempts: int) -> None:
        """As if it had been tried so often, and were due again."""
        with self.database.write() as uow:
            uow._connection.exec_driver_sql(f"UPDATE outbox SET attempts = {attempts}")
            due = self.lane.queue(uow)
            due._connection.execute(due.table.update().values(next_attempt_at=uow.clock()))

    @property
    def counts(self) -> tuple[int, int]:
        """What waits and what is dead."""
        with self.database.read() as uow:
            counts = self.lane.queue(uow).counts()
            assert counts.dead == len(uow.outbox.dead()), "an operator sees each"
        return counts.waiting, counts.dead


@pytest.fixture(params=[MAILS, CHATS, CALLS], ids=["mails", "chats", "desk"])
def lane(request: pytest.FixtureRequest) -> Lane:
    chosen: Lane = request.param
    return chosen


@pytest.fixture
def sending(database: Database, lane: Lane) -> Sending:
    with database.write() as uow:
        lane.put(uow)
    return Sending(database, lane)


def test_of_twenty_that_want_a_row_one_gets_it(sending: Sending) -> None:
    taken = in_parallel(20, lambda _: sending.take())
    assert len([row for row in taken if row is not None]) == 1


def test_who_looked_before_another_took_it_gets_nothing(
    sending: Sending, clock: ManualClock
) -> None:
    row = sending.taken()
    clock.advance(hours=1)
    assert not sending.claim(row)


def test_the_claim_of_a_process_that_died_lapses(sending: Sending, clock: ManualClock) -> None:
    for seconds in sending.lane.claims:
        sending.taken()
        clock.advance(seconds=seconds - 0.5)
        assert sending.take() is None
        clock.advance(seconds=0.5)
    assert sending.counts == (1, 0)


def test_what_was_sent_is_not_sent_again_and_keeps_no_secret(
    sending: Sending, clock: ManualClock
) -> None:
    row = sending.taken()
    sending.settle(lambda queue: queue.sent(row))
    clock.advance(days=1)
    assert sending.take() is None
    assert not sending.retry(row)
    assert sending.counts == (0, 0)
    with sending.database.read() as uow:
        secrets = uow._connection.exec_driver_sql("SELECT secrets FROM outbox").scalars()
        assert list(secrets) == [None]


def test_pauses_grow_until_patience_is_at_its_end(sending: Sending, clock: ManualClock) -> None:
    lane = sending.lane
    for attempt in range(1, 71):
        sending.fail()
        if attempt == lane.attempts:
            break
        assert sending.counts == (1, 0)
        pause = lane.pauses[min(attempt, len(lane.pauses)) - 1]
        clock.advance(seconds=pause - 0.5)
        assert sending.take() is None
        clock.advance(seconds=0.5)
    if lane.attempts > 70:  # the rest of a day is as the last minutes were
        sending.had(lane.attempts - 1)
        sending.fail()
    assert sending.counts == (0, 1)


def test_attempts_of_which_nobody_says_what_came_are_attempts(
    sending: Sending, clock: ManualClock
) -> None:
    """A row that takes its process down with it is not tried for ever."""
    sending.had(sending.lane.attempts - 1)
    sending.taken()
    clock.advance(hours=2)
    assert sending.take() is None
    assert sending.counts == (0, 1)


def test_what_is_dead_can_be_given_up_and_nothing_of_it_is_left_but_its_error(
    sending: Sending,
) -> None:
    row = sending.taken()
    assert not sending.settle(lambda queue: queue.drop(row.id)), "it is not dead"
    sending.kill(row)
    assert sending.settle(lambda queue: queue.drop(row.id))
    assert sending.counts == (0, 0)
    assert not sending.settle(lambda queue: queue.drop(row.id)), "once is enough"
    assert not sending.retry(row)
    with sending.database.read() as uow:
        left = uow._connection.exec_driver_sql(
            "SELECT text, secrets, act, error, sent_at FROM outbox"
        ).one()
    assert tuple(left) == (None, None, None, "nobody there", None)


def test_an_answer_is_tried_for_about_an_hour() -> None:
    pauses = [CHAT_PATIENCE.pause(attempts) for attempts in range(CHAT_PATIENCE.attempts or 0)]
    assert timedelta(minutes=50) < sum(pauses, timedelta()) < timedelta(minutes=70)


def test_the_other_side_may_say_how_long_to_wait(sending: Sending, clock: ManualClock) -> None:
    sending.fail(timedelta(seconds=30))
    clock.advance(seconds=29)
    assert sending.take() is None
    clock.advance(seconds=1)
    assert sending.taken().attempts == 1


def test_what_is_dead_is_tried_anew_when_an_operator_says_so(
    sending: Sending, clock: ManualClock
) -> None:
    row = sending.taken()
    assert not sending.retry(row), "it is not dead"
    sending.kill(row)
    clock.advance(days=1)
    assert sending.take() is None
    assert not sending.claim(replace(row, attempts=1)), "nor by who saw it alive"
    assert sending.counts == (0, 1)
    assert sending.retry(row)
    assert not sending.retry(row), "once is enough"
    assert sending.counts == (1, 0)
    again = sending.taken()
    assert (again.id, again.attempts) == (row.id, 0)


def test_of_an_error_the_beginning_is_kept(sending: Sending) -> None:
    sending.kill(sending.taken(), "x" * 3000)
    with sending.database.read() as uow:
        [dead] = uow.outbox.dead()
    assert dead.error == "x" * ERROR_LENGTH


@pytest.mark.parametrize("seed", range(3))
def test_whatever_happens_a_row_waits_or_is_dead_until_it_has_left(
    sending: Sending, clock: ManualClock, seed: int
) -> None:
    chance = random.Random(seed)
    row = sending.taken()
    due, dead = row.next_attempt_at, False
    for step in chance.choices(["take", "time", "fail", "kill", "retry"], [3, 3, 2, 1, 2], k=60):
        if step == "time":
            clock.advance(seconds=chance.choice([1, 10, 100]))
        elif step == "take":
            taken = sending.take()
            assert (taken is not None) == (not dead and due <= clock())
            row, due = (taken, taken.next_attempt_at) if taken else (row, due)
        elif step == "retry":
            assert sending.retry(row) == dead
            due, dead = (clock(), False) if dead else (due, False)
        elif step == "kill" and not dead:
            sending.kill(row)
            dead = True
        elif step == "fail" and not dead:
            sending.settle(partial(Queue.postpone, row=row, error="later", wait=A_WHILE))
            due, dead = clock() + A_WHILE, row.attempts + 1 == sending.lane.attempts
        assert sending.counts == (int(not dead), int(dead))
    clock.advance(hours=2)
    assert sending.retry(row) == dead
    last = sending.taken()
    sending.settle(lambda queue: queue.sent(last))
    assert sending.counts == (0, 0)
