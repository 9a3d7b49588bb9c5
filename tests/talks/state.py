"""What a household is like, read past the product: its people, by the names that a talk has."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from tests.talks.homes import Copy

Person = dict[str, Any]
State = dict[str, Person]
"""By the name that the talk has for them; somebody added is `new:` and the address."""

PEOPLE = """
    SELECT m.id, m.username, m.first_name, m.last_name, m.email, m.status, m.language, m.role
    FROM member m JOIN household h ON h.id = m.household_id
    WHERE h.account_number = ? AND m.seat IS NOT NULL
"""
RIGHTS = """
    SELECT s.code FROM access_right a JOIN service s ON s.id = a.service_id
    WHERE a.member_id = ?
"""
ASKED = """
    SELECT s.code FROM access_request q
    JOIN requested_service w ON w.request_id = q.id JOIN service s ON s.id = w.service_id
    WHERE q.member_id = ? AND q.status = 'open'
"""
ENDS = {
    f"{RIGHTS} AND a.ends_at IS NOT NULL": ("access_right", "ends_at"),
    "SELECT 'suspended' FROM member WHERE id = ? AND suspended_until IS NOT NULL": (
        "member",
        "suspended_until",
    ),
}
"""What has an end in time, and the column that it takes: not every version knows them."""


def state_of(file: Path, copy: Copy) -> State:
    with closing(sqlite3.connect(file)) as connection:
        return dict(_people(connection, copy))


def _people(connection: sqlite3.Connection, copy: Copy) -> Iterator[tuple[str, Person]]:
    def codes(query: str) -> list[str]:
        return sorted(code for (code,) in connection.execute(query, (member_id,)))

    ends = [query for query, place in ENDS.items() if _has(connection, *place)]
    for row in connection.execute(PEOPLE, (copy.account,)).fetchall():
        member_id, username, first, last, email, status, language, role = row
        yield (
            copy.who(username or "") or f"new:{email}",
            {
                "name": f"{first} {last}",
                "email": email,
                "status": status,
                "language": language,
                "rights": None if role == "holder" else codes(RIGHTS),
                "request": codes(ASKED),
                "until": [code for query in ends for code in codes(query)],
            },
        )


def _has(connection: sqlite3.Connection, table: str, column: str) -> bool:
    return any(row[1] == column for row in connection.execute(f"PRAGMA table_info({table})"))
