"""The tracker: folds rasa-sdk's events into the state, and shows it in Rasa's shape.

rasa-sdk actions only return events; nothing in the SDK applies them. This does.
"""

from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import Any

from rasa_sdk.events import ActionExecuted, BotUttered, SlotSet, UserUttered

from bot.dialogue.engine.state import DialogueState

EventDict = dict[str, Any]


class Tracker:
    """One conversation while a turn runs: the state, and the events of this turn."""

    def __init__(
        self, sender_id: str, state: DialogueState, *, timestamp: float, paused: bool = False
    ) -> None:
        self.sender_id = sender_id
        self.state = state
        self.events: list[EventDict] = []
        self.latest_message: dict[str, Any] = {}
        self.paused = paused
        self._timestamp = timestamp

    def hear(self, text: str, parse_data: dict[str, Any], channel: str) -> None:
        self.latest_message = {**parse_data, "text": text}
        self._append(UserUttered(text, parse_data, input_channel=channel))

    def said(self, text: str, data: dict[str, Any], response: str) -> None:
        self._append(BotUttered(text, data, metadata={"utter_action": response}))

    def ran(self, action: str) -> None:
        self.state.latest_action = action
        self._append(ActionExecuted(action))

    def set_slot(self, name: str, value: Any) -> None:
        if self.state.slots.get(name) != value:
            self.apply([SlotSet(name, value)])

    def apply(self, events: Iterable[EventDict]) -> None:
        """Fold the events that an action returned.

        Known here: `slot`, `reset_slots`, `restart`, `pause`, `resume`; others are only kept.
        """
        for event in events:
            self._append(event)
            match event["event"]:
                case "slot":
                    self._slot(event["name"], event["value"])
                case "reset_slots":
                    self.state.slots.clear()
                case "restart":
                    self.state.clear()
                case "pause":
                    self.paused = True
                case "resume":
                    self.paused = False

    def _slot(self, name: str, value: Any) -> None:
        if value is None:
            self.state.slots.pop(name, None)
        else:
            self.state.slots[name] = value

    def _append(self, event: Mapping[str, Any]) -> None:
        self.events.append({**event, "timestamp": self._timestamp})

    def for_action(self) -> dict[str, Any]:
        """Return what rasa-sdk builds its `Tracker` from: copies, for actions change them."""
        return {
            "sender_id": self.sender_id,
            "slots": deepcopy(self.state.slots),
            "latest_message": self.latest_message,
            "events": [],
            "paused": self.paused,
            "latest_action_name": self.state.latest_action,
            "stack": stack_as_rasa(self.state),
        }


def stack_as_rasa(state: DialogueState) -> list[dict[str, Any]]:
    """Return the stack as Rasa shows it: flow, step and type of each frame, and its context."""
    return [
        {
            "frame_id": frame.id,
            "flow_id": frame.flow,
            "step_id": frame.step,
            "frame_type": frame.type,
            "type": "pattern" if frame.flow.startswith("pattern_") else "flow",
            **frame.context,
        }
        for frame in state.stack
    ]
