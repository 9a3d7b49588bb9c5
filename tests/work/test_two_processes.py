"""The engine on PostgreSQL: who does what, when there are two who could."""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from typing import cast

import pytest

from bot.channels.dispatcher import Dispatcher
from bot.chats import ChatKey
from bot.dialogue.inbox import Done
from bot.work.ears import Ears
from bot.work.port import Lane, Round
from bot.work.postgresql import Postgresql
from storage.database import Database
from storage.work import TURNS, Work

pytestmark = pytest.mark.postgresql

PATIENCE = 15.0


@dataclass(slots=True)
class Diary:
    """What two processes have done, and whether ever two things of one key at a time."""

    done: list[tuple[int, str]] = field(default_factory=list)
    under_way: Counter[str] = field(default_factory=Counter)
    overlapped: bool = False
    faults: list[Exception] = field(default_factory=list)
    waits: list[timedelta] = field(default_factory=list)
    left_over: list[str] = field(default_factory=list)
    begun: set[int] = field(default_factory=set)

    def lane(self, process: int, seconds: float = 0.02, *, beside: int = 1) -> Lane:
        """Return work that takes so long, and until so many processes have begun some."""

        async def work(key: str, _: int | None) -> timedelta | None:
            self.overlapped |= self.under_way[key] > 0
            self.under_way[key] += 1
            self.begun.add(process)
            await until(lambda: len(self.begun) >= beside)
            await asyncio.sleep(seconds)
            self.under_way[key] -= 1
            if self.faults:
                raise self.faults.pop()
            self.done.append((process, key))
            return self.waits.pop() if self.waits else None

        def left_over() -> Iterable[str]:
            return self.left_over

        async def alone(stop: asyncio.Event) -> None:
            raise AssertionError("it is not alone")

        return Lane(TURNS, work, left_over, alone)

    def times(self, key: str) -> int:
        return sum(key == told for _, told in self.done)


def run(
    databases: Sequence[Database],
    lanes: Sequence[Sequence[Lane]],
    story: Callable[[list[Postgresql]], object],
    rounds: Sequence[Round] = (),
) -> None:
    async def both() -> None:
        nobody = cast("Dispatcher", None)
        engines = [Postgresql(database, nobody, Ears()) for database in databases]
        async with AsyncExitStack() as running:
            for engine, own in zip(engines, lanes, strict=True):
                await running.enter_async_context(engine.running(own, rounds if own else ()))
            await asyncio.sleep(0.5)  # both listen
            await cast("asyncio.Future[None]", story(engines))

    asyncio.run(both())


async def until(is_so: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not is_so():  # noqa: ASYNC110 -- what is waited for happens in many places
            await asyncio.sleep(0.02)


def leave(database: Database, key: str, wait: float = 0) -> None:
    with database.write() as uow:
        uow.jobs.leave(Work(TURNS, key), timedelta(seconds=wait))


def test_of_one_key_one_process_does_one_thing_at_a_time(databases: list[Database]) -> None:
    diary = Diary()

    async def story(_: list[Postgresql]) -> None:
        for number in range(60):
            await asyncio.to_thread(leave, databases[number % 2], f"chat {number % 3}")
        await until(lambda: {key for _, key in diary.done} == {"chat 0", "chat 1", "chat 2"})
        await until(lambda: not any(diary.under_way.values()))

    run(databases, [[diary.lane(0)], [diary.lane(1)]], story)
    assert not diary.overlapped


def test_what_a_process_has_no_hand_for_another_one_does(databases: list[Database]) -> None:
    diary = Diary()

    async def story(_: list[Postgresql]) -> None:
        for number in range(8):
            await asyncio.to_thread(leave, databases[0], f"chat {number}")
        await until(lambda: len(diary.done) == 8)

    run(databases, [[diary.lane(0, beside=2)], [diary.lane(1, beside=2)]], story)
    assert {process for process, _ in diary.done} == {0, 1}
    assert max(Counter(key for _, key in diary.done).values()) == 1


def test_what_is_left_while_the_same_is_in_hand_is_done_after_it(
    databases: list[Database],
) -> None:
    diary = Diary()

    async def story(_: list[Postgresql]) -> None:
        await asyncio.to_thread(leave, databases[0], "ana")
        await until(lambda: diary.under_way["ana"] == 1)
        await asyncio.to_thread(leave, databases[1], "ana")
        await until(lambda: diary.times("ana") == 2)

    run(databases, [[diary.lane(0, 0.5)], [diary.lane(1, 0.5)]], story)
    assert not diary.overlapped


@pytest.mark.slow
def test_work_that_failed_is_done_again(
    databases: list[Database], caplog: pytest.LogCaptureFixture
) -> None:
    diary = Diary(faults=[OSError("the database is away")])

    async def story(_: list[Postgresql]) -> None:
        await asyncio.to_thread(leave, databases[0], "ana")
        await until(lambda: diary.times("ana") == 1)

    run(databases, [[diary.lane(0)], [diary.lane(1)]], story)
    assert diary.faults == []
    assert "work was not done" in caplog.text


def test_what_has_to_wait_is_done_once_it_may(databases: list[Database]) -> None:
    diary = Diary(waits=[timedelta(seconds=0.5)])

    async def story(_: list[Postgresql]) -> None:
        await asyncio.to_thread(leave, databases[0], "ana")
        await until(lambda: diary.times("ana") == 2)

    run(databases, [[diary.lane(0)], [diary.lane(1)]], story)


@pytest.mark.slow
def test_rows_that_were_written_without_a_job_are_found(databases: list[Database]) -> None:
    diary = Diary(left_over=["ana"])

    async def story(_: list[Postgresql]) -> None:
        await until(lambda: diary.times("ana") >= 1)

    run(databases, [[diary.lane(0)], [diary.lane(1)]], story)


@pytest.mark.slow
def test_a_round_is_done_by_one_of_them_and_at_once_while_there_is_more(
    databases: list[Database],
) -> None:
    diary, rounds_done = Diary(), list[float]()

    def work() -> bool:
        rounds_done.append(0)
        return len(rounds_done) % 3 != 0

    async def story(_: list[Postgresql]) -> None:
        await until(lambda: len(rounds_done) >= 3)
        await asyncio.sleep(1)

    run(databases, [[diary.lane(0)], [diary.lane(1)]], story, [Round("sweep", work, 600)])
    assert len(rounds_done) == 3


def test_who_only_takes_in_hears_when_another_process_is_done(
    databases: list[Database],
) -> None:
    diary, heard = Diary(), list[Done | None]()
    ana = ChatKey("rest", "rest", "ana")

    async def story(engines: list[Postgresql]) -> None:
        with engines[0].listening(ana) as ear:
            with databases[0].write() as uow:
                row, _ = uow.inbox.put(*ana, "1", "ana", {"text": "hello"})
            heard.append(await ear.hear(row))

    run(databases, [[], [diary.lane(1)]], story)
    assert heard == [None]
    assert len(diary.done) == 1
