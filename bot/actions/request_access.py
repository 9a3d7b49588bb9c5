"""The actions of `request_access`: a secondary user asks; only the holder decides."""

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from bot.actions.base import filled, forget
from bot.actions.household import service_buttons
from bot.actions.my_access import MemberAction
from storage.errors import HouseholdError, RequestOpen
from storage.requests import AccessRequest


class RequestingAction(MemberAction):
    """An action of somebody who asks."""

    def say_open(self, request: AccessRequest, say: CollectingDispatcher) -> None:
        """Say that a request waits already."""
        say.utter_message(
            response="utter_request_open",
            holder=self.holder_name(),
            services=self.named(request.services),
            until={"date": request.expires_at.isoformat()},
        )


class ActionLookForMissing(RequestingAction):
    """Says at once when there is nothing to ask for."""

    action_name = "action_look_for_missing"

    def act(self, say: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        person = self.myself()
        requests = self.uow.requests.open_for(person.household_id)
        waiting = next((one for one in requests if one.member_id == person.id), None)
        if person.role == "holder":
            say.utter_message(response="utter_holder_asks")
        elif waiting is not None:
            self.say_open(waiting, say)
        elif not self.missing():
            say.utter_message(response="utter_has_everything")
        else:
            return [SlotSet("can_request", True)]
        return [SlotSet("can_request", False)]


class ActionAskRequestedServices(MemberAction):
    """Offers what the person cannot use yet."""

    action_name = "action_ask_requested_services"

    def act(self, say: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        buttons = service_buttons("requested_services", self.service_names(), self.missing())
        say.utter_message(response="utter_ask_requested_services", buttons=buttons)
        return []


class ValidateRequestedServices(MemberAction):
    """Keeps what is new; what the person can use already needs no request."""

    action_name = "validate_requested_services"

    def act(self, say: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        if self.session is None:
            return []
        said = filled(tracker, "requested_services")
        wanted = self.codes_of(said)
        fresh = [code for code in wanted if code in self.missing()]
        if len(fresh) < len(wanted) and "all" not in said:
            had = self.named(set(wanted) - set(fresh))
            say.utter_message(response="utter_has_those", services=had, else_wanted=not fresh)
        return [SlotSet("requested_services", fresh)] if fresh else forget("requested_services")


class ActionAskRequestConfirmation(MemberAction):
    """Shows what the holder will be asked."""

    action_name = "action_ask_request_confirmation"

    def act(self, say: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        say.utter_message(
            response="utter_ask_request_confirmation",
            holder=self.holder_name(),
            services=self.named(filled(tracker, "requested_services")),
        )
        return []


class ActionRequestAccess(RequestingAction):
    """Sends the request; it grants nothing."""

    action_name = "action_request_access"

    def act(self, say: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        session = self.session
        assert session is not None, "the flow verifies first"
        try:
            self.uow.requests.ask(session, filled(tracker, "requested_services"))
        except RequestOpen as refusal:
            self.say_open(refusal.request, say)
            return []
        except HouseholdError:
            say.utter_message(response="utter_not_changed")
            return []
        say.utter_message(response="utter_request_sent", holder=self.holder_name())
        return []
