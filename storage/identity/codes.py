"""Identity by e-mailed code: asking for one, and redeeming it in the chat that asked.

Known names, unknown ones and those over a limit take the same steps and leave the same kind of
row, so that no answer tells them apart (OWASP: forgot-password and authentication cheat sheets).
"""

from datetime import timedelta
from secrets import randbelow
from typing import Any

from sqlalchemy import ColumnElement, Row, select

from storage.households.members import Member, Members
from storage.identity.guesses import Guesses
from storage.identity.links import Links
from storage.identity.sending_limits import Leave, SendingLimits
from storage.identity.tables import one_time_code
from storage.identity.verification import SPENT, VOID, Redemption, Verification
from storage.keys import digests_in, is_same_code
from storage.limits import CODE_DIGITS, CODE_LIFETIME, CODE_TRIES
from storage.messages.mail_allowances import LAST
from storage.messages.outbox import Outbox
from storage.names import folded
from storage.statements import insert_row
from storage.transaction import Repository, part

_MAILED_LATELY = timedelta(minutes=15)
"""For so long after a code was asked for, eight digits in that chat are held to be one."""


class Codes(Repository):
    _members = part(Members)
    _outbox = part(Outbox)
    _verification = part(Verification)
    _limits = part(SendingLimits)
    _guesses = part(Guesses)
    _links = part(Links)

    def request(self, username: str, *, conversation_id: int, task: str, chat: str) -> None:
        """Mail a fresh code to the address on file, if there is one and the limits allow.

        `task` and `chat` tell the receiver what for and from where. A code asked for beyond
        the limits leaves an earlier one of the same account here in force.
        """
        person = self._members.by_username(username)
        account = self._keys.account_digest(folded(username))
        leave = self._limits.judge(conversation_id, account, person)
        is_of_use = self._is_of_use(account, conversation_id, person.id if person else None)
        allowed = leave.allowed and is_of_use
        earlier = self._is_live(conversation_id)
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

    def redeem(self, candidate: str, *, conversation_id: int, person_id: str) -> Redemption:
        """Judge the one candidate of a message; a wrong one counts against every budget."""
        awaited = self._awaited(conversation_id)
        if self._guesses.chat_is_spent(conversation_id):
            return SPENT
        if awaited is None:
            return VOID
        is_right = is_same_code(candidate, awaited.code_digest)
        if is_right and self._may_verify(awaited):
            return self._accept(awaited, person_id)
        return self._reject(awaited)

    def may_be(self, candidate: str, conversation_id: int) -> bool:
        """May these eight digits be a code: one of ours, or typed where one was mailed lately?"""
        mailed = (one_time_code.c.conversation_id == conversation_id) & (
            one_time_code.c.created_at > self._clock() - _MAILED_LATELY
        )
        ours = one_time_code.c.code_digest.in_(digests_in(candidate))
        return self._exists(mailed) or self._exists(ours)

    def _is_of_use(self, account: str, conversation_id: int, member_id: int | None) -> bool:
        """Whether a code could verify anybody here; every name takes the same looks."""
        spent = self._guesses.chat_is_spent(conversation_id)
        spent = self._guesses.account_is_spent(account, conversation_id, member_id) or spent
        blocked = member_id is not None and self._verification.is_blocked(
            conversation_id, member_id
        )
        return not spent and not blocked

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
        if self._guesses.chat_is_spent(awaited.conversation_id):
            return SPENT
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
            and not self._guesses.account_is_spent(
                awaited.account_digest, awaited.conversation_id, awaited.member_id
            )
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
            to=to.proved_email,
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
