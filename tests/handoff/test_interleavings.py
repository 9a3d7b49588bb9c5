"""Whatever happens to a case, in any order: nobody talks over anybody, and nothing is lost.

Each round is a conversation of its own. Its events happen in a random order: takeovers, ways out of
them, changes of the group, a customer who blocks the bot. The sender of the chat works in between,
now quick, now slow, now in the middle of an attempt that fails.
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
from sqlalchemy import select

from bot.channels.channel import Outcome
from bot.handoff.group_changes import CHECKED, MOVED, TOPIC_CLOSED
from bot.handoff.message import DeskMessage
from intents.context import NOWHERE, Context
from intents.parser import Parser
from intents.reader import Reading
from intents.sighting import Sighting
from storage.messages.chat_outbox import ChatRow
from storage.messages.signs import SIGNS
from storage.messages.tables import outbox
from tests.fakes.agents import Agents
from tests.fakes.chats import Chat, World
from tests.fakes.scale import SCALE

INTERLEAVINGS = max(1, int(10_000 * SCALE))
SAID_BY_AGENTS = {"agent", "utter_agent_joined", "utter_agent_taken", "utter_agent_transferred"}
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
    spoken_over: list[str] = field(default_factory=list)
    """What the bot began to say while an agent had the word."""

    def begin(self) -> None:
        """Claim the next message, as the sender does just before it speaks to the messenger."""
        if self.under_way is not None:
            return
        with self.world.app.database.write() as uow:
            self.under_way = row = uow.chat_outbox.take(self.chat.row.id)
            owner = uow.conversations.owner(self.chat.row.id)
        if row is not None and owner == "agent" and row.template not in SAID_BY_AGENTS:
            self.spoken_over.append(row.template)

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

    def block(self) -> None:
        """The customer has blocked the bot: nothing of what waits can be sent."""
        self.begin()
        if self.under_way is not None:
            with self.world.app.database.write() as uow:
                Outcome("gone", "Forbidden: bot was blocked by the user").record(
                    uow, self.under_way
                )
            self.under_way = None

    def not_delivered(self) -> list[tuple[int, str]]:
        """What is known not to have been delivered."""
        dead = select(outbox.c.id, outbox.c.text).where(
            outbox.c.conversation_id == self.chat.row.id, outbox.c.dead_at.is_not(None)
        )
        with self.world.app.database._engine.connect() as connection:
            return [(row_id, text or "") for row_id, text in connection.execute(dead)]

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
    case_id: int
    customer: list[str] = field(default_factory=list)
    agent: list[str] = field(default_factory=list)

    @property
    def topic(self) -> str:
        return f"t{self.case_id}"

    def customer_writes(self) -> None:
        """A message arrives; its turn runs later: the bot is slow."""
        self.customer.append(f"customer says {len(self.customer)}.")
        self.chat.receive_text(self.customer[-1])

    def the_bot_works(self) -> None:
        self.chat.work_off_one()

    def nadia_writes(self) -> None:
        self._writes("nadia")

    def tom_writes(self) -> None:
        self._writes("tom")

    def _writes(self, who: str) -> None:
        text = f"{who} says {len(self.agent)}."
        if self.chat.row.owner == "agent" and self.agents.case(self.case_id).agent_id == who:
            self.agent.append(text)
        self._from(who, DeskMessage(text, message_id=text))

    def nadia_claims(self) -> None:
        self._from("nadia", DeskMessage("", button="claim"))

    def tom_claims(self) -> None:
        self._from("tom", DeskMessage("", button="claim"))

    def nadia_releases(self) -> None:
        self._from("nadia", DeskMessage("/release"))

    def nadia_transfers(self) -> None:
        self._from("nadia", DeskMessage("/transfer Tom"))

    def tom_takes(self) -> None:
        self.agents.world.clock.advance(minutes=6)
        self._from("tom", DeskMessage("/take"))

    def time_is_up(self) -> None:
        self.agents.world.clock.advance(minutes=31)
        assert self.agents.world.app.rests is not None
        self.agents.world.app.rests.look()

    def the_topic_is_closed(self) -> None:
        self._from("", DeskMessage("", kind=TOPIC_CLOSED))

    def the_group_moves(self) -> None:
        moved = DeskMessage(f"-100{self.case_id}", kind=MOVED)
        self.agents.receive("", moved, "")
        self.agents.work_off("")
        self.agents.look()  # before that the case has no topic to write in

    def the_group_is_away_and_back(self) -> None:
        for trouble in ("removed", ""):
            self.agents.receive("", DeskMessage(trouble, kind=CHECKED), "")
            self.agents.work_off("")

    def _from(self, who: str, message: DeskMessage) -> None:
        self.agents.receive(who, message, self.topic)
        self.agents.work_off(self.topic)

    def steps(self) -> list[Callable[[], None]]:
        wire = self.wire
        return [
            *[self.customer_writes, self.the_bot_works] * 2,
            *[self.nadia_writes, self.tom_writes] * 2,
            *[wire.begin, wire.end] * 2,
            wire.fail,
            wire.block,
            *[self.nadia_claims] * 2,
            self.tom_claims,
            self.nadia_releases,
            self.nadia_transfers,
            self.tom_takes,
            self.time_is_up,
            self.the_topic_is_closed,
            self.the_group_moves,
            self.the_group_is_away_and_back,
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
def test_no_word_is_lost_or_doubled_and_nobody_talks_over_anybody(
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
    one = Round(chat, agents, wire, number + 1)
    steps = one.steps()
    chance.shuffle(steps)
    done = []
    for step in steps:
        done.append(step.__name__)
        step()
    told = f"{told}: {' '.join(done)}"
    chat.work_off()
    wire.finish()
    assert wire.spoken_over == [], told
    everything = [text for _, text in sorted([*wire.left, *wire.not_delivered()])]
    assert [text for text in everything if " says " in text] == one.agent, told
    lines = agents.topic(one.topic).split("\n")
    shown = [line for line in lines if "customer says" in line]
    assert shown == [f"👤 {text}" for text in one.customer], told
    one.time_is_up()
    assert chat.row.owner == "queue", f"there is a way out, {told}"
    with world.app.database.write() as uow:
        uow.handoffs.close(uow.handoffs.get(one.case_id), "closed")
