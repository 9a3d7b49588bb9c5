"""The actions of `flow.yml`: a secondary user asks the holder to be let go."""

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from bot.tasks.my_access.actions import MemberAction
from storage.errors import AskedToday, HouseholdError


class ActionLookForLeaving(MemberAction):
    """Says so at once where there is nothing to ask: a holder stays, and once a day is enough."""

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        person = self.myself()
        if person.role == "holder":
            dispatcher.utter_message(response="utter_holder_stays")
        elif self.uow.leaving.has_asked(person.household_id, person.id):
            dispatcher.utter_message(response="utter_asked_to_leave", holder=self.holder_name())
        else:
            return [SlotSet("can_leave", True)]
        return [SlotSet("can_leave", False)]


class ActionAskLeaveConfirmation(MemberAction):
    """Says what the holder will hear, and that nothing else happens yet."""

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        me = self.myself()
        told = self.to_be_told("ask_to_leave", (me, me), also={"leave_request"})
        values = {"holder": self.holder_name(), "services": self.may_use(me), "told": told}
        dispatcher.utter_message(response="utter_ask_leave_confirmation", **values)
        return []


class ActionRequestLeave(MemberAction):
    """Tells the holder; nobody is removed by it."""

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        response = "utter_leaving_asked"
        try:
            self.uow.leaving.ask(self.proved)
        except AskedToday:
            response = "utter_asked_to_leave"
        except HouseholdError:
            response = "utter_not_changed"
        dispatcher.utter_message(response=response, holder=self.holder_name())
        return []
