"""The house rules that import-linter cannot see."""

import ast
import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.actions import ACTIONS
from bot.dialogue.domain import ActionStep, Collect, Domain, SetSlotsStep
from bot.dialogue.loading import load_domain
from bot.texts import LANGUAGES, placeholders

ROOT = Path(__file__).parent.parent
ROOMS = ("bot", "faq", "intents", "storage")
MAX_LINES = 300


@pytest.fixture(scope="module")
def domain() -> Domain:
    return load_domain(files("bot").joinpath("flows"))


def python_files() -> Iterator[Path]:
    for folder in (*ROOMS, "tests", "benchmarks"):
        yield from (ROOT / folder).rglob("*.py")


def yaml_files() -> Iterator[Path]:
    yield from (ROOT / "bot").rglob("*.yml")


@pytest.mark.parametrize("path", sorted(python_files()), ids=lambda p: str(p.relative_to(ROOT)))
def test_no_python_file_is_longer_than_three_hundred_lines(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= MAX_LINES


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


def test_every_response_has_both_languages_with_the_same_placeholders_and_buttons(
    domain: Domain,
) -> None:
    for name, variations in domain.responses.items():
        for variation in variations:
            assert set(variation.texts) == set(LANGUAGES), name
            english, french = (set(placeholders(variation.texts[lang])) for lang in LANGUAGES)
            assert english == french, name
            for button in variation.buttons:
                assert set(button.titles) == set(LANGUAGES), name
                titles = [set(placeholders(button.titles[lang])) for lang in LANGUAGES]
                assert titles[0] == titles[1], name


def test_every_action_of_the_flows_exists_and_every_action_is_declared(domain: Domain) -> None:
    assert {action.action_name for action in ACTIONS} == set(domain.actions)


def test_every_response_is_used_by_a_flow_or_an_action(domain: Domain) -> None:
    code = "\n".join(path.read_text("utf-8") for path in (ROOT / "bot").rglob("*.py"))
    used = set(re.findall(r"(?:utter|text)_\w+", code))
    for flow in domain.flows.values():
        for step in flow.steps.values():
            if isinstance(step, ActionStep):
                used.add(step.action)
            if isinstance(step, Collect):
                used |= {f"utter_ask_{step.slot}", f"utter_explain_{step.slot}"}
    kinds = ("actor", "history", "language", "role", "status", "undo")
    families = tuple(f"text_{kind}_" for kind in kinds)
    unused = {n for n in domain.responses if n not in used and not n.startswith(families)}
    assert not unused


def test_every_slot_is_filled_or_read_somewhere(domain: Domain) -> None:
    code = "\n".join(path.read_text("utf-8") for path in (ROOT / "bot" / "actions").rglob("*.py"))
    flows = "\n".join(p.read_text("utf-8") for p in (ROOT / "bot" / "flows").rglob("*.yml"))
    used = set(re.findall(r'"(\w+)"', code)) | set(re.findall(r"slots\.(\w+)", flows))
    for flow in domain.flows.values():
        for step in flow.steps.values():
            if isinstance(step, Collect):
                used.add(step.slot)
            if isinstance(step, SetSlotsStep):
                used |= set(step.values)
    assert set(domain.slots) <= used


def test_every_question_can_be_explained(domain: Domain) -> None:
    collected = {slot for flow in domain.flows.values() for slot in flow.collected()}
    assert {f"utter_explain_{slot}" for slot in collected} <= domain.responses.keys()


def test_every_flow_is_started_called_linked_or_a_pattern_of_the_dialogue(domain: Domain) -> None:
    rooms = (ROOT / "bot", ROOT / "storage")
    code = "\n".join(path.read_text("utf-8") for room in rooms for path in room.rglob("*.py"))
    reached = set(domain.triggers.values()) | set(re.findall(r"pattern_\w+", code))
    reached |= {
        f"pattern_{b.payload[1:]}"
        for v in domain.responses.values()
        for one in v
        for b in one.buttons
    }
    for flow in domain.flows.values():
        reached |= {getattr(step, "flow", "") for step in flow.steps.values()}
    assert set(domain.flows) <= reached


def test_patterns_call_no_flow(domain: Domain) -> None:
    for flow in domain.flows.values():
        if flow.is_pattern:
            assert not [s for s in flow.steps.values() if type(s).__name__ == "Call"], flow.id


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
