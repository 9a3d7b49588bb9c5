"""How often a code or a number may be guessed.

One message is one guess. Each wrong one is counted on the row of the code or the link that it was
tried on, so that budgets are sums over these rows: they survive restarts, hold across processes,
and are the same for user names that nobody has.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select, union

from storage.identity.tables import alarm, chat_link, one_time_code, sign_in_link
from storage.limits import (
    GUESSES_PER_ACCOUNT,
    GUESSES_PER_CONVERSATION,
    GUESSES_WINDOW,
    WAVE_ACCOUNTS,
    WAVE_WINDOW,
)
from storage.statements import claim_name, take_turns
from storage.transaction import Repository

_WAVE = "guesses"


@dataclass(frozen=True, slots=True)
class Wave:
    """The wrong codes of the last hour: how many, and for how many accounts."""

    guesses: int
    accounts: int

    @property
    def is_alarming(self) -> bool:
        return self.accounts >= WAVE_ACCOUNTS


class Guesses(Repository):
    def chat_is_spent(self, conversation_id: int) -> bool:
        """Has this chat been wrong so often that it can verify nobody for now?"""
        codes = one_time_code.c.conversation_id == conversation_id
        numbers = sign_in_link.c.conversation_id == conversation_id
        wrong = self._wrong_codes(codes) + self._sum(
            select(func.sum(sign_in_link.c.tries)).where(
                numbers, sign_in_link.c.created_at > self._clock() - GUESSES_WINDOW
            )
        )
        return wrong >= GUESSES_PER_CONVERSATION

    def account_is_spent(
        self, account_digest: str, conversation_id: int, member_id: int | None
    ) -> bool:
        """Have strangers guessed so often at this account that none of them may verify for now?

        A chat that verified for it before, or where its password was proved within the window, is
        none of them: strangers cannot keep the holder out.
        """
        take_turns(self._connection, account_digest)
        known = self._chats_of(member_id)
        if conversation_id in self._connection.scalars(known).all():
            return False
        strangers = one_time_code.c.conversation_id.not_in(known)
        of_account = one_time_code.c.account_digest == account_digest
        return self._wrong_codes(of_account & strangers) >= GUESSES_PER_ACCOUNT

    def wave(self) -> Wave:
        since = one_time_code.c.created_at > self._clock() - WAVE_WINDOW
        accounts = func.count(one_time_code.c.account_digest.distinct())
        counted = select(func.coalesce(func.sum(one_time_code.c.tries), 0), accounts)
        row = self._connection.execute(counted.where(since, one_time_code.c.tries > 0)).one()
        return Wave(*row)

    def begins(self) -> bool:
        """Note that a wave is on; False when that is known already, whoever noted it."""
        return claim_name(self._connection, alarm, name=_WAVE, raised_at=self._clock())

    def ends(self) -> bool:
        """Note that no wave is on; False when none was."""
        over = alarm.delete().where(alarm.c.name == _WAVE)
        return self._connection.execute(over).rowcount == 1

    def _chats_of(self, member_id: int | None) -> Select[Any]:
        verified = select(chat_link.c.conversation_id).where(
            chat_link.c.member_id == member_id, chat_link.c.disowned_at.is_(None)
        )
        proved = select(sign_in_link.c.conversation_id).where(
            sign_in_link.c.member_id == member_id,
            sign_in_link.c.voided_at.is_(None),
            sign_in_link.c.used_at > self._clock() - GUESSES_WINDOW,
        )
        chats = union(verified, proved).subquery()
        return select(chats.c.conversation_id)

    def _wrong_codes(self, which: ColumnElement[bool]) -> int:
        lately = one_time_code.c.created_at > self._clock() - GUESSES_WINDOW
        return self._sum(select(func.sum(one_time_code.c.tries)).where(which, lately))

    def _sum(self, statement: Select[Any]) -> int:
        return int(self._connection.scalar(statement) or 0)
