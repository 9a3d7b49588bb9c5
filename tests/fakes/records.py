"""What the scratch database of a world holds, read past the product."""

import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from storage.households.households import Household
from tests.fakes.chats import World

DIANE = "90210001"
OMAR = "90210002"


@dataclass(frozen=True, slots=True)
class Records:
    world: World

    @property
    def file(self) -> Path:
        return Path(self.world.app.settings.database_url.removeprefix("sqlite:///"))

    def household(self, account_number: str = DIANE) -> Household:
        with self.world.app.database.read() as uow:
            found = uow.households.find(account_number)
        assert found is not None
        return found

    def names(self, account_number: str = DIANE) -> list[str]:
        """Who is in the household, by seat."""
        people = self.household(account_number).members
        return [f"{one.first_name} {one.last_name}" for one in people]

    def access(self, username: str) -> set[str]:
        """The codes of the services that somebody can use."""
        rows = self.rows(
            "SELECT m.username, s.code FROM member m JOIN access_right a ON a.member_id = m.id"
            " JOIN service s ON s.id = a.service_id WHERE m.deleted_at IS NULL"
        )
        return {code for name, code in rows if name == username}

    def profile(self, username: str) -> str:
        """Name, address and status in one line."""
        rows = self.rows(
            "SELECT username, first_name, last_name, email, status FROM member"
            " WHERE deleted_at IS NULL"
        )
        [(first, last, email, status)] = [row[1:] for row in rows if row[0] == username]
        return f"{first} {last} <{email}> {status}"

    def refusals(self) -> list[tuple[Any, ...]]:
        """Who was refused which task and why, as the audit has it."""
        return self.rows(
            "SELECT m.username, a.action, a.reason FROM audit a"
            " JOIN member m ON m.id = a.actor_member_id WHERE a.outcome = 'refused' ORDER BY a.id"
        )

    def audit_is_whole(self, account_number: str = DIANE) -> bool:
        household = self.household(account_number)
        with self.world.app.database.read() as uow:
            return uow.audit.verify(household.id)

    def bytes(self) -> bytes:
        """Every byte of the database, the write-ahead log too."""
        return b"".join(one.read_bytes() for one in self.file.parent.glob(f"{self.file.name}*"))

    def shows(self, number: str, besides: str = "") -> bool:
        """Whether a short number stands by itself, in the database or in `besides`.

        Inside of a digest, a sealed text or a fraction four digits may stand by chance.
        """
        alone = rb"(?<![\w.+/=-])" + number.encode() + rb"(?![\w+/=-])"
        return re.search(alone, self.bytes() + besides.encode()) is not None

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self.file)) as connection:
            return connection.execute(query).fetchall()
