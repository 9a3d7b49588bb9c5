"""Signing in on a page that opens inside of the very chat that asks: no number to type back.

The messenger vouches for who has opened it and where. What is proved there is the link's number,
as if it had been typed: it waits in the chat's inbox, and is judged in its place like any other
(`docs/decisions/0045-signing-in-inside-a-messenger.md`).
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import RowMapping, select

from storage.errors import LinkVoid
from storage.identity.sign_in_links import SignInLinks
from storage.identity.tables import sign_in_link
from storage.messages.inbox import Inbox
from storage.messages.tables import conversation
from storage.transaction import Repository, part

SIGNED_IN = "signed_in"
"""The kind of such a message; no channel makes one of what people send."""


@dataclass(frozen=True, slots=True)
class Opener:
    """Who has opened a page, in which chat; `key` is of this opening alone."""

    channel: str
    bot_id: str
    chat_id: str
    person_id: str
    key: str


@dataclass(frozen=True, slots=True)
class AskingInside:
    """What the page may show to its opener."""

    chat: str
    task: str
    language: str | None
    expires_at: datetime


class SignInInside(Repository):
    _links = part(SignInLinks)
    _inbox = part(Inbox)

    def peek(self, token: str, opener: Opener) -> AskingInside | None:
        """The chat behind a link that nobody has used, if it asked for this very person."""
        row = self._row(token, opener)
        return None if row is None else AskingInside(**row)

    def prove(self, token: str, opener: Opener, member_id: int) -> None:
        """Somebody has signed in: their chat goes on, soon after the commit.

        Raises LinkVoid when the link is not this person's in this chat, or the same opening was
        used before; then nothing has happened.
        """
        if self._row(token, opener) is None:
            raise LinkVoid
        self._links.claim(token, member_id=member_id, page_session_id=None)
        body = {"text": f"⟨digits:{self._links.sealed_number(token)}⟩", "kind": SIGNED_IN}
        chat = opener.channel, opener.bot_id, opener.chat_id
        update_id = f"{SIGNED_IN} {opener.key}"
        _, is_new = self._inbox.put(*chat, update_id, opener.person_id, body)
        if not is_new:
            raise LinkVoid

    def _row(self, token: str, opener: Opener) -> RowMapping | None:
        asked = (
            select(
                sign_in_link.c.chat,
                sign_in_link.c.task,
                conversation.c.language,
                sign_in_link.c.expires_at,
            )
            .join_from(sign_in_link, conversation)
            .where(
                self._links.is_open(token),
                sign_in_link.c.person_id == opener.person_id,
                conversation.c.channel == opener.channel,
                conversation.c.bot_id == opener.bot_id,
                conversation.c.chat_id == opener.chat_id,
            )
        )
        return self._connection.execute(asked).mappings().one_or_none()
