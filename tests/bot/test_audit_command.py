"""`foyer audit`: what an operator is told about the record of what was done, and the alarm."""

import json
import logging
import sqlite3
from contextlib import closing
from itertools import pairwise

import pytest
from fastapi import FastAPI

from bot import auditing
from bot.web.metrics import metrics_router
from storage.audit.chain import Signature
from tests.fakes.chats import World
from tests.fakes.operators import Operator
from tests.fakes.records import DIANE, OMAR, Records
from tests.web.test_metrics import numbers
from tests.web.visits import Browser

HOLDER = Signature("holder")
TRIGGERS = [
    f"{table}_no_{event}" for table in ("audit", "audit_link") for event in ("UPDATE", "DELETE")
]


@pytest.fixture
def home(world: World, records: Records) -> int:
    """Diane's household: a history that is linked to its newest entry."""
    number = records.household().id
    act(world, number, "rights")
    act(world, number, "profile")
    auditing.link(world.app.database)
    return number


def act(world: World, home: int, action: str) -> None:
    with world.app.database.write() as uow:
        uow.audit.done(
            home, HOLDER, action, before={"first_name": "Léa"}, after={"first_name": "Lia"}
        )


def tamper(records: Records, *statements: str) -> None:
    """As somebody who has the database and all rights in it, but not the key."""
    with closing(sqlite3.connect(records.file)) as connection:
        for trigger in TRIGGERS:
            connection.execute(f"DROP TRIGGER IF EXISTS {trigger}")
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def newest(records: Records, home: int) -> int:
    [(seq,)] = records.rows(f"SELECT max(seq) FROM audit WHERE household_id = {home}")
    return int(seq)


def copied(home: int, seq: int, to: int) -> str:
    columns = "household_id, actor_kind, action, outcome, at, prev_mac, mac"
    return (
        f"INSERT INTO audit (id, seq, receipt, {columns}) SELECT 9000 + seq, {to}, 'F-009999',"
        f" {columns} FROM audit WHERE household_id = {home} AND seq = {seq}"
    )


def test_a_whole_audit_is_said_to_be_whole_and_how_far_it_is_linked(
    world: World, home: int, records: Records, operator: Operator
) -> None:
    result = operator.foyer("audit", "verify")
    [(entry, number, mac)] = records.rows(
        "SELECT entry_id, number, mac FROM audit_link ORDER BY number DESC LIMIT 1"
    )
    assert result.exit_code == 0
    linked, whole = result.output.splitlines()
    assert linked == f"Linked up to entry {entry}; anchor {number}:{mac}"
    assert whole.endswith(": every chain holds.")
    assert operator.foyer("audit", "verify", "--anchor", f"{number}:{mac}").exit_code == 0


def test_entries_that_are_not_linked_yet_are_named_as_such(
    world: World, home: int, records: Records, operator: Operator
) -> None:
    last = newest(records, home)
    act(world, home, "rights")
    result = operator.foyer("audit", "verify")
    assert result.exit_code == 0
    assert f"household {DIANE}: entry {last + 1} is not linked yet" in result.output
    act(world, home, "rights")
    words = f"household {DIANE}: entries {last + 1} to {last + 2} are not linked yet"
    assert words in operator.foyer("audit", "verify").output
    auditing.link(world.app.database)
    assert "not linked" not in operator.foyer("audit", "verify").output


def tampering(home: int, old: int, last: int, old_head: str) -> dict[str, list[str]]:
    """What can be done to a history with `last` entries, that had `old` once, and its old head."""
    entries, middle = f"audit WHERE household_id = {home}", last - 1
    newest_id = f"(SELECT max(id) FROM {entries})"
    return {
        "edited": [f"UPDATE audit SET action = 'x' WHERE household_id = {home} AND seq = {middle}"],
        "removed": [f"DELETE FROM {entries} AND seq = {middle}"],
        "inserted": [copied(home, middle, last + 1)],
        "reordered": [
            f"UPDATE audit SET seq = {number} WHERE household_id = {home} AND seq = {old_number}"
            for old_number, number in ((last, 999), (middle, last), (999, middle))
        ],
        "truncated": [f"DELETE FROM {entries} AND seq = {last}"],
        "wholly deleted": [f"DELETE FROM {entries}"],
        "wholly deleted with its head": [
            f"DELETE FROM {entries}",
            f"UPDATE household SET audit_head = NULL WHERE id = {home}",
        ],
        "wholly deleted with its household": [
            f"DELETE FROM {entries}",
            f"DELETE FROM household WHERE id = {home}",
        ],
        "an old head restored": [
            f"DELETE FROM {entries} AND seq > {old}",
            f"UPDATE household SET audit_head = '{old_head}' WHERE id = {home}",
        ],
        "a value changed": [f"UPDATE audit_detail SET after = '{{}}' WHERE audit_id = {newest_id}"],
    }


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("edited", "entry {middle} was changed"),
        ("removed", "entry {middle} was changed, removed"),
        ("inserted", "entry {after} was changed, removed, inserted"),
        ("reordered", "entry {middle} was changed, removed, inserted or moved"),
        ("truncated", "the entries end at {middle}, but not as they were sealed"),
        ("wholly deleted", "all entries are gone"),
        ("wholly deleted with its head", "all entries are gone"),
        ("wholly deleted with its household", "all entries are gone"),
        ("an old head restored", "entry {last} is not the one that was linked"),
        ("a value changed", "the values of entry {last} are not those that were entered"),
    ],
)
def test_whatever_was_done_to_the_entries_is_found_with_its_household_and_entry(
    world: World, home: int, operator: Operator, what: str, said: str
) -> None:
    records = Records(world)
    [(old_head,)] = records.rows(f"SELECT audit_head FROM household WHERE id = {home}")
    old = newest(records, home)
    act(world, home, "rights")
    auditing.link(world.app.database)
    last = newest(records, home)
    middle = last - 1
    tamper(records, *tampering(home, old, last, str(old_head))[what])
    result = operator.foyer("audit", "verify")
    assert result.exit_code == 1
    lines = result.output.splitlines()
    called = f"number {home}" if what.endswith("household") else DIANE
    expected = said.format(middle=middle, last=last, after=last + 1)
    assert lines[0].startswith(f"household {called}: {expected}")
    assert lines[-1].endswith(": 1 chains do not hold.")


