"""Work that a transaction leaves to be done, by whichever process has a free hand.

On PostgreSQL it becomes jobs of the engine, written down in the transaction itself: no row waits
without a job, and no job is there without its row. On SQLite one process looks at the rows.
The tables are procrastinate's own ([decision 34](docs/decisions/0034-many-processes.md)).
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Protocol

from sqlalchemy import Connection, text

TURNS, CHATS, MAILS = "turns", "chats", "mails"
"""Messages to be worked off, by chat; replies to be sent, by conversation; mails, by shard."""

MAIL_SHARDS = "0123456789abcdef"
"""The first letter of what stands for a receiver: whoever gets two mails gets them in order."""

DONE = "foyer_done"
"""The channel on which it is told that work was done, by its lock."""

NOW = timedelta()
_LONGEST_KEY = 500
"""Characters; an index holds no more than 2,700 bytes, and some people choose long names."""


@dataclass(frozen=True, slots=True, order=True)
class Work:
    """Something to do: of one `lock`, one process does one thing at a time."""

    lane: str
    key: str

    @property
    def lock(self) -> str:
        key = self.key
        if len(key) > _LONGEST_KEY:
            key = sha256(key.encode()).hexdigest()
        return f"{self.lane} {key}"


def turns_of(channel: str, bot_id: str, chat_id: str) -> Work:
    """What is to do where a message of that chat waits."""
    return Work(TURNS, json.dumps([channel, bot_id, chat_id]))


@dataclass(frozen=True, slots=True)
class Taken:
    """Work that this process has taken on as it was written down."""

    job_id: int
    work: Work
    row: int | None
    """The row with which it is over: its transaction ends the job too."""


class Hands(Protocol):
    """Of a process that works."""

    def worker_for(self, lane: str) -> int | None:
        """Who would do it at once, by the engine's number; None: nobody here has a free hand."""
        ...

    def job_over_with(self, row: int) -> int | None:
        """The job that has nothing left to do once this row of the inbox is done."""
        ...

    def take(self, taken: Sequence[Taken]) -> None:
        """Do that; called from any thread, once the transaction has committed."""
        ...

    def over(self, row: int) -> None:
        """That row is done, and so is its job; called from any thread, as above."""
        ...


class WorkList:
    """What one transaction leaves to be done, each thing once, as early as anybody wants it."""

    def __init__(self) -> None:
        self._waits: dict[Work, timedelta] = {}
        self._rows: dict[Work, int] = {}

    def add(self, work: Work, wait: timedelta = NOW, row: int | None = None) -> None:
        self._waits[work] = min(wait, self._waits.get(work, wait))
        if row is not None:
            self._rows[work] = max(row, self._rows.get(work, row))

    def write_down(self, connection: Connection, hands: Hands | None) -> Sequence[Taken]:
        """Make jobs of it, just before the commit; what this process has taken on itself."""
        if not self._waits:
            return ()
        works = sorted(self._waits)
        values = {
            "lanes": [work.lane for work in works],
            "keys": [work.key for work in works],
            "locks": [work.lock for work in works],
            "waits": [max(self._waits[work], NOW).total_seconds() for work in works],
            "workers": [hands.worker_for(work.lane) if hands else None for work in works],
        }
        rows = connection.execute(_WRITE_DOWN, values)
        of_lock = {work.lock: work for work in works}
        jobs = [(row.id, of_lock[row.lock]) for row in rows if row.id is not None]
        return [Taken(job_id, work, self._rows.get(work)) for job_id, work in jobs]


def end_job(connection: Connection, job_id: int) -> None:
    """Forget a job in the transaction that does the last of its work."""
    connection.execute(_END, {"job": job_id})


_END = text("DELETE FROM procrastinate.procrastinate_jobs WHERE id = :job AND status = 'doing'")

# All who write jobs down take the locks of the two unique indexes in one order, each sorted, at
# the end of their transactions: so nobody waits for somebody who waits for them. A job that
# waits already is locked until we commit: it cannot start, and find nothing, before our row is
# there. Whoever takes a job on at its birth wakes nobody.
_WRITE_DOWN = text("""
    WITH wanted AS (
        SELECT lane, key, lock, worker, NULLIF(wait, 0) * interval '1 second' AS wait
        FROM unnest(
            CAST(:lanes AS text[]), CAST(:keys AS text[]), CAST(:locks AS text[]),
            CAST(:waits AS float8[]), CAST(:workers AS bigint[])
        ) AS w (lane, key, lock, wait, worker)
    ), hands AS (
        SELECT id FROM procrastinate.procrastinate_workers
        WHERE id = ANY (CAST(:workers AS bigint[])) FOR KEY SHARE
    ), taken AS (
        INSERT INTO procrastinate.procrastinate_jobs
            (queue_name, task_name, lock, queueing_lock, args, status, worker_id)
        SELECT lane, lane, lock, lock, jsonb_build_object('key', key), 'doing', worker
        FROM wanted
        WHERE wait IS NULL AND worker IN (SELECT id FROM hands) AND NOT EXISTS (
            SELECT FROM procrastinate.procrastinate_jobs AS job
            WHERE job.queueing_lock = wanted.lock AND status = 'todo' AND scheduled_at IS NULL
        )
        ORDER BY lock
        ON CONFLICT (lock) WHERE status = 'doing' DO NOTHING
        RETURNING id, lock
    ), noted AS (
        INSERT INTO procrastinate.procrastinate_jobs AS job
            (queue_name, task_name, lock, queueing_lock, args, scheduled_at)
        SELECT lane, lane, lock, lock, jsonb_build_object('key', key), now() + wait
        FROM wanted
        WHERE lock NOT IN (SELECT lock FROM taken)
        ORDER BY lock
        ON CONFLICT (queueing_lock) WHERE status = 'todo' DO UPDATE SET scheduled_at = CASE
            WHEN job.scheduled_at IS NOT NULL AND excluded.scheduled_at IS NOT NULL
            THEN LEAST(job.scheduled_at, excluded.scheduled_at)
        END
        RETURNING queue_name, scheduled_at IS NULL AND xmax::text <> '0' AS waited
    ), woken AS (
        SELECT pg_notify('procrastinate_queue_v1#' || queue_name, '{"type": "job_inserted"}')
        FROM noted WHERE waited
    )
    SELECT id, lock FROM taken UNION ALL SELECT NULL, NULL FROM woken
""")
