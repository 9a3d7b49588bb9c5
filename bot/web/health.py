"""How Foyer does, for whoever watches over it: `/health` and `/ready`."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from operator import itemgetter
from typing import Any

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from storage.clock import Clock
from storage.database import Database

log = logging.getLogger(__name__)

Report = Callable[[], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Health:
    """Looks at the database; raises what it raises when it cannot be reached."""

    database: Database
    clock: Clock
    messengers: Sequence[Report] = ()
    """Each says whether its messenger is `reachable`."""

    def report(self) -> dict[str, Any]:
        """What waits and for how long, in seconds; None where nothing waits."""
        with self.database.read() as uow:
            chats, oldest = uow.inbox.backlog()
            outbox = uow.outbox.counts()
            on_call = uow.handoffs.count_on_call()
        return {
            "inbox": {"waiting_chats": chats, "oldest_seconds": self._age(oldest)},
            "outbox": {
                "waiting": outbox.waiting,
                "dead": outbox.dead,
                "oldest_seconds": self._age(outbox.oldest_waiting),
            },
            "agents": {"on_call": on_call},
            **self._messenger(),
        }

    def ready(self) -> dict[str, Any]:
        """What else a process needs before it is sent requests."""
        return self._messenger()

    def _messenger(self) -> dict[str, Any]:
        """Of several messengers, the one that cannot be reached."""
        reports = [report() for report in self.messengers]
        return {"messenger": min(reports, key=itemgetter("reachable"))} if reports else {}

    def _age(self, since: datetime | None) -> float | None:
        return None if since is None else (self.clock() - since).total_seconds()


def health_router(health: Health, *, detailed: bool = True) -> APIRouter:
    """`/health`: is the process well? `/ready`: may it be sent requests?

    Not `detailed`, they say no more than that.
    """
    router = APIRouter(include_in_schema=False)
    for path, report in (("/health", health.report), ("/ready", health.ready)):
        router.get(path)(_answering(health.database, report, detailed=detailed))
    return router


def _answering(database: Database, report: Report, *, detailed: bool) -> Callable[[], JSONResponse]:
    """Both say how the schema fits, in a sentence; one that does not fit is nowhere well."""

    def look() -> dict[str, Any]:
        told = {"status": "failing"}
        try:
            schema = database.schema()
            told["schema"] = schema.value
            if schema.fits:
                return {**told, "status": "ok", **report()}
        except Exception:  # whatever it was, the answer is the same: not well
            log.exception("the database did not answer as it should")
        return told

    def answer() -> JSONResponse:
        told = look()
        is_well = told["status"] == "ok"
        shown = told if detailed else {"status": told["status"]}
        return JSONResponse(shown, HTTPStatus.OK if is_well else HTTPStatus.SERVICE_UNAVAILABLE)

    return answer