def test_tampering_with_the_links_is_found(
    world: World, home: int, records: Records, operator: Operator
) -> None:
    tamper(records, "UPDATE audit_link SET entry_mac = 'x' WHERE number = 1")
    result = operator.foyer("audit", "verify")
    assert result.exit_code == 1
    assert "all households: link 1 was changed, removed, inserted or moved" in result.output


def test_a_database_that_was_set_back_whole_misses_the_anchor_of_the_log(
    world: World, home: int, records: Records, operator: Operator, caplog: pytest.LogCaptureFixture
) -> None:
    kept = records.file.with_name("kept.db")
    with closing(sqlite3.connect(records.file)) as now, closing(sqlite3.connect(kept)) as then:
        now.backup(then)
    act(world, home, "rights")
    with caplog.at_level(logging.INFO, "bot.auditing"):
        auditing.link(world.app.database)
    anchor = caplog.messages[-1].rpartition(" ")[2]
    assert operator.foyer("audit", "verify", "--anchor", anchor).exit_code == 0
    with closing(sqlite3.connect(records.file)) as now, closing(sqlite3.connect(kept)) as then:
        then.backup(now)
    assert operator.foyer("audit", "verify").exit_code == 0
    result = operator.foyer("audit", "verify", "--anchor", anchor)
    assert result.exit_code == 1
    assert "is not there as it was written down" in result.output


def test_every_day_all_chains_are_looked_at_and_what_does_not_hold_is_an_alarm(
    world: World, home: int, records: Records, caplog: pytest.LogCaptureFixture
) -> None:
    app = FastAPI()
    app.include_router(metrics_router(world.app.database, world.clock))
    browser = Browser(app)
    assert not [name for name in numbers(browser) if "audit" in name]
    auditing.check(world.app.database)
    assert numbers(browser)["foyer_audit_flaws"] == 0
    tamper(records, f"UPDATE audit SET action = 'x' WHERE household_id = {home} AND seq = 2")
    world.clock.advance(hours=23)
    auditing.check(world.app.database)
    assert numbers(browser)["foyer_audit_flaws"] == 0, "not yet"
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]
    world.clock.advance(hours=1)
    auditing.check(world.app.database)
    assert numbers(browser)["foyer_audit_flaws"] == 1
    assert numbers(browser)["foyer_audit_checked_seconds"] == 0
    [alarm] = [record.message for record in caplog.records if record.levelno >= logging.ERROR]
    assert f"household {DIANE}: entry 2 was changed" in alarm


def test_what_is_exported_proves_itself_and_names_nobody_unless_asked(
    world: World, home: int, operator: Operator
) -> None:
    lines = [json.loads(line) for line in operator.foyer("audit", "export").output.splitlines()]
    entries = [line for line in lines if line["kind"] == "entry"]
    assert {line["kind"] for line in lines} == {"entry", "link"}
    assert {entry["account_number"] for entry in entries} >= {DIANE, OMAR}
    for before, entry in pairwise(entries):
        if before["household_id"] == entry["household_id"]:
            assert entry["prev_mac"] == before["mac"]
    assert "Léa" not in json.dumps(lines, ensure_ascii=False)
    told = operator.foyer("audit", "export", "--account", DIANE, "--values").output
    assert "Léa" in told
    assert OMAR not in told
    assert operator.foyer("audit", "export", "--account", "1").exit_code == 1
