"""The sweep: what time alone does to the records. Idempotent, and harmless at any moment."""

from datetime import timedelta

from sqlalchemy import func, select

from storage.households.access_requests import AccessRequests
from storage.households.actors import System
from storage.households.erasing import Erasing
from storage.limits import SWEEP_ROWS
from storage.retention import Retention
from storage.transaction import Repository, part

RULE = System("sweep")
_LOCK = 0x_F0_7E_13  # any number of our own: names the advisory lock of the sweep


class Sweeping(Repository):
    _erasing = part(Erasing)
    _requests = part(AccessRequests)
    _retention = part(Retention)

    def sweep_records(self, *, may_erase: bool = True) -> bool:
        """Erase deleted people after a day, if it may, and end requests that nobody answered.

        A limited number, so that nobody waits long for the database; True when there are more.
        """
        if not self._is_alone():
            return False
        erased = self._erasing.erase_deleted(RULE, limit=SWEEP_ROWS) if may_erase else 0
        self._requests.expire(RULE)
        return erased >= SWEEP_ROWS

    def sweep_messages(self, *, keep: timedelta) -> bool:
        """Forget conversations after `keep`, and old proofs; in a transaction of its own.

        A turn holds its conversation, then its household: the sweep never holds both.
        True when there is more to forget.
        """
        if not self._is_alone():
            return False
        return self._retention.forget(keep=keep, limit=SWEEP_ROWS) >= SWEEP_ROWS

    def _is_alone(self) -> bool:
        """One process sweeps at a time; SQLite has one writer anyway."""
        if self._connection.dialect.name != "postgresql":
            return True
        return bool(self._connection.scalar(select(func.pg_try_advisory_xact_lock(_LOCK))))
