"""What people are given and bring back later, by kind: each says whether it still counts."""

from collections.abc import Callable
from dataclasses import dataclass

from fastapi import FastAPI

from storage.database import Database
from storage.households.households import Household
from storage.keys import Keys, Purpose


@dataclass(frozen=True, slots=True)
class Foyer:
    """What one process has: the records, and the pages on them."""

    database: Database
    keys: Keys
    app: FastAPI

    @property
    def home(self) -> Household:
        with self.database.read() as uow:
            found = uow.households.find("90210001")
        assert found is not None
        return found

    @property
    def holder(self) -> str:
        """The user name."""
        return str(self.home.holder.username)


Still = Callable[[Foyer], object]
"""Whether it still counts, asked of a process after the restart."""
Kind = tuple[Purpose, Callable[[Foyer], Still]]
"""What it is made with, and what gives it out."""
