"""The actions of `flow.yml`: approve or decline, after a card, by the holder."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any, ClassVar

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from bot.tasks.about_person import AskPerson, FindPerson
from bot.tasks.base import forget, pattern_context
from bot.tasks.household import HolderAction, about, told_by_mail
from bot.tasks.members import chosen
from storage.errors import HouseholdError, RequestGone
from storage.households.access_request_rows import AccessRequest
from storage.households.changing import Receipt
from storage.households.members import Member


class RequestAction(HolderAction):
    """An action about the request in hand, of the verified holder's own household."""

    def request(self, tracker: Tracker) -> AccessRequest | None:
        session, number = self.session, str(tracker.get_slot("access_request"))
        if session is None or not number.isdecimal():
            return None
        return self.uow.requests.get(int(number), session.household_id)

    def who(self, request: AccessRequest) -> Member:
        """Return who asks for it."""
        return next(member for member in self.others() if member.id == request.member_id)

    def given(self, tracker: Tracker, request: AccessRequest) -> list[str]:
        """Return what would be given of it: all, where nothing is picked out."""
        picked = tracker.get_slot("request_services")
        return [code for code in request.services if not picked or code in self.codes_of(picked)]

    def tell(self, request: AccessRequest, dispatcher: CollectingDispatcher) -> None:
        """Say who asks for what, with the buttons to decide it."""
        dispatcher.utter_message(
            response="utter_access_request",
            name=self.who(request).called,
            services=self.named(request.services),
            request=request.id,
        )


class ActionLookForRequest(RequestAction):
    """Finds what is to be decided, as far as it was said; without a decision, shows what waits."""

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        if tracker.get_slot("access_request") is not None:
            request = self.request(tracker)
            if request is None:
                return self._stop("gone", (), dispatcher)
            return self._take(request, tracker, dispatcher)
        waiting = self.uow.requests.open_for(self.household().id)
        said = tracker.get_slot("request_of")
        person = chosen(said, self.others())
        theirs = [
            request for request in waiting if person is None or request.member_id == person.id
        ]
        if not waiting:
            return self._stop("none", (), dispatcher)
        if person is not None and not theirs:
            return self._stop("none_of_theirs", waiting, dispatcher, **about(person))
        if tracker.get_slot("request_decision") is None:
            return self._stop("", theirs, dispatcher)
        if len(theirs) == 1 and (person or said is None or self.fitting(str(said), theirs)):
            return self._take(theirs[0], tracker, dispatcher)
        return [SlotSet("request_is_open", True)]

    def _take(
        self, request: AccessRequest, tracker: Tracker, dispatcher: CollectingDispatcher
    ) -> list[EventType]:
        """Take it in hand; services that nobody asked for are given elsewhere."""
        picked = tracker.get_slot("request_services") or []
        if more := set(self.codes_of(picked)) - set(request.services):
            values = {**about(self.who(request)), "services": self.named(more)}
            dispatcher.utter_message(response="utter_not_asked_for", **values)
        if picked and not self.given(tracker, request):
            return self._stop("", [request], dispatcher)
        return [SlotSet("access_request", str(request.id)), SlotSet("request_is_open", True)]

    def _stop(
        self,
        why: str,
        waiting: Sequence[AccessRequest],
        dispatcher: CollectingDispatcher,
        **values: Any,
    ) -> list[EventType]:
        """Say why nothing can be decided yet, and what waits."""
        if why:
            dispatcher.utter_message(response=STOPPED[why], **values)
        for request in waiting:
            self.tell(request, dispatcher)
        return [SlotSet("request_is_open", False)]


class ActionAskRequestOf(AskPerson):
    """Offers those who wait for an answer."""

    slot = "request_of"

    def eligible(self) -> list[Member]:
        return [member for member in self.others() if self.uow.requests.newest_open(member.id)]


class ValidateRequestOf(FindPerson):
    """Of several who could be meant, the one who waits is."""

    slot = "request_of"

    def likelier(self, person: Member) -> bool:
        return self.uow.requests.newest_open(person.id) is not None


