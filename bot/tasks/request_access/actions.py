"""The actions of `flow.yml`: a secondary user asks; only the holder decides."""

from typing import Any

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from bot.tasks.base import filled, forget
from bot.tasks.household import service_buttons
from bot.tasks.request_access.requesting import RequestingAction
from storage.errors import HouseholdError
from storage.households.asking_access import RequestOpen


class ActionLookForMissing(RequestingAction):
    """Says at once when there is nothing to ask for; an open request may take something more."""

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        waiting, more = self.waiting(), self.askable(self.missing())
        adds = tracker.get_slot("request_wish") == "change" or bool(self.wished(tracker))
        if self.myself().role == "holder":
            dispatcher.utter_message(response="utter_holder_asks")
        elif (less := self.left_out(tracker)) and not self.wished(tracker):
            facts = {"request_wish": "withdraw", "own_request_open": True, "can_request": False}
            said = {**facts, "requested_services": less}  # "not the data, just the voicemail"
            return [SlotSet(name, value) for name, value in said.items()]
        elif waiting is not None and not (adds and more):
            self.tell("utter_request_open", waiting, dispatcher)
        elif not self.missing():
            dispatcher.utter_message(response="utter_has_everything")
        else:
            return [SlotSet("can_request", True)]
        return [SlotSet("can_request", False)]


class ActionAskRequestedServices(RequestingAction):
    """Offers what the person cannot use yet."""

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        offered = self.askable(self.missing())
        buttons = service_buttons("requested_services", self.service_names(), offered)
        dispatcher.utter_message(response="utter_ask_requested_services", buttons=buttons)
        return []


class ValidateRequestedServices(RequestingAction):
    """Keeps what is new; what the person can use or has asked for needs no request."""

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        if self.session is None:
            return []
        said = filled(tracker, "requested_services")
        wanted = self.codes_of(said)
        fresh, had = self.askable(wanted), set(wanted) - set(self.missing())
        if had and "all" not in said:
            values = {"services": self.named(had), "else_wanted": not fresh}
            dispatcher.utter_message(response="utter_has_those", **values)
        elif not fresh:
            dispatcher.utter_message(response="utter_asked_already")
        return [SlotSet("requested_services", fresh)] if fresh else forget("requested_services")


class ActionAskRequestConfirmation(RequestingAction):
    """Shows what the holder will be asked."""

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        more, waiting = self.wished(tracker), self.waiting()
        before, less = () if waiting is None else waiting.services, self.left_out(tracker)
        dispatcher.utter_message(
            response="utter_ask_request_confirmation",
            holder=self.holder_name(),
            open=waiting is not None,
            instead=bool(less),
            before=self.named(before),
            more=self.named(more),
            services=self.named({*before, *more} - {*less}),
            noted=self.noted(tracker, line=waiting is not None),
            told=self._told("change_request" if waiting else "request_access"),
        )
        return []

    def _told(self, change: str) -> Any:
        me = self.myself()
        return self.to_be_told(change, (me, me), also={"access_request"})


class ActionRequestAccess(RequestingAction):
    """Sends the request, or changes the one that is open; it grants nothing."""

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        session, services = self.proved, filled(tracker, "requested_services")
        is_open, less = self.waiting() is not None, self.left_out(tracker)
        note, _ = self.note(tracker)
        try:
            if is_open:
                self.uow.requests.extend(session, services, note, instead_of=less)
            else:
                self.uow.requests.ask(session, services, note)
        except RequestOpen as refusal:
            self.tell("utter_request_open", refusal.request, dispatcher)
            return []
        except HouseholdError:
            dispatcher.utter_message(response="utter_not_changed")
            return []
        changed = "utter_request_changed" if less else "utter_request_extended"
        response = changed if is_open else "utter_request_sent"
        dispatcher.utter_message(response=response, holder=self.holder_name())
        return []
