"""Identity by a page: the link that a chat asks for, and the number that is typed back."""

from collections.abc import Callable

import pytest

from storage.database import Database
from storage.errors import LinkVoid
from storage.households.households import Household
from tests.fakes.clock import ManualClock
from tests.fakes.households import PERSON, mailed, make_household, start_chat, verify
from tests.fakes.sign_in_links import claim, offer, redeem


@pytest.fixture
def household(database: Database) -> Household:
    return make_household(database, secondaries=1)


@pytest.fixture
def chat(database: Database, household: Household) -> int:
    return start_chat(database)


def wrong(number: str, by: int = 1) -> str:
    return f"{(int(number) + by) % 10**6:06d}"


def test_who_signs_in_and_types_the_number_is_verified(
    database: Database, chat: int, household: Household
) -> None:
    number = claim(database, offer(database, chat), household.holder.id)
    judged = redeem(database, chat, number)
    assert judged.outcome == "verified"
    assert judged.session is not None
    assert judged.session.member_id == household.holder.id
    notice = mailed(database, "verification_notice")
    assert "/not-me/" in notice["not_me_url"]


def test_a_link_alone_verifies_nobody(database: Database, chat: int, household: Household) -> None:
    token = offer(database, chat)
    claim(database, token, household.holder.id)
    with database.read() as uow:
        assert uow.sessions.live(chat, PERSON, touch=False) is None


def test_a_number_counts_only_in_the_chat_that_asked(
    database: Database, chat: int, household: Household
) -> None:
    """A forwarded link: the victim signs in, and types the number into their own chat."""
    number = claim(database, offer(database, chat), household.holder.id)
    own = start_chat(database, "the victim's own")
    offer(database, own, "victim")
    assert redeem(database, own, number, "victim").outcome == "wrong"
    assert redeem(database, start_chat(database, "third"), number).outcome == "void"


def test_a_number_counts_only_for_the_person_who_asked(
    database: Database, chat: int, household: Household
) -> None:
    number = claim(database, offer(database, chat), household.holder.id)
    assert redeem(database, chat, number, "somebody else").outcome == "void"


def test_a_number_works_once(database: Database, chat: int, household: Household) -> None:
    number = claim(database, offer(database, chat), household.holder.id)
    redeem(database, chat, number)
    assert redeem(database, chat, number).outcome == "void"


def test_three_wrong_numbers_make_the_link_void(
    database: Database, chat: int, household: Household
) -> None:
    token = offer(database, chat)
    number = claim(database, token, household.holder.id)
    judged = [redeem(database, chat, wrong(number, by)) for by in (1, 2, 3)]
    assert [(one.outcome, one.tries_left) for one in judged] == [
        ("wrong", 2),
        ("wrong", 1),
        ("void", 0),
    ]
    assert redeem(database, chat, number).outcome == "void"
    with database.read() as uow:
        assert uow.sign_in_links.peek(token) is None


def test_guesses_before_anybody_signed_in_count_too(database: Database, chat: int) -> None:
    offer(database, chat)
    assert [redeem(database, chat, "000000").outcome for _ in range(3)] == [
        "wrong",
        "wrong",
        "void",
    ]


def test_a_link_lives_for_ten_minutes(
    database: Database, chat: int, household: Household, clock: ManualClock
) -> None:
    token = offer(database, chat)
    number = claim(database, token, household.holder.id)
    clock.advance(minutes=10)
    assert redeem(database, chat, number).outcome == "void"
    late = offer(database, chat)
    clock.advance(minutes=10)
    with pytest.raises(LinkVoid):
        claim(database, late, household.holder.id)


def test_a_link_is_claimed_by_one_browser_alone(
    database: Database, chat: int, household: Household
) -> None:
    token = offer(database, chat)
    claim(database, token, household.holder.id)
    with pytest.raises(LinkVoid):
        claim(database, token, household.members[1].id)
    with database.read() as uow:
        assert uow.sign_in_links.number(token, 99) is None


def test_the_same_link_is_offered_again_while_it_lives(
    database: Database, chat: int, household: Household, clock: ManualClock
) -> None:
    first = offer(database, chat)
    clock.advance(minutes=7)
    assert offer(database, chat) == first
    assert offer(database, chat, "another person") != first
    clock.advance(minutes=2)
    second = offer(database, chat)
    assert second != first
    number = claim(database, first, household.holder.id)
    assert redeem(database, chat, number).outcome == "verified", "it was signed in behind in time"


def test_a_link_with_a_number_is_not_replaced(
    database: Database, chat: int, household: Household, clock: ManualClock
) -> None:
    token = offer(database, chat)
    number = claim(database, token, household.holder.id)
    clock.advance(minutes=9, seconds=50)
    assert offer(database, chat) == token
    assert redeem(database, chat, number).outcome == "verified"


def test_a_link_that_was_given_up_is_void(database: Database, chat: int) -> None:
    first = offer(database, chat)
    with database.write() as uow:
        uow.sign_in_links.void(chat)
    assert offer(database, chat) != first
    with database.read() as uow:
        assert uow.sign_in_links.peek(first) is None


def test_a_made_up_token_is_no_link(database: Database, chat: int) -> None:
    offer(database, chat)
    with database.read() as uow:
        assert uow.sign_in_links.peek("a" * 32) is None


def test_a_disowned_chat_cannot_be_verified_by_a_link_for_a_day(
    database: Database, chat: int, household: Household, clock: ManualClock
) -> None:
    verify(database, str(household.holder.username), chat)
    token = offer(database, chat)
    number = claim(database, token, household.holder.id)
    with database.write() as uow:
        uow.accounts.disown(mailed(database, "verification_notice")["not_me_url"][-22:])
    assert redeem(database, chat, number).outcome == "void"
    with pytest.raises(LinkVoid):
        claim(database, offer(database, chat), household.holder.id)
    clock.advance(days=1)
    assert redeem(
        database, chat, claim(database, offer(database, chat), household.holder.id)
    ).session


def test_a_new_password_makes_an_open_number_worthless(
    database: Database, chat: int, household: Household
) -> None:
    holder = household.holder
    number = claim(database, offer(database, chat), holder.id)
    with database.write() as uow:
        uow.forgotten.ask(str(holder.username))
    token = mailed(database, "password_reset")["reset_url"].rpartition("/")[2]
    with database.write() as uow:
        uow.sign_in.reset(token, password_hash="a hash")
    assert redeem(database, chat, number).outcome == "void"


def test_neither_token_nor_number_stands_in_the_database(
    database: Database, chat: int, household: Household, contents: Callable[[], bytes]
) -> None:
    token = offer(database, chat)
    number = claim(database, token, household.holder.id)
    assert token.encode() not in contents()
    redeem(database, chat, wrong(number))
    redeem(database, chat, number)
    assert token.encode() not in contents()
