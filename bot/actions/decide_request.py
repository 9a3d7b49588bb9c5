"""The actions of `decide_request`: approve or decline, after the ordinary card, by the holder."""

from collections.abc import Callable, Iterable, Sequence

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from bot.actions.base import context
from bot.actions.household import HolderAction
from storage.authority import Holder
from storage.errors import HouseholdError, RequestGone
from storage.households import Receipt
from storage.requests import AccessRequest


class RequestAction(HolderAction):
    """An action about the request in hand, of the verified holder's own household."""

    def request(self, tracker: Tracker) -> AccessRequest | None:
        session, number = self.session, str(tracker.get_slot("access_request"))
        if session is None or not number.isdecimal():
            return None
        return self.uow.requests.get(int(number), session.household_id)

    def tell(
        self, name: str, services: Iterable[str], number: int, say: CollectingDispatcher
    ) -> None:
        """Say who asks for what, with the buttons to decide it."""
        say.utter_message(
            response="utter_access_request",
            name=name,
            services=self.named(services),
            request=number,
        )

    def tell_all(self, waiting: Iterable[AccessRequest], say: CollectingDispatcher) -> None:
        for one in waiting:
            self.tell(one.first_name, one.services, one.id, say)

    def ask(
        self, response: str, slot: str, tracker: Tracker, say: CollectingDispatcher
    ) -> list[EventType]:
        """Show the card; once the request is gone there is nothing to confirm."""
        request = self.request(tracker)
        if request is None:
            say.utter_message(response="utter_request_gone")
            return [SlotSet(slot, False)]
        person = next(one for one in self.others() if one.id == request.member_id)
        say.utter_message(
            response=response,
            first_name=request.first_name,
            last_name=request.last_name,
            services=self.named(request.services),
            before=self.named(person.services),
            after=self.named({*person.services, *request.services}),
        )
        return []

    def decide(
        self,
        work: Callable[[Holder, int], Receipt],
        done: str,
        tracker: Tracker,
        say: CollectingDispatcher,
    ) -> list[EventType]:
        request = self.request(tracker)
        if request is None:
            say.utter_message(response="utter_request_gone")
            return []
        try:
            receipt = work(self.holder(), request.id)
        except HouseholdError as error:
            gone = isinstance(error, RequestGone)
            say.utter_message(response="utter_request_gone" if gone else "utter_not_changed")
            return []
        say.utter_message(
            response=done,
            first_name=request.first_name,
            last_name=request.last_name,
            services=self.named(receipt.member.services),
            receipt=receipt.number,
        )
        return []


class ActionLookForRequest(RequestAction):
    """Finds what is to be decided: what a button names, or what was said; else shows what waits."""

    action_name = "action_look_for_request"

    def act(self, say: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        named = tracker.get_slot("access_request") is not None
        waiting = () if named else self.uow.requests.open_for(self.household().id)
        found = self.request(tracker) if named else self._meant(tracker, waiting)
        if found is not None:
            return [SlotSet("request_is_open", True), SlotSet("access_request", str(found.id))]
        nothing = "utter_request_gone" if named else "utter_no_request"
        say.utter_message(response="utter_which_request" if waiting else nothing)
        self.tell_all(waiting, say)
        return [SlotSet("request_is_open", False)]

    def _meant(self, tracker: Tracker, waiting: Sequence[AccessRequest]) -> AccessRequest | None:
        """Return the one request that "approve it", or "approve Hugo's request", can be about."""
        said = tracker.get_slot("request_of")
        fitting = waiting if said is None else self.fitting(str(said), waiting)
        return fitting[0] if len(fitting) == 1 else None


class ActionAskApprovalConfirmation(RequestAction):
    action_name = "action_ask_approval_confirmation"

    def act(self, say: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        return self.ask("utter_ask_approval_confirmation", "approval_confirmation", tracker, say)


class ActionAskDecliningConfirmation(RequestAction):
    action_name = "action_ask_declining_confirmation"

    def act(self, say: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        return self.ask("utter_ask_declining_confirmation", "declining_confirmation", tracker, say)


class ActionApproveRequest(RequestAction):
    action_name = "action_approve_request"

    def act(self, say: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        return self.decide(self.uow.requests.approve, "utter_request_approved", tracker, say)


class ActionDeclineRequest(RequestAction):
    action_name = "action_decline_request"

    def act(self, say: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        return self.decide(self.uow.requests.decline, "utter_request_declined", tracker, say)


class ActionTellRequest(RequestAction):
    """Tells a linked chat that there is a request; whoever taps is verified first."""

    action_name = "action_tell_request"

    def act(self, say: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        told = context(tracker)
        self.tell(told["first_name"], told["services"], told["request"], say)
        return []


class ActionTellOpenRequests(RequestAction):
    """Tells the holder, who has signed in, what waits for an answer: the e-mail has no button."""

    action_name = "action_tell_open_requests"

    def act(self, say: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        session = self.session
        if session is not None and session.role == "holder":
            self.tell_all(self.uow.requests.open_for(session.household_id), say)
        return []


class ActionTellDecision(HolderAction):
    """Tells the person who asked what came of it."""

    action_name = "action_tell_decision"

    def act(self, say: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        told = context(tracker)
        say.utter_message(
            response="utter_access_decided",
            approved=told["approved"],
            services=self.named(told["services"]),
        )
        return []
