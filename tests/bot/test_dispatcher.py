"""The dispatcher: the order of a conversation, and messages that cannot be worked off."""

import asyncio
import logging
from dataclasses import dataclass
from datetime import timedelta

import pytest

from bot.channels.channel import Incoming
from bot.channels.dispatcher import ATTEMPTS, Dispatcher
from bot.chats import ChatKey
from bot.dialogue.message import Message
from storage.keys import Keys
from storage.messages.inbox import InboxRow
from tests.fakes.chats import World
from tests.fakes.fragile import POISON, FragileTurns
from tests.fakes.records import Records

ANA = ChatKey("rest", "rest", "ana")
BEN = ChatKey("rest", "rest", "ben")


@pytest.fixture
def turns(world: World) -> FragileTurns:
    real = world.app.turns
    return FragileTurns(real.database, real.equipment)


@pytest.fixture
def pauses() -> list[float]:
    return []


@pytest.fixture
def dispatcher(world: World, turns: FragileTurns, pauses: list[float]) -> Dispatcher:
    async def pause(seconds: float) -> None:
        pauses.append(seconds)

    return Dispatcher(world.app.database, turns, pause=pause)


def put(world: World, chat: ChatKey, *texts: str) -> list[int]:
    return [
        world.app.intake.receive(
            Incoming(chat, f"{chat.chat_id}-{text}", chat.chat_id, Message(text))
        )[0]
        for text in texts
    ]


@dataclass(frozen=True, slots=True)
class SpeechlessTurns(FragileTurns):
    """Cannot even say sorry."""

    def apologise(self, row: InboxRow, error: str) -> None:
        raise RuntimeError("no words")


def test_a_message_without_an_apology_is_parked_all_the_same_and_the_next_one_goes_on(
    world: World, turns: FragileTurns
) -> None:
    speechless = SpeechlessTurns(turns.database, turns.equipment)
    first, second = put(world, ANA, POISON, "hello")

    async def at_once(seconds: float) -> None:
        return

    asyncio.run(Dispatcher(world.app.database, speechless, pause=at_once).work_off(ANA))
    with world.app.database.read() as uow:
        assert [row.id for row in uow.inbox.parked()] == [first]
    assert replies(world, second) == ["utter_greet"]


def test_a_message_that_no_key_opens_is_parked_and_the_next_one_goes_on(
    world: World, dispatcher: Dispatcher
) -> None:
    sealed = Keys("a key that is not here, and never comes").seal("1234")
    put(world, ANA, "sign in", "diane")
    asyncio.run(dispatcher.work_off(ANA))
    with world.app.database.write() as uow:
        stuck, _ = uow.inbox.put(*ANA, "9", "ana", Message(f"⟨digits:{sealed}⟩").to_json())
    [after] = put(world, ANA, "hello")
    asyncio.run(dispatcher.work_off(ANA))
    with world.app.database.read() as uow:
        [parked] = uow.inbox.parked()
    assert (parked.id, parked.attempts) == (stuck, ATTEMPTS)
    assert sealed not in str(parked.error)
    assert replies(world, after)


def replies(world: World, inbox_id: int) -> list[str]:
    with world.app.database.read() as uow:
        return [reply.template for reply in uow.outbox.replies(inbox_id)]


def test_messages_of_a_chat_are_worked_off_in_the_order_received(
    world: World, dispatcher: Dispatcher, turns: FragileTurns
) -> None:
    put(world, ANA, "hello", "help", "thanks")
    asyncio.run(dispatcher.work_off(ANA))
    assert turns.heard == [("ana", "hello"), ("ana", "help"), ("ana", "thanks")]


def test_impatient_callers_do_not_run_a_message_twice(
    world: World, dispatcher: Dispatcher, turns: FragileTurns
) -> None:
    put(world, ANA, "hello", "help", "thanks")

    async def hurry() -> None:
        await asyncio.gather(*(dispatcher.work_off(ANA) for _ in range(5)))

    asyncio.run(hurry())
    assert [text for _, text in turns.heard] == ["hello", "help", "thanks"]


def test_a_caller_waits_for_its_own_message_only(
    world: World, dispatcher: Dispatcher, turns: FragileTurns
) -> None:
    first, _ = put(world, ANA, "hello", "help")
    asyncio.run(dispatcher.work_off(ANA, until=first))
    assert [text for _, text in turns.heard] == ["hello"]


def test_three_failures_park_a_message_with_an_apology_and_the_next_goes_on(
    world: World,
    dispatcher: Dispatcher,
    turns: FragileTurns,
    pauses: list[float],
    caplog: pytest.LogCaptureFixture,
) -> None:
    bad, good = put(world, ANA, POISON, "hello")
    with caplog.at_level(logging.CRITICAL):
        asyncio.run(dispatcher.work_off(ANA))
    assert [text for _, text in turns.heard] == [POISON] * ATTEMPTS + ["hello"]
    assert replies(world, bad) == ["utter_internal_error"]
    assert replies(world, good) == ["utter_greet"]
    assert sum(pauses) <= 3
    rows = Records(world).rows("SELECT attempts, error, parked_at IS NOT NULL FROM inbox")
    assert rows[0] == (ATTEMPTS, "RuntimeError: this word is too much", 1)
    assert rows[1] == (0, None, 0)


def test_the_apology_is_in_the_language_of_the_conversation(
    world: World, dispatcher: Dispatcher, caplog: pytest.LogCaptureFixture
) -> None:
    _, bad = put(world, ANA, "bonjour", POISON)
    with caplog.at_level(logging.CRITICAL):
        asyncio.run(dispatcher.work_off(ANA))
    with world.app.database.read() as uow:
        [apology] = uow.outbox.replies(bad)
    assert apology.language == "fr"
    assert (apology.text or "").startswith("Désolé")


def test_a_poisoned_conversation_does_not_hold_up_another(
    world: World, dispatcher: Dispatcher, turns: FragileTurns, caplog: pytest.LogCaptureFixture
) -> None:
    put(world, ANA, POISON, "hello")
    [other] = put(world, BEN, "hello")
    with caplog.at_level(logging.CRITICAL):
        asyncio.run(dispatcher.run_waiting())
    assert replies(world, other) == ["utter_greet"]
    assert ("ana", "hello") in turns.heard


def test_what_was_left_over_runs_after_a_start(
    world: World, dispatcher: Dispatcher, turns: FragileTurns
) -> None:
    put(world, ANA, "hello")
    put(world, BEN, "hello")
    asyncio.run(dispatcher.run_waiting())
    assert sorted(turns.heard) == [("ana", "hello"), ("ben", "hello")]
    assert Records(world).rows("SELECT count(*) FROM inbox WHERE done_at IS NULL") == [(0,)]


def test_nothing_to_do_is_no_trouble(dispatcher: Dispatcher, turns: FragileTurns) -> None:
    asyncio.run(dispatcher.work_off(ANA))
    asyncio.run(dispatcher.run_waiting())
    assert turns.heard == []


def test_a_chat_in_which_much_waits_lets_others_have_their_turns_and_is_not_forgotten(
    world: World, turns: FragileTurns
) -> None:
    hurried = Dispatcher(world.app.database, turns, slice_seconds=0)
    first, second = put(world, ANA, "hello", "thanks")
    assert asyncio.run(hurried.work_through(ANA, until=None)) == timedelta()
    assert replies(world, first)
    assert not replies(world, second)
    asyncio.run(hurried.work_through(ANA, until=None))
    assert replies(world, second)
