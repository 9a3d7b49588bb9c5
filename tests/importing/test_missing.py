"""What a file does not have any more: told, and closed when the operator says so."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from tests.fakes.operators import Operator
from tests.importing.conftest import records, write


@pytest.fixture
def operator(sqlite_url: str, file: Path) -> Operator:
    operator = Operator(sqlite_url)
    assert operator.foyer("import", str(file)).exit_code == 0
    write(file, records()[:4])
    return operator


def closed(url: str) -> list[str]:
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
        rows = connection.execute("SELECT account_number FROM household WHERE closed_at NOT NULL")
        return sorted(row[0] for row in rows)


def test_what_the_file_does_not_have_is_counted_and_named(operator: Operator, file: Path) -> None:
    said = operator.foyer("import", str(file)).output
    assert "2 households are not in the file: 90210004, 90210005" in said


def test_they_are_closed_when_the_operator_has_seen_how_many(
    operator: Operator, file: Path, sqlite_url: str
) -> None:
    asked = operator.foyer("import", str(file), "--close-missing", typed="n\n")
    assert (asked.exit_code, closed(sqlite_url)) == (1, [])
    assert "Close these 2 of 6 households?" in asked.output
    agreed = operator.foyer("import", str(file), "--close-missing", typed="y\n")
    assert (agreed.exit_code, agreed.output.splitlines()[-1]) == (0, "2 closed")
    assert closed(sqlite_url) == [f"9021{number:04d}" for number in range(4, 6)]


def test_nobody_is_asked_where_nobody_could_answer(
    operator: Operator, file: Path, sqlite_url: str
) -> None:
    assert operator.foyer("import", str(file), "--close-missing").exit_code == 1
    assert closed(sqlite_url) == []
    assert operator.foyer("import", str(file), "--close-missing", "--yes").exit_code == 0
    again = operator.foyer("import", str(file), "--close-missing", "--yes")
    assert "not in the file" not in again.output


def test_a_dry_run_closes_nothing(operator: Operator, file: Path, sqlite_url: str) -> None:
    said = operator.foyer("import", str(file), "--close-missing", "--yes", "--dry-run").output
    assert "2 households are not in the file" in said
    assert closed(sqlite_url) == []


def test_what_is_refused_is_in_the_file_all_the_same(
    operator: Operator, file: Path, sqlite_url: str
) -> None:
    first, *_ = records()
    stranger = replace(first.members[0], username="stranger", email="stranger@example.com")
    write(file, [replace(first, members=(stranger,)), *records()[1:]])
    assert operator.foyer("import", str(file), "--close-missing", "--yes").exit_code == 1
    assert closed(sqlite_url) == []


def test_an_account_that_is_in_a_later_file_again_opens_again(
    operator: Operator, file: Path, sqlite_url: str
) -> None:
    operator.foyer("import", str(file), "--close-missing", "--yes")
    write(file, records())
    said = operator.foyer("import", str(file)).output.splitlines()
    assert "reopened 90210005" in said
    assert said[-1] == "0 created, 2 reopened, 0 changed, 0 left, 16 kept"
    assert closed(sqlite_url) == []


@pytest.mark.parametrize("kept", [0, 1, 2])
def test_more_than_half_are_never_closed_unasked(
    operator: Operator, file: Path, sqlite_url: str, kept: int
) -> None:
    """As when a file was cut off on its way."""
    write(file, records()[:kept])
    refused = operator.foyer("import", str(file), "--close-missing", "--yes")
    assert refused.exit_code == 1
    assert "That is more than half of all" in refused.output
    assert closed(sqlite_url) == []
    operator.foyer("import", str(file), "--close-missing", "--yes", typed="y\n")
    assert len(closed(sqlite_url)) == 6 - kept
