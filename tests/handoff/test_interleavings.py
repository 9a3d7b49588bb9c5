"""Whatever happens to a case, in any order: nobody talks over anybody, and nothing is lost.

Each round is a conversation of its own. Its events happen in a random order: takeovers, ways out of
them, bans, danger and its end, ratings, corrections, changes of the group, a customer who blocks
the bot. The sender of the chat works in between, now quick, now slow, now in the middle of an
attempt that fails.
"""

import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

import pytest

from intents.context import NOWHERE, Context
from intents.parser import Parser
from intents.reading import Reading
from intents.sighting import Sighting
from tests.fakes.agents import Agents
from tests.fakes.cases_in_any_order import AFRAID, ASKS, HELLO, MEANT, WELL, CaseInAnyOrder
from tests.fakes.chats import World
from tests.fakes.scale import SCALE, SEED
from tests.fakes.wire import Wire

INTERLEAVINGS = max(1, int((10_000 if SCALE >= 1 else 2_500) * SCALE))
"""Each has some fifty events, and takes half a second."""


@dataclass(frozen=True, slots=True)
class Understood:
    """A parser that has seen everything already: what is meant is not the point here."""

    parser: Parser
    seen: dict[str, Sighting]

    def look(self, text: str, **moment: Any) -> Sighting:
        begins = next((said for said in self.seen if text.startswith(said)), HELLO)
        known = self.seen[begins]
        return replace(known, parse=replace(known.parse, text=text))

    def read(self, sighting: Sighting, context: Context = NOWHERE) -> Reading:
        return self.parser.read(sighting, context)


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
    seen = {text: parser.look(text, language_hint="en") for text in MEANT}
    understood = Understood(parser, seen)
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
    chat.receive_text(ASKS)
    chat.work_off()
    one = CaseInAnyOrder(chat, agents, Wire(world, chat))
    one.first = one.case.id
    steps = one.steps()
    chance.shuffle(steps)
    done = []
    for step in steps:
        done.append(step.__name__)
        step()
    told = f"{told}: {' '.join(done)}"
    while one.waits:
        one.the_bot_works()
    one.wire.finish()
    assert one.wrong == [], told
    assert one.wire.spoken_over == [], told
    nothing_of_the_agents_is_lost(one, told)
    nothing_of_the_customer_is_lost(one, told)
    one.time_is_up()
    assert chat.row.owner == ("bot" if one.case.status == "closed" else "queue"), told
    put_away(one)


def nothing_of_the_agents_is_lost(one: CaseInAnyOrder, told: str) -> None:
    """It stands there once, as it was said last, or its agent knows that it does not."""
    screen = [text for _, text in sorted(one.wire.screen.items())]
    lines = [line for topic in one.topics for line in topic]
    for said in one.said:
        seen = [text for text in screen if said.text in text]
        assert len(seen) <= 1, f"doubled: {seen}, {told}"
        known = [line for line in lines if line.startswith("• ") and line.endswith(said.text)]
        assert seen or known, f"lost: {said}, {told}"
    order = [said.text for said in one.said if any(said.text in text for text in screen)]
    where = [next(n for n, text in enumerate(screen) if words in text) for words in order]
    assert where == sorted(where), f"out of order, {told}"
    for text in one.wire.lost:
        told_of = [line for line in lines if line.endswith(f"they write again: {text}")]
        assert len(told_of) <= 1, f"its agent is told twice of {text!r}, {told}"


def nothing_of_the_customer_is_lost(one: CaseInAnyOrder, told: str) -> None:
    """The agents read it once, in its order."""
    words = [
        line.split("👤 ")[-1].split("rating: ")[-1]
        for topic in one.topics
        for line in topic
        if line.endswith(".") and any(said in line for said in (HELLO, AFRAID, WELL))
    ]
    assert words == one.customer, told


def put_away(one: CaseInAnyOrder) -> None:
    one.tom_goes_home()
    one.nadia_goes_home()
    with one.agents.world.app.database.write() as uow:
        uow.handoffs.close(uow.handoffs.get(one.case.id), "closed")
