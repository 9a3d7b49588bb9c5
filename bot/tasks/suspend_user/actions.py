"""The actions of `flow.yml`: somebody is let in nowhere, until a moment or until further notice."""

from dataclasses import replace
from typing import Any

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from bot.tasks.about_person import AboutPerson, ChangePerson, PersonAction, ShowCard
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


class ActionCheckSuspension(ToSuspend, PersonAction):
    """Says so where somebody is suspended for just so long already."""

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        person, until = self.person(tracker), chosen_end(tracker, "suspended_until")
        if person is None:
            dispatcher.utter_message(response="utter_gone_meanwhile")
            return [SlotSet("can_suspend", False)]
        is_so = person.status == "suspended" and person.suspended_until == until
        if is_so:
            values = {**self.shown(person), "number": person.id, "lasting": lasting(until)}
            dispatcher.utter_message(response="utter_already_suspended", **values)
        return [SlotSet("can_suspend", not is_so)]


class ActionAskSuspendConfirmation(ToSuspend, ShowCard):
    """Shows how long, and what that means."""

    changes = "suspend"

    def act_on(
        self, person: Member, dispatcher: CollectingDispatcher, tracker: Tracker
    ) -> list[EventType]:
        self.until = chosen_end(tracker, "suspended_until")
        return super().act_on(person, dispatcher, tracker)

    def shown(self, person: Member) -> dict[str, Any]:
        return {**super().shown(person), "lasting": lasting(self.until)}

    def after(self, person: Member) -> Member | None:
        return replace(person, status="suspended", suspended_until=self.until)


class ActionSuspendUser(ToSuspend, ChangePerson):
    done = "utter_user_suspended"

    def shown(self, person: Member) -> dict[str, Any]:
        return {**super().shown(person), "lasting": lasting(person.suspended_until)}

    def act_on(
        self, person: Member, dispatcher: CollectingDispatcher, tracker: Tracker
    ) -> list[EventType]:
        self.until = chosen_end(tracker, "suspended_until")
        return super().act_on(person, dispatcher, tracker)

    def change(self, member_id: int) -> Receipt:
        return self.uow.changes.suspend(self.holder(), member_id, until=self.until)
