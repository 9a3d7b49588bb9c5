"""The actions of `flow.yml`: approve or decline, after a card, by the holder."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, ClassVar

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from bot.tasks.about_person import AskPerson, FindPerson
from bot.tasks.base import forget
from bot.tasks.decide_request.requests import RequestAction
from bot.tasks.ends import AskEnd, CheckedEnd, chosen_end
from bot.tasks.household import about, told_by_mail
from bot.tasks.members import chosen
from bot.tasks.passed_on import quoted
from bot.tasks.values import end_values
from storage.errors import EndIsPast, HouseholdError, RequestGone
from storage.households.access_request_rows import AccessRequest
from storage.households.changing import Receipt
from storage.households.members import Member


class ActionLookForRequest(RequestAction):
    """Finds what is to be decided, as far as it was said; without a decision, shows what waits."""

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        if tracker.get_slot("access_request") is not None:
            request = self.request(tracker)
            if request is None:
                self.tell_gone(tracker, dispatcher)
                return [SlotSet("request_is_open", False)]
            return self._take(request, tracker, dispatcher)
        waiting = self.uow.requests.open_for(self.household().id)
        said = tracker.get_slot("request_of")
        person = chosen(said, self.others())
        theirs = [
            request for request in waiting if person is None or request.member_id == person.id
        ]
        leaving = [each for each in self.leaving() if person in {None, each}]
        if leaving and not (theirs and tracker.get_slot("request_decision")):
            self.tell_all(theirs, dispatcher, leaving)
            return [SlotSet("request_is_open", False)]
        if not waiting:
            return self._stop("none", (), dispatcher)
        if person is not None and not theirs:
            return self._stop("none_of_theirs", waiting, dispatcher, **about(person))
        if tracker.get_slot("request_decision") is None:
            return self._stop("", theirs, dispatcher)
        known = person or said is None or self.fitting(str(said), theirs)
        if len(theirs) == 1 and known:
            return self._take(theirs[0], tracker, dispatcher)
        return [SlotSet("request_is_open", True)]

    def _take(
        self, request: AccessRequest, tracker: Tracker, dispatcher: CollectingDispatcher
    ) -> list[EventType]:
        """Take it in hand; services that nobody asked for are given elsewhere."""
        picked = self.codes_of(tracker.get_slot("request_services") or [])
        given, decision = self.given(tracker, request), tracker.get_slot("request_decision")
        if more := set(picked) - set(request.services):
            values = {**about(self.who(request)), "services": self.named(more)}
            dispatcher.utter_message(response="utter_not_asked_for", **values)
        if picked and not given:
            return self._stop("", [request], dispatcher)
        rest = [code for code in request.services if code not in given]
        taken = [*self.whole(request), SlotSet("request_is_open", True)]
        if rest and decision == "decline":  # "no to the data": the others are given
            part = [SlotSet("request_decision", "approve"), SlotSet("request_services", rest)]
            return [*taken, *part]
        return [*taken, SlotSet("request_services", given)] if rest else taken

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
        self.tell_all(waiting, dispatcher)
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


class ActionAskApprovalUntil(AskEnd):
    """Asks until when, where that was said and could not be read."""


class ValidateApprovalUntil(CheckedEnd):
    """When what is given ends by itself."""


class AskDecision(RequestAction):
    """Shows the card; once the request is gone there is nothing to confirm."""

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        request = self.request(tracker)
        if request is None:
            self.tell_gone(tracker, dispatcher)
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
            ending=ending(tracker, "text_given_until"),
            noted=quoted("text_note_on_card", note=request.note),
            reasoned=self.passed_on(tracker),
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

    def passed_on(self, tracker: Tracker) -> Any:
        """Return what is said of the reason on the card."""
        reason, why = self.reason(tracker)
        if why:
            return quoted("text_reason_refused", why=why)
        return quoted("text_reason_added", reason=reason)


class ActionAskApprovalConfirmation(AskDecision):
    """Shows what the person could use."""


class ActionAskDecliningConfirmation(AskDecision):
    """Shows that all stays as it is, and what is said with it."""

    def would_give(self, tracker: Tracker, request: AccessRequest) -> list[str]:
        return []

    def passed_on(self, tracker: Tracker) -> Any:
        return super().passed_on(tracker) or quoted("text_reason_welcome")


class Decide(RequestAction):
    """Answers the request, unless it is gone."""

    done: ClassVar[str]
    until: datetime | None = None

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        request = self.request(tracker)
        if request is None:
            self.tell_gone(tracker, dispatcher)
            return []
        given, (reason, _) = self.given(tracker, request), self.reason(tracker)
        self.until = chosen_end(tracker, "approval_until")
        try:
            receipt = self.answer(request, given, reason)
        except RequestGone:
            self.tell_gone(tracker, dispatcher)
            return []
        except EndIsPast:
            dispatcher.utter_message(response="utter_end_is_past")
            return []
        except HouseholdError:
            dispatcher.utter_message(response="utter_not_changed")
            return []
        rest = set(request.services) - set(given)
        dispatcher.utter_message(
            response=self.done,
            **about(receipt.member),
            services=self.named(receipt.member.services),
            rest=self.named(rest),
            partly=bool(rest),
            ending=ending(tracker, "text_gift_ends"),
            reasoned=quoted("text_reason_told", reason=reason),
            receipt=receipt.number,
        )
        return []

    def answer(self, request: AccessRequest, given: Collection[str], reason: str) -> Receipt:
        raise NotImplementedError


class ActionApproveRequest(Decide):
    """Gives exactly what the card showed."""

    done = "utter_request_approved"

    def answer(self, request: AccessRequest, given: Collection[str], reason: str) -> Receipt:
        return self.uow.requests.approve(self.holder(), request.id, given, reason, until=self.until)


class ActionDeclineRequest(Decide):
    done = "utter_request_declined"

    def answer(self, request: AccessRequest, given: Collection[str], reason: str) -> Receipt:
        return self.uow.requests.decline(self.holder(), request.id, reason)


def ending(tracker: Tracker, response: str) -> Any:
    """Return when what is given ends, as a value of a text; empty where it is for good."""
    until = chosen_end(tracker, "approval_until")
    return "" if until is None else {"response": response, "parameters": end_values(until)}


STOPPED: Mapping[str, str] = {
    "none": "utter_no_request",
    "none_of_theirs": "utter_no_request_of",
}
"""What is said where there is nothing to decide."""
