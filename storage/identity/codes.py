"""Identity by e-mailed code: asking for one, and redeeming it in the chat that asked.

Known names, unknown ones and those over a limit take the same steps and leave the same kind of
row, so that no answer tells them apart (OWASP: forgot-password and authentication cheat sheets).
"""

import hmac
from collections.abc import Sequence
from secrets import randbelow
from typing import Any

from sqlalchemy import ColumnElement, Row, select

from storage.households.members import Member, Members
from storage.identity.links import Links
from storage.identity.sending_limits import Leave, SendingLimits
from storage.identity.tables import one_time_code
from storage.identity.verification import VOID, Redemption, Verification
from storage.limits import CODE_DIGITS, CODE_LIFETIME, CODE_TRIES
from storage.messages.mail_allowances import LAST
from storage.messages.outbox import Outbox
from storage.names import folded
from storage.statements import insert_row
from storage.transaction import Repository, part


class Codes(Repository):
    _members = part(Members)
    _outbox = part(Outbox)
    _verification = part(Verification)
    _limits = part(SendingLimits)
    _links = part(Links)

    def request(self, username: str, *, conversation_id: int, task: str, chat: str) -> None:
        """Mail a fresh code to the address on file, if there is one and the limits allow.

        `task` and `chat` tell the receiver what for and from where. A code asked for beyond
        the limits leaves an earlier one of the same account here in force.
        """
        person = self._members.by_username(username)
        account = self._keys.account_digest(folded(username))
        leave = self._limits.judge(conversation_id, account, person)
        allowed = leave.allowed
        earlier = self._is_live(conversation_id)
        if person is not None and self._verification.is_blocked(conversation_id, person.id):
            allowed = False
        keep = not allowed and self._exists(earlier & (one_time_code.c.account_digest == account))
        if not keep:
            self._void(earlier)
        code = f"{randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"
        now = self._clock()
        insert_row(
            self._connection,
            one_time_code,
            conversation_id=conversation_id,
            account_digest=account,
            member_id=person.id if person else None,
            code_digest=self._keys.code_digest(code),
            chat=chat,
            task=task,
            allowed=allowed,
            tries=0,
            created_at=now,
            expires_at=now + CODE_LIFETIME,
            voided_at=now if keep else None,
        )
        if person is not None and allowed:
            self._send(person, code, leave, task=task, chat=chat)

    def open(self, conversation_id: int) -> bool:
        """Is a code awaited in this chat?"""
        return self._exists(self._is_live(conversation_id))

    def redeem(self, digests: Sequence[str], *, conversation_id: int, person_id: str) -> Redemption:
        """Judge the candidates of one message; together they cost one try."""
        awaited = self._awaited(conversation_id)
        if awaited is None:
            return VOID
        matches = [hmac.compare_digest(digest, awaited.code_digest) for digest in digests]
        if any(matches) and self._may_verify(awaited):
            return self._accept(awaited, person_id)
        return self._reject(awaited)

    def _accept(self, awaited: Row[Any], person_id: str) -> Redemption:
        used = self._connection.execute(
            one_time_code.update()
            .where(one_time_code.c.id == awaited.id, self._is_usable())
            .values(used_at=self._clock(), used_by=person_id)
        )
        if used.rowcount != 1:
            return VOID  # another submission of the same code was faster
        return self._verification.proved(
            "code", awaited.member_id, awaited.conversation_id, person_id, awaited.chat
        )

    def _reject(self, awaited: Row[Any]) -> Redemption:
        counted = (
            one_time_code.update()
            .where(one_time_code.c.id == awaited.id, self._is_usable())
            .values(tries=one_time_code.c.tries + 1)
            .returning(one_time_code.c.tries)
        )
        tries = self._connection.execute(counted).scalar_one_or_none()
        if tries is None or tries >= CODE_TRIES:
            return VOID
        return Redemption("wrong", CODE_TRIES - tries, None)

    def _may_verify(self, awaited: Row[Any]) -> bool:
        """A code beyond the limits, for an unknown name or a blocked chat is never right."""
        return (
            awaited.allowed
            and awaited.member_id is not None
            and self._members.get(awaited.member_id) is not None
            and not self._verification.is_blocked(awaited.conversation_id, awaited.member_id)
        )

    def _awaited(self, conversation_id: int) -> Row[Any] | None:
        newest = (
            select(one_time_code)
            .where(self._is_live(conversation_id))
            .order_by(one_time_code.c.id.desc())
            .limit(1)
        )
        return self._connection.execute(newest).one_or_none()

    def _exists(self, which: ColumnElement[bool]) -> bool:
        return self._connection.scalar(select(one_time_code.c.id).where(which).limit(1)) is not None

    def _void(self, which: ColumnElement[bool]) -> None:
        self._connection.execute(
            one_time_code.update().where(which).values(voided_at=self._clock())
        )

    def _send(self, to: Member, code: str, leave: Leave, *, task: str, chat: str) -> None:
        """The last one of a day says so, and has a link that lives until there is another."""
        kind, secrets = "one_time_code", {"code": code}
        parameters: dict[str, Any] = {
            "first_name": to.first_name,
            "task": task,
            "chat": chat,
            "minutes": int(CODE_LIFETIME.total_seconds()) // 60,
        }
        if leave.last_until is not None:
            kind += LAST
            parameters["until"] = leave.last_until.isoformat()
            secrets["reset_url"] = self._links.issue("reset", to.id, until=leave.last_until)
        self._outbox.mail(
            kind,
            to=to.email,
            language=to.language,
            member_id=to.id,
            parameters=parameters,
            secrets=secrets,
            cause=leave.cause,
        )

    def _is_live(self, conversation_id: int) -> ColumnElement[bool]:
        return (one_time_code.c.conversation_id == conversation_id) & self._is_usable()

    def _is_usable(self) -> ColumnElement[bool]:
        return (
            one_time_code.c.used_at.is_(None)
            & one_time_code.c.voided_at.is_(None)
            & (one_time_code.c.tries < CODE_TRIES)
            & (one_time_code.c.expires_at > self._clock())
        )
