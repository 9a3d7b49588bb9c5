"""Where an operator demands both proofs: a mailed code and a sign-in on the page."""

from collections.abc import Iterator

import pytest

from storage.database import Database
from storage.households.households import Household
from storage.identity.verification import Redemption
from storage.keys import Keys
from tests.fakes.clock import ManualClock
from tests.fakes.households import PERSON, ask_code, mailed, make_household, start_chat
from tests.fakes.sign_in_links import claim, offer, redeem


@pytest.fixture
def household(database: Database) -> Household:
    return make_household(database, secondaries=1)


@pytest.fixture
def chat(database: Database, household: Household) -> int:
    return start_chat(database)


@pytest.fixture
def strict(database_url: str, clock: ManualClock, keys: Keys) -> Iterator[Database]:
    """The same database where both proofs are demanded."""
    opened = Database(database_url, clock=clock, keys=keys, demand="both")
    yield opened
    opened.close()


def by_code(database: Database, chat: int, username: str) -> Redemption:
    code = ask_code(database, username, chat)
    with database.write() as uow:
        digest = uow.keys.code_digest(code)
        return uow.codes.redeem(digest, conversation_id=chat, person_id=PERSON)


def by_page(database: Database, chat: int, member_id: int, person: str = PERSON) -> Redemption:
    number = claim(database, offer(database, chat, person), member_id)
    return redeem(database, chat, number, person)


def test_where_both_are_demanded_one_proof_is_a_half(
    strict: Database, chat: int, household: Household
) -> None:
    holder = household.holder
    half = by_code(strict, chat, str(holder.username))
    assert (half.outcome, half.session, half.username) == ("half", None, holder.username)
    assert by_page(strict, chat, holder.id).outcome == "verified"


def test_the_two_may_come_in_either_order(
    strict: Database, chat: int, household: Household
) -> None:
    assert by_page(strict, chat, household.holder.id).outcome == "half"
    assert by_code(strict, chat, str(household.holder.username)).outcome == "verified"


def test_two_halves_of_different_people_verify_nobody(
    strict: Database, chat: int, household: Household
) -> None:
    by_code(strict, chat, str(household.holder.username))
    assert by_page(strict, chat, household.members[1].id).outcome == "half"
    assert by_page(strict, chat, household.holder.id, "another person").outcome == "half"


def test_a_half_waits_ten_minutes_and_serves_one_session(
    strict: Database, chat: int, household: Household, clock: ManualClock
) -> None:
    holder = household.holder
    by_code(strict, chat, str(holder.username))
    clock.advance(minutes=10)
    assert by_page(strict, chat, holder.id).outcome == "half"
    clock.advance(seconds=1)
    assert by_code(strict, chat, str(holder.username)).outcome == "verified"
    clock.advance(seconds=1)
    assert by_code(strict, chat, str(holder.username)).outcome == "half"


def test_a_new_password_drops_a_half(strict: Database, chat: int, household: Household) -> None:
    holder = household.holder
    by_code(strict, chat, str(holder.username))
    with strict.write() as uow:
        uow.forgotten.ask(str(holder.username))
    token = mailed(strict, "password_reset")["reset_url"].rpartition("/")[2]
    with strict.write() as uow:
        uow.sign_in.reset(token, password_hash="a hash")
    assert by_page(strict, chat, holder.id).outcome == "half"
