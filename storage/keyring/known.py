"""The keys that a database knows: one that does not fit it is refused before anything is done.

With a wrong key no link works, no mail with a secret leaves, and every entry of the audit looks
forged, all in silence.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Table, select

from storage.audit.macs import head_of
from storage.audit.tables import audit
from storage.errors import KeyRefused
from storage.households.tables import household
from storage.keyring.tables import made_for_tests, secret_key
from storage.keys import UNNAMED
from storage.messages.tables import conversation, inbox, outbox
from storage.statements import insert_once
from storage.transaction import Repository

_USED: tuple[Table, ...] = (household, conversation, inbox, outbox)
"""Where a database that was used has something."""
_SAMPLE = 5


@dataclass(frozen=True, slots=True)
class KnownKey:
    id: str
    fingerprint: str
    known_since: datetime
    dropped_at: datetime | None


class KnownKeys(Repository):
    def check(self) -> None:
        """Do the given keys fit this database?

        Raises KeyRefused with the reason "misfit" (another key under that name), "missing" (not
        given), "reused" (the name of a key that was dropped), or, where nothing depends on the key
        yet, what makes it weak: "short", "guessable", "published".
        """
        known = {key.id: key for key in self.all()}
        given = self._keys.fingerprints
        for key in known.values():
            self._compare(key, given.get(key.id))
        first = self._keys.names[0]
        if not known and not self.is_new():
            if not self._fit_the_audit():
                raise KeyRefused("misfit", first)
        elif first not in known and (weak := self._keys.weakness(first)) is not None:
            raise KeyRefused(weak, first)

    def adopt(self) -> None:
        """From now on this database knows the given keys (`check` came first)."""
        for name, fingerprint in self._keys.fingerprints.items():
            values = {"id": name, "fingerprint": fingerprint, "known_since": self._clock()}
            insert_once(self._connection, secret_key, values)

    def drop(self, name: str) -> bool:
        """Do without a key from now on; False when there is none of that name to do without."""
        named = secret_key.update().where(
            secret_key.c.id == name, secret_key.c.dropped_at.is_(None)
        )
        dropped = self._connection.execute(named.values(dropped_at=self._clock()))
        return dropped.rowcount == 1

    def all(self) -> list[KnownKey]:
        """Every key that the database was ever used with, in the order of their coming."""
        rows = self._connection.execute(
            select(secret_key).order_by(secret_key.c.known_since, secret_key.c.id)
        )
        return [KnownKey(*row) for row in rows]

    def is_new(self) -> bool:
        """Has nobody used the database yet?"""
        return not self.all() and not any(
            self._connection.execute(select(table.c.id).limit(1)).first() for table in _USED
        )

    def mark_for_tests(self) -> None:
        """Note that the database was begun under `FOYER_TESTING`."""
        if not self.is_for_tests():
            self._connection.execute(made_for_tests.insert().values(at=self._clock()))

    def is_for_tests(self) -> bool:
        return self._connection.execute(select(made_for_tests).limit(1)).first() is not None

    def _compare(self, key: KnownKey, given: str | None) -> None:
        if key.dropped_at is not None:
            if given not in {None, key.fingerprint}:
                raise KeyRefused("reused", key.id)
        elif given is None:
            raise KeyRefused("missing", key.id)
        elif given != key.fingerprint:
            raise KeyRefused("misfit", key.id)

    def _fit_the_audit(self) -> bool:
        """Can a head be checked that was sealed before the database knew its keys?"""
        newest = select(household.c.id, household.c.audit_head).order_by(household.c.id.desc())
        heads = self._connection.execute(
            newest.where(household.c.audit_head.is_not(None)).limit(_SAMPLE)
        ).all()
        return not heads or any(self._fits(*head) for head in heads)

    def _fits(self, household_id: int, head: str) -> bool:
        entry = self._connection.execute(
            select(audit.c.seq, audit.c.mac)
            .where(audit.c.household_id == household_id)
            .order_by(audit.c.seq.desc())
            .limit(1)
        ).one_or_none()
        return entry is not None and head == head_of(self._keys, UNNAMED, household_id, *entry)
