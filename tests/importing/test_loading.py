"""A good file: what is in the database afterwards, and what the operator is told."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
from argon2 import PasswordHasher

from bot.importing import import_file
from bot.settings import Settings
from storage.identity.credentials import verify
from tests.importing.conftest import EXAMPLE, Operator

pytestmark = pytest.mark.slow

MEMBERS = "SELECT username, role, status, seat, language, email FROM member ORDER BY id"
HASHES = "SELECT username, password_hash FROM credential JOIN member ON member_id = id ORDER BY id"
EVERYTHING_WRITTEN = ("household", "member", "access_right", "credential", "audit", "outbox")


def counts(operator: Operator) -> list[object]:
    return [operator.rows(f"SELECT count(*) FROM {name}")[0][0] for name in EVERYTHING_WRITTEN]


def test_the_example_of_the_manual_loads(operator: Operator) -> None:
    outcome = operator.imports(EXAMPLE)
    assert outcome.status == 0
    assert outcome.lines == [
        "created 90210001",
        "created holder1",
        "created second1",
        "3 created, 0 changed, 0 left, 0 kept",
    ]
    assert operator.rows(MEMBERS) == [
        ("holder1", "holder", "active", 1, "fr", "a@example.com"),
        ("second1", "secondary", "locked", 2, "en", "c@example.com"),
    ]
    rights = "SELECT code FROM access_right JOIN service ON service.id = service_id ORDER BY code"
    assert operator.rows(rights) == [("data_addons",), ("view_invoice",)]


def test_passwords_are_kept_only_as_argon2id_hashes(operator: Operator) -> None:
    outcome = operator.imports(EXAMPLE)
    holder, second = operator.rows(HASHES)
    assert str(holder[1]).startswith("$argon2id$")
    assert verify(str(holder[1]), "correct horse 7")
    assert verify(str(second[1]), "battery staple 9")
    assert "correct horse 7" not in "".join([*outcome.lines, *outcome.errors])
    for file in operator.file.parent.glob("foyer.db*"):
        assert b"correct horse" not in file.read_bytes()


def test_a_password_is_hashed_in_the_form_that_every_keyboard_types(operator: Operator) -> None:
    operator.imports(EXAMPLE.replace("correct horse", "e\u0301te\u0301 indien"))
    assert verify(str(operator.rows(HASHES)[0][1]), "\u00e9t\u00e9 indien 7")


def test_a_hash_is_taken_over_as_it_is(operator: Operator) -> None:
    known = PasswordHasher().hash("from another system")
    operator.imports(EXAMPLE.replace('password: "correct horse 7"', f"password_hash: '{known}'"))
    assert operator.rows(HASHES)[0] == ("holder1", known)


def test_the_same_file_again_changes_nothing(operator: Operator) -> None:
    operator.imports(EXAMPLE)
    before = operator.rows(HASHES), counts(operator)
    again = operator.imports(EXAMPLE)
    assert (again.status, again.lines) == (0, ["0 created, 0 changed, 0 left, 3 kept"])
    assert (operator.rows(HASHES), counts(operator)) == before


def test_a_dry_run_says_the_same_and_writes_nothing(operator: Operator) -> None:
    rehearsal = operator.imports(EXAMPLE, dry_run=True)
    assert set(counts(operator)) == {0}
    assert operator.imports(EXAMPLE) == rehearsal


def test_of_people_who_exist_names_and_language_follow_and_the_rest_is_left(
    operator: Operator,
) -> None:
    operator.imports(EXAMPLE)
    changed = EXAMPLE.replace("first_name: C", "first_name: Chloé").replace("c@ex", "new@ex")
    assert operator.imports(changed).lines == [
        "changed second1 first_name",
        "left second1 email",
        "0 created, 1 changed, 1 left, 2 kept",
    ]
    assert operator.rows(MEMBERS)[1][-1] == "c@example.com"


def test_a_field_to_overwrite_follows_the_file_and_the_person_is_told(operator: Operator) -> None:
    operator.imports(EXAMPLE)
    changed = EXAMPLE.replace("c@ex", "new@ex").replace("status: locked", "status: active")
    outcome = operator.imports(changed, overwrite="email status")
    assert outcome.lines[:2] == ["changed second1 email", "changed second1 status"]
    assert operator.rows(MEMBERS)[1][-1] == "new@example.com"
    told = operator.rows("SELECT template, recipient FROM outbox ORDER BY template, recipient")
    assert told == [
        ("profile_changed", "c@example.com"),
        ("profile_changed", "new@example.com"),
        ("unlocked", "new@example.com"),
    ]


def test_a_password_is_overwritten_on_demand_only(operator: Operator) -> None:
    operator.imports(EXAMPLE)
    changed = EXAMPLE.replace("battery staple", "maple syrup")
    operator.imports(changed)
    assert verify(str(operator.rows(HASHES)[1][1]), "battery staple 9")
    operator.imports(changed, overwrite="password")
    assert verify(str(operator.rows(HASHES)[1][1]), "maple syrup 9")


def test_an_unknown_field_to_overwrite_is_refused(operator: Operator) -> None:
    outcome = operator.imports(EXAMPLE, overwrite="username")
    assert outcome.status == 1
    assert outcome.errors == [
        "--overwrite takes one of: email, household, password, rights, role, status"
    ]
    assert set(counts(operator)) == {0}


def test_somebody_imported_as_locked_counts_as_five_failed_sign_ins(operator: Operator) -> None:
    operator.imports(EXAMPLE)
    failed = "SELECT username, count(*) FROM sign_in_attempt JOIN member ON member_id = member.id"
    assert operator.rows(f"{failed} WHERE NOT succeeded") == [("second1", 5)]


def test_the_embedded_database_is_made_when_there_is_none(
    settings: Callable[[str], Settings], tmp_path: Path
) -> None:
    file = tmp_path / "people.yml"
    file.write_text(EXAMPLE, "utf-8")
    assert import_file(settings(f"sqlite:///{tmp_path / 'fresh.db'}"), file) == 0
    connection = sqlite3.connect(tmp_path / "fresh.db")
    assert connection.execute("SELECT count(*) FROM member").fetchone() == (2,)
    connection.close()


@pytest.mark.postgresql
def test_another_database_with_an_older_schema_is_not_touched(
    postgresql_url: str,
    settings: Callable[[str], Settings],
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    file = tmp_path / "people.yml"
    file.write_text(EXAMPLE, "utf-8")
    with psycopg.connect(postgresql_url) as connection:
        (current,) = connection.execute("DELETE FROM alembic_version RETURNING *").fetchone() or ()
    try:
        assert import_file(settings(postgresql_url), file) == 3
    finally:  # the database is this process's for all its tests
        with psycopg.connect(postgresql_url) as connection:
            connection.execute("INSERT INTO alembic_version VALUES (%s)", [current])
    assert "foyer migrate" in caplog.text
