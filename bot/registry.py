"""What the conversation can do: flows and the actions that they run, found by their folders.

A task is a folder in `bot/tasks`; what belongs to the conversation itself is in `bot/patterns`.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, partial
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from types import ModuleType

from bot.dialogue.engine.in_process import ActionFactory
from bot.dialogue.flows.domain import Domain
from bot.dialogue.flows.loading import load_domain
from bot.tasks.about_person import AboutPerson, questions_of
from bot.tasks.base import FoyerAction, Reference

ROOMS = ("bot.tasks", "bot.patterns")
"""Packages that hold flows and actions."""


@cache
def domain_of(rooms: Sequence[str] = ROOMS) -> Domain:
    """Read all flow files. Raises InvalidFlowError as `load_domain` does."""
    return load_domain(*(files(room) for room in rooms))


@cache
def actions_of(rooms: Sequence[str] = ROOMS) -> tuple[type[FoyerAction], ...]:
    """Return whatever is called an action or a validator in the files of the rooms.

    To them come the questions for the person whom a task is about.
    """
    written = [
        member
        for module in modules_of(rooms)
        for member in vars(module).values()
        if isinstance(member, type)
        and issubclass(member, FoyerAction)
        and member.__module__ == module.__name__
    ]
    tasks = [task for task in written if issubclass(task, AboutPerson) and "slot" in vars(task)]
    asked = [question for task in tasks for question in questions_of(task)]
    named = {action.action_name: action for action in (*asked, *written)}
    return tuple(named[name] for name in named if name.startswith(("action_", "validate_")))


def modules_of(rooms: Sequence[str] = ROOMS) -> Iterator[ModuleType]:
    """Yield every module of the rooms, in the order of their folders."""
    for room in rooms:
        for folder in import_module(room).__path__:
            for file in sorted(Path(folder).rglob("*.py")):
                if file.stem != "__init__":
                    inside = file.relative_to(folder).with_suffix("")
                    yield import_module(".".join([room, *inside.parts]))


def action_factories(
    reference: Reference, rooms: Sequence[str] = ROOMS
) -> Mapping[str, ActionFactory]:
    """Return a factory for each action, by name; it makes the action for the context of a turn."""
    actions = actions_of(rooms)
    return {action.action_name: partial(action, reference=reference) for action in actions}
