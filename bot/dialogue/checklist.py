"""Several requests in one message: all are named, in a list, then done one after the other."""

from collections.abc import Sequence
from typing import Any

from bot.dialogue.commands import Command, QueueFlow, StartFlow, StartPattern
from bot.dialogue.situation import Situation

CHECKLIST = "pattern_several_requests"


def in_turn(tasks: Sequence[StartFlow], s: Situation) -> list[Command]:
    """Return the commands that begin the first task and keep the others for later."""
    if len(tasks) <= 1:
        return list(tasks)
    names = [_named(task, s) for task in tasks]
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


def _named(task: StartFlow, s: Situation) -> dict[str, Any]:
    """Return what a request is called: its task, and whom it is about."""
    flow = s.domain.flows[task.flow]
    people = [task.slots[n] for n in task.slots if s.domain.slots[n].takes_relations]
    if not people:
        return dict(flow.names)
    parameters = {"task": dict(flow.names), "person": people[0]}
    return {"response": "text_task_about", "parameters": parameters}
