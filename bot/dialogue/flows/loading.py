"""Reads the flow files into a `Domain`, refusing what could not run.

The format is Rasa's own (flows, slots, responses, actions in one file), so that a Rasa
user reads it at sight. What Rasa's validator refuses is refused here too, by file and name.
"""

from collections.abc import Iterable, Iterator, Mapping
from importlib.resources.abc import Traversable
from typing import Any, get_args

import yaml

from bot.dialogue.flows.domain import (
    END,
    Domain,
    Flow,
    Link,
    ResponseButton,
    Slot,
    SlotMapping,
    SlotType,
    Variation,
)
from bot.dialogue.flows.steps import InvalidFlowError, StepCompiler
from bot.dialogue.flows.tasks import Command, Task
from bot.languages import DEFAULT, LANGUAGES
from bot.yaml_files import parse_yaml

TASK_FILE = "task.yml"
"""What Rasa's validator does not know; beside the flow."""


def load_domain(*folders: Traversable) -> Domain:
    """Read every `*.yml` below some folders.

    Raises:
        InvalidFlowError: a file cannot run; the message names the file and the place.
    """
    flows: dict[str, Flow] = {}
    slots: dict[str, Slot] = {}
    responses: dict[str, tuple[Variation, ...]] = {}
    actions: set[str] = set()
    origins: dict[str, str] = {}
    tasks: dict[str, Task] = {}
    for path in (path for folder in folders for path in _yaml_files(folder)):
        try:
            content = parse_yaml(path.read_text("utf-8")) or {}
            if path.name == TASK_FILE:
                _add(tasks, {intent: _task(intent, raw) for intent, raw in content.items()})
                continue
            own_slots = _slots(content.get("slots", {}))
            file_flows = _flows(content.get("flows", {}), own_slots)
            _add(flows, file_flows)
            origins |= dict.fromkeys(file_flows, path.name)
            _add(slots, own_slots)
            _add(responses, _responses(content.get("responses", {})))
            actions.update(content.get("actions", []))
        except (yaml.YAMLError, ValueError, LookupError, TypeError, AttributeError) as error:
            raise InvalidFlowError(f"{path.name}: {error}") from error
    domain = Domain(flows, slots, responses, frozenset(actions), _triggers(flows.values()), tasks)
    _check_references(domain, origins)
    return domain


def _yaml_files(folder: Traversable) -> Iterator[Traversable]:
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        if entry.is_dir():
            yield from _yaml_files(entry)
        elif entry.name.endswith(".yml"):
            yield entry


def _add(known: dict[str, Any], more: Mapping[str, Any]) -> None:
    twice = known.keys() & more.keys()
    if twice:
        raise InvalidFlowError(f"defined a second time: {sorted(twice)}")
    known.update(more)


def _flows(raw: Mapping[str, Any], slots: Mapping[str, Slot]) -> dict[str, Flow]:
    flows = {}
    said = tuple(name for name, slot in slots.items() if slot.entities)
    facts = tuple(name for name in slots if name not in said)
    for flow_id, content in raw.items():
        translations = content.get("translation", {})
        compiler = StepCompiler(flow_id)
        first = compiler.compile(content["steps"])
        flows[flow_id] = Flow(
            id=flow_id,
            names={DEFAULT: content["name"]} | {k: v["name"] for k, v in translations.items()},
            description=content["description"],
            triggers=tuple(t["intent"] for t in content.get("nlu_trigger", [])),
            startable=content.get("if", True) is not False,
            persisted_slots=frozenset(content.get("persisted_slots", [])),
            first=first,
            steps=compiler.steps,
            said=said,
            facts=facts,
        )
    return flows


def _slots(raw: Mapping[str, Any]) -> dict[str, Slot]:
    for name, content in raw.items():
        if content["type"] not in get_args(SlotType):
            raise InvalidFlowError(f"{name}: no known type of slot: {content['type']}")
    return {
        name: Slot(
            name=name,
            type=content["type"],
            mappings=tuple(
                SlotMapping(m["type"], m.get("entity"), m.get("role"))
                for m in content.get("mappings", [])
            ),
            values=tuple(content.get("values", [])),
        )
        for name, content in raw.items()
    }


def _responses(raw: Mapping[str, Any]) -> dict[str, tuple[Variation, ...]]:
    return {name: tuple(_variation(name, v) for v in content) for name, content in raw.items()}


def _variation(name: str, raw: Mapping[str, Any]) -> Variation:
    texts = {DEFAULT: raw["text"]} | dict(raw.get("translation", {}))
    _in_every_language(name, texts)
    return Variation(
        texts=texts,
        buttons=tuple(_button(b) for b in raw.get("buttons", [])),
        when={c["name"]: c["value"] for c in raw.get("condition", [])},
        metadata=raw.get("metadata", {}),
    )


def _button(raw: Mapping[str, Any]) -> ResponseButton:
    titles = {DEFAULT: raw["title"]} | {k: v["title"] for k, v in raw["translation"].items()}
    return ResponseButton(titles, raw["payload"])


def _task(intent: str, raw: Mapping[str, Any]) -> Task:
    """Return a task as its file says; a key that no task has is refused (`TypeError`)."""
    keys = dict(raw)
    command, menu, standings = keys.pop("command", None), keys.pop("menu", {}), keys.pop("in", ())
    _in_every_language(intent, *(texts for texts in (keys.get("title"), menu) if texts))
    return Task(
        intent, command=Command(command, menu, tuple(standings)) if command else None, **keys
    )


def _in_every_language(name: str, *texts: Mapping[str, str]) -> None:
    if any(set(text) != set(LANGUAGES) for text in texts):
        raise InvalidFlowError(f"{name}: a language is missing")


def _triggers(flows: Iterable[Flow]) -> dict[str, str]:
    triggers: dict[str, str] = {}
    for flow in flows:
        for intent in flow.triggers:
            if intent in triggers:
                raise InvalidFlowError(f"{intent} starts both {triggers[intent]} and {flow.id}")
            triggers[intent] = flow.id
    return triggers


def _check_references(domain: Domain, origins: Mapping[str, str]) -> None:
    """Every slot, flow, response and step that a flow names exists."""
    for flow in domain.flows.values():
        for step in flow.steps.values():
            for missing in _missing(domain, flow, step):
                origin = f"{origins[flow.id]}: {flow.id}, step {step.id}"
                raise InvalidFlowError(f"{origin}: {missing} does not exist")


def _missing(domain: Domain, flow: Flow, step: Any) -> Iterator[str]:
    links: tuple[Link, ...] = step.next
    yield from (ln.target for ln in links if ln.target != END and ln.target not in flow.steps)
    if (slot := getattr(step, "slot", None)) is not None:
        asks = {f"utter_ask_{slot}", f"action_ask_{slot}"}
        if slot not in domain.slots:
            yield f"slot {slot}"
        if not asks & (domain.responses.keys() | domain.actions):
            yield f"utter_ask_{slot} or action_ask_{slot}"
    if (called := getattr(step, "flow", None)) is not None and called not in domain.flows:
        yield f"flow {called}"
    action = getattr(step, "action", None)
    if action is not None and action not in domain.responses.keys() | domain.actions:
        yield action
