"""Identity by a page: a chat asks for a link, somebody signs in behind it, types a number back.

The number is what makes a forwarded link worthless: only whoever sees both the page and the
chat that asked can bring them together (`docs/decisions/0017-the-sign-in-link.md`).
"""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, select

from storage.addresses import SHOWN_AGAIN, Addresses, new_reference
from storage.errors import LinkVoid
from storage.identity.guesses import Guesses
from storage.identity.tables import sign_in_link
from storage.identity.verification import SPENT, VOID, Redemption, Verification
from storage.keys import is_same_code
from storage.limits import SIGN_IN_LINK_LIFETIME, SIGN_IN_NUMBER_DIGITS, SIGN_IN_NUMBER_TRIES
from storage.statements import insert_row
from storage.transaction import Repository, part


@dataclass(frozen=True, slots=True)
class AskingChat:
    """What the page behind a live link may know: which chat asks, and for which task."""

    id: int
    chat: str
    task: str
    page_session_id: int | None
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Offered:
    """The addresses of one page: as it opens anywhere, and inside the messenger that asks."""

    page: str
    inside: str


class SignInLinks(Repository):
    _addresses = part(Addresses)
    _verification = part(Verification)
    _guesses = part(Guesses)

    def offer(self, *, conversation_id: int, person_id: str, chat: str, task: str) -> Offered:
        """The page of this person in this chat, as it stands in a message (`Addresses`).

        The same again while it lives, above all when somebody has signed in behind it.
        """
        good = self._is_live(conversation_id) & (
            (sign_in_link.c.person_id == person_id)
            & (
                sign_in_link.c.member_id.is_not(None)
                | (sign_in_link.c.expires_at > self._clock() + SHOWN_AGAIN)
            )
        )
        newest = select(sign_in_link.c.reference).where(good).order_by(sign_in_link.c.id.desc())
        reference = self._connection.scalar(newest.limit(1))
        if reference is None:
            reference = self._issue(conversation_id, person_id, chat, task)
        page, inside = self._addresses.placeholder, self._addresses.app_placeholder
        return Offered(page(reference), inside(reference))

    def peek(self, token: str) -> AskingChat | None:
        """The chat behind a link that may still be used; looking does not use it.

        One behind which somebody has signed in inside of the chat is used.
        """
        statement = select(
            sign_in_link.c.id,
            sign_in_link.c.chat,
            sign_in_link.c.task,
            sign_in_link.c.page_session_id,
            sign_in_link.c.expires_at,
        ).where(
            self._by(token),
            self._is_usable(),
            sign_in_link.c.member_id.is_(None) | sign_in_link.c.page_session_id.is_not(None),
        )
        row = self._connection.execute(statement).one_or_none()
        return None if row is None else AskingChat(*row)

    def claim(self, token: str, *, member_id: int, page_session_id: int | None) -> None:
        """Somebody has signed in behind the link: from now on it has a number, and only for them.

        Without a page session no page shows it.

        Raises LinkVoid, also for a chat that the account has disowned.
        """
        conversation = select(sign_in_link.c.conversation_id).where(self._by(token))
        conversation_id = self._connection.scalar(conversation)
        if conversation_id is None or self._verification.is_blocked(conversation_id, member_id):
            raise LinkVoid
        number = secrets.randbelow(10**SIGN_IN_NUMBER_DIGITS)
        claimed = self._connection.execute(
            sign_in_link.update()
            .where(self._by(token), self._is_usable(), sign_in_link.c.member_id.is_(None))
            .values(
                member_id=member_id,
                page_session_id=page_session_id,
                number=self._keys.seal(f"{number:0{SIGN_IN_NUMBER_DIGITS}d}"),
            )
        )
        if claimed.rowcount != 1:
            raise LinkVoid

    def number(self, token: str, page_session_id: int) -> str | None:
        """What the page shows to whoever claimed the link, in that browser alone."""
        statement = select(sign_in_link.c.number).where(
            self._by(token), self._is_usable(), sign_in_link.c.page_session_id == page_session_id
        )
        sealed = self._connection.scalar(statement)
        return None if sealed is None else self._keys.open(sealed)

    def sealed_number(self, token: str) -> str:
        """The number of a link that was just claimed, as it is kept."""
        statement = select(sign_in_link.c.number).where(self._by(token), self._is_usable())
        sealed: str = self._connection.execute(statement).scalar_one()
        return sealed

    def is_open(self, token: str) -> ColumnElement[bool]:
        """Is it the link of that token, and has nobody signed in behind it yet?"""
        return self._by(token) & self._is_usable() & sign_in_link.c.member_id.is_(None)

    def redeem(self, candidate: str, *, conversation_id: int, person_id: str) -> Redemption:
        """Judge the number of a message; the third wrong one voids the link."""
        asked = self._asked(conversation_id, person_id)
        if self._guesses.chat_is_spent(conversation_id):
            return SPENT
        if asked is None:
            return VOID
        right = asked.number is not None and is_same_code(
            candidate, self._keys.candidate(self._keys.open(asked.number))
        )
        if right and not self._verification.is_blocked(conversation_id, asked.member_id):
            return self._accept(asked)
        return self._reject(asked)

    def void(self, conversation_id: int) -> None:
        """Make the links of a chat worthless."""
        self._connection.execute(
            sign_in_link.update()
            .where(self._is_live(conversation_id))
            .values(voided_at=self._clock(), number=None)
        )

    def _issue(self, conversation_id: int, person_id: str, chat: str, task: str) -> str:
        reference = new_reference()
        now = self._clock()
        insert_row(
            self._connection,
            sign_in_link,
            reference=reference,
            token_digest=self._keys.token_digest(self._keys.sign_in_tokens(reference)[0]),
            conversation_id=conversation_id,
            person_id=person_id,
            chat=chat,
            task=task,
            tries=0,
            created_at=now,
            expires_at=now + SIGN_IN_LINK_LIFETIME,
        )
        return reference

    def _accept(self, asked: Row[Any]) -> Redemption:
        used = self._connection.execute(
            sign_in_link.update()
            .where(sign_in_link.c.id == asked.id, self._is_usable())
            .values(used_at=self._clock(), number=None)
        )
        if used.rowcount != 1:
            return VOID  # the same number was faster in another message
        return self._verification.proved(
            "link", asked.member_id, asked.conversation_id, asked.person_id, asked.chat
        )

    def _reject(self, asked: Row[Any]) -> Redemption:
        """A number before anybody signed in is as wrong as any other."""
        counted = (
            sign_in_link.update()
            .where(sign_in_link.c.id == asked.id, self._is_usable())
            .values(tries=sign_in_link.c.tries + 1)
            .returning(sign_in_link.c.tries)
        )
        tries = self._connection.execute(counted).scalar_one_or_none()
        if self._guesses.chat_is_spent(asked.conversation_id):
            return SPENT
        if tries is None or tries >= SIGN_IN_NUMBER_TRIES:
            self.void(asked.conversation_id)
            return VOID
        return Redemption("wrong", SIGN_IN_NUMBER_TRIES - tries, None)

    def _asked(self, conversation_id: int, person_id: str) -> Row[Any] | None:
        """The newest link of this person, rather one behind which somebody has signed in."""
        newest = (
            select(sign_in_link)
            .where(self._is_live(conversation_id), sign_in_link.c.person_id == person_id)
            .order_by(sign_in_link.c.member_id.is_(None), sign_in_link.c.id.desc())
            .limit(1)
        )
        return self._connection.execute(newest).one_or_none()

    def _by(self, token: str) -> ColumnElement[bool]:
        return sign_in_link.c.token_digest.in_(self._keys.token_digests(token))

    def _is_live(self, conversation_id: int) -> ColumnElement[bool]:
        return (sign_in_link.c.conversation_id == conversation_id) & self._is_usable()

    def _is_usable(self) -> ColumnElement[bool]:
        return (
            sign_in_link.c.used_at.is_(None)
            & sign_in_link.c.voided_at.is_(None)
            & (sign_in_link.c.tries < SIGN_IN_NUMBER_TRIES)
            & (sign_in_link.c.expires_at > self._clock())
        )
