"""The rows of passkeys: which there are, and that one was used. Who may do it, callers decide."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, RowMapping, or_, select

from storage.errors import PasskeyReplayed
from storage.households.moments import is_let_in
from storage.households.tables import member
from storage.identity.tables import passkey
from storage.limits import PASSKEY_KEPT
from storage.transaction import Repository


@dataclass(frozen=True, slots=True)
class Passkey:
    """`removed_at` may lie ahead: until then it can be kept after all."""

    id: int
    member_id: int
    name: str
    credential_id: bytes
    public_key: bytes
    sign_count: int
    created_at: datetime
    used_at: datetime | None
    removed_at: datetime | None


class PasskeyRows(Repository):
    def of(self, member_id: int) -> tuple[Passkey, ...]:
        """Those that open something today, the oldest first."""
        rows = self._rows(passkey.c.member_id == member_id)
        return tuple(Passkey(**row) for row in rows)

    def settled(self, member_id: int) -> tuple[Passkey, ...]:
        """Of these the first, and whichever was added a day ago or longer.

        Whoever has got at the account can add one at once; for its owner the mail about it is
        there before it counts beside the one that they have.
        """
        since = self._clock() - PASSKEY_KEPT
        live = self.of(member_id)
        return (*live[:1], *(each for each in live[1:] if each.created_at <= since))

    def by_credential(self, credential_id: bytes) -> Passkey | None:
        """The one that a device names, unless it was removed or its person is let in no more."""
        named = passkey.c.credential_id == credential_id
        rows = self._rows(named & is_let_in(self._clock()))
        return Passkey(**rows[0]) if rows else None

    def use(self, used: Passkey, *, sign_count: int, challenged_at: datetime) -> None:
        """Take an answer that fitted a challenge of that moment.

        Raises PasskeyReplayed where the passkey was used since: no answer is taken twice.
        """
        taken = self._connection.execute(
            passkey.update()
            .where(
                passkey.c.id == used.id,
                or_(passkey.c.used_at.is_(None), passkey.c.used_at < challenged_at),
            )
            .values(used_at=self._clock(), sign_count=sign_count)
        )
        if taken.rowcount != 1:
            raise PasskeyReplayed

    def live(self) -> ColumnElement[bool]:
        """Neither removed nor, where that takes a day, at its end."""
        return or_(passkey.c.removed_at.is_(None), passkey.c.removed_at > self._clock())

    def _rows(self, which: ColumnElement[bool]) -> list[RowMapping]:
        statement = (
            select(passkey)
            .join_from(passkey, member)
            .where(which, self.live(), member.c.deleted_at.is_(None))
            .order_by(passkey.c.id)
        )
        return list(self._connection.execute(statement).mappings())
