"""What the reader is told: who lives here, what is open, what was spoken of last."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.dialogue.engine.state import DialogueState, LiveButton
from bot.dialogue.engine.topics import topic_of
from bot.dialogue.flows.domain import Collect, Domain, Flow, Slot
from intents.context import Asked, Card, Context, Person, Topic
from intents.spans.marks import MEMBER
from intents.values.told_times import OPEN, moment_of

CANDIDATES = "person_candidates"
"""The slot with those who could be meant, while it is asked which of them is."""


def names_in(value: object) -> list[str]:
    """Return what a slot holds for people: nobody, one, or several."""
    if value is None:
        return []
    return [str(name) for name in value] if isinstance(value, list) else [str(value)]


def held(names: Sequence[str]) -> str | list[str]:
    """Return what a slot holds for people who are named: one alone, or a list."""
    return names[0] if len(names) == 1 else [*names]


def reference(number: int) -> str:
    """Return how a slot holds a person who was found: by number, for two may bear one name."""
    return f"id:{number}"


def context_of(
    state: DialogueState,
    domain: Domain,
    language: str,
    *,
    people: Sequence[Person],
    requests: Sequence[Asked] = (),
    services: Sequence[str],
    buttons: Sequence[LiveButton],
    now: datetime | None = None,
) -> Context:
    """Return the context of the next message; `people` may be named in it, the holder first.

    `now` is in the household's time zone.
    """
    frame, question = state.stack.top, state.question
    flow = domain.flows[frame.flow] if frame and question else None
    step = flow.steps.get(frame.step) if flow and frame else None
    asked = step if isinstance(step, Collect) else None
    return Context(
        language=language,
        people=tuple(people[1:]),
        holder=people[0] if people else None,
        services=tuple(services),
        requests=tuple(requests),
        expects=_expected(domain.slots[asked.slot]) if asked else frozenset(),
        candidates=tuple(names_in(state.slots.get(CANDIDATES))) if asked else (),
        card=card_of(domain, flow, state.slots)
        if flow and asked and asked.ask_before_filling
        else None,
        topic=_topic(state, [asked.ref for asked in requests if asked.leaves]),
        buttons=tuple(button.titles for button in buttons),
        now=now,
    )


def _expected(slot: Slot) -> frozenset[str]:
    return frozenset({*slot.entities, *([MEMBER] if slot.takes_relations else ())})


def _topic(state: DialogueState, leaving: Sequence[str]) -> Topic:
    """Return what was spoken of last; where nobody was, "remove him" is whoever wants to go."""
    about = state.topic
    return Topic(
        people=tuple(about.get("people", ()) or (leaving if len(leaving) == 1 else ())),
        services=tuple(about.get("services", ())),
        intent=about.get("intent", ""),
        change=about.get("change", ""),
        until=about.get("until", ""),
        done=any(reply.get("done") for reply in state.last_replies),
    )


def card_of(domain: Domain, flow: Flow, slots: Mapping[str, Any]) -> Card:
    """Return what the card of a task shows, by the slots of the task."""
    shown = [
        domain.slots[name]
        for name in flow.own
        if domain.slots[name].type in {"text", "categorical"}
        and slots.get(name) not in (None, OPEN)
    ]
    texts = [str(slots[slot.name]) for slot in shown]
    topic = topic_of(domain, flow, slots)
    return Card(
        flow.intent or flow.id,
        frozenset(topic["people"]),
        frozenset(topic["services"]),
        (*texts, " ".join(texts)),
        topic["change"],
        frozenset(
            kind
            for slot in shown
            if not slot.takes_relations
            for kind in slot.entities or (("person",) if slot.takes_text else ())
        ),
        moment_of(topic["until"]),
    )
