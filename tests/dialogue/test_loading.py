"""Flow files: what Rasa's validator would refuse is refused, with the file and the place."""

from pathlib import Path

import pytest
import yaml

from bot.dialogue.flows.domain import END, ActionStep, Call, Collect, LinkStep, Noop, SetSlotsStep
from bot.dialogue.flows.loading import load_domain
from bot.dialogue.flows.steps import InvalidFlowError

GOOD = """
flows:
  greet_somebody:
    name: a greeting
    translation: {fr: {name: une salutation}}
    description: Greets.
    nlu_trigger: [{intent: greet}]
    steps:
      - collect: first_name
      - set_slots: [{greeted: true}]
      - noop: true
        next:
          - if: slots.first_name is "Zoé"
            then: [{action: utter_hello, next: END}]
          - else: other
      - id: other
        call: helper
        next: END
  helper:
    if: false
    name: help
    translation: {fr: {name: aide}}
    description: Helps.
    steps: [{action: action_help}, {link: greet_somebody}]
slots:
  first_name: {type: text, mappings: [{type: from_entity, entity: person}, {type: from_text}]}
  greeted: {type: bool, mappings: [{type: controlled}]}
actions: [action_help]
responses:
  utter_ask_first_name:
    - {text: "Who?", translation: {fr: "Qui?"}}
  utter_hello:
    - text: "Hello {first_name}"
      translation: {fr: "Bonjour {first_name}"}
      buttons: [{title: "Yes", payload: /affirm, translation: {fr: {title: "Oui"}}}]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "patterns").mkdir()
    return tmp_path


def load(folder: Path, text: str, name: str = "flow.yml") -> None:
    (folder / name).write_text(text, "utf-8")
    load_domain(folder)


def changed(old: str, new: str) -> str:
    assert old in GOOD, f"nothing would change: {old}"
    return GOOD.replace(old, new, 1)


def test_a_good_file_becomes_flows_slots_and_responses(folder: Path) -> None:
    load(folder, GOOD)
    domain = load_domain(folder)
    flow = domain.flows["greet_somebody"]
    assert [type(step) for step in flow.steps.values()] == [
        Collect,
        SetSlotsStep,
        Noop,
        Call,
        ActionStep,
    ]
    assert flow.names == {"en": "a greeting", "fr": "une salutation"}
    assert flow.collected() == ("first_name",)
    assert domain.triggers == {"greet": "greet_somebody"}
    assert not domain.flows["helper"].startable
    assert isinstance(list(domain.flows["helper"].steps.values())[-1], LinkStep)
    assert domain.slots["first_name"].takes_text
    assert domain.slots["first_name"].entities == ("person",)
    [hello] = domain.responses["utter_hello"]
    assert hello.buttons[0].titles == {"en": "Yes", "fr": "Oui"}


def test_the_last_step_ends_the_flow(folder: Path) -> None:
    load(folder, changed("link: greet_somebody", "action: utter_hello"))
    last = list(load_domain(folder).flows["helper"].steps.values())[-1]
    assert [link.target for link in last.next] == [END]


BROKEN = {
    "a slot that nobody declared": ("- collect: first_name", "- collect: last_name", "last_name"),
    "a question without words": ("utter_ask_first_name:", "utter_other:", "utter_ask_first_name"),
    "an action that nobody declared": ("actions: [action_help]", "actions: []", "action_help"),
    "a response that is not there": ("utter_hello:", "utter_bye:", "utter_hello"),
    "a flow that is not there": ("call: helper", "call: nobody", "nobody"),
    "a step that is not there": ("- else: other", "- else: nowhere", "nowhere"),
    "a condition that cannot be read": ('is "Zoé"', "equals Zoé", "slots.first_name equals"),
    "a branch without an end": (
        "{action: utter_hello, next: END}",
        "{action: utter_hello}",
        "next",
    ),
    "a step of no known kind": ("- set_slots: [{greeted: true}]", "- sing: true", "sing"),
    "two steps of one name": (
        "- collect: first_name",
        "- {id: other, collect: first_name}",
        "other",
    ),
    "a text in one language": (', translation: {fr: "Qui?"}', "", "language"),
    "a flow without a description": ("    description: Greets.\n", "", "description"),
    "a flow without steps": (
        "steps: [{action: action_help}, {link: greet_somebody}]",
        "steps: []",
        "helper",
    ),
    "two flows for one intent": (
        "    if: false",
        "    nlu_trigger: [{intent: greet}]",
        "greet",
    ),
    "a slot of no known type": ("greeted: {type: bool", "greeted: {type: bolt", "bolt"),
    "a link to a flow that is not there": ("link: greet_somebody", "link: nobody", "nobody"),
}


@pytest.mark.parametrize("mistake", BROKEN)
def test_a_file_with_a_mistake_is_refused_by_name(folder: Path, mistake: str) -> None:
    old, new, named = BROKEN[mistake]
    with pytest.raises(InvalidFlowError) as refused:
        load(folder, changed(old, new))
    assert named in str(refused.value)


@pytest.mark.parametrize(
    "text",
    [
        "flows: [",
        "flows: {a: 1}",
        "- a list",
        "flows: {a: {name: a, description: b, steps: [{action: x}]}}",
        "responses: {utter_a: [{translation: {fr: Oui}}]}",
    ],
)
def test_a_file_of_another_form_is_refused_with_its_file_name(folder: Path, text: str) -> None:
    with pytest.raises(InvalidFlowError, match=r"broken\.yml"):
        load(folder, text, "broken.yml")


def test_a_task_with_a_key_that_no_task_has_is_refused(folder: Path) -> None:
    (folder / "tasks" / "greet").mkdir(parents=True)
    (folder / "tasks" / "greet" / "task.yml").write_text("greet: {rnk: 5}", "utf-8")
    with pytest.raises(InvalidFlowError, match=r"task\.yml.*rnk"):
        load_domain(folder)


def test_two_files_may_not_define_the_same(folder: Path) -> None:
    load(folder, GOOD)
    (folder / "patterns" / "again.yml").write_text(
        "slots: {greeted: {type: bool, mappings: [{type: controlled}]}}", "utf-8"
    )
    with pytest.raises(InvalidFlowError, match=r"again\.yml.*greeted"):
        load_domain(folder)


def test_files_of_other_kinds_are_let_be(folder: Path) -> None:
    load(folder, GOOD)
    (folder / "notes.md").write_text("flows: [", "utf-8")
    assert load_domain(folder).flows


def test_an_empty_file_is_no_mistake(folder: Path) -> None:
    load(folder, "# nothing yet\n", "empty.yml")


def test_a_file_cannot_run_code(folder: Path) -> None:
    with pytest.raises((InvalidFlowError, yaml.YAMLError)):
        load(folder, "flows: !!python/object/apply:os.system ['true']")
