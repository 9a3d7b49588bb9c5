"""What the actions about a request for access share: the one in hand, and how it is told."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from bot.tasks.household import HolderAction
from bot.tasks.members import as_choice
from bot.tasks.passed_on import quoted, words_in
from bot.tasks.values import day
from storage.households.access_request_rows import AccessRequest
from storage.households.members import Member

_Found = TypeVar("_Found")


class RequestAction(HolderAction):
    """An action about the request in hand, of the verified holder's own household."""

    def request(self, tracker: Tracker) -> AccessRequest | None:
        return self._in_hand(tracker, self.uow.requests.get)

    def who(self, request: AccessRequest) -> Member:
        """Return who asks for it."""
        return next(member for member in self.others() if member.id == request.member_id)

    def given(self, tracker: Tracker, request: AccessRequest) -> list[str]:
        """Return what would be given of it: all, where nothing is picked out."""
        picked = tracker.get_slot("request_services")
        if not picked or picked == tracker.get_slot("request_whole"):
            return list(request.services)
        return [code for code in request.services if code in self.codes_of(picked)]

    def whole(self, request: AccessRequest) -> list[EventType]:
        """Return what takes all of a request in hand."""
        codes = list(request.services)
        return [
            SlotSet("access_request", str(request.id)),
            SlotSet("request_of", as_choice(self.who(request))),
            SlotSet("request_services", codes),
            SlotSet("request_whole", codes),
        ]

    def reason(self, tracker: Tracker) -> tuple[str, str]:
        """Return the reason to pass on, and why it cannot be passed on where it cannot."""
        return words_in(tracker, "declining_reason")

    def tell(self, request: AccessRequest, dispatcher: CollectingDispatcher) -> None:
        """Say who asks for what, with the buttons to decide it."""
        dispatcher.utter_message(
            response="utter_access_request",
            name=self.who(request).called,
            services=self.named(request.services),
            request=request.id,
            noted=quoted("text_note_added", note=request.note),
        )

    def leaving(self) -> list[Member]:
        """Return who wants to be let go."""
        asked = self.uow.leaving.waiting(self.household().id)
        return [member for member in self.others() if member.id in asked]

    def tell_all(
        self,
        requests: Sequence[AccessRequest],
        dispatcher: CollectingDispatcher,
        leaving: Sequence[Member] = (),
    ) -> None:
        """Say it of each, and of whoever wants to go, after how many they are."""
        if (count := len(requests) + len(leaving)) > 1:
            dispatcher.utter_message(response="utter_requests_waiting", count=count)
        for request in requests:
            self.tell(request, dispatcher)
        for who in leaving:
            dispatcher.utter_message(response="utter_leave_request", who=who.name, number=who.id)

    def tell_gone(self, tracker: Tracker, dispatcher: CollectingDispatcher) -> None:
        """Say what became of a request that is no longer open: the same to everybody."""
        request = self._in_hand(tracker, self.uow.requests.outcome)
        values: dict[str, Any] = {}
        if request is not None:
            values = {
                "status": request.status,
                "called": f"{request.first_name} {request.last_name}",
                "decided": day(request.decided_at or request.expires_at),
            }
        dispatcher.utter_message(response="utter_request_gone", **values)

    def _in_hand(
        self, tracker: Tracker, find: Callable[[int, int], _Found | None]
    ) -> _Found | None:
        """Return what is found of the request in hand, in the holder's own household."""
        session, number = self.session, str(tracker.get_slot("access_request"))
        if session is None or not number.isdecimal():
            return None
        return find(int(number), session.household_id)
