"""Browsers that are known to be a member's: they have tries of their own (OWASP: device cookies).

Somebody who guesses locks the sign-in page for every browser that is not known, and for none that
is. Five wrong passwords in a row make a browser unknown again. Being known proves nothing.
"""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, select

from storage.identity.tables import known_browser
from storage.limits import FAILED_SIGN_INS, KNOWN_BROWSER_LASTS
from storage.statements import insert_once
from storage.transaction import Repository


class Browsers(Repository):
    """`token` is in the browser's cookie and nowhere else; "" is that of no browser."""

    def remember(self, token: str, member_id: int) -> None:
        """The browser has proved to be theirs, by a password, a passkey or a mailed link."""
        if not token:
            return
        seen = {"failures": 0, "seen_at": self._clock()}
        again = known_browser.update().where(self._is(token, member_id)).values(**seen)
        pair = {"token_digest": self._keys.token_digest(_named(token)), "member_id": member_id}
        if self._connection.execute(again).rowcount == 0:
            insert_once(self._connection, known_browser, {**pair, **seen})

    def seen_before(self, tokens: Sequence[str]) -> str:
        """Of the tokens that a device may have, one for each secret key, the one that it has."""
        seen = [token for token in tokens if self._exists(self._by(token))]
        return [*seen, *tokens][0]

    def rename(self, former: str, token: str) -> None:
        """Know a device by another token: that of an older secret key counts no more for it."""
        known = known_browser.alias()
        named = select(known.c.member_id).where(known.c.token_digest.in_(self._digests(token)))
        digest = self._keys.token_digest(_named(token))
        self._connection.execute(
            known_browser.update()
            .where(self._by(former), known_browser.c.member_id.not_in(named))
            .values(token_digest=digest)
        )
        self._connection.execute(known_browser.delete().where(self._by(former)))

    def knows(self, token: str, member_id: int | None) -> bool:
        since = self._clock() - KNOWN_BROWSER_LASTS
        return self._exists(self._is(token, member_id) & (known_browser.c.seen_at > since))

    def failed(self, token: str, member_id: int) -> None:
        """Count a wrong password; the fifth in a row makes the browser unknown again."""
        counted = (
            known_browser.update()
            .where(self._is(token, member_id))
            .values(failures=known_browser.c.failures + 1)
        )
        self._connection.execute(counted)
        spent = known_browser.c.failures >= FAILED_SIGN_INS
        self._connection.execute(known_browser.delete().where(self._is(token, member_id), spent))

    def forget(self, member_id: int) -> None:
        """Whoever knew the password may have been somebody else: no browser is known."""
        self._connection.execute(
            known_browser.delete().where(known_browser.c.member_id == member_id)
        )

    def _exists(self, which: ColumnElement[bool]) -> bool:
        known = select(known_browser.c.id).where(which).limit(1)
        return self._connection.scalar(known) is not None

    def _is(self, token: str, member_id: int | None) -> ColumnElement[bool]:
        return self._by(token) & (known_browser.c.member_id == member_id)

    def _by(self, token: str) -> ColumnElement[bool]:
        return known_browser.c.token_digest.in_(self._digests(token))

    def _digests(self, token: str) -> list[str]:
        return self._keys.token_digests(_named(token))


def _named(token: str) -> str:
    return f"browser {token}"
