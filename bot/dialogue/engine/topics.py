"""What a task is about, by its slots: what a pronoun can mean while it is open and afterwards."""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.dialogue.engine.stack import Frame
from bot.dialogue.engine.state import DialogueState
from bot.dialogue.flows.domain import Domain, Flow

DECISION = "request_decision"
"""Whether a request is granted: what its card does, as a change of access is given or taken."""


def topic_of(domain: Domain, flow: Flow, slots: Mapping[str, Any]) -> dict[str, Any]:
    """Return whom and what a task is about, by its slots: what a pronoun can mean afterwards."""
    people = [
        value
        for name in flow.own
        if domain.slots[name].takes_relations or domain.slots[name].type == "any"
        for value in _references(slots.get(name))
    ]
    lists = [slots.get(name) for name in flow.own if name.endswith("services")]
    services = [code for listed in lists if isinstance(listed, list) for code in listed]
    deciding = (n for n in flow.own if n == DECISION or "right_change" in domain.slots[n].entities)
    change = next((slots[name] for name in deciding if slots.get(name)), "")
    ends = (name for name in flow.own if "until" in domain.slots[name].entities)
    until = next((slots[name] for name in ends if slots.get(name)), "")
    return {
        "people": list(dict.fromkeys(people)),
        "services": list(dict.fromkeys(services)),
        "intent": flow.intent,
        "change": change,
        "until": until,
    }


def _references(value: Any) -> Iterator[str]:
    """Return the people in a slot: one, a list of them, or further wishes that name them."""
    if isinstance(value, str) and value.startswith("id:"):
        yield value
    elif isinstance(value, list):
        for entry in value:
            yield from _references(entry.get("person") if isinstance(entry, dict) else entry)


def note_topic(domain: Domain, state: DialogueState, frame: Frame) -> None:
    """Remember whom and what a task is about: pronouns can mean it afterwards."""
    flow = domain.flows[frame.flow]
    topic = topic_of(domain, flow, state.slots)
    if flow.triggers and (topic["people"] or topic["services"]):
        state.topic = topic


def note_open_topic(domain: Domain, state: DialogueState) -> None:
    """Do so for the task whose question is open."""
    task = next((f for f in reversed(state.stack) if domain.flows[f.flow].triggers), None)
    if task is not None:
        note_topic(domain, state, task)
