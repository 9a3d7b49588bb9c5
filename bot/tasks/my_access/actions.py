"""The action of `flow.yml`: what somebody can use themselves."""

from typing import Any

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from bot.tasks.household import HolderAction
from storage.households.members import Member


class MemberAction(HolderAction):
    """An action about the verified person themselves."""

    def myself(self) -> Member:
        member_id = self.proved.member_id
        return next(member for member in self.household().members if member.id == member_id)

    def holder_name(self) -> str:
        holder = self.household().holder
        return f"{holder.first_name} {holder.last_name}"

    def missing(self) -> list[str]:
        """Return the codes of what the person cannot use yet."""
        mine = self.myself().services
        return [code for code in self.service_names() if code not in mine]


class ActionMyAccess(MemberAction):
    """Shows what there is, what is missing, and whom to ask; what was asked about, it offers to."""

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        person, missing = self.myself(), self.missing()
        asked = tracker.get_slot("access_in_question") or ()
        lacking = [code for code in asked if code in missing]
        values: dict[str, Any] = {
            "first_name": person.first_name,
            "services": self.may_use(person),
            "missing": self.named(missing),
            "holder": self.holder_name(),
        }
        answered: list[EventType] = [
            SlotSet("access_in_question", None),
            SlotSet("access_is_lacking", bool(lacking)),
        ]
        if person.role == "holder":
            dispatcher.utter_message(response="utter_holder_access", **values)
        elif lacking:
            dispatcher.utter_message(response="utter_my_access_lacking", **values)
            return [*answered, SlotSet("requested_services", lacking)]
        else:
            response = "utter_my_access" if missing else "utter_my_access_all"
            dispatcher.utter_message(response=response, **values)
        return answered
