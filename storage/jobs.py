"""Jobs of the engine that nobody has in hand: of rows without one, and of processes that died."""

from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import text

from storage.transaction import Repository
from storage.work import NOW, Work


class Jobs(Repository):
    """What is asked of the engine's tables, on PostgreSQL alone."""

    def leave(self, work: Work, wait: timedelta = NOW) -> None:
        """Have it done once this transaction has committed, after so long."""
        self._leave(work, wait)

    def leave_what_has_none(self, works: Iterable[Work]) -> None:
        """Have done what nobody has in hand, or will have."""
        by_lock = {work.lock: work for work in works}
        known = self._connection.scalars(_KNOWN, {"locks": list(by_lock)}).all()
        for lock in by_lock.keys() - set(known):
            self._leave(by_lock[lock])

    def recover(self, silent: timedelta) -> int:
        """Free what a process had in hand that has given no sign of life for so long.

        Returns how many things may be begun anew by others.
        """
        values = {"silent": silent.total_seconds()}
        self._connection.execute(_DROP_DOUBLE, values)
        return len(self._connection.execute(_RECOVER, values).all())

    def has_worker(self, worker_id: int) -> bool:
        """Is this worker known still? One that was silent for very long is forgotten."""
        return self._connection.scalar(_WORKER, {"worker": worker_id}) is not None


_KNOWN = text("""
    SELECT lock FROM procrastinate.procrastinate_jobs
    WHERE status IN ('todo', 'doing') AND lock = ANY (CAST(:locks AS text[]))
""")
_WORKER = text("SELECT id FROM procrastinate.procrastinate_workers WHERE id = :worker")
_STALLED = """
    SELECT job.id FROM procrastinate.procrastinate_jobs AS job
    LEFT JOIN procrastinate.procrastinate_workers AS worker ON worker.id = job.worker_id
    WHERE job.status = 'doing' AND (
        worker.id IS NULL OR worker.last_heartbeat < now() - :silent * interval '1 second'
    )
    FOR UPDATE OF job SKIP LOCKED
"""
_DROP_DOUBLE = text(f"""
    DELETE FROM procrastinate.procrastinate_jobs AS job
    WHERE job.id IN ({_STALLED}) AND EXISTS (
        SELECT FROM procrastinate.procrastinate_jobs AS next
        WHERE next.queueing_lock = job.queueing_lock AND next.status = 'todo'
    )
""")  # noqa: S608 -- nothing in it comes from outside
_RECOVER = text(f"""
    WITH freed AS (
        UPDATE procrastinate.procrastinate_jobs
        SET status = 'todo', attempts = attempts + 1, scheduled_at = NULL, worker_id = NULL
        WHERE id IN ({_STALLED})
        RETURNING queue_name
    )
    SELECT pg_notify('procrastinate_queue_v1#' || queue_name, '{{"type": "job_inserted"}}')
    FROM freed
""")  # noqa: S608 -- as above
