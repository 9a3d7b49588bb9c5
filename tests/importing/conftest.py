"""An operator who runs `foyer import` on a SQLite database of their own."""

import json
import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from bot.importing import import_file
from bot.settings import Settings
from storage.households.importing.records import HouseholdRecord
from tests.fakes.households import record_of

EXAMPLE = """\
households:
  - account_number: "90210001"
    language: fr
    members:
      - {role: holder, username: holder1, first_name: A, last_name: B, email: a@example.com,
         password: "correct horse 7"}
      - {role: secondary, username: second1, first_name: C, last_name: D, email: c@example.com,
         language: en, password: "battery staple 9", status: locked,
         rights: [view_invoice, data_addons]}
"""
"""As in the operator's manual: the second person begins on line 7."""


@dataclass(frozen=True, slots=True)
class Outcome:
    status: int
    lines: list[str]
    errors: list[str]


@dataclass(frozen=True, slots=True)
class Operator:
    settings: Settings
    file: Path
    capsys: pytest.CaptureFixture[str]

    def imports(
        self, content: str | bytes, *, dry_run: bool = False, overwrite: str = ""
    ) -> Outcome:
        """Run the command; `overwrite` holds field names with spaces between them."""
        self.file.write_bytes(content.encode() if isinstance(content, str) else content)
        return self.imports_file(self.file, dry_run=dry_run, overwrite=overwrite)

    def imports_file(self, file: Path, *, dry_run: bool = False, overwrite: str = "") -> Outcome:
        status = import_file(self.settings, file, dry_run=dry_run, overwrite=overwrite.split())
        printed = self.capsys.readouterr()
        errors = [line.removeprefix(f"{file.parent}/") for line in printed.err.splitlines()]
        return Outcome(status, printed.out.splitlines(), errors)

    def rows(self, query: str) -> list[tuple[object, ...]]:
        with sqlite3.connect(self.settings.database_url.removeprefix("sqlite:///")) as connection:
            found = connection.execute(query).fetchall()
        connection.close()
        return found


@pytest.fixture
def settings() -> Callable[[str], Settings]:
    def of(url: str) -> Settings:
        return Settings(database_url=url, secret_key=SecretStr("a secret key for the tests alone"))

    return of


@pytest.fixture
def operator(
    sqlite_url: str,
    settings: Callable[[str], Settings],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> Operator:
    return Operator(settings(sqlite_url), tmp_path / "people.yml", capsys)


HOUSEHOLDS = 6


def write(file: Path, records: Iterable[HouseholdRecord]) -> Path:
    lines = [json.dumps(_said(asdict(record))) for record in records]
    file.write_text("\n".join(lines), "utf-8")
    return file


def _said(value: Any) -> Any:
    """Without what the file does not say."""
    if isinstance(value, dict):
        return {name: _said(item) for name, item in value.items() if item is not None}
    return [_said(item) for item in value] if isinstance(value, list | tuple) else value


def records(count: int = HOUSEHOLDS) -> list[HouseholdRecord]:
    return [record_of(f"9021{number:04d}", secondaries=1) for number in range(count)]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return write(tmp_path / "people.jsonl", records())
