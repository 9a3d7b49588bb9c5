"""The flow files: every flow, action, slot and response is used, declared and whole."""

import re
from pathlib import Path

import pytest

from bot.dialogue.flows.domain import ActionStep, Collect, Domain, SetSlotsStep
from bot.languages import LANGUAGES
from bot.registry import ROOMS, actions_of, domain_of
from bot.texts import placeholders

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def domain() -> Domain:
    return domain_of()


def test_every_response_has_every_language_with_the_same_placeholders_and_buttons(
    domain: Domain,
) -> None:
    for name, variations in domain.responses.items():
        for variation in variations:
            assert set(variation.texts) == set(LANGUAGES), name
            first, *others = (set(placeholders(variation.texts[lang])) for lang in LANGUAGES)
            assert all(other == first for other in others), name
            for button in variation.buttons:
                assert set(button.titles) == set(LANGUAGES), name
                first, *others = (set(placeholders(button.titles[lang])) for lang in LANGUAGES)
                assert all(other == first for other in others), name


def test_every_action_of_the_flows_exists_and_every_action_is_declared(domain: Domain) -> None:
    assert {action.action_name for action in actions_of()} == set(domain.actions)


def test_every_response_is_used_by_a_flow_or_an_action(domain: Domain) -> None:
    code = "\n".join(path.read_text("utf-8") for path in (ROOT / "bot").rglob("*.py"))
    used = set(re.findall(r"(?:utter|text)_\w+", code))
    for flow in domain.flows.values():
        for step in flow.steps.values():
            if isinstance(step, ActionStep):
                used.add(step.action)
            if isinstance(step, Collect):
                used |= {f"utter_ask_{step.slot}", f"utter_explain_{step.slot}"}
    for variations in domain.responses.values():
        used |= {v.metadata["toast"] for v in variations if "toast" in v.metadata}
    unused = set(domain.responses) - used
    assert not unused


def test_no_name_of_a_response_is_put_together_but_that_of_a_question() -> None:
    asks = {"utter_ask_{slot}", "utter_explain_{self.slot}"}
    made = {
        found
        for path in (ROOT / "bot").rglob("*.py")
        for found in re.findall(r'f"((?:utter|text)_[^"]*\{[^"]*)"', path.read_text("utf-8"))
    }
    assert made <= asks | {"utter_ask_{slot} or action_ask_{slot}"}


def test_every_slot_is_filled_or_read_somewhere(domain: Domain) -> None:
    code, flows = (
        "\n".join(
            path.read_text("utf-8")
            for room in (*ROOMS, "bot.dialogue")
            for path in (ROOT / room.replace(".", "/")).rglob(pattern)
        )
        for pattern in ("*.py", "*.yml")
    )
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
