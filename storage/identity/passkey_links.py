"""The page where the holder uses a passkey for a chat: what it is for, and that it was used.

A session that was proved by a mailbox or a password changes no address and removes nobody of a
household whose holder has a passkey (`docs/decisions/0033-a-passkey-at-a-card.md`).
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select

from storage.addresses import SHOWN_AGAIN, Addresses, new_reference
from storage.audit.chain import Audit, Signature
from storage.errors import LinkVoid, NoSuchPasskey
from storage.households.actors import Holder
from storage.households.authority import Authority
from storage.households.tables import member
from storage.identity.passkey_rows import Passkey, PasskeyRows
from storage.identity.sessions import Sessions, is_live
from storage.identity.tables import passkey_link, verified_session
from storage.limits import PASSKEY_LINK_LIFETIME
from storage.statements import insert_row
from storage.transaction import Repository, part


@dataclass(frozen=True, slots=True)
class PasskeyPage:
    """`address` is what stands for it in a message (`Addresses`)."""

    address: str
    until: datetime


@dataclass(frozen=True, slots=True)
class AskingSession:
    """What the page behind a live link may know: who is asked, in which chat, for which task."""

    session_id: int
    member_id: int
    household_id: int
    language: str
    chat: str
    task: str
    until: datetime


class PasskeyLinks(Repository):
    _addresses = part(Addresses)
    _audit = part(Audit)
    _authority = part(Authority)
    _passkeys = part(PasskeyRows)
    _sessions = part(Sessions)

    def offer(self, actor: Holder, task: str) -> PasskeyPage:
        """The page for that session; the same again while it lives. Raises NotAuthorised."""
        session = self._authority.session(actor)
        newest = (
            select(passkey_link.c.reference, passkey_link.c.expires_at)
            .where(passkey_link.c.session_id == session.id, passkey_link.c.task == task)
            .where(passkey_link.c.used_at.is_(None))
            .where(passkey_link.c.expires_at > self._clock() + SHOWN_AGAIN)
            .order_by(passkey_link.c.id.desc())
            .limit(1)
        )
        known = self._connection.execute(newest).one_or_none()
        reference, expires_at = known or self._issue(session.id, task)
        until = min(expires_at, session.idle_until)
        return PasskeyPage(self._addresses.passkey_placeholder(reference), until)

    def peek(self, token: str) -> AskingSession | None:
        """The session behind a link that may still be used; looking does not use it."""
        statement = (
            select(
                verified_session.c.id,
                member.c.id,
                member.c.household_id,
                member.c.language,
                verified_session.c.chat,
                passkey_link.c.task,
                passkey_link.c.expires_at,
                verified_session.c.idle_until,
            )
            .join_from(passkey_link, verified_session)
            .join(member, member.c.id == verified_session.c.member_id)
            .where(self._by(token), self._is_usable(), is_live(self._clock()))
            .where(member.c.role == "holder")
        )
        row = self._connection.execute(statement).one_or_none()
        if row is None:
            return None
        *values, expires_at, idle_until = row
        return AskingSession(*(*values, min(expires_at, idle_until)))

    def passkeys(self, asking: AskingSession) -> tuple[Passkey, ...]:
        """Those of its person that count here (`PasskeyRows.settled`)."""
        return self._passkeys.settled(asking.member_id)

    def confirm(
        self, token: str, used: Passkey, *, sign_count: int, challenged_at: datetime
    ) -> None:
        """Confirm the session, by an answer that fitted a challenge of that moment.

        Raises LinkVoid, NoSuchPasskey for one that does not count here, or PasskeyReplayed.
        """
        asking = self.peek(token)
        if asking is None:
            raise LinkVoid
        if used.id not in {each.id for each in self.passkeys(asking)}:
            raise NoSuchPasskey
        taken = self._connection.execute(
            passkey_link.update()
            .where(self._by(token), self._is_usable())
            .values(used_at=self._clock())
        )
        if taken.rowcount != 1:
            raise LinkVoid  # the same link was faster in another window
        # Session, household, passkey: as in a turn and in a removal, or they would deadlock.
        self._sessions.confirm(asking.session_id)
        by = Signature("holder", asking.member_id, asking.session_id)
        self._audit.done(asking.household_id, by, "passkey_used")
        self._passkeys.use(used, sign_count=sign_count, challenged_at=challenged_at)

    def _issue(self, session_id: int, task: str) -> tuple[str, datetime]:
        reference = new_reference()
        now = self._clock()
        insert_row(
            self._connection,
            passkey_link,
            reference=reference,
            token_digest=self._keys.token_digest(self._keys.passkey_tokens(reference)[0]),
            session_id=session_id,
            task=task,
            created_at=now,
            expires_at=now + PASSKEY_LINK_LIFETIME,
        )
        return reference, now + PASSKEY_LINK_LIFETIME

    def _by(self, token: str) -> ColumnElement[bool]:
        return passkey_link.c.token_digest.in_(self._keys.token_digests(token))

    def _is_usable(self) -> ColumnElement[bool]:
        return passkey_link.c.used_at.is_(None) & (passkey_link.c.expires_at > self._clock())
