"""Another secret key is put first: whatever was given out before counts as if nothing had been.

Every kind of it (`tests/fakes/given_out*.py`) is given out under the keys of before, and used under
those of after.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress

import pytest
from cryptography.fernet import InvalidToken

from bot.web.rate_limit import RateLimit
from bot.web.visits import Visits
from bot.web.words import PageWords
from storage.database import Database
from storage.keys import Keys, Purpose
from tests.conftest import SECRET
from tests.fakes import given_out_in_chats, given_out_outside
from tests.fakes.clock import ManualClock
from tests.fakes.given_out import Foyer, Still
from tests.fakes.households import make_household
from tests.storage.test_keyring import seal_all
from tests.web.conftest import served
from tests.web.visits import PASSWORD

KINDS = {
    give.__name__: (purpose, give)
    for purpose, give in (*given_out_in_chats.KINDS, *given_out_outside.KINDS)
}
NEW = "N3w-key-of-the-tests-that-nobody-guesses"
NEWER = "N3wer-key-of-the-tests-that-nobody-guesses"
ROTATIONS = [
    (SECRET, f"1:{NEW},0:{SECRET}"),
    (f"1:{NEW},0:{SECRET}", f"2:{NEWER},1:{NEW},0:{SECRET}"),
    (f"0:{SECRET},1:{NEW}", f"1:{NEW},0:{SECRET}"),
    (f"1:{NEW},0:{SECRET}", f"0:{SECRET},1:{NEW}"),
]
"""The first one, a later one, and of several machines one that is restarted first, or last."""
COUNTED_ANEW = {Purpose.ACCOUNT}
"""Allowances begin anew: nobody is kept out by that."""
NAMED = {Purpose.AUDIT, Purpose.FINGERPRINT}
"""Each stays under its own key, which it names (`tests/storage/test_keyring.py`)."""
JUDGED_BY_THE_KEY_OF_BEFORE = {"code_in_a_message_that_waits"}
"""The code and what was typed were both digested before the key was gone; nobody can type that."""

Run = Callable[[str], AbstractContextManager[Foyer]]


@pytest.fixture
def run(database_url: str, clock: ManualClock, words: PageWords) -> Run:
    """A process on the same database with these keys."""

    @contextmanager
    def run_with(secret: str) -> Iterator[Foyer]:
        keys = Keys(secret)
        database = Database(database_url, clock=clock, keys=keys)
        app = served(database, words, clock, Visits(keys, secure=False), RateLimit(database))
        try:
            yield Foyer(database, keys, app)
        finally:
            database.close()

    return run_with


def given(run: Run, secret: str, name: str) -> Still:
    with run(secret) as before:
        make_household(before.database, "90210001", password=PASSWORD)
        return KINDS[name][1](before)


def test_every_kind_is_tried_here() -> None:
    tried = {purpose for purpose, _ in KINDS.values()}
    assert tried | COUNTED_ANEW | NAMED == set(Purpose)


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("sealed_anew", [False, True])
@pytest.mark.parametrize("secrets", ROTATIONS, ids=["first", "later", "one first", "one last"])
def test_what_was_given_out_before_counts_after(
    run: Run, name: str, secrets: tuple[str, str], *, sealed_anew: bool
) -> None:
    before, after = secrets
    still = given(run, before, name)
    with run(after) as restarted:
        if sealed_anew:
            seal_all(restarted.database)
        assert still(restarted)


@pytest.mark.parametrize("name", sorted(KINDS.keys() - JUDGED_BY_THE_KEY_OF_BEFORE))
def test_nothing_counts_under_a_key_that_is_given_no_more(run: Run, name: str) -> None:
    still = given(run, SECRET, name)
    with run(f"1:{NEW}") as restarted, suppress(InvalidToken):
        assert not still(restarted)
