"""Every kind of message at the card of every task: nothing but agreement changes anything."""

import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.dialogue.flows.domain import Collect
from intents.parser import Parser
from storage.households.actors import Operator
from tests.fakes.chats import Chat, World
from tests.fakes.clock import ManualClock
from tests.fakes.households import verify
from tests.fakes.playing import DOMAIN
from tests.fakes.worlds import product_on
from tests.fakes.yaml_files import read_yaml
from tests.talks.homes import Copy
from tests.talks.judging import Verdict, judge_state
from tests.talks.state import State, state_of
from tests.talks.talk import Talk

pytestmark = pytest.mark.slow

MESSAGES: Mapping[str, Any] = read_yaml(Path(__file__).with_name("at_the_card.yml"))
KINDS = tuple(MESSAGES["stands"])
TASKS: Mapping[str, Any] = MESSAGES["tasks"]
LANGUAGES = ("en", "fr")
UNASKED = frozenset({"one_time_code", "verification_notice"})
"""Mails of the proof, and of no change."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One kind of message at one card; its number is that of its household."""

    number: int
    task: str
    kind: str
    language: str

    def __str__(self) -> str:
        return f"{self.task}-{self.kind}-{self.language}"

    @property
    def way(self) -> Mapping[str, Any]:
        found: Mapping[str, Any] = TASKS[self.task]
        return found

    @property
    def own(self) -> Mapping[str, str]:
        found: Mapping[str, str] = self.way.get(self.kind, {})
        return found

    @property
    def message(self) -> str:
        return self.own.get(self.language) or str(MESSAGES["kinds"][self.kind][self.language])

    @property
    def stands(self) -> str:
        return self.own.get("stands") or str(MESSAGES["stands"][self.kind])

    @property
    def copy(self) -> Copy:
        return Copy("A", self.number, self.language)

    @property
    def talk(self) -> Talk:
        """What must be different at the end; only agreement changes anything."""
        end = self.way["end"] if self.kind == "agreement" else {}
        entry: Mapping[str, Any] = {
            "id": str(self),
            "kind": self.kind,
            "lang": self.language,
            "talk": [],
            "end": end,
        }
        return Talk.read(entry, self.number)


CELLS = [
    Cell(number, *one)
    for number, one in enumerate(
        (task, kind, language) for task in TASKS for kind in KINDS for language in LANGUAGES
    )
]


@dataclass(frozen=True, slots=True)
class Stage:
    """A whole Foyer in which each cell has a household to itself."""

    world: World
    file: Path

    def chat(self, copy: Copy, who: str) -> Chat:
        """Somebody who has proved who they are."""
        chat, database = self.world.chat(copy.chat(who)), self.world.app.database
        with database.write() as uow:
            row = uow.conversations.locked(chat.channel, chat.channel, chat.name)
            language = copy.language
            uow.conversations.save(row.id, language=language, awaits_code=False, state=row.state)
        verify(database, copy.username(who), row.id, chat.person)
        return chat

    def state(self, cell: Cell) -> State:
        return state_of(self.file, cell.copy)

    def mails(self, cell: Cell) -> list[tuple[str, str]]:
        """What has left for this household since the last look: kind, and to whom."""
        return [
            (row.template, str(cell.copy.who(str(row.recipient).partition("@")[0])))
            for row in self.world.collect_mails()
            if row.template not in UNASKED
        ]


@contextmanager
def stage_of(
    copies: Iterable[Copy], parser: Parser, template: Path, folder: Path
) -> Iterator[Stage]:
    """A product in which these households live."""
    file = folder / "foyer.db"
    shutil.copy(template, file)
    app = product_on(file, parser)
    assert isinstance(app.clock, ManualClock)
    with app.database.write() as uow:
        uow.importing.apply(Operator("cards"), [copy.record() for copy in copies])
    yield Stage(World(app, app.clock), file)
    app.database.close()


@pytest.fixture(scope="module")
def stage(
    parser: Parser, sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Stage]:
    copies, folder = (cell.copy for cell in CELLS), tmp_path_factory.mktemp("cards")
    with stage_of(copies, parser, sqlite_template, folder) as opened:
        yield opened


@pytest.mark.parametrize("cell", CELLS, ids=str)
def test_only_agreement_changes_anything_at_a_card(stage: Stage, cell: Cell) -> None:
    if "asks" in cell.way:
        other = stage.chat(cell.copy, "kevin")
        for text in cell.way["asks"][cell.language]:
            other.say(text)
    chat = stage.chat(cell.copy, cell.way.get("by", cell.copy.holder))
    for text in cell.way["card"][cell.language]:
        chat.say(text)
    card, before = card_of(chat), stage.state(cell)
    shown = [reply.text for reply in chat.replies]
    assert card is not None, shown
    assert card[0] in cards_of(cell.way.get("of", cell.task)), shown
    stage.mails(cell)

    said = "\n".join(chat.say(cell.message))

    told = f"{cell.message!r} is answered with\n{said}"
    verdict = Verdict()
    judge_state(verdict, cell.talk, before, stage.state(cell))
    assert not verdict.why, f"{verdict.why}; {told}"
    mails = stage.mails(cell)
    if cell.kind != "agreement":
        assert not mails, told
    sent = {tuple(one) for one in cell.talk.end.get("sent", ())}
    assert sent <= set(mails), told
    now = stands(card, card_of(chat))
    assert now in ALLOWED[cell.stands], f"the card is {now}; {told}"


ALLOWED: Mapping[str, frozenset[str]] = {
    "same": frozenset({"same"}),
    "differs": frozenset({"differs"}),
    "open": frozenset({"same", "differs"}),
    "gone": frozenset({"gone"}),
    "other": frozenset({"other"}),
}


def card_of(chat: Chat) -> tuple[str, str, str] | None:
    """The question that is open: its slot, what its card shows, and the task it belongs to."""
    question = chat.row.state["question"]
    if question is None:
        return None
    _, frame, slot, digest = question
    return slot, digest, frame


def stands(card: tuple[str, str, str], now: tuple[str, str, str] | None) -> str:
    """What has become of a card."""
    if now is None:
        return "gone"
    if (now[0], now[2]) != (card[0], card[2]):
        return "other"
    return "same" if now == card else "differs"


def cards_of(task: str) -> set[str]:
    """The questions of a task that show all before anything is done."""
    steps = DOMAIN.flows[DOMAIN.triggers[task]].steps.values()
    return {step.slot for step in steps if isinstance(step, Collect) and step.ask_before_filling}
