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
from bot.tasks.base import DeskAction, Reference

ROOMS = ("bot.tasks", "bot.patterns")
"""Packages that hold flows and actions."""


@cache
def domain_of(rooms: Sequence[str] = ROOMS) -> Domain:
    """Read all flow files. Raises InvalidFlowError as `load_domain` does."""
    return load_domain(*(files(room) for room in rooms))


@cache
def actions_of(rooms: Sequence[str] = ROOMS) -> tuple[type[DeskAction], ...]:
    """Return whatever has an action's name of its own in the files of the rooms."""
    return tuple(
        one
        for module in modules_of(rooms)
        for one in vars(module).values()
        if isinstance(one, type)
        and issubclass(one, DeskAction)
        and one.__module__ == module.__name__
        and "action_name" in vars(one)
    )


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
    """Return a factory for each action, by name; it makes the action for the desk of a turn."""
    return {one.action_name: partial(one, reference=reference) for one in actions_of(rooms)}
