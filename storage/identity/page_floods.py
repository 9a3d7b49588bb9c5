"""Floods of page requests: so many shares of an address in so short a time, over all processes.

A process counts a share of requests by itself and enters it as one row: a row for each request
would be what a flood wants.
"""

from sqlalchemy import func, select

from storage.identity.tables import page_flood
from storage.limits import PAGE_SHARES, PAGE_WINDOW
from storage.statements import insert_row
from storage.transaction import Repository


class PageFloods(Repository):
    def enter(self, source: str) -> bool:
        """Enter a share of that address; False where it has had all of them lately.

        The address itself is written nowhere.
        """
        now, digest = self._clock(), self._keys.account_digest(f"pages for {source}")
        lately = select(func.count()).where(
            page_flood.c.source_digest == digest, page_flood.c.at > now - PAGE_WINDOW
        )
        if self._connection.execute(lately).scalar_one() >= PAGE_SHARES:
            return False
        insert_row(self._connection, page_flood, source_digest=digest, at=now)
        return True
