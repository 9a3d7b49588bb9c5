"""The actions of `flow.yml`: remove a secondary user."""

from typing import Any

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from bot.dialogue.understanding.contexts import CANDIDATES
from bot.tasks.about_people import ChangePerson, ShowCard
from bot.tasks.about_person import BESIDE
from bot.tasks.base import forget
from bot.tasks.household import HolderAction
from storage.households.changing import Receipt
from storage.households.members import Member


class ActionLookForOthers(HolderAction):
    """Says at once when there is nobody whom a task could be about."""

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        exist = bool(self.others())
        if not exist:
            dispatcher.utter_message(response="utter_nobody_else")
        return [SlotSet("others_exist", exist), *forget(CANDIDATES, BESIDE)]


class ActionAskDeleteConfirmation(ShowCard):
    """Shows what each person would lose."""

    slot = "deleted_user"
    line = "text_deletion_of"
    changes = "delete"

    def after(self, person: Member) -> Member | None:
        return None

    def shown(self, person: Member) -> dict[str, Any]:
        return {**super().shown(person), "services": self.named(person.services)}


class ActionDeleteUser(ChangePerson):
    slot = "deleted_user"
    done = "utter_user_deleted"

    def change(self, member_id: int) -> Receipt:
        return self.uow.changes.delete(self.holder(), member_id)
