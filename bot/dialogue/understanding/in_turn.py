"""Several tasks of one message: the same change for several people is one, the others wait."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from bot.dialogue.engine.commands import Command, QueueFlow, StartFlow, StartPattern
from bot.dialogue.understanding.contexts import held, names_in
from bot.dialogue.understanding.situation import Situation, person_slot

CHECKLIST = "pattern_several_requests"
NEWCOMER = "new_first_name"
"""The slot with the name of somebody who is not on the account yet."""


def one_card_each(tasks: Iterable[StartFlow], s: Situation) -> list[StartFlow]:
    """Put the same change for several people together: one card names all of them."""
    together: list[StartFlow] = []
    for task in tasks:
        slot = person_slot(s.domain.flows[task.flow], s)
        several = slot is not None and s.domain.slots[slot].takes_several
        same = [at for at, before in enumerate(together) if slot and _is_same(task, before, slot)]
        if not (several and slot and same):
            together.append(task)
            continue
        both = [*names_in(together[same[0]].slots[slot]), *names_in(task.slots[slot])]
        slots = {**task.slots, slot: held(list(dict.fromkeys(both)))}
        together[same[0]] = replace(task, slots=slots)
    return together


def _is_same(task: StartFlow, before: StartFlow, slot: str) -> bool:
    """Whether two tasks are the same change, of people who are named."""
    named = slot in task.slots and slot in before.slots
    alike = {**task.slots, slot: None} == {**before.slots, slot: None}
    return named and task.flow == before.flow and alike


def in_turn(tasks: Sequence[StartFlow], s: Situation) -> list[Command]:
    """Return the commands that begin the first task and keep the others for later."""
    if len(tasks) <= 1:
        return list(tasks)
    names = [named(task, s) for task in tasks]
    lines = [
        {"response": "text_request", "parameters": {"number": number, "task": name}}
        for number, name in enumerate(names, start=1)
    ]
    note = StartPattern(CHECKLIST, {"requests": {"lines": lines}, "count": len(tasks)})
    later = [
        QueueFlow(task.flow, task.slots, {"number": number, "count": len(tasks), "task": name})
        for number, (task, name) in enumerate(zip(tasks, names, strict=True), start=1)
    ]
    return [note, tasks[0], *later[1:]]


def named(task: StartFlow, s: Situation) -> dict[str, Any]:
    """Return what a request is called: its task, and whom it is about."""
    flow = s.domain.flows[task.flow]
    slots = [name for name in task.slots if s.domain.slots[name].takes_relations]
    people = [name for slot in slots[:1] for name in names_in(task.slots[slot])]
    people = people or names_in(task.slots.get(NEWCOMER))
    if not people:
        return dict(flow.names)
    known = [(s.context.person(name), name) for name in people]
    shown = [person.called if person else name for person, name in known]
    parameters = {"task": dict(flow.names), "person": shown}
    return {"response": "text_task_about", "parameters": parameters}
