"""The workers of one process: one for turns, which want its interpreter, one for all that waits.

They take what other processes leave (procrastinate's own way), and what this process itself has
just written down (`storage.work.Hands`).
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from procrastinate import App, PsycopgConnector
from procrastinate.jobs import DeleteJobCondition, Job, Status

from bot.rounds import rounds as again_and_again
from bot.work.port import Lane, Round
from bot.work.workers import AGAIN_SECONDS, Again, Jobs, LaneWorker
from storage.database import Database
from storage.work import TURNS, Taken, Work

log = logging.getLogger(__name__)

HEARTBEAT_SECONDS = 1.0
SILENT = timedelta(seconds=3)
"""After so long without a sign of life, what a process had in hand is freed."""
RECOVER_SECONDS = 2.0
"""How often what died is looked for: with `SILENT`, and a slice of what is in hand, it goes on
well within ten seconds."""
LOOK_SECONDS = 5.0
"""How often all else that nobody is told of is looked for."""
FORGOTTEN_SECONDS = 60.0
"""After so long without a sign of life a worker is not known any more."""
STOP_SECONDS = 5.0
"""For what is under way when told to stop; what is not done by then others begin anew."""
NEVER_SECONDS = 86_400.0

TURNS_AT_ONCE = 4
"""In one process: more would only wait for its one interpreter while others are idle."""
SENDS_AT_ONCE = 32
"""They wait for other servers."""
SOONEST = timedelta(seconds=0.2)
"""Between two tries of the same work, whatever its rows say."""

ROUNDS = "rounds"
LEFT_OVER = "left_over"
_DAY = 86_400


class Crew:
    def __init__(
        self,
        database: Database,
        connector: PsycopgConnector,
        lanes: Sequence[Lane],
        rounds: Sequence[Round],
    ) -> None:
        self._database = database
        self._connector = connector
        self._jobs = Jobs(connector)
        self._lanes = {lane.name: lane for lane in lanes}
        self._workers: dict[str, LaneWorker] = {}
        self._taken: set[asyncio.Task[None]] = set()
        self._job_of_row: dict[int, int] = {}
        self._loop = asyncio.get_running_loop()
        self._stop = asyncio.Event()
        if lanes:
            left_over = Round(LEFT_OVER, self._find_left_over, LOOK_SECONDS)
            others = [name for name in self._lanes if name != TURNS]
            self._hire([TURNS], TURNS_AT_ONCE, ())
            self._hire([*others, ROUNDS], SENDS_AT_ONCE, (left_over, *rounds))

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """Work as long as the block runs."""
        workers = set(self._workers.values())
        working = [asyncio.create_task(self._work(worker)) for worker in workers]
        if workers:
            look = partial(asyncio.to_thread, self._recover)
            working.append(asyncio.create_task(again_and_again(look, RECOVER_SECONDS, self._stop)))
            self._database.hire(self)
        try:
            yield
        finally:
            self._database.hire(None)
            self._stop.set()
            for lane in self._lanes.values():
                lane.end()
            for worker in workers:
                worker.stop()  # type: ignore[no-untyped-call]
            under_way = {*working, *self._taken}
            if under_way:
                _, late = await asyncio.wait(under_way, timeout=STOP_SECONDS)
                for task in late:
                    task.cancel()
                await asyncio.gather(*late, return_exceptions=True)

    def worker_for(self, lane: str) -> int | None:
        """Who has a free hand for it."""
        worker = self._workers.get(lane)
        if worker is None or lane not in self._lanes or worker.load >= worker.concurrency:
            return None
        return worker.worker_id

    def job_over_with(self, row: int) -> int | None:
        return self._job_of_row.get(row)

    def over(self, row: int) -> None:
        self._job_of_row.pop(row, None)

    def take(self, taken: Sequence[Taken]) -> None:
        """Begin what a transaction of this process has left, and this process has taken on."""
        self._job_of_row |= {each.row: each.job_id for each in taken if each.row is not None}
        self._loop.call_soon_threadsafe(self._begin, taken)

    def _hire(self, names: Sequence[str], at_once: int, rounds: Sequence[Round]) -> None:
        app = App(connector=self._connector, periodic_defaults={"max_delay": _DAY})
        app.job_manager = self._jobs
        for lane in (self._lanes[name] for name in names if name in self._lanes):
            work: Callable[[str], Coroutine[Any, Any, None]] = partial(self._do, lane)
            app.task(name=lane.name, queue=lane.name, retry=Again())(_named(work))
        for each in rounds:
            self._plan(app, each)
        worker = LaneWorker(
            app,
            queues=names,
            concurrency=at_once,
            fetch_job_polling_interval=LOOK_SECONDS,
            abort_job_polling_interval=NEVER_SECONDS,
            shutdown_graceful_timeout=STOP_SECONDS,
            delete_jobs=DeleteJobCondition.ALWAYS,
            install_signal_handlers=False,
            update_heartbeat_interval=HEARTBEAT_SECONDS,
            stalled_worker_timeout=FORGOTTEN_SECONDS,
        )
        self._workers |= dict.fromkeys(names, worker)

    def _plan(self, app: App, each: Round) -> None:
        """Have a round done by whoever gets it, one at a time."""

        async def run(timestamp: int) -> None:  # noqa: ARG001 -- as procrastinate calls it
            while await asyncio.to_thread(each.work) and not self._stop.is_set():
                pass

        lock = f"{ROUNDS} {each.name}"
        task = app.task(name=lock, queue=ROUNDS, lock=lock, queueing_lock=lock)(run)
        app.periodic(cron=_cron(each.seconds), periodic_id=each.name)(task)

    async def _work(self, worker: LaneWorker) -> None:
        """Have a worker work; where its connection failed, it is hired anew."""
        while not self._stop.is_set():
            try:
                await worker.run()  # type: ignore[no-untyped-call]
            except Exception:
                log.exception("a worker failed")
            if not self._stop.is_set():
                await asyncio.sleep(AGAIN_SECONDS)

    async def _do(self, lane: Lane, key: str, until: int | None = None) -> None:
        wait = await lane.work(key, until)
        if wait is None:
            return
        wait = max(wait, SOONEST)
        await asyncio.to_thread(self._leave, Work(lane.name, key), wait)
        self._loop.call_later(wait.total_seconds(), self._workers[lane.name].nudge)

    def _leave(self, work: Work, wait: timedelta) -> None:
        with self._database.write() as uow:
            uow.jobs.leave(work, wait)

    def _begin(self, taken: Sequence[Taken]) -> None:
        for each in taken:
            self._workers[each.work.lane].in_hand += 1
            task = self._loop.create_task(self._do_taken(each))
            self._taken.add(task)
            task.add_done_callback(self._taken.discard)

    async def _do_taken(self, taken: Taken) -> None:
        lane, lock = self._lanes[taken.work.lane], taken.work.lock
        worker = self._workers[lane.name]
        job = Job(
            id=taken.job_id, queue=lane.name, lock=lock, queueing_lock=lock, task_name=lane.name
        )
        try:
            await self._do(lane, taken.work.key, taken.row)
        except Exception:  # whatever it was, the rows are there
            log.exception("work was not done")
            again = datetime.now(UTC) + timedelta(seconds=AGAIN_SECONDS)
            await self._jobs.retry_job(job, retry_at=again)
            self._loop.call_later(AGAIN_SECONDS, worker.nudge)
        else:
            if taken.row is None or self._job_of_row.pop(taken.row, None) is not None:
                await self._jobs.finish_job(job, Status.SUCCEEDED, delete_job=True)
        finally:
            worker.in_hand -= 1
            worker.ended()

    def _recover(self) -> None:
        """Free what processes that died had in hand; a worker that was forgotten is hired anew."""
        with self._database.write() as uow:
            freed = uow.jobs.recover(SILENT)
            unknown = [
                worker
                for worker in set(self._workers.values())
                if worker.worker_id is not None and not uow.jobs.has_worker(worker.worker_id)
            ]
        if freed:
            log.warning("%d things were in hand of a process that is gone: begun anew", freed)
        for worker in unknown:
            worker.stop()  # type: ignore[no-untyped-call]

    def _find_left_over(self) -> None:
        """Find what waits without a job: a program wrote it that knows of none, or a hand did."""
        left = [Work(lane.name, key) for lane in self._lanes.values() for key in lane.left_over()]
        if left:
            with self._database.write() as uow:
                uow.jobs.leave_what_has_none(left)


def _named(work: Callable[[str], Awaitable[None]]) -> Callable[..., Coroutine[Any, Any, None]]:
    """Return it as a function, by which procrastinate knows what it is."""

    async def run(key: str) -> None:
        await work(key)

    return run


def _cron(seconds: float) -> str:
    """Return the line of a crontab, with seconds at its end."""
    whole = int(seconds)
    if whole < 60:  # noqa: PLR2004 -- the seconds of a minute
        return f"* * * * * */{whole}"
    if whole < 3600:  # noqa: PLR2004 -- the seconds of an hour
        return f"*/{whole // 60} * * * *"
    return "0 0 * * *"
