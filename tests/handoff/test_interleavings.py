"""Takeovers, agents' replies and slow turns of the bot, in any order: nobody talks over anybody.

Each round is a conversation of its own. Its events happen in a random order; the sender of the
chat works in between, now quick, now slow, now in the middle of an attempt that fails.
"""

import random
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast

import pytest

from bot.handoff.message import DeskMessage
from intents.context import NOWHERE, Context
from intents.parser import Parser
from intents.reader import Reading
from intents.sighting import Sighting
from storage.messages.chat_outbox import ChatRow
from storage.messages.signs import SIGNS
from tests.fakes.agents import Agents
from tests.fakes.chats import Chat, World
from tests.fakes.scale import SCALE

INTERLEAVINGS = max(1, int(10_000 * SCALE))
SUMMARY = dict.fromkeys(("title", "goal", "who", "proof", "tried", "where"), "-")
SEED = 20_260_302
"""Of the tenth that always runs: a failure there comes back."""


@dataclass(slots=True)
class Wire:
    """A sender that is told when to work; what left, in the order in which it left."""

    world: World
    chat: Chat
    left: list[tuple[int, str]] = field(default_factory=list)
    under_way: ChatRow | None = None

    def begin(self) -> None:
        """Claim the next message, as the sender does just before it speaks to the messenger."""
        if self.under_way is None:
            with self.world.app.database.write() as uow:
                self.under_way = uow.chat_outbox.take(self.chat.row.id)

    def end(self) -> None:
        if self.under_way is not None:
            if self.under_way.act is None or self.under_way.act["kind"] not in SIGNS:
                self.left.append((self.under_way.id, self.under_way.text or ""))
            with self.world.app.database.write() as uow:
                uow.chat_outbox.sent(self.under_way)
            self.under_way = None

    def fail(self) -> None:
        """The messenger was not there: the message has not left after all."""
        if self.under_way is not None:
            with self.world.app.database.write() as uow:
                uow.chat_outbox.postpone(self.under_way, "away", timedelta(0))
            self.under_way = None

    def finish(self) -> None:
        self.end()
        self.world.clock.advance(minutes=2)
        self.begin()
        while self.under_way is not None:
            self.end()
            self.begin()


@dataclass(slots=True)
class Round:
    """What was said by whom in one interleaving, and what must come of it."""

    chat: Chat
    agents: Agents
    wire: Wire
    topic: str
    customer: list[str] = field(default_factory=list)
    agent: list[str] = field(default_factory=list)
    silent_from: int = 0
    in_flight: int = 0

    def customer_writes(self) -> None:
        """A message arrives; its turn runs later: the bot is slow."""
        self.customer.append(f"customer says {len(self.customer)}")
        self.chat.receive_text(self.customer[-1])

    def the_bot_works(self) -> None:
        self.chat.work_off_one()

    def agent_writes(self) -> None:
        text = f"agent says {len(self.agent)}"
        if self.chat.row.owner == "agent":
            self.agent.append(text)
        self._from_nadia(DeskMessage(text, message_id=f"n{len(self.agent)}"))

    def takeover(self) -> None:
        self.silent_from = len(self.wire.left)
        self.in_flight = self.wire.under_way.id if self.wire.under_way else 0
        self._from_nadia(DeskMessage("", button="claim"))

    def _from_nadia(self, message: DeskMessage) -> None:
        self.agents.receive("nadia", message, self.topic)
        self.agents.work_off(self.topic)

    def steps(self) -> list[Callable[[], None]]:
        wire = self.wire
        return [
            *[self.customer_writes, self.the_bot_works] * 2,
            self.agent_writes,
            *[wire.begin, wire.end] * 2,
            wire.fail,
            self.takeover,
        ]


@dataclass(frozen=True, slots=True)
class Understood:
    """A parser that has understood everything already: what is meant is not the point here."""

    sighting: Sighting
    meaning: Reading

    def look(self, text: str, **moment: object) -> Sighting:
        return self.sighting

    def read(self, sighting: Sighting, context: Context = NOWHERE) -> Reading:
        return self.meaning


@pytest.fixture
def sqlite_url(sqlite_template: Path) -> Iterator[str]:
    """In memory where that is possible: ten thousand rounds are many writes."""
    memory = Path("/dev/shm")
    with TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        copy = Path(folder) / "foyer.db"
        shutil.copy(sqlite_template, copy)
        yield f"sqlite:///{copy}"


@pytest.fixture
def world(world: World) -> World:
    parser = world.app.parser
    seen = parser.look("hello", language_hint="en")
    understood = Understood(seen, parser.read(seen))
    looking = replace(world.app.turns.equipment.looking, parser=cast("Parser", understood))
    equipment = replace(world.app.turns.equipment, looking=looking)
    turns = replace(world.app.turns, equipment=equipment)
    world.app = replace(world.app, turns=turns)
    return world


@pytest.mark.soak
def test_no_bot_message_leaves_after_a_takeover_and_all_others_arrive_in_order(
    world: World, agents: Agents
) -> None:
    seed = random.SystemRandom().randrange(10**9) if SCALE >= 1 else SEED
    chance = random.Random(seed)
    for number in range(INTERLEAVINGS):
        told = f"seed {seed}, interleaving {number}"
        play(world, agents, chance, number, told)


def play(world: World, agents: Agents, chance: random.Random, number: int, told: str) -> None:
    chat = world.chat(f"chat {number}", channel="telegram")
    with world.app.database.write() as uow:
        conversation = uow.conversations.ensure("telegram", "telegram", chat.name)
        desk = uow.conversations.ensure(*agents.key)
        uow.handoffs.open(conversation, desk, reason="asked", language="en", summary=SUMMARY)
        uow.handoffs.has_topic(number + 1, f"t{number + 1}")
    wire = Wire(world, chat)
    one = Round(chat, agents, wire, f"t{number + 1}")
    steps = one.steps()
    chance.shuffle(steps)
    for step in steps:
        step()
    chat.work_off()
    wire.finish()
    said = [text for row, text in wire.left[one.silent_from :] if row != one.in_flight]
    assert said == ["Nadia has joined and answers you from here on.", *one.agent], told
    topic = agents.topic(one.topic).split("\n")
    shown = [line for line in topic if "customer says" in line]
    assert shown == [f"👤 {text}" for text in one.customer], told
