"""The actions of `flow.yml`: take back what was changed within a day."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from bot.tasks.ends import lasting
from bot.tasks.household import ACTS, HolderAction
from bot.tasks.members import CHOSEN
from bot.tasks.values import moments_in, spoken
from storage.audit.history import HistoryEntry
from storage.errors import (
    ChangedSince,
    EmailTaken,
    HouseholdError,
    HouseholdFull,
    InvitationLimit,
    MailLimit,
    NotUndoable,
)
from storage.households.undoing import Undoable

UNDO = "undo"
LOOKED_THROUGH = 20

REASONS = {
    "too_old": "utter_undo_too_old",
    "undone": "utter_undone_already",
    "not_undoable": "utter_not_undoable",
    "unknown": "utter_undo_unknown",
}
REFUSALS: dict[type[HouseholdError], str] = {
    ChangedSince: "utter_changed_since",
    HouseholdFull: "utter_undo_full",
    EmailTaken: "utter_undo_email_taken",
    InvitationLimit: "utter_invitation_limit",
    MailLimit: "utter_mail_limit",
}


class Refusal(NamedTuple):
    """Why there is nothing to take back, or nothing that could be meant: a response."""

    response: str
    values: Mapping[str, Any] = {}


class UndoAction(HolderAction):
    """An action about the change whose receipt is in hand."""

    def undoable(self, tracker: Tracker) -> Undoable | Refusal:
        """Return the change, or why it cannot be taken back."""
        session, named = self.session, tracker.get_slot("undo_of") or ()
        if session is None:
            return Refusal("utter_nothing_to_undo")
        receipt = tracker.get_slot("undone_receipt")
        if receipt is None:
            undoable = self._newest(session.household_id, named)
        else:
            judged = self.uow.undoing.find(session.household_id, str(receipt))
            undoable = judged if isinstance(judged, Undoable) else Refusal(REASONS[judged])
        if isinstance(undoable, Refusal) or not named:
            return undoable
        return replace(undoable, together=tuple(self._about(undoable.together, named)))

    def _newest(self, household_id: int, named: Sequence[str]) -> Undoable | Refusal:
        """Return the newest change, of somebody where the message names them.

        With nobody named it is only what was done last: never something older in its place.
        """
        standing = self.uow.undoing.standing(household_id)
        if named:
            return next(self._about(standing, named), Refusal("utter_nothing_to_undo_about"))
        newest, last = next(standing, None), self.last(household_id)
        if newest is None or last is None:
            return Refusal("utter_nothing_to_undo")
        if last.action == UNDO or last.receipt == newest.receipt:
            return newest
        older = {"what": self.told(last), "receipt": newest.receipt, "name": newest.name}
        return Refusal("utter_not_undoable_last", older)

    def last(self, household_id: int) -> HistoryEntry | None:
        """Return what the holder did last, whether it can be taken back or not."""
        done = self.uow.history.entries(household_id, LOOKED_THROUGH, actions=ACTS)
        by_holder = [entry for entry in done if entry.actor_kind == "holder"]
        return next((entry for entry in by_holder if entry.outcome == "done"), None)

    def _about(self, changes: Iterable[Undoable], named: Sequence[str]) -> Iterator[Undoable]:
        return (change for change in changes if any(self._is(change, said) for said in named))

    def _is(self, change: Undoable, said: str) -> bool:
        """Whether a change is about somebody, who may be gone by now."""
        number = CHOSEN.fullmatch(said)
        return int(number[1]) == change.member_id if number else bool(self.fitting(said, [change]))


class ActionLookForChange(UndoAction):
    """Finds the change: by its receipt, else the newest one."""

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        undoable = self.undoable(tracker)
        if isinstance(undoable, Refusal):
            dispatcher.utter_message(response=undoable.response, **undoable.values)
            return [SlotSet("can_undo", False)]
        last = self.last(self.household().id)
        if tracker.get_slot("undone_receipt") is None and last and last.action == UNDO:
            dispatcher.utter_message(response="utter_undo_what_is_left")
        return [SlotSet("undone_receipt", undoable.receipt), SlotSet("can_undo", True)]


class ActionAskUndoConfirmation(UndoAction):
    """Shows what was done, and how it will be again."""

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        undoable = self.undoable(tracker)
        if isinstance(undoable, Refusal):
            dispatcher.utter_message(response=undoable.response, **undoable.values)
            return [SlotSet("undo_confirmation", False)]
        changes = (undoable, *undoable.together)
        lines = [self._line(change) for change in changes]
        told = self.to_be_told(UNDO, *map(self.uow.undoing.sides, changes))
        dispatcher.utter_message(
            response="utter_ask_undo_confirmation", changes={"lines": lines}, told=told
        )
        return []

    def _line(self, change: Undoable) -> dict[str, Any]:
        moment = change.at.isoformat()
        values = {
            "receipt": change.receipt,
            "date": {"date": moment},
            "time": {"time": moment},
            "name": change.name,
            "before": self._shown(change, change.before),
            "after": self._shown(change, change.after),
        }
        return {"response": "text_undo", "parameters": {**values, "action": change.action}}

    def _shown(self, change: Undoable, side: Mapping[str, Any]) -> Any:
        """Return one side of a change: access, or the details of a profile."""
        if {"services", "ends", "pauses"} & change.restores.keys() or change.action == "delete":
            return self._services(side)
        if {"status", "suspended_until"} & change.restores.keys():
            return _suspension(side)
        names = [str(side[key]) for key in ("first_name", "last_name") if key in change.restores]
        email = [str(side["email"])] if "email" in change.restores else []
        language = [spoken(side["language"])] if "language" in change.restores else []
        whole = [" ".join(names)] if names else []
        return [*whole, *email, *language]

    def _services(self, side: Mapping[str, Any]) -> Any:
        ends, pauses = moments_in(side, "ends"), moments_in(side, "pauses")
        return self.named(side.get("services", ()), ends, pauses)


def _suspension(side: Mapping[str, Any]) -> dict[str, Any]:
    if side["status"] != "suspended":
        return {"response": "text_not_suspended"}
    until = side["suspended_until"]
    return lasting(until and datetime.fromisoformat(until))


class ActionUndoChange(UndoAction):
    """Takes it back, exactly."""

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        undoable = self.undoable(tracker)
        if isinstance(undoable, Refusal):
            dispatcher.utter_message(response=undoable.response, **undoable.values)
            return []
        changes = (undoable, *undoable.together)
        names = list(dict.fromkeys(change.name for change in changes))
        try:
            receipt = self.uow.undoing.undo(
                self.holder(), undoable.receipt, {change.member_id for change in changes}
            )
        except NotUndoable as error:
            dispatcher.utter_message(response=REASONS[error.reason])
            return []
        except HouseholdError as error:
            response = REFUSALS.get(type(error), "utter_not_changed")
            dispatcher.utter_message(response=response, name=names)
            return []
        dispatcher.utter_message(response="utter_undone", name=names, receipt=receipt.number)
        return []
