"""`/metrics` for Prometheus: what waits, and what failed. Nothing about anybody.

The numbers come from the database, so that every process on it answers the same; but for what
this process itself has done.
"""

from collections.abc import Iterator

from fastapi import APIRouter
from fastapi.responses import Response
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from storage.clock import Clock
from storage.database import Database


class Backlog:
    """A collector of Prometheus's client: it is asked at every scrape."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def collect(self) -> Iterator[Metric]:
        with self._database.read() as uow:
            received, parked = uow.inbox.totals()
            chats, oldest = uow.inbox.backlog()
            outbox = uow.outbox.counts()
            wave = uow.guesses.wave()
            check = uow.audit_checks.last()
        now = self._clock()
        ages = {
            "foyer_inbox_oldest_seconds": oldest,
            "foyer_outbox_oldest_seconds": outbox.oldest_waiting,
        }
        yield CounterMetricFamily("foyer_messages", "Messages received since the first.", received)
        yield GaugeMetricFamily("foyer_inbox_parked", "Messages that could not be done.", parked)
        yield GaugeMetricFamily("foyer_inbox_waiting_chats", "Chats that wait for a turn.", chats)
        yield GaugeMetricFamily("foyer_outbox_waiting", "Replies and mails due.", outbox.waiting)
        yield GaugeMetricFamily("foyer_outbox_dead", "Replies and mails given up.", outbox.dead)
        yield GaugeMetricFamily(
            "foyer_wrong_codes", "Wrong one-time codes within the last hour.", wave.guesses
        )
        yield GaugeMetricFamily(
            "foyer_wrong_code_accounts", "Accounts that they were for.", wave.accounts
        )
        for name, since in ages.items():
            age = 0.0 if since is None else (now - since).total_seconds()
            yield GaugeMetricFamily(name, "How long the oldest one has waited.", age)
        if check is not None:  # nothing is said about what was never looked at
            age = (now - check.at).total_seconds()
            yield GaugeMetricFamily("foyer_audit_flaws", "Chains that do not hold.", check.flaws)
            yield GaugeMetricFamily("foyer_audit_unlinked", "Entries without link.", check.unlinked)
            yield GaugeMetricFamily("foyer_audit_checked_seconds", "Since the last look.", age)


def metrics_router(
    database: Database, clock: Clock, own: CollectorRegistry | None = None
) -> APIRouter:
    """`own` has what this process counts for itself."""
    registry = own or CollectorRegistry(auto_describe=False)
    registry.register(Backlog(database, clock))
    router = APIRouter(include_in_schema=False)

    @router.get("/metrics")
    def metrics() -> Response:
        return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)

    return router
