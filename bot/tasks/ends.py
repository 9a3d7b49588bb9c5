"""Until when: what is said about the end of something is read, checked and said back."""

from datetime import datetime
from typing import Any

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from bot.tasks.base import FoyerAction, filled, forget
from bot.tasks.values import end_values
from intents.spans.ends import end_of
from intents.values.told_times import OPEN, moment_of

UNREAD = "end_unread"
"""The slot that says that an end was named, and has to be asked for once more."""
_REFUSALS = {
    "unreadable": "utter_end_unreadable",
    "past": "utter_end_is_past",
    "far": "utter_end_too_far",
}


class AskEnd(FoyerAction):
    """Asks only where an end was named that could not be read: else there is none."""

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        if not tracker.get_slot(UNREAD):
            return [SlotSet(self.asked, OPEN)]
        dispatcher.utter_message(response=self.question)
        return []


class CheckedEnd(FoyerAction):
    """Turns what was said into a moment, or into "open": then nothing ends by itself."""

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        said = str(filled(tracker, self.asked))
        if said == OPEN or moment_of(said) is not None:
            return forget(UNREAD)
        end = end_of(said, self.uow.clock().astimezone(self.reference.time_zone))
        if end.outcome in _REFUSALS:
            dispatcher.utter_message(response=_REFUSALS[end.outcome])
            return [*forget(self.asked), SlotSet(UNREAD, True)]
        value = OPEN if end.at is None else end.at.isoformat()
        return [SlotSet(self.asked, value), *forget(UNREAD)]


def chosen_end(tracker: Tracker, slot: str) -> datetime | None:
    """Return the moment that a checked slot holds; None where nothing ends by itself."""
    value = tracker.get_slot(slot)
    return None if value is None else moment_of(str(value))


def lasting(until: datetime | None) -> dict[str, Any]:
    """Return how long something lasts, as a value of a text."""
    if until is None:
        return {"response": "text_until_i_say_so"}
    return {"response": "text_until_then", "parameters": end_values(until)}
