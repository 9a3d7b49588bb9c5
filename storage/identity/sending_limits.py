"""How often a code may be sent.

The limits are counts over the requests themselves: they survive restarts and hold across processes.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, select

from storage.households.members import Member
from storage.identity.tables import chat_link, one_time_code, sign_in_link
from storage.limits import (
    HALF_LASTS,
    SENDS_PER_ACCOUNT_DAY,
    SENDS_PER_ACCOUNT_HOUR,
    SENDS_PER_CONVERSATION,
    SENDS_WINDOW,
)
from storage.messages.mail_allowances import Cause, MailAllowances
from storage.statements import take_turns
from storage.transaction import Repository, part


@dataclass(frozen=True, slots=True)
class Leave:
    """May a code be sent, on whose account, and is it the last one until some moment?"""

    allowed: bool
    cause: Cause
    last_until: datetime | None = None


class SendingLimits(Repository):
    """An account's allowance is shared by the chats that never verified for it.

    A chat that did has its own, and so has one for which somebody has just signed in on the
    page: so that a stranger in a loop cannot keep the holder out.
    """

    _mails = part(MailAllowances)

    def judge(self, conversation_id: int, account_digest: str, person: Member | None) -> Leave:
        take_turns(self._connection, account_digest)
        member_id = person.id if person else None
        here = one_time_code.c.conversation_id == conversation_id
        known = select(chat_link.c.conversation_id).where(
            chat_link.c.member_id == member_id, chat_link.c.disowned_at.is_(None)
        )
        has_own = conversation_id in set(self._connection.scalars(known))
        has_own = has_own or self._has_signed_in(conversation_id, member_id)
        shared = here if has_own else one_time_code.c.conversation_id.not_in(known)
        account = (one_time_code.c.account_digest == account_digest) & shared
        cause: Cause = "proved" if has_own else "anybody"
        mailbox = person.proved_email if person else ""
        room = self._mails.room("one_time_code", cause, mailbox, member_id)
        allowed = (
            room.is_left
            and self._sent(here, SENDS_WINDOW) < SENDS_PER_CONVERSATION
            and self._sent(account, timedelta(hours=1)) < SENDS_PER_ACCOUNT_HOUR
            and self._sent(account, timedelta(days=1)) < SENDS_PER_ACCOUNT_DAY
        )
        return Leave(allowed, cause, room.renews_at if room.is_last else None)

    def _has_signed_in(self, conversation_id: int, member_id: int | None) -> bool:
        """Has somebody typed the number of the page here that shows it to this member?"""
        proved = select(sign_in_link.c.id).where(
            sign_in_link.c.conversation_id == conversation_id,
            sign_in_link.c.member_id == member_id,
            sign_in_link.c.voided_at.is_(None),
            sign_in_link.c.used_at > self._clock() - HALF_LASTS,
        )
        return self._connection.scalar(proved.limit(1)) is not None

    def _sent(self, which: ColumnElement[bool], within: timedelta) -> int:
        statement = select(func.count()).where(
            which, one_time_code.c.allowed, one_time_code.c.created_at > self._clock() - within
        )
        return self._connection.execute(statement).scalar_one()
