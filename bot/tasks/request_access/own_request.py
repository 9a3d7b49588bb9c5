"""The actions of `flow.yml` about a request that is made: its state, what is changed about it."""

from collections.abc import Collection, Mapping
from typing import Any, ClassVar

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from bot.tasks.base import filled, forget
from bot.tasks.request_access.requesting import RequestingAction
from bot.tasks.values import day
from storage.errors import HouseholdError, RemindedAlready
from storage.households.access_request_rows import AccessRequest

CHANGING = frozenset({"withdraw", "change", "remind", "note"})
"""Wishes about a request that need it to be open."""


class OwnRequestAction(RequestingAction):
    """An action that changes something about the open request. Subclasses implement `act_on`."""

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        request = self.waiting()
        if request is None:
            return self.gone(dispatcher)
        try:
            return self.act_on(request, dispatcher, tracker)
        except HouseholdError:
            return self.gone(dispatcher)

    def act_on(
        self, request: AccessRequest, dispatcher: CollectingDispatcher, tracker: Tracker
    ) -> list[EventType]:
        raise NotImplementedError

    def gone(self, dispatcher: CollectingDispatcher) -> list[EventType]:
        """Say what became of it meanwhile."""
        dispatcher.utter_message(response="utter_own_request_gone")
        if newest := self.uow.requests.newest(self.myself().id):
            self.tell("utter_request_status", newest, dispatcher)
        return forget("own_request_open")

    def less(self, tracker: Tracker, request: AccessRequest) -> list[str]:
        """Return what is taken off the request, where something of it is left."""
        said = self.codes_of(tracker.get_slot("requested_services") or [])
        less = [code for code in request.services if code in said]
        return less if len(less) < len(request.services) else []


class ShowOwnCard(OwnRequestAction):
    """Shows a card about the open request; once that is gone there is nothing to confirm."""

    changes: ClassVar[str]
    """The kind of change that a yes makes (`storage.households.declared`)."""
    mails: ClassVar[Collection[str]] = ()
    """The mails that it queues."""

    def making(self, request: AccessRequest, tracker: Tracker) -> tuple[str, Collection[str]]:
        """Return both, where they depend on what was said."""
        return self.changes, self.mails

    def gone(self, dispatcher: CollectingDispatcher) -> list[EventType]:
        return [SlotSet(self.asked, False), *super().gone(dispatcher)]

    def act_on(
        self, request: AccessRequest, dispatcher: CollectingDispatcher, tracker: Tracker
    ) -> list[EventType]:
        me, (changes, mails) = self.myself(), self.making(request, tracker)
        told = self.to_be_told(changes, (me, me), also=mails)
        self.tell(self.question, request, dispatcher, told=told, **self.values(request, tracker))
        return []

    def values(self, request: AccessRequest, tracker: Tracker) -> Mapping[str, Any]:
        """Return what else the card says."""
        raise NotImplementedError


class ActionLookForOwnRequest(RequestingAction):
    """Says how the request stands, unless there is something to change about it."""

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        newest, wish = self.uow.requests.newest(self.myself().id), tracker.get_slot("request_wish")
        if self.myself().role == "holder":
            dispatcher.utter_message(response="utter_holder_asks")
        elif (asked_at := self.asked_to_leave(newest)) is not None:
            dispatcher.utter_message(
                response="utter_leaving_waits", holder=self.holder_name(), since=day(asked_at)
            )
        elif newest is None:
            dispatcher.utter_message(response="utter_never_requested", holder=self.holder_name())
        elif newest.status != "open" or wish not in CHANGING:
            self.tell("utter_request_status", newest, dispatcher)
        elif wish == "remind" and (again_at := self.uow.requests.next_reminder(newest.id)):
            self.tell_reminded(newest, again_at, dispatcher)
        else:
            return [SlotSet("own_request_open", True)]
        return [SlotSet("own_request_open", False)]


class ActionAskWithdrawalConfirmation(ShowOwnCard):
    """Shows what is withdrawn: all of it, or a part."""

    changes, mails = "withdraw_request", ("access_withdrawn",)

    def making(self, request: AccessRequest, tracker: Tracker) -> tuple[str, Collection[str]]:
        if self.less(tracker, request):
            return "change_request", ("access_reduced",)
        return super().making(request, tracker)

    def values(self, request: AccessRequest, tracker: Tracker) -> Mapping[str, Any]:
        less = self.less(tracker, request)
        if not less:
            return {}
        left = [code for code in request.services if code not in less]
        values = {"part": True, "less": self.named(less), "before": self.named(request.services)}
        return {**values, "services": self.named(left)}


class ActionWithdrawRequest(OwnRequestAction):
    def act_on(
        self, request: AccessRequest, dispatcher: CollectingDispatcher, tracker: Tracker
    ) -> list[EventType]:
        if less := self.less(tracker, request):
            left = self.uow.requests.reduce(self.proved, less)
            self.tell("utter_request_reduced", left, dispatcher)
        else:
            self.uow.requests.withdraw(self.proved)
            self.tell("utter_request_withdrawn", request, dispatcher)
        return []


class ActionAskRequestNote(RequestingAction):
    """Asks what the holder should know."""

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        dispatcher.utter_message(response=self.question, holder=self.holder_name())
        return []


class ValidateRequestNote(RequestingAction):
    """Keeps what can be passed on."""

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        note, why = self.note(tracker)
        if why:
            dispatcher.utter_message(response="utter_note_refused", why=why)
        return [SlotSet("request_note", note or None)]


class ActionAskNoteConfirmation(ShowOwnCard):
    """Shows the note as the holder will read it."""

    changes, mails = "change_request", ("access_request",)

    def values(self, request: AccessRequest, tracker: Tracker) -> Mapping[str, Any]:
        return {"note": filled(tracker, "request_note")}


class ActionAddNote(OwnRequestAction):
    def act_on(
        self, request: AccessRequest, dispatcher: CollectingDispatcher, tracker: Tracker
    ) -> list[EventType]:
        note, _ = self.note(tracker)
        if note != request.note:
            self.uow.requests.add_note(self.proved, note)
        self.tell("utter_note_added", request, dispatcher)
        return []


class ActionAskReminderConfirmation(ShowOwnCard):
    """Shows who would be reminded of what, and the note that goes with it."""

    changes, mails = "remind_request", ("access_reminder",)

    def values(self, request: AccessRequest, tracker: Tracker) -> Mapping[str, Any]:
        return {"noted": self.noted(tracker, request.note)}


class ActionRemindHolder(OwnRequestAction):
    def act_on(
        self, request: AccessRequest, dispatcher: CollectingDispatcher, tracker: Tracker
    ) -> list[EventType]:
        note, _ = self.note(tracker)
        try:
            self.uow.requests.remind(self.proved, note)
        except RemindedAlready as refusal:
            self.tell_reminded(request, refusal.again_at, dispatcher)
            return []
        self.tell("utter_holder_reminded", request, dispatcher)
        return []
