"""Passkeys: what somebody may sign in with beside a password, and what guards against losing it."""

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, RowMapping, or_, select

from storage.errors import NoSuchPasskey, PasskeyReplayed, PasskeyTaken
from storage.households.actors import Self
from storage.households.changing import Changing
from storage.households.tables import member
from storage.identity.browsers import Browsers
from storage.identity.page_sessions import PageSessions
from storage.identity.tables import passkey
from storage.limits import CHALLENGE_LIFETIME, PASSKEY_KEPT
from storage.statements import insert_row
from storage.transaction import Repository, part


@dataclass(frozen=True, slots=True)
class NewPasskey:
    """What a device has made for this account (WebAuthn, registration)."""

    name: str
    credential_id: bytes
    public_key: bytes
    """A COSE key."""
    sign_count: int


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


class Passkeys(Repository):
    """Only the person adds and removes their own: there is no other actor for it.

    Nothing is written for a challenge. It says when it was made and proves that it is ours and
    this browser's; a passkey that was used takes no answer to a challenge of before.
    """

    _change = part(Changing)
    _browsers = part(Browsers)
    _page_sessions = part(PageSessions)

    def challenge(self, visit: str) -> str:
        """What the browser with this cookie is to have signed."""
        return self._challenge(visit, self._clock().isoformat(), secrets.token_urlsafe())

    def challenged_at(self, visit: str, challenge: str) -> datetime | None:
        """When we gave this challenge to this browser; None where we did not, or too long ago."""
        moment, _, rest = challenge.partition("|")
        expected = self._challenge(visit, moment, rest.partition("|")[0])
        if not hmac.compare_digest(expected.encode(), challenge.encode()):
            return None
        made = datetime.fromisoformat(moment)
        return made if self._clock() - made < CHALLENGE_LIFETIME else None

    def handle(self, member_id: int) -> bytes:
        """What devices know the person by: it says nothing about them (WebAuthn, 14.6.1)."""
        return bytes.fromhex(self._keys.challenge_digest(f"handle|{member_id}"))

    def of(self, member_id: int) -> tuple[Passkey, ...]:
        """Those that open something today, the oldest first."""
        rows = self._rows(passkey.c.member_id == member_id)
        return tuple(Passkey(**row) for row in rows)

    def by_credential(self, credential_id: bytes) -> Passkey | None:
        """The one that a device names, unless it was removed or its person was deleted."""
        rows = self._rows(passkey.c.credential_id == credential_id)
        return Passkey(**rows[0]) if rows else None

    def add(self, actor: Self, new: NewPasskey) -> None:
        """Raises NotAuthorised, or PasskeyTaken."""
        with self._change(actor, "add_passkey", actor.member_id):
            if self._is_known(new.credential_id):
                raise PasskeyTaken
            insert_row(
                self._connection,
                passkey,
                member_id=actor.member_id,
                name=new.name,
                credential_id=new.credential_id,
                public_key=new.public_key,
                sign_count=new.sign_count,
                created_at=self._clock(),
            )

    def enter(
        self, used: Passkey, *, sign_count: int, challenged_at: datetime, browser: str
    ) -> str:
        """The token of a new page session, for an answer that fitted a challenge of that moment.

        The browser is known from then on. Raises PasskeyReplayed where the passkey was used
        since: no answer is taken twice.
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
        self._browsers.remember(browser, used.member_id)
        return self._page_sessions.open(used.member_id)

    def remove(self, actor: Self, passkey_id: int) -> None:
        """From tomorrow on it opens nothing; the mail about it is there before that.

        Raises NotAuthorised, or NoSuchPasskey.
        """
        with self._change(actor, "remove_passkey", actor.member_id):
            self._set_removal(actor, passkey_id, self._clock() + PASSKEY_KEPT)

    def keep(self, actor: Self, passkey_id: int) -> None:
        """Take that back in time. Raises as `remove`."""
        with self._change(actor, "keep_passkey", actor.member_id):
            self._set_removal(actor, passkey_id, None)

    def _set_removal(self, actor: Self, passkey_id: int, moment: datetime | None) -> None:
        pending = passkey.c.removed_at.is_not(None) if moment is None else self._unremoved()
        done = self._connection.execute(
            passkey.update()
            .where(
                passkey.c.id == passkey_id,
                passkey.c.member_id == actor.member_id,
                self._counts(),
                pending,
            )
            .values(removed_at=moment)
        )
        if done.rowcount != 1:
            raise NoSuchPasskey

    def _challenge(self, visit: str, moment: str, salt: str) -> str:
        proof = self._keys.challenge_digest(f"{visit}|{moment}|{salt}")
        return f"{moment}|{salt}|{proof}"

    def _is_known(self, credential_id: bytes) -> bool:
        known = select(passkey.c.id).where(passkey.c.credential_id == credential_id)
        return self._connection.scalar(known) is not None

    def _rows(self, which: ColumnElement[bool]) -> list[RowMapping]:
        statement = (
            select(passkey)
            .join_from(passkey, member)
            .where(which, self._counts(), member.c.deleted_at.is_(None))
            .order_by(passkey.c.id)
        )
        return list(self._connection.execute(statement).mappings())

    def _counts(self) -> ColumnElement[bool]:
        return or_(self._unremoved(), passkey.c.removed_at > self._clock())

    @staticmethod
    def _unremoved() -> ColumnElement[bool]:
        return passkey.c.removed_at.is_(None)
