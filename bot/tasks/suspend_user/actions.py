"""The actions of `flow.yml`: somebody is let in nowhere, until a moment or until further notice."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from bot.tasks.about_people import ChangePerson, CheckEach, ShowCard
from bot.tasks.about_person import AboutPerson
from bot.tasks.ends import AskEnd, CheckedEnd, chosen_end, lasting
from storage.households.changing import Receipt
from storage.households.members import Member


class ToSuspend(AboutPerson):
    """Whom the task is about."""

    slot = "suspended_user"


class ActionAskSuspendedUntil(AskEnd):
    """Asks how long, where that was said and could not be read."""


class ValidateSuspendedUntil(CheckedEnd):
    """How long it is to last."""


class ActionCheckSuspension(ToSuspend, CheckEach):
    """Says who is suspended for just so long already."""

    allows = "can_suspend"
    otherwise = "utter_already_suspended"

    def fits(self, person: Member, tracker: Tracker) -> bool:
        until = chosen_end(tracker, "suspended_until")
        return person.status != "suspended" or person.suspended_until != until

    def for_all(self, tracker: Tracker) -> dict[str, Any]:
        return how_long(tracker)


class ActionAskSuspendConfirmation(ToSuspend, ShowCard):
    """Shows how long, and what that means."""

    line = "text_suspension_of"
    changes = "suspend"

    def act_on(
        self, people: Sequence[Member], dispatcher: CollectingDispatcher, tracker: Tracker
    ) -> list[EventType]:
        self.until = chosen_end(tracker, "suspended_until")
        return super().act_on(people, dispatcher, tracker)

    def for_all(self, tracker: Tracker) -> dict[str, Any]:
        return how_long(tracker)

    def after(self, person: Member) -> Member | None:
        return replace(person, status="suspended", suspended_until=self.until)


class ActionSuspendUser(ToSuspend, ChangePerson):
    done = "utter_user_suspended"

    def shown(self, person: Member) -> dict[str, Any]:
        return {**super().shown(person), "lasting": lasting(person.suspended_until)}

    def for_all(self, tracker: Tracker) -> dict[str, Any]:
        return how_long(tracker)

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        self.until = chosen_end(tracker, "suspended_until")
        return super().act(dispatcher, tracker)

    def change(self, member_id: int) -> Receipt:
        return self.uow.changes.suspend(self.holder(), member_id, until=self.until)


def how_long(tracker: Tracker) -> dict[str, Any]:
    """Return how long it is to last, as a value of the texts."""
    return {"lasting": lasting(chosen_end(tracker, "suspended_until"))}
