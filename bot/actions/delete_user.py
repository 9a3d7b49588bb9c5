"""The actions of `delete_user.yml`: remove a secondary user."""

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from bot.actions.base import forget
from bot.actions.household import HolderAction, about
from bot.actions.person_questions import CANDIDATES, AskPerson, PersonAction, ValidatePerson
from storage.households import Receipt


class ActionLookForOthers(HolderAction):
    """Says at once when there is nobody whom a task could be about."""

    action_name = "action_look_for_others"

    def act(self, say: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        exist = bool(self.others())
        if not exist:
            say.utter_message(response="utter_nobody_else")
        return [SlotSet("others_exist", exist), *forget(CANDIDATES)]


class ActionAskDeletedUser(AskPerson):
    action_name = "action_ask_deleted_user"
    slot = "deleted_user"


class ValidateDeletedUser(ValidatePerson):
    action_name = "validate_deleted_user"
    slot = "deleted_user"


class ActionAskDeleteConfirmation(PersonAction):
    """Shows what the person would lose."""

    action_name = "action_ask_delete_confirmation"
    slot = "deleted_user"

    def act(self, say: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        person = self.person(tracker)
        if person is None:
            return self.gone(say)
        say.utter_message(
            response="utter_ask_delete_confirmation",
            **about(person),
            services=self.named(person.services),
        )
        return []


class ActionDeleteUser(PersonAction):
    """Removes the person, in the same transaction as the yes that asked for it."""

    action_name = "action_delete_user"
    slot = "deleted_user"

    def act(self, say: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        return self.change(tracker, say, self._delete, "utter_user_deleted")

    def _delete(self, member_id: int) -> Receipt:
        return self.uow.changes.delete(self.holder(), member_id)
