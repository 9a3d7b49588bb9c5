"""What the database holds, read past the product: by the names of its tables."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import psycopg

from storage.clock import system_clock
from storage.database import Database
from storage.keys import Keys
from tests.e2e.server import SECRET


def open_database(url: str) -> Database:
    """The database with the key of the servers: to set a scene, and to check the audit."""
    return Database(url, clock=system_clock(), keys=Keys(SECRET))


@dataclass(frozen=True, slots=True)
class Ledger:
    url: str

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        if self.url.startswith("sqlite"):
            with closing(sqlite3.connect(self.url.removeprefix("sqlite:///"))) as lite:
                return lite.execute(query).fetchall()
        with psycopg.connect(self.url) as connection:
            return connection.execute(query.encode()).fetchall()

    def column(self, query: str) -> list[Any]:
        return [row[0] for row in self.rows(query)]

    def number(self, query: str) -> int:
        return int(self.column(query)[0])

    def members(self, account_number: str) -> Sequence[tuple[int, str, str]]:
        """Seat, e-mail and status of everybody who is there, by seat."""
        return self.rows(
            "SELECT seat, email, status FROM member JOIN household h ON h.id = household_id "
            f"WHERE h.account_number = '{account_number}' AND seat IS NOT NULL ORDER BY seat"
        )

    def rights(self, email: str) -> list[str]:
        return self.column(
            "SELECT s.code FROM access_right a JOIN service s ON s.id = a.service_id "
            f"JOIN member m ON m.id = a.member_id WHERE m.email = '{email}' ORDER BY s.code"
        )
