"""The secret keys: their names, what they are worth, and changing them without losing anything."""

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest
from cryptography.fernet import InvalidToken
from sqlalchemy import text

from storage.database import Database
from storage.errors import KeyRefused
from storage.keyring.resealing import _SEALED, sealing_tables
from storage.keys import Keys
from storage.schema import METADATA
from tests.conftest import SECRET
from tests.fakes.clock import ManualClock
from tests.fakes.households import make_household, start_chat

NEW = "1:" + "N3w-key-of-the-tests-that-nobody-guesses"
BOTH = f"{NEW},0:{SECRET}"
Opened = Callable[[str], AbstractContextManager[Database]]


@pytest.fixture
def opened(database_url: str, clock: ManualClock) -> Opened:
    """The same database with other keys."""

    @contextmanager
    def open_with(secret: str) -> Iterator[Database]:
        other = Database(database_url, clock=clock, keys=Keys(secret))
        try:
            yield other
        finally:
            other.close()

    return open_with


def refused(database: Database) -> tuple[str, str] | None:
    with database.read() as uow:
        try:
            uow.known_keys.check()
        except KeyRefused as refusal:
            return refusal.reason, refusal.subject
    return None


def adopt(database: Database) -> None:
    with database.write() as uow:
        uow.known_keys.adopt()


def seal_all(database: Database) -> int:
    """How many texts were sealed anew; how many rows there were does not matter."""
    sealed = 0
    with database.write() as uow:
        for table in sealing_tables():
            last: int | None = 0
            while last is not None:
                batch = uow.resealing.seal_anew(table, last)
                last, sealed = batch.last_id, sealed + batch.sealed
        uow.resealing.seal_heads_anew(0)
    return sealed


def sealed_texts(database: Database) -> list[str]:
    """Whatever is sealed anywhere."""
    with database.read() as uow:
        rows = [
            str(tuple(row))
            for table in METADATA.sorted_tables
            for row in uow._connection.execute(table.select())
        ]
    return [match[0] for row in rows for match in _SEALED.finditer(row)]


@pytest.mark.parametrize("secret", ["x" * 40, "x" * 20, "please-change-me-before-you-go-on-here"])
def test_a_new_database_refuses_a_weak_key_and_an_old_one_goes_on(
    database: Database, opened: Opened, secret: str
) -> None:
    assert refused(database) is None
    with opened(secret) as weak:
        refusal = refused(weak)
        assert refusal is not None
        assert refusal[0] in {"short", "guessable", "published"}
        make_household(weak)
        assert refused(weak) is None, "it is not new any more"
        adopt(weak)
        assert refused(weak) is None
        with opened(f"1:{secret}y,0:{secret}") as weak_again:
            assert refused(weak_again) is not None, "a new key is a new beginning"


def test_a_key_that_does_not_fit_is_refused_and_named(database: Database, opened: Opened) -> None:
    adopt(database)
    with opened(NEW.removeprefix("1:")) as other:
        assert refused(other) == ("misfit", "0")
    with opened(NEW) as without:
        assert refused(without) == ("missing", "0")
    with opened(BOTH) as both:
        assert refused(both) is None


def test_a_database_from_before_keys_were_known_is_asked_by_its_audit(
    database: Database, opened: Opened
) -> None:
    make_household(database)
    assert refused(database) is None
    with opened(NEW.removeprefix("1:")) as other:
        assert refused(other) == ("misfit", "0")
    with opened(BOTH) as both:
        assert refused(both) is None


def test_a_key_that_is_lost_can_be_done_without_but_its_name_is_not_used_again(
    database: Database, opened: Opened
) -> None:
    adopt(database)
    with opened(NEW) as without:
        with without.write() as uow:
            assert uow.known_keys.drop("0")
            assert not uow.known_keys.drop("0")
            assert not uow.known_keys.drop("2")
        assert refused(without) is None
    with opened(f"{NEW},{NEW.removeprefix('1:')}") as reused:
        assert refused(reused) == ("reused", "0")
    with opened(BOTH) as found_again:
        assert refused(found_again) is None