class AskDecision(RequestAction):
    """Shows the card; once the request is gone there is nothing to confirm."""

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        request = self.request(tracker)
        if request is None:
            dispatcher.utter_message(response="utter_request_gone")
            return [SlotSet(self.asked, False), *forget("access_request")]
        person, after = self.who(request), self.would_give(tracker, request)
        rest = set(request.services) - set(after)
        dispatcher.utter_message(
            response=self.question,
            **about(person),
            services=self.named(request.services),
            before=self.named(person.services),
            after=self.named({*person.services, *after}),
            rest=self.named(rest),
            partly=bool(rest),
            told=self._told(person, after, rest),
        )
        return []

    def _told(self, person: Member, given: Collection[str], rest: Collection[str]) -> Any:
        """Return who hears of it: what was given is a change of rights."""
        new = [code for code in given if code not in person.services]
        after = replace(person, services=(*person.services, *new))
        also = {"access_partly_declined" if given else "access_declined"} if rest else ()
        answered = self.hearing("decide_request", (person, person), also=also)
        return told_by_mail([*self.hearing("rights", (person, after)), *answered])

    def would_give(self, tracker: Tracker, request: AccessRequest) -> list[str]:
        return self.given(tracker, request)


class ActionAskApprovalConfirmation(AskDecision):
    """Shows what the person could use."""


class ActionAskDecliningConfirmation(AskDecision):
    """Shows that all stays as it is."""

    def would_give(self, tracker: Tracker, request: AccessRequest) -> list[str]:
        return []


class Decide(RequestAction):
    """Answers the request, unless it is gone."""

    done: ClassVar[str]

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        request = self.request(tracker)
        if request is None:
            dispatcher.utter_message(response="utter_request_gone")
            return []
        given = self.given(tracker, request)
        try:
            receipt = self.answer(request, given)
        except HouseholdError as error:
            gone = isinstance(error, RequestGone)
            dispatcher.utter_message(response="utter_request_gone" if gone else "utter_not_changed")
            return []
        rest = set(request.services) - set(given)
        dispatcher.utter_message(
            response=self.done,
            **about(receipt.member),
            services=self.named(receipt.member.services),
            rest=self.named(rest),
            partly=bool(rest),
            receipt=receipt.number,
        )
        return []

    def answer(self, request: AccessRequest, given: Collection[str]) -> Receipt:
        raise NotImplementedError


class ActionApproveRequest(Decide):
    """Gives exactly what the card showed."""

    done = "utter_request_approved"

    def answer(self, request: AccessRequest, given: Collection[str]) -> Receipt:
        return self.uow.requests.approve(self.holder(), request.id, given)


class ActionDeclineRequest(Decide):
    done = "utter_request_declined"

    def answer(self, request: AccessRequest, given: Collection[str]) -> Receipt:
        return self.uow.requests.decline(self.holder(), request.id)


class ActionTellRequest(HolderAction):
    """Tells a linked chat that there is a request; whoever taps is verified first."""

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        told = pattern_context(tracker)
        dispatcher.utter_message(
            response="utter_access_request",
            name=told["first_name"],
            services=self.named(told["services"]),
            request=told["request"],
        )
        return []


class ActionTellOpenRequests(RequestAction):
    """Tells the holder, who has signed in, what waits for an answer: the e-mail has no button."""

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        session = self.session
        if session is not None and session.role == "holder":
            for request in self.uow.requests.open_for(session.household_id):
                self.tell(request, dispatcher)
        return []


class ActionTellDecision(HolderAction):
    """Tells the person who asked what came of it."""

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        told = pattern_context(tracker)
        declined = told.get("declined", ())
        dispatcher.utter_message(
            response="utter_access_decided",
            approved="partly" if declined else told["approved"],
            services=self.named(told["services"]),
            declined=self.named(declined),
        )
        return []


STOPPED = {
    "gone": "utter_request_gone",
    "none": "utter_no_request",
    "none_of_theirs": "utter_no_request_of",
}
"""What is said where there is nothing to decide."""
