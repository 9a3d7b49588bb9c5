"""The house rules that import-linter cannot see."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.dialogue.flows.domain import Domain
from bot.registry import domain_of
from intents.words.lexicon import languages, read_yaml
from storage.database import Database
from storage.keys import Keys
from tests.channel_names import named_channels
from tests.fakes.clock import ManualClock
from tests.import_circles import circle
from tests.typed_text import looks
from tests.word_lists import WordLists

ROOT = Path(__file__).parent.parent
ROOMS = ("bot", "faq", "intents", "storage", "tuning")
MAX_LINES = 300
MAX_FILES = 30


@pytest.fixture(scope="module")
def domain() -> Domain:
    return domain_of()


def python_files() -> Iterator[Path]:
    for folder in (*ROOMS, "tests", "benchmarks"):
        yield from (ROOT / folder).rglob("*.py")


def yaml_files() -> Iterator[Path]:
    yield from (ROOT / "bot").rglob("*.yml")


@pytest.mark.parametrize("path", sorted(python_files()), ids=lambda p: str(p.relative_to(ROOT)))
def test_no_python_file_is_longer_than_three_hundred_lines(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= MAX_LINES


def test_no_room_has_more_files_than_a_reader_can_look_over() -> None:
    folders = {path.parent for room in ROOMS for path in (ROOT / room).rglob("*.py")}
    growing = folders - {ROOT / "storage/migrations/versions"}  # a list in time, read from its end
    assert [str(it) for it in growing if len(list(it.glob("*.py"))) > MAX_FILES] == []


def test_only_the_telegram_channel_imports_telegram() -> None:
    for path in python_files():
        relative = path.relative_to(ROOT).as_posix()
        if relative.startswith(("bot/channels/", "tests/", "benchmarks/")):
            continue
        imports = {
            name.split(".")[0]
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
            for name in imported_names(node)
        }
        assert "telegram" not in imports, relative


def imported_names(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [node.module or ""]
    return []


def test_no_module_imports_in_a_circle() -> None:
    assert not circle(ROOT, ROOMS)


@pytest.mark.parametrize(
    "planted",
    [
        "from storage.second import b",
        "from storage import second",
        "import storage.second",
        "if TYPE_CHECKING:\n    from storage.second import b",
        "def late():\n    from storage.second import b",
        "from storage.package.inner import c",
    ],
)
def test_a_planted_circle_is_found(tmp_path: Path, planted: str) -> None:
    files = {
        "__init__.py": "",
        "first.py": planted,
        "second.py": "from storage import third",
        "third.py": "from storage.first import a",
        "package/__init__.py": "import storage.second",
        "package/inner.py": "",
    }
    for name, text in files.items():
        path = tmp_path / "storage" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    found = circle(tmp_path, ["storage"])
    assert {"storage.first", "storage.second", "storage.third"} <= set(found)


@pytest.mark.parametrize("path", sorted(yaml_files()), ids=lambda p: str(p.relative_to(ROOT)))
def test_french_texts_keep_the_typography_of_quebec(path: Path) -> None:
    for text in french_texts(yaml.safe_load(path.read_text("utf-8"))):
        assert not re.search(r"\s[?!;]", text), text
        assert not re.search(r"(?<!\{)\bemail\b", text.casefold()), text
        assert '"' not in text, text


def french_texts(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "fr" and isinstance(value, str):
                yield value
            elif key == "fr" and isinstance(value, dict):
                yield from (text for text in value.values() if isinstance(text, str))
            else:
                yield from french_texts(value)
    elif isinstance(node, list):
        for item in node:
            yield from french_texts(item)


def test_every_service_has_names_that_people_say_in_every_language(
    sqlite_template: Path, clock: ManualClock, keys: Keys
) -> None:
    database = Database(f"sqlite:///{sqlite_template}", clock=clock, keys=keys)
    with database.read() as uow:
        services = {service.code for service in uow.households.services()}
    database.close()
    for language in languages():
        assert set(read_yaml("lexicon", language, "services.yml")["services"]) == services, language


def test_every_question_that_is_recognised_has_an_article_and_no_article_is_left_out() -> None:
    recognised = {name.removeprefix("faq/") for name in read_yaml("catalogue.yml")["questions"]}
    for language in languages():
        folder = ROOT / "faq" / "articles" / language
        assert recognised == {path.stem for path in folder.glob("*.md")}, language


MAY_LOOK = ("bot/channels/", "bot/handoff/", "bot/dialogue/message.py")
"""Where a message is taken in, masked and passed on between people: nobody asks what it means."""
PLANTED = {
    "a search": 'def f(message): return re.search("yes", message.text)',
    "a method": "def f(self): return self.message.text.casefold()",
    "a comparison": 'def f(s): return s.reading.text == "yes"',
    "a membership": 'def f(sighting): return "not" in sighting.text',
    "a look-up": "def f(message): return WORDS[message.words]",
    "another look-up": "def f(message): return WORDS.get(message.words)",
    "letters": "def f(reading): return any(c.isdigit() for c in reading.name)",
    "a slice": "def f(message): return message.text[:3]",
    "a match": 'def f(message):\n    match message.text:\n        case "yes": return 1',
    "the tracker": 'def f(tracker): return tracker.latest_message["text"].lower()',
    "the tracker, asked": 'def f(tracker): return tracker.latest_message.get("text", "") == "no"',
    "a name for it": "def f(message):\n    said = message.text\n    return said.split()",
    "another name": "def f(one: Message): return one.text.strip()",
    "a helper": "def f(message): return means_yes(message.text)",
    "a mention": 'def f(mention): return mention.said.partition(" ")',
    "some mentions": "def f(reading): return [one.said.lower() for one in reading.people]",
    "a span": 'def f(reading): return any(one.text == "no" for one in reading.spans)',
    "words that are left": 'def f(reading): return any(one == "no" for one in reading.left)',
    "out of a function": "FIRST = message.text[0]",
}
HARMLESS = {
    "storing": "def f(message, state): state.unread.append(message.words)",
    "quoting": 'def f(message): return f"You said {message.text}"',
    "reading": "def f(message, parser): return parser.look(message.text)",
    "what was seen": "def f(message, seen): return seen.get(message.words)",
    "nothing said": "def f(message): return not message.text or message.text is None",
    "an answer": "def f(s): return SetSlots({s.slot: s.reading.name})",
    "the search": "def f(self, tracker): return self.search.find(tracker.latest_message['text'])",
    "no message": "def f(reply): return reply.text.casefold()",
}


@pytest.mark.parametrize(
    "path", sorted((ROOT / "bot").rglob("*.py")), ids=lambda p: str(p.relative_to(ROOT))
)
def test_what_a_person_typed_is_looked_at_in_intents_alone(path: Path) -> None:
    if not path.relative_to(ROOT).as_posix().startswith(MAY_LOOK):
        assert not looks(path.read_text("utf-8"))


@pytest.mark.parametrize("planted", PLANTED.values(), ids=PLANTED)
def test_a_planted_look_at_a_message_is_found(planted: str) -> None:
    assert looks(planted)


@pytest.mark.parametrize("code", HARMLESS.values(), ids=HARMLESS)
def test_storing_quoting_and_passing_on_a_message_is_no_look(code: str) -> None:
    assert not looks(code)


COMMANDS = ("task.yml",)
"""Slash commands are no language; they look like words."""


@pytest.fixture(scope="module")
def word_lists(domain: Domain) -> WordLists:
    names = {*domain.triggers, *domain.flows, *domain.slots, *domain.responses, *domain.actions}
    for slot in domain.slots.values():
        names |= {*slot.values, *slot.entities}
    return WordLists(names)


def test_the_bot_has_no_list_of_words(word_lists: WordLists) -> None:
    found: dict[str, list[Any]] = {
        str(path.relative_to(ROOT)): some
        for path in (ROOT / "bot").rglob("*.py")
        if (some := word_lists.in_python(path.read_text("utf-8")))
    }
    for path in yaml_files():
        some_lists = word_lists.in_yaml(path.read_text("utf-8"))
        if some_lists and path.name not in COMMANDS:
            found[str(path.relative_to(ROOT))] = some_lists
    assert not found


@pytest.mark.parametrize(
    "planted",
    [
        'YES = {"yes", "yeah", "yep"}',
        'OUI = ("oui", "ouais")',
        'WORDS = {"never mind": "cancel", "laisse faire": "cancel"}',
        'CANCEL = re.compile(r"\\b(nope|nah|no thanks)\\b")',
        'if word in ["annule", "arrête"]: pass',
    ],
)
def test_a_planted_list_of_words_is_found(word_lists: WordLists, planted: str) -> None:
    assert word_lists.in_python(planted)


@pytest.mark.parametrize(
    "planted", ['cancel: [stop, "never mind", laisse faire]', "{oui: yes, ouais: yes}"]
)
def test_a_planted_file_of_words_is_found(word_lists: WordLists, planted: str) -> None:
    assert word_lists.in_yaml(planted)


WIRING = ("bot/channels/", "bot/app.py", "bot/faces.py", "bot/settings.py", "bot/demo.py")
"""The channels themselves, and what puts the product together."""


def test_no_room_but_the_channels_and_the_wiring_knows_the_name_of_a_channel() -> None:
    known = {
        relative: named
        for room in ("bot", "storage")
        for path in (ROOT / room).rglob("*.*")
        if path.suffix in {".py", ".yml"}
        and not (relative := path.relative_to(ROOT).as_posix()).startswith(WIRING)
        and (named := named_channels(path))
    }
    assert not known
