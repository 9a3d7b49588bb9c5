"""Wrong tokens of the HTTP interface: so many a minute and source, then they are not even judged.

The right one always counts. It is too long to be guessed (`bot.settings`), and what stands before
us may ask for many from one address: nobody can have it refused by sending wrong ones.
"""

from datetime import datetime, timedelta

from sqlalchemy import bindparam, func, select

from storage.identity.tables import refused_token
from storage.limits import REFUSED_TOKENS, REFUSED_TOKENS_WINDOW
from storage.transaction import Repository

_LATELY = select(func.count(), func.min(refused_token.c.at)).where(
    refused_token.c.source_digest == bindparam("source"), refused_token.c.at > bindparam("since")
)


class RefusedTokens(Repository):
    def wait(self, source: str) -> timedelta | None:
        """How long a source has to wait that sent too many; None: it may go on."""
        now = self._clock()
        values = {"source": self._keys.account_digest(source), "since": now - REFUSED_TOKENS_WINDOW}
        number, first = self._connection.execute(_LATELY, values).one()
        if number < REFUSED_TOKENS:
            return None
        assert isinstance(first, datetime), "there were some"
        return REFUSED_TOKENS_WINDOW - (now - first)

    def refused(self, source: str) -> None:
        """Count one; the address itself is written nowhere."""
        values = {"source_digest": self._keys.account_digest(source), "at": self._clock()}
        self._connection.execute(refused_token.insert().values(**values))