def test_a_new_key_loses_no_session_mail_or_entry_of_the_audit(
    database: Database, opened: Opened
) -> None:
    home = make_household(database, secondaries=1)
    with database.write() as uow:
        token = uow.links.issue("reset", home.holder.id).rpartition("/")[2]
        cookie = uow.page_sessions.open(home.holder.id)
        uow.outbox.mail("x", to="a@example.com", language="en", parameters={}, secrets={"a": "b"})
    with opened(BOTH) as both:
        with both.write() as uow:
            assert uow.audit.verify(home.id)
            assert uow.links.peek(token, "reset")
            assert uow.page_sessions.live(cookie)
            assert uow.outbox.due_mails(1)[0].secrets == {"a": "b"}
            newer = uow.links.issue("reset", home.holder.id).rpartition("/")[2]
            uow.links.use(token, "reset")
            uow.page_sessions.end(cookie)
            assert uow.page_sessions.live(cookie) is None
        make_household(both, "90210002")
        with both.read() as uow:
            assert uow.audit.verify(home.id)
            assert not uow.audit_verifying.verify().flaws
    with opened(f"0:{SECRET},{NEW}") as swapped, swapped.read() as uow:
        assert uow.links.peek(newer, "reset"), "which one is first does not matter for opening"


def test_entries_of_the_audit_are_proved_by_their_own_key_and_by_no_other(
    database: Database, opened: Opened
) -> None:
    home = make_household(database)
    with opened(BOTH) as both:
        other = make_household(both, "90210002")
        with both.read() as uow:
            chains = {chain.household_id: chain for chain in uow.audit_verifying._chains(1, 9)}
        assert {entry["key_id"] for entry in chains[home.id].entries} == {None}
        assert {entry["key_id"] for entry in chains[other.id].entries} == {"1"}
        assert str(chains[other.id].head).endswith(":1")
    with opened(NEW) as without, without.read() as uow:
        flaws = uow.audit_verifying.verify().flaws
        assert [(flaw.kind, flaw.household_id) for flaw in flaws] == [("key", home.id)]


def test_whatever_is_sealed_anywhere_is_sealed_with_the_new_key(
    database: Database, opened: Opened
) -> None:
    """Also where nothing is sealed today: inside of words, in any column of any table."""
    make_household(database)
    chat = start_chat(database)
    with database.write() as uow:
        seal = uow.keys.seal
        uow.outbox.mail("x", to="a@example.com", language="en", parameters={"a": seal("1")},
                        secrets={"code": "12345678"})  # fmt: skip
        inbox_id, _ = uow.inbox.put(
            "t", "b", "c", "1", "p", {"text": f"é ⟨digits:{seal('2')}⟩ {seal('3')}"}
        )
        state = json.dumps({"half_code": {"digits": seal("4"), "at": "now"}})
        uow._connection.execute(text("UPDATE conversation SET state = :state"), {"state": state})
        uow._connection.execute(
            text("UPDATE member SET last_name = :it"), {"it": f"x {seal('5')} y"}
        )
    before = sealed_texts(database)
    assert len(before) == 6
    with opened(BOTH) as both:
        assert seal_all(both) == 5, "a mail's parameter and its secret, two of a message, and so on"
        assert seal_all(both) == 0, "once is enough"
        with both.read() as uow:
            row = uow.inbox.get(inbox_id)
            assert row is not None
            assert str((row.body or {})["text"]).startswith("é ⟨digits:gAAAA")
    only_new = Keys(NEW)
    after = sealed_texts(database)
    assert len(after) == 6
    assert sorted(only_new.open(sealed) for sealed in after) == sorted(
        Keys(SECRET).open(sealed) for sealed in before
    )
    with pytest.raises(InvalidToken):
        Keys(SECRET).open(after[0])
    assert chat


def test_the_heads_of_the_audit_are_sealed_anew_but_no_head_that_was_wrong(
    database: Database, opened: Opened
) -> None:
    right, wrong = make_household(database), make_household(database, "90210002")
    with database.write() as uow:
        statement = text("UPDATE household SET audit_head = 'x' WHERE id = :it")
        uow._connection.execute(statement, {"it": wrong.id})
    with opened(BOTH) as both:
        with both.write() as uow:
            batch = uow.resealing.seal_heads_anew(0)
            assert (batch.sealed, batch.closed) == (1, 1)
        with both.read() as uow:
            flaws = uow.audit_verifying.verify().flaws
            [chain] = uow.audit_verifying._chains(right.id, right.id)
    assert str(chain.head).endswith(":1")
    assert [(flaw.kind, flaw.household_id) for flaw in flaws] == [("head", wrong.id)]


def test_what_no_given_key_opens_stays_as_it_is_and_is_counted(
    database: Database, opened: Opened, clock: ManualClock
) -> None:
    with opened("another key that is lost, alas, for good") as lost, lost.write() as uow:
        uow.outbox.mail("x", to="a@example.com", language="en", parameters={}, secrets={"a": "b"})
    before: Any = sealed_texts(database)
    with opened(BOTH) as both, both.write() as uow:
        batch = uow.resealing.seal_anew(METADATA.tables["outbox"], 0)
        assert (batch.sealed, batch.closed) == (0, 1)
    assert sealed_texts(database) == before
