"""The actions of `reset_password.yml`: a link by mail; no password is ever seen in a chat."""

from typing import Any

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from bot.actions.household import about
from bot.actions.person_questions import AskPerson, PersonAction, ValidatePerson
from storage.errors import HouseholdError
from storage.members import Member


class ActionAskResetUser(AskPerson):
    action_name = "action_ask_reset_user"
    slot = "reset_user"


class ValidateResetUser(ValidatePerson):
    action_name = "validate_reset_user"
    slot = "reset_user"
    of_holder = "utter_own_password"


def shown(person: Member) -> dict[str, Any]:
    """Return the person as values; somebody invited gets the invitation again."""
    return {**about(person), "invited": person.status == "invited"}


class ActionAskResetConfirmation(PersonAction):
    """Shows to whom the link would go."""

    action_name = "action_ask_reset_confirmation"
    slot = "reset_user"

    def act(self, say: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        person = self.person(tracker)
        if person is None:
            return self.gone(say)
        say.utter_message(response="utter_ask_reset_confirmation", **shown(person))
        return []


class ActionResetPassword(PersonAction):
    """Sends the link."""

    action_name = "action_reset_password"
    slot = "reset_user"

    def act(self, say: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        person = self.person(tracker)
        if person is None:
            return self.gone(say)
        try:
            receipt = self.uow.changes.reset_password(self.holder(), person.id)
        except HouseholdError:
            say.utter_message(response="utter_not_changed")
            return []
        say.utter_message(response="utter_link_sent", **shown(person), receipt=receipt.number)
        return []
