"""What the actions of somebody who asks, or has asked, share: the request, and how it is told."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from bot.tasks.base import moment
from bot.tasks.my_access.actions import MemberAction
from bot.tasks.passed_on import quoted, words_in
from bot.tasks.values import day
from storage.households.access_request_rows import AccessRequest


class RequestingAction(MemberAction):
    """An action of somebody who asks, or has asked."""

    def waiting(self) -> AccessRequest | None:
        """Return the request that the holder has not answered yet."""
        return self.uow.requests.newest_open(self.myself().id)

    def asked_to_leave(self, newest: AccessRequest | None) -> datetime | None:
        """Return when the person asked to be let go, where they have asked for nothing since."""
        me = self.myself()
        at = self.uow.leaving.waiting(me.household_id).get(me.id)
        return None if at and newest and newest.created_at > at else at

    def askable(self, codes: Iterable[str]) -> list[str]:
        """Return those of the services that neither are there nor are asked for already."""
        asked = self.waiting()
        known = () if asked is None else asked.services
        return [code for code in self.missing() if code in codes and code not in known]

    def wished(self, tracker: Tracker) -> list[str]:
        return self.askable(self.codes_of(tracker.get_slot("requested_services")))

    def left_out(self, tracker: Tracker) -> list[str]:
        """Return what the open request asks for and shall not any more: "not the TV, the data"."""
        asked = self.waiting()
        said = tracker.get_slot("request_less") or []
        return [code for code in (asked.services if asked else ()) if code in said]

    def tell(
        self,
        response: str,
        request: AccessRequest,
        dispatcher: CollectingDispatcher,
        **values: Any,
    ) -> None:
        """Say something about a request; what can be used of it by now tells how it went."""
        usable = set(request.services) & set(self.myself().services)
        told = {
            "holder": self.holder_name(),
            "services": self.named(request.services),
            "usable": self.named(usable),
            "status": request.status,
            "since": day(request.created_at),
            "until": day(request.expires_at),
            "decided": day(request.decided_at or request.expires_at),
            "noted": quoted("text_your_note", note=request.note),
            "reasoned": quoted("text_holder_adds", reason=request.reason),
        }
        dispatcher.utter_message(response=response, **{**told, **values})

    def tell_reminded(
        self, request: AccessRequest, again_at: datetime, dispatcher: CollectingDispatcher
    ) -> None:
        """Say that the holder was reminded today, and when they can be again."""
        when = {"again_on": day(again_at), "again_at": moment(again_at)}
        self.tell("utter_reminded_already", request, dispatcher, **when)

    def note(self, tracker: Tracker) -> tuple[str, str]:
        """Return the note to pass on, and why it cannot be passed on where it cannot."""
        return words_in(tracker, "request_note")

    def noted(self, tracker: Tracker, before: str = "", *, line: bool = False) -> Any:
        """Return what a card says of the note: the one that was said now, or the one before."""
        note, why = self.note(tracker)
        if why:
            return {"response": "text_note_refused", "parameters": {"why": why}}
        return quoted("text_your_note_on_card" if line else "text_your_note", note=note or before)
