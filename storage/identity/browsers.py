"""Browsers that are known to be a member's: they have tries of their own (OWASP: device cookies).

Somebody who guesses locks the sign-in page for every browser that is not known, and for none that
is. Five wrong passwords in a row make a browser unknown again. Being known proves nothing.
"""

from sqlalchemy import ColumnElement

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
        now = self._clock()
        pair = {"token_digest": self._digest(token), "member_id": member_id}
        if insert_once(self._connection, known_browser, {**pair, "failures": 0, "seen_at": now}):
            return
        seen = known_browser.update().where(self._is(token, member_id))
        self._connection.execute(seen.values(failures=0, seen_at=now))

    def knows(self, token: str, member_id: int | None) -> bool:
        since = self._clock() - KNOWN_BROWSER_LASTS
        known = known_browser.select().where(
            self._is(token, member_id), known_browser.c.seen_at > since
        )
        return self._connection.execute(known).first() is not None

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

    def _is(self, token: str, member_id: int | None) -> ColumnElement[bool]:
        return (known_browser.c.token_digest == self._digest(token)) & (
            known_browser.c.member_id == member_id
        )

    def _digest(self, token: str) -> str:
        return self._keys.token_digest(f"browser {token}")
