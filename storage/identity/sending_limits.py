"""How often a code may be sent.

The limits are counts over the requests themselves: they survive restarts and hold across processes.
"""

from datetime import timedelta

from sqlalchemy import ColumnElement, func, select

from storage.identity.tables import chat_link, one_time_code
from storage.limits import (
    SENDS_PER_ACCOUNT_DAY,
    SENDS_PER_ACCOUNT_HOUR,
    SENDS_PER_CONVERSATION,
    SENDS_WINDOW,
)
from storage.statements import take_turns
from storage.transaction import Repository


class SendingLimits(Repository):
    """An account's allowance is shared by the chats that never verified for it.

    A chat that did has its own, so that a stranger in a loop cannot keep the holder out.
    """

    def allow(self, conversation_id: int, account_digest: str, member_id: int | None) -> bool:
        take_turns(self._connection, account_digest)
        here = one_time_code.c.conversation_id == conversation_id
        known = select(chat_link.c.conversation_id).where(
            chat_link.c.member_id == member_id, chat_link.c.disowned_at.is_(None)
        )
        has_own = conversation_id in set(self._connection.scalars(known))
        shared = here if has_own else one_time_code.c.conversation_id.not_in(known)
        account = (one_time_code.c.account_digest == account_digest) & shared
        return (
            self._sent(here, SENDS_WINDOW) < SENDS_PER_CONVERSATION
            and self._sent(account, timedelta(hours=1)) < SENDS_PER_ACCOUNT_HOUR
            and self._sent(account, timedelta(days=1)) < SENDS_PER_ACCOUNT_DAY
        )

    def _sent(self, which: ColumnElement[bool], within: timedelta) -> int:
        statement = select(func.count()).where(
            which, one_time_code.c.allowed, one_time_code.c.created_at > self._clock() - within
        )
        return self._connection.execute(statement).scalar_one()
