"""A whole conversation on a messenger that no room knows, and that can do next to nothing."""

import time
from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.channels.channel import Outcome
from tests.fakes.chats import World
from tests.fakes.operators import Operator
from tests.fakes.pigeon import PATIENCE, Keeper, LostError, Pigeon
from tests.fakes.records import Records

UNSENT = "SELECT count(*) FROM outbox WHERE sent_at IS NULL AND dead_at IS NULL AND kind = 'chat'"
WHY = "SELECT error FROM outbox WHERE error IS NOT NULL"


def wait_until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def settle(records: Records) -> None:
    """Wait until everything that was said has left, or will never leave."""
    wait_until(lambda: records.rows("SELECT count(*) FROM inbox WHERE done_at IS NULL") == [(0,)])
    wait_until(lambda: records.rows(UNSENT) == [(0,)])


def failed(records: Records, error: str) -> None:
    """Wait until it is written down why a flight failed, and with it when the next one is due."""
    wait_until(lambda: any(error in why for (why,) in records.rows(WHY)))


def sign_in(diane: Keeper, world: World) -> None:
    diane.asks("diane", "code")
    diane.asks(world.code(), "")


def test_a_question_is_answered_and_a_task_is_carried_to_its_receipt(
    diane: Keeper, world: World, records: Records
) -> None:
    diane.asks("how many users can I have?", "up to 6 users")
    diane.asks("unlock Léa", "user name")
    diane.asks("diane", "code")
    card = diane.asks(world.code(), "[1]")
    assert "   [1] Yes" in card
    world.clock.advance(seconds=1)
    assert "Receipt F-" in diane.asks("1", "can sign in again")
    assert "active" in records.profile("lea")


def test_a_card_is_confirmed_by_its_number_only_once_it_has_arrived(
    diane: Keeper, pigeon: Pigeon, world: World, records: Records
) -> None:
    diane.asks("sign in", "user name")
    sign_in(diane, world)
    settle(records)
    pigeon.sky.append(LostError("a hawk"))
    diane.say("unlock Léa")
    failed(records, "a hawk")
    diane.say("yes")
    world.clock.advance(seconds=5)
    diane.reads("[1] Yes")
    assert "locked" in records.profile("lea")


def test_the_same_letter_twice_does_nothing_twice(
    diane: Keeper, world: World, records: Records
) -> None:
    letter = diane.say("how many users can I have?")
    diane.reads("up to 6 users")
    diane.land(letter)
    diane.asks("thanks", "")
    settle(records)
    assert len([words for words in diane.letters if "up to 6 users" in words]) == 1
    assert records.rows("SELECT count(*) FROM inbox") == [(2,)]


def test_a_letter_that_makes_no_sense_is_taken_and_changes_nothing(
    diane: Keeper, records: Records
) -> None:
    diane.land({"feathers": 2})
    diane.asks("hello", "Hello")
    assert records.rows("SELECT count(*) FROM inbox") == [(1,)]


def test_a_flight_that_fails_is_flown_again_and_what_was_said_later_waits_behind_it(
    diane: Keeper, pigeon: Pigeon, world: World, records: Records
) -> None:
    pigeon.sky += [LostError("fog"), Outcome("later", "storm", timedelta(seconds=30))]
    diane.say("hello")
    failed(records, "fog")
    diane.say("how many users can I have?")
    wait_until(lambda: records.rows("SELECT count(*) FROM inbox WHERE done_at IS NULL") == [(0,)])
    world.clock.advance(seconds=2)
    failed(records, "storm")
    world.clock.advance(seconds=20)
    time.sleep(1.2)
    assert diane.letters == [], "the storm lasts for 30 seconds"
    world.clock.advance(seconds=20)
    diane.reads("up to 6 users")
    assert diane.letters[0].startswith("Hello")


def test_what_can_never_be_delivered_is_a_dead_letter_that_an_operator_sees_and_sends_again(
    diane: Keeper, pigeon: Pigeon, world: World, records: Records, operator: Operator
) -> None:
    pigeon.sky.append(Outcome("refused", "too heavy"))
    diane.say("hello")
    wait_until(lambda: not pigeon.sky)
    settle(records)
    diane.asks("how many users can I have?", "up to 6 users")
    listed = operator.foyer("outbox", "list").output
    assert "pigeon chat diane" in listed
    assert "too heavy" in listed
    operator.foyer("outbox", "retry", listed.split()[0])
    world.clock.advance(days=20_000)  # the operator has the clock on the wall
    diane.reads("Hello")


def test_nobody_at_home_holds_up_nobody_else(
    diane: Keeper, pigeon: Pigeon, records: Records
) -> None:
    pigeon.sky.append(Outcome("gone", "the loft is empty"))
    diane.say("hello")
    wait_until(lambda: not pigeon.sky)
    hugo = Keeper(pigeon, diane.land, "hugo")
    hugo.asks("hello", "Hello")
    settle(records)
    assert diane.letters == []


def test_a_code_that_was_written_stays_in_the_letter_but_never_in_the_database(
    diane: Keeper, world: World, records: Records
) -> None:
    diane.asks("sign in", "user name")
    sign_in(diane, world)
    settle(records)
    assert world.code().encode() not in records.bytes()
    assert records.rows("SELECT count(*) FROM outbox WHERE removes IS NOT NULL") == [(0,)]


@pytest.mark.parametrize("kind", ["photo", "voice"])
def test_a_drawing_gets_a_kind_answer(diane: Keeper, kind: str) -> None:
    diane.say("", kind=kind, drawing=kind)
    assert diane.reads("")
