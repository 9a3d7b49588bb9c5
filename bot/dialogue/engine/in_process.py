"""Runs rasa-sdk actions in this process, without a server between.

Each turn makes its own `ActionExecutor` (`docs/decisions/0002-rasas-formats-without-rasa.md`): an
action gets the turn's context by constructor, the domain with every call (the SDK would hand it the
previous one's), and a copy of the slots.
"""

from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import Action

from bot.dialogue.action_context import ActionContext
from bot.dialogue.engine.tracker import Tracker

ActionFactory = Callable[[ActionContext], Action]
T = TypeVar("T")
_DOMAIN: Mapping[str, Any] = {"version": "3.1"}


@dataclass(frozen=True, slots=True)
class Utterance:
    """What an action wants said: the name of a response and its values."""

    response: str
    parameters: Mapping[str, Any]
    buttons: tuple[Mapping[str, Any], ...] = ()


class InProcessActions:
    """Makes, registers and runs an action when a flow first needs it in a turn."""

    def __init__(self, factories: Mapping[str, ActionFactory], context: ActionContext) -> None:
        self._factories = factories
        self._context = context
        self._executor = ActionExecutor()

    def knows(self, name: str) -> bool:
        return name in self._factories

    def run(self, name: str, tracker: Tracker) -> list[Utterance]:
        """Run an action, fold its events into the tracker, and return what it wants said."""
        if name not in self._executor.actions:
            self._executor.register_action(self._factories[name](self._context))
        result = _finish(
            self._executor.run(
                {
                    "next_action": name,
                    "sender_id": tracker.sender_id,
                    "tracker": tracker.for_action(),
                    "domain": dict(_DOMAIN),
                }
            )
        )
        assert result is not None
        tracker.ran(name)
        tracker.apply(result.events)
        return [_utterance(message) for message in result.responses]


def _finish(coroutine: Coroutine[Any, Any, T]) -> T:
    """Drive a coroutine that never waits: actions do no I/O but the turn's own database.

    Raises:
        RuntimeError: an action awaited something; a turn has no event loop to wait in.
    """
    try:
        coroutine.send(None)
    except StopIteration as done:
        value: T = done.value
        return value
    coroutine.close()
    raise RuntimeError("an action waited for something outside of its turn")


def _utterance(message: Mapping[str, Any]) -> Utterance:
    known = {"text", "buttons", "elements", "custom", "template", "response", "image", "attachment"}
    parameters = {k: v for k, v in message.items() if k not in known}
    return Utterance(message["response"], parameters, tuple(message["buttons"]))
