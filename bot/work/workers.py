"""What is ours of procrastinate's parts: how a job ends, and when a worker looks for the next.

A job says that something waits; whether it still does, the rows say. So a job may be lost to
another one for the same work, or be found done, and nothing is wrong.
"""

import logging
from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime
from functools import partial
from typing import Any

from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.exceptions import ConnectorException, UniqueViolation
from procrastinate.jobs import Job, Notification, Status
from procrastinate.manager import JobManager
from procrastinate.worker import Worker
from tenacity import AsyncRetrying, retry_if_exception, wait_fixed

from storage.work import DONE

log = logging.getLogger(__name__)

AGAIN_SECONDS = 5
"""After which work that failed is tried again: the database was away, or worse."""

_RAISED = "P0001"
"""SQLSTATE of what a function of procrastinate raises: the job is not there."""

_FINISH = """
    SELECT procrastinate_finish_job_v1(%(job_id)s, %(status)s, %(delete_job)s),
        pg_notify(%(channel)s, %(lock)s)
"""


class Again(BaseRetryStrategy):
    """Whatever went wrong, the rows are there."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision:
        return RetryDecision(retry_in={"seconds": AGAIN_SECONDS})


class Jobs(JobManager):
    async def fetch_job(self, queues: Iterable[str] | None, worker_id: int) -> Job | None:
        try:
            return await super().fetch_job(queues, worker_id)
        except UniqueViolation:  # somebody has just taken the same work on
            return None

    async def finish_job(self, job: Job, status: Status, delete_job: bool) -> None:
        """Forget a job, and tell those who wait for what it was about."""
        await self._settle(
            job,
            partial(
                self.connector.execute_query_async,
                _FINISH,
                job_id=job.id,
                status=status.value,
                delete_job=True,
                channel=DONE,
                lock=job.lock,
            ),
        )

    async def retry_job(
        self,
        job: Job,
        retry_at: datetime | None = None,
        priority: int | None = None,
        queue: str | None = None,
        lock: str | None = None,
    ) -> None:
        again = partial(super().retry_job, job, retry_at, priority, queue, lock)
        try:
            await self._settle(job, again)
        except UniqueViolation:  # the next one does the same work
            await self.finish_job(job, Status.FAILED, delete_job=True)

    async def _settle(self, job: Job, change: Callable[[], Awaitable[None]]) -> None:
        """Keep trying: while a job is thought to be in hand, nobody else does its work."""
        try:
            async for attempt in AsyncRetrying(
                retry=retry_if_exception(_is_away), wait=wait_fixed(1), reraise=True
            ):
                with attempt:
                    await change()
        except UniqueViolation:
            raise
        except ConnectorException as error:  # this process was thought dead, and another began
            log.info("%s was not in hand any more: %s", job.lock, error.__cause__)


def _is_away(error: BaseException) -> bool:
    """Did the database not answer? It answers with an exception of its own, or with a key."""
    if not isinstance(error, ConnectorException) or isinstance(error, UniqueViolation):
        return False
    return getattr(error.__cause__, "sqlstate", None) != _RAISED


class LaneWorker(Worker):
    """Looks for work also when told to, and when it ends what may have kept other work waiting."""

    was_told = False
    in_hand = 0
    """Jobs that this process took on as they were written down."""

    def nudge(self) -> None:
        """Look for work now."""
        self._new_job_event.set()

    @property
    def load(self) -> int:
        return self.in_hand + len(self._running_jobs)

    def ended(self) -> None:
        """What was told of while this was in hand may have waited for it."""
        if self.was_told:
            self.nudge()
        self.was_told = self.load > 0 and self.was_told

    async def _handle_notification(self, *, channel: str, notification: Notification) -> None:
        self.was_told = self.was_told or self.load > 0
        await super()._handle_notification(channel=channel, notification=notification)

    async def _process_job(self, context: Any) -> None:
        await super()._process_job(context)
        self.ended()
