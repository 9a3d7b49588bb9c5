"""All actions, by name: what the flows may run."""

from collections.abc import Mapping
from functools import cache, partial
from importlib import import_module
from pkgutil import iter_modules

from bot.actions.base import DeskAction, Reference
from bot.dialogue.engine.in_process import ActionFactory


@cache
def actions() -> tuple[type[DeskAction], ...]:
    """Return whatever has an action's name of its own in the files of this folder."""
    rooms = [import_module(f"{__name__}.{room.name}") for room in iter_modules(__path__)]
    return tuple(
        one
        for room in rooms
        for one in vars(room).values()
        if isinstance(one, type)
        and issubclass(one, DeskAction)
        and one.__module__ == room.__name__
        and "action_name" in vars(one)
    )


def action_factories(reference: Reference) -> Mapping[str, ActionFactory]:
    """Return a factory for each action, by name; it makes the action for the desk of a turn."""
    return {action.action_name: partial(action, reference=reference) for action in actions()}
