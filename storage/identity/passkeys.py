"""Passkeys: what somebody may sign in with beside a password, and what guards against losing it."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from storage.errors import NoSuchMember, NoSuchPasskey, PasskeyTaken
from storage.households.actors import Operator, Self
from storage.households.changing import Changing
from storage.households.members import Member, Members
from storage.identity.browsers import Browsers
from storage.identity.page_sessions import PageSessions
from storage.identity.passkey_rows import Passkey, PasskeyRows
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


class Passkeys(Repository):
    """Only the person adds, removes and keeps their own; an operator can end one that is lost.

    Nothing is written for a challenge. It says when it was made and proves that it is ours and
    this browser's; a passkey that was used takes no answer to a challenge of before.
    """

    _change = part(Changing)
    _members = part(Members)
    _rows = part(PasskeyRows)
    _browsers = part(Browsers)
    _page_sessions = part(PageSessions)

    def challenge(self, visit: str) -> str:
        """What the browser with this cookie is to have signed."""
        moment, salt = self._clock().isoformat(), secrets.token_urlsafe()
        proof = self._keys.challenge_digest(f"{visit}|{moment}|{salt}")
        return f"{moment}|{salt}|{proof}"

    def challenged_at(self, visit: str, challenge: str) -> datetime | None:
        """When we gave this challenge to this browser; None where we did not, or too long ago."""
        moment, _, rest = challenge.partition("|")
        salt, _, proof = rest.partition("|")
        if not self._keys.is_challenge_digest(proof, f"{visit}|{moment}|{salt}"):
            return None
        made = datetime.fromisoformat(moment)
        return made if self._clock() - made < CHALLENGE_LIFETIME else None

    def handle(self, member_id: int) -> bytes:
        """What devices know the person by: it says nothing about them (WebAuthn, 14.6.1)."""
        return bytes.fromhex(self._keys.challenge_digest(f"handle|{member_id}"))

    def of(self, member_id: int) -> tuple[Passkey, ...]:
        """Those that open something today, the oldest first."""
        return self._rows.of(member_id)

    def of_username(self, username: str) -> tuple[Passkey, ...]:
        """The same of whoever has that user name; raises NoSuchMember."""
        return self.of(self._named(username).id)

    def by_credential(self, credential_id: bytes) -> Passkey | None:
        """The one that a device names, unless it was removed or its person is let in no more."""
        return self._rows.by_credential(credential_id)

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
        self._rows.use(used, sign_count=sign_count, challenged_at=challenged_at)
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

    def end(self, actor: Operator, username: str, passkey_ids: Collection[int] = ()) -> int:
        """Have those numbers of theirs, or all, open nothing from now on; how many that were.

        Its owner is told of each. Raises NoSuchMember, or NoSuchPasskey for a number that is
        none of theirs; then nothing has ended.
        """
        person = self._named(username)
        live = {each.id for each in self.of(person.id)}
        doomed = sorted(passkey_ids or live)
        if not live.issuperset(doomed):
            raise NoSuchPasskey
        for passkey_id in doomed:
            with self._change(actor, "end_passkey", person.id, household_id=person.household_id):
                self._connection.execute(
                    passkey.update()
                    .where(passkey.c.id == passkey_id)
                    .values(removed_at=self._clock())
                )
        return len(doomed)

    def _named(self, username: str) -> Member:
        person = self._members.by_username(username)
        if person is None:
            raise NoSuchMember
        return person

    def _set_removal(self, actor: Self, passkey_id: int, moment: datetime | None) -> None:
        unremoved = passkey.c.removed_at.is_(None)
        pending = ~unremoved if moment is None else unremoved
        done = self._connection.execute(
            passkey.update()
            .where(
                passkey.c.id == passkey_id,
                passkey.c.member_id == actor.member_id,
                self._rows.live(),
                pending,
            )
            .values(removed_at=moment)
        )
        if done.rowcount != 1:
            raise NoSuchPasskey

    def _is_known(self, credential_id: bytes) -> bool:
        known = select(passkey.c.id).where(passkey.c.credential_id == credential_id)
        return self._connection.scalar(known) is not None
