"""Which actions change a household: read from the code, so that a new one is not forgotten."""

import ast
import inspect
from collections.abc import Iterator
from functools import cached_property

from bot.registry import actions_of, modules_of
from storage.unit_of_work import UnitOfWork

Write = tuple[str, str]
"""The service's name at the unit of work, and its method: ("changes", "delete")."""


def writes(uow: UnitOfWork) -> set[Write]:
    """Every method that makes a change of a household, or asks whether its actor may."""
    return {
        (room, name)
        for room, _ in inspect.getmembers_static(type(uow), _is_made_when_asked_for)
        if room != "authority" and not room.startswith("_")
        for name in _asking(type(getattr(uow, room)))
        if not name.startswith("_")
    }


def _is_made_when_asked_for(member: object) -> bool:
    return isinstance(member, cached_property)


def _asking(service: type) -> set[str]:
    code = {n: inspect.getsource(m) for n, m in inspect.getmembers(service, inspect.isfunction)}
    asking = {
        name
        for name, source in code.items()
        if "_authority.check(" in source or "self._change(" in source
    }
    while more := {
        name
        for name, source in code.items()
        if name not in asking and any(f"self.{one}(" in source for one in asking)
    }:
        asking |= more
    return asking


def changing_actions(known: set[Write]) -> dict[str, set[Write]]:
    """The actions that use one of these writes, with what they use.

    A write outside of an action's own class, or a service that is handed around, is an error:
    nobody could see whose change it is.
    """
    names = {action.__name__: action.action_name for action in actions_of()}
    found: dict[str, set[Write]] = {}
    for owner, write in _uses(known):
        assert owner in names, f"{write} is used in {owner}, which is no action"
        found.setdefault(names[owner], set()).add(write)
    return found


def _uses(known: set[Write]) -> Iterator[tuple[str, Write]]:
    rooms = {room for room, _ in known}
    for module in modules_of():
        tree = ast.parse(inspect.getsource(module))
        for place in tree.body:
            owner = place.name if isinstance(place, ast.ClassDef) else module.__name__
            chains = [
                (node.value.attr, node.attr)
                for node in ast.walk(place)
                if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Attribute)
            ]
            services = [
                node.attr
                for node in ast.walk(place)
                if isinstance(node, ast.Attribute)
                and node.attr in rooms
                and isinstance(node.value, ast.Attribute)
                and node.value.attr == "uow"
            ]
            used = [chain for chain in chains if chain[0] in rooms]
            assert len(services) == len(used), f"{owner} hands a service around: {services}"
            yield from ((owner, chain) for chain in used if chain in known)
