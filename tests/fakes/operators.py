"""Somebody at the command line, on the database of a world."""

from typer.testing import CliRunner, Result

from bot.cli import app
from tests.fakes.worlds import SECRET


class Operator:
    def __init__(self, url: str) -> None:
        self._settings = {"FOYER_DATABASE_URL": url, "FOYER_SECRET_KEY": SECRET}

    def foyer(
        self, *words: str, typed: str | None = None, later: int = 0, **settings: str
    ) -> Result:
        """Call the command, `typed` answering what it asks, that many seconds later."""
        moved = {"FOYER_CLOCK_OFFSET": str(later), "FOYER_TESTING": "1"} if later else {}
        env = {**self._settings, **moved, **settings}
        return CliRunner().invoke(app, words, input=typed, env=env)
