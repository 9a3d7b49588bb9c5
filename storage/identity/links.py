"""Secret addresses that are mailed: single use, with an end, only a digest kept."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import ColumnElement, func, select

from storage.errors import LinkVoid
from storage.households.moments import is_let_in
from storage.households.tables import member
from storage.identity.tables import link
from storage.limits import (
    ACTIVATION_LIFETIME,
    CONFIRMATION_LIFETIME,
    NOT_ME_LIFETIME,
    RESET_LIFETIME,
    TOKEN_BYTES,
    USERNAME_TRIES,
)
from storage.statements import insert_row
from storage.transaction import Repository

LinkKind = Literal["activation", "reset", "not_me", "email_confirmation"]

_LIFETIMES: dict[LinkKind, timedelta] = {
    "activation": ACTIVATION_LIFETIME,
    "reset": RESET_LIFETIME,
    "not_me": NOT_ME_LIFETIME,
    "email_confirmation": CONFIRMATION_LIFETIME,
}
_PAGES: dict[LinkKind, str] = {
    "activation": "password",
    "reset": "password",
    "not_me": "not-me",
    "email_confirmation": "confirm",
}


@dataclass(frozen=True, slots=True)
class LinkView:
    """What the page behind a live link may know before anything is done."""

    kind: str
    member_id: int
    household_id: int
    first_name: str
    language: str
    username: str | None
    expires_at: datetime
    session_id: int | None
    opened_at: datetime | None


class Links(Repository):
    def issue(
        self,
        kind: LinkKind,
        member_id: int,
        *,
        session_id: int | None = None,
        until: datetime | None = None,
    ) -> str:
        """A new address for this member; the token in it is nowhere else.

        With `until` it lives at least so long, where a mail is the last of a day.
        """
        token = secrets.token_urlsafe(TOKEN_BYTES)
        now = self._clock()
        insert_row(
            self._connection,
            link,
            kind=kind,
            token_digest=self._keys.token_digest(token),
            member_id=member_id,
            session_id=session_id,
            created_at=now,
            expires_at=max(now + _LIFETIMES[kind], until or now),
        )
        return f"{self.transaction.public_url}/{_PAGES[kind]}/{token}"

    def peek(self, token: str, kind: LinkKind) -> LinkView | None:
        """The link, if it may still be used; looking does not use it.

        While its member is suspended it opens nothing, but for one that puts a chat out: that is
        the holder's. Afterwards it opens what it did, for as long as it lives.
        """
        there = member.c.deleted_at.is_(None)
        opens = there if kind == "not_me" else is_let_in(self._clock())
        statement = (
            select(
                link.c.kind,
                member.c.id,
                member.c.household_id,
                member.c.first_name,
                member.c.language,
                member.c.username,
                link.c.expires_at,
                link.c.session_id,
                link.c.opened_at,
            )
            .join_from(link, member)
            .where(self._is_live(token), link.c.kind == kind, opens)
        )
        row = self._connection.execute(statement).one_or_none()
        return None if row is None else LinkView(*row)

    def note_opened(self, token: str, kind: LinkKind) -> None:
        """Somebody looks at the page of a live link: the first time is kept."""
        self._connection.execute(
            link.update()
            .where(self._is_live(token), link.c.kind == kind, link.c.opened_at.is_(None))
            .values(opened_at=self._clock())
        )

    def owner(self, token: str, kind: LinkKind) -> int | None:
        """Whose live link of this kind it is."""
        view = self.peek(token, kind)
        return None if view is None else view.member_id

    def use(self, token: str, kind: LinkKind) -> LinkView:
        """Use the link up; raises LinkVoid when it was not live, or somebody was faster."""
        view = self.peek(token, kind)
        if view is None:
            raise LinkVoid
        used = self._connection.execute(
            link.update()
            .where(self._is_live(token), link.c.kind == kind)
            .values(used_at=self._clock())
        )
        if used.rowcount != 1:
            raise LinkVoid
        return view

    def has_try(self, token: str) -> bool:
        """Spend one of the user names that may be tried behind an invitation, if any is left."""
        spent = (
            link.update()
            .where(self._is_live(token), link.c.kind == "activation")
            .where(link.c.tries < USERNAME_TRIES)
            .values(tries=link.c.tries + 1)
        )
        return self._connection.execute(spent).rowcount == 1

    def newest(self, member_id: int, kind: LinkKind) -> int:
        """The id of the link that was issued last."""
        statement = select(func.max(link.c.id)).where(
            link.c.member_id == member_id, link.c.kind == kind
        )
        return int(self._connection.execute(statement).scalar_one())

    def is_open(self, link_id: int) -> bool:
        """May that link still be used?"""
        live = select(link.c.id).where(link.c.id == link_id, self._is_unused())
        return self._connection.scalar(live) is not None

    def void(self, member_id: int, kinds: Collection[LinkKind] = ("activation", "reset")) -> None:
        """Make the member's activation and reset links, or those of other kinds, worthless.

        Links that disown a verification stay: a thief who changes the password must not
        thereby disarm them. One that confirms an address stays as long as that is on file.
        """
        self._connection.execute(
            link.update()
            .where(link.c.member_id == member_id, link.c.kind.in_(kinds))
            .where(link.c.used_at.is_(None), link.c.voided_at.is_(None))
            .values(voided_at=self._clock())
        )

    def _is_live(self, token: str) -> ColumnElement[bool]:
        return link.c.token_digest.in_(self._keys.token_digests(token)) & self._is_unused()

    def _is_unused(self) -> ColumnElement[bool]:
        return (
            link.c.used_at.is_(None)
            & link.c.voided_at.is_(None)
            & (link.c.expires_at > self._clock())
        )
