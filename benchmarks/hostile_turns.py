"""What hostile texts cost a whole turn, at every open question of every flow.

    python -m benchmarks.hostile_turns [--texts 2000] [--limit 50] [--only QUESTION] [--all]

Each text is put into the inbox and worked off by the processor, on a SQLite database of its own
with the households of the tests, at each question that a conversation can be brought to; before
each text the conversation is put back to that question. Printed are the median and the worst of
all turns in CPU milliseconds, the worst texts, the worst turn at each question, those over the
limit (with `--all` every one), and what a fixed loop takes (`benchmarks.reference`) meanwhile.
"""

import argparse
import sqlite3
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from shutil import copy
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.hostile_mixtures import hostile_mixtures
from benchmarks.reference import p50_p95_max, reference_ms, spent
from bot.app import App
from bot.dialogue.message import Message
from bot.settings import Settings
from intents.parser import Parser
from storage.database import Database
from storage.keys import Keys
from tests.fakes.chats import Chat, World
from tests.fakes.clock import ManualClock
from tests.fakes.people import move_in
from tests.fakes.talks import open_question
from tests.fakes.ways import WALKS, answer, begin, questions
from tests.fakes.worlds import SECRET, on_database, product_on, world_of

LIMIT_MS = 50.0
TEXTS = 2100
LISTED = 60
ATTEMPTS = 3
"""A turn over the limit is run again: what another process took from it is not its cost."""
_ROW = "state, language, owner, awaits_code"


@dataclass(frozen=True, slots=True)
class Cost:
    question: str
    kind: str
    turn: float = 0.0
    intake: float = 0.0
    loop: float = 0.0
    """What the fixed loop took just before this question."""


def main() -> None:
    arguments = argparse.ArgumentParser(description="What hostile texts cost a whole turn.")
    arguments.add_argument("--limit", type=float, default=LIMIT_MS, help="CPU ms of a turn")
    arguments.add_argument("--only", default="", help="one question")
    arguments.add_argument("--all", action="store_true", help="print every turn")
    arguments.add_argument("--texts", type=int, default=TEXTS, help="how many at each question")
    options = arguments.parse_args()
    parser = Parser.load(cache=Settings().cache_dir)
    with TemporaryDirectory(prefix="foyer-hostile-") as folder:
        costs = list(_Stage.on(Path(folder), parser, options.texts).measured(options.only))
    turns = p50_p95_max([cost.turn for cost in costs])
    loops = [cost.loop for cost in costs]
    sys.stdout.write(f"fixed loop {median(loops)} ms at the median, {max(loops)} ms at worst\n")
    sys.stdout.write("turns: p50 {:.1f}, p95 {:.1f}, max {:.1f} ms of CPU\n".format(*turns))
    for title in ("kind", "question"):
        sys.stdout.write(f"\nworst turn by {title} (CPU ms; its intake)\n")
        for name, cost in islice(_worst(costs, title).items(), LISTED):
            other = cost.question if title == "kind" else cost.kind
            sys.stdout.write(f"{name:<34}{cost.turn:8.1f}{cost.intake:7.1f}  {other}\n")
    over = [cost for cost in costs if options.all or cost.turn > options.limit]
    sys.stdout.write(f"\n{len(costs)} turns; {len(over)} listed (limit {options.limit} ms)\n")
    for cost in sorted(over, key=lambda one: -one.turn):
        sys.stdout.write(f"{cost.turn:8.1f}  {cost.question:<24}{cost.kind}\n")


@dataclass(frozen=True, slots=True)
class _Stage:
    """A product, and an empty database to copy for each walk."""

    folder: Path
    product: App
    texts: Mapping[str, str]

    @classmethod
    def on(cls, folder: Path, parser: Parser, texts: int) -> "_Stage":
        file = folder / "empty.db"
        database = Database(f"sqlite:///{file}", clock=ManualClock(), keys=Keys(SECRET))
        database.migrate()
        move_in(database)
        database.close()
        return cls(folder, product_on(file, parser), hostile_mixtures(texts))

    @contextmanager
    def world(self) -> Iterator[tuple[World, Path]]:
        file = self.folder / "walk.db"
        copy(self.folder / "empty.db", file)
        with world_of(self.product, f"sqlite:///{file}", ManualClock(), Keys(SECRET)) as world:
            yield world, file
        for left in self.folder.glob("walk.db*"):
            left.unlink()

    def measured(self, only: str = "") -> Iterator[Cost]:
        """Walk through every task, and at each question not met before play every text."""
        met = set()
        for start, name in (("", "a stranger"), ("diane", "a holder"), ("rose", "six people")):
            with self.world() as (world, file):
                chat = world.chat(name)
                chat.say("hello")
                if start:
                    chat.say("sign me in")
                    chat.sign_in(start)
                if only in {"", name}:
                    yield from self._costs(chat, name, file)
        for walk in WALKS:
            with self.world() as (world, file):
                chat = world.chat(str(walk))
                begin(walk, chat)
                try:
                    for question in questions(walk, chat):
                        if question not in met and only in {"", question}:
                            yield from self._costs(chat, question, file)
                        met.add(question)
                        answer(walk, chat, question)
                except AssertionError as lost:  # what tests are for
                    sys.stderr.write(f"{walk}: {lost}\n")

    def _costs(self, there: Chat, name: str, file: Path) -> Iterator[Cost]:
        """Play every text on a copy of the database, so that the walk goes on as if nothing was."""
        sys.stderr.write(f"{name} ({open_question(there)})\n")
        played = self.folder / "played.db"
        with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(played)) as database:
            source.backup(database)
            keys, clock = Keys(SECRET), there.world.clock
            app = on_database(self.product, f"sqlite:///{played}", clock, keys)
            chat = replace(there, world=World(app, clock))
            rows = database.execute(
                f"SELECT {_ROW} FROM conversation WHERE chat_id = ?", [chat.name]
            )
            row = rows.fetchone()
            loop = reference_ms()
            for kind, text in self.texts.items():
                yield _cost(chat, Cost(name, kind, loop=loop), text, database, row)
            app.database.close()
        for left in self.folder.glob("played.db*"):
            left.unlink()


def _cost(
    chat: Chat, cost: Cost, text: str, database: sqlite3.Connection, row: Sequence[object]
) -> Cost:
    turns, intakes = [], []
    for _ in range(ATTEMPTS):
        _put_back(database, chat, row)
        chat.world.clock.advance(seconds=1)
        intakes.append(spent(lambda: chat.receive(Message(text, language="en")))[0])
        turns.append(spent(chat.work_off)[0])
        if turns[-1] <= LIMIT_MS:
            break
    return replace(cost, turn=min(turns), intake=min(intakes))


def _put_back(database: sqlite3.Connection, chat: Chat, row: Sequence[object]) -> None:
    columns = ", ".join(f"{name} = ?" for name in _ROW.split(", "))
    database.execute(f"UPDATE conversation SET {columns} WHERE chat_id = ?", [*row, chat.name])
    database.commit()


def _worst(costs: list[Cost], by: str) -> dict[str, Cost]:
    groups: defaultdict[str, list[Cost]] = defaultdict(list)
    for cost in costs:
        groups[getattr(cost, by)].append(cost)
    worst = {name: max(group, key=lambda one: one.turn) for name, group in groups.items()}
    return dict(sorted(worst.items(), key=lambda pair: -pair[1].turn))


if __name__ == "__main__":
    main()
