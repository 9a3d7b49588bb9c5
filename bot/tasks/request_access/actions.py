"""The actions of `flow.yml`: a secondary user asks; only the holder decides."""

from collections.abc import Iterable

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from bot.tasks.base import filled, forget
from bot.tasks.household import service_buttons
from bot.tasks.my_access.actions import MemberAction
from bot.tasks.values import day
from storage.errors import HouseholdError
from storage.households.access_request_rows import AccessRequest
from storage.households.asking_access import RequestOpen


class RequestingAction(MemberAction):
    """An action of somebody who asks, or has asked."""

    def waiting(self) -> AccessRequest | None:
        """Return the request that the holder has not answered yet."""
        return self.uow.requests.newest_open(self.myself().id)

    def askable(self, codes: Iterable[str]) -> list[str]:
        """Return those of the services that neither are there nor are asked for already."""
        asked = self.waiting()
        known = () if asked is None else asked.services
        return [code for code in self.missing() if code in codes and code not in known]

    def wished(self, tracker: Tracker) -> list[str]:
        return self.askable(self.codes_of(tracker.get_slot("requested_services")))

    def tell(self, response: str, request: AccessRequest, dispatcher: CollectingDispatcher) -> None:
        """Say something about a request; what can be used of it by now tells how it went."""
        usable = set(request.services) & set(self.myself().services)
        dispatcher.utter_message(
            response=response,
            holder=self.holder_name(),
            services=self.named(request.services),
            usable=self.named(usable),
            status=request.status,
            since=day(request.created_at),
            until=day(request.expires_at),
            decided=day(request.decided_at or request.expires_at),
        )


class ActionLookForMissing(RequestingAction):
    """Says at once when there is nothing to ask for; an open request may take something more."""

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        waiting, more = self.waiting(), self.askable(self.missing())
        adds = tracker.get_slot("request_wish") == "change" or bool(self.wished(tracker))
        if self.myself().role == "holder":
            dispatcher.utter_message(response="utter_holder_asks")
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
        before = () if waiting is None else waiting.services
        dispatcher.utter_message(
            response="utter_ask_request_confirmation",
            holder=self.holder_name(),
            open=waiting is not None,
            before=self.named(before),
            more=self.named(more),
            services=self.named({*before, *more}),
        )
        return []


class ActionRequestAccess(RequestingAction):
    """Sends the request, or adds to the one that is open; it grants nothing."""

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        session, services = self.proved, filled(tracker, "requested_services")
        is_open = self.waiting() is not None
        try:
            if is_open:
                self.uow.requests.extend(session, services)
            else:
                self.uow.requests.ask(session, services)
        except RequestOpen as refusal:
            self.tell("utter_request_open", refusal.request, dispatcher)
            return []
        except HouseholdError:
            dispatcher.utter_message(response="utter_not_changed")
            return []
        response = "utter_request_extended" if is_open else "utter_request_sent"
        dispatcher.utter_message(response=response, holder=self.holder_name())
        return []


class ActionLookForOwnRequest(RequestingAction):
    """Says how the request stands, unless there is one to withdraw or to change."""

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        newest, wish = self.uow.requests.newest(self.myself().id), tracker.get_slot("request_wish")
        if self.myself().role == "holder":
            dispatcher.utter_message(response="utter_holder_asks")
        elif newest is None:
            dispatcher.utter_message(response="utter_never_requested", holder=self.holder_name())
        elif newest.status == "open" and wish in {"withdraw", "change"}:
            return [SlotSet("own_request_open", True)]
        else:
            self.tell("utter_request_status", newest, dispatcher)
        return [SlotSet("own_request_open", False)]


class ActionAskWithdrawalConfirmation(RequestingAction):
    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        request = self.waiting()
        if request is None:  # answered since
            dispatcher.utter_message(response="utter_own_request_gone")
            return [SlotSet("withdrawal_confirmation", False), *forget("own_request_open")]
        self.tell("utter_ask_withdrawal_confirmation", request, dispatcher)
        return []


class ActionWithdrawRequest(RequestingAction):
    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        try:
            request = self.uow.requests.withdraw(self.proved)
        except HouseholdError:
            dispatcher.utter_message(response="utter_own_request_gone")
            return []
        self.tell("utter_request_withdrawn", request, dispatcher)
        return []
