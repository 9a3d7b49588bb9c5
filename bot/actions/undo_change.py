"""The actions of `undo_change.yml`: take back what was changed within a day."""

from collections.abc import Sequence
from typing import Any

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from bot.actions.household import HolderAction
from bot.actions.people import CHOSEN
from storage.errors import ChangedSince, EmailTaken, HouseholdError, HouseholdFull, NotUndoable
from storage.undoing import Undoable

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
}


class UndoAction(HolderAction):
    """An action about the change whose receipt is in hand."""

    def found(self, tracker: Tracker) -> Undoable | str:
        """Return the change, or the response that says why it cannot be taken back."""
        session = self.session
        receipt = tracker.get_slot("undone_receipt")
        if session is None:
            return "utter_nothing_to_undo"
        if receipt is None:
            return self._newest(session.household_id, tracker.get_slot("undo_of") or ())
        found = self.uow.undoing.find(session.household_id, str(receipt))
        return found if isinstance(found, Undoable) else REASONS[found]

    def _newest(self, household_id: int, named: Sequence[str]) -> Undoable | str:
        """Return the newest change, or the newest about somebody whom the message names."""
        standing = list(self.uow.undoing.standing(household_id))
        about = [one for one in standing if any(self._is(one, said) for said in named)]
        if standing and named and not about:
            return "utter_nothing_to_undo_about"
        return next(iter(about or standing), "utter_nothing_to_undo")

    def _is(self, change: Undoable, said: str) -> bool:
        """Whether a change is about somebody, who may be gone by now."""
        number = CHOSEN.fullmatch(said)
        return int(number[1]) == change.member_id if number else bool(self.fitting(said, [change]))


class ActionLookForChange(UndoAction):
    """Finds the change: by its receipt, else the newest one."""

    action_name = "action_look_for_change"

    def act(self, say: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        found = self.found(tracker)
        if isinstance(found, str):
            say.utter_message(response=found)
            return [SlotSet("can_undo", False)]
        return [SlotSet("undone_receipt", found.receipt), SlotSet("can_undo", True)]


class ActionAskUndoConfirmation(UndoAction):
    """Shows what was done, and how it will be again."""

    action_name = "action_ask_undo_confirmation"

    def act(self, say: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        found = self.found(tracker)
        if isinstance(found, str):
            say.utter_message(response=found)
            return [SlotSet("undo_confirmation", False)]
        lines = [self._line(one) for one in (found, *found.together)]
        say.utter_message(response="utter_ask_undo_confirmation", changes={"lines": lines})
        return []

    def _line(self, change: Undoable) -> dict[str, Any]:
        moment = change.at.isoformat()
        values = {
            "receipt": change.receipt,
            "date": {"date": moment},
            "time": {"time": moment},
            "name": change.name,
            "before": self._before(change),
        }
        return {"response": f"text_undo_{change.action}", "parameters": values}

    def _before(self, change: Undoable) -> Any:
        former = change.restores
        if "services" in former:
            return self.named(former["services"])
        names = [str(former[one]) for one in ("first_name", "last_name") if one in former]
        whole = [" ".join(names)] if names else []
        email = [str(former["email"])] if "email" in former else []
        spoken = former.get("language")
        return [*whole, *email, *([{"response": f"text_language_{spoken}"}] if spoken else [])]


class ActionUndoChange(UndoAction):
    """Takes it back, exactly."""

    action_name = "action_undo_change"

    def act(self, say: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        found = self.found(tracker)
        if isinstance(found, str):
            say.utter_message(response=found)
            return []
        changes = (found, *found.together)
        names = list(dict.fromkeys(one.name for one in changes))
        try:
            receipt = self.uow.undoing.undo(self.holder(), found.receipt)
        except NotUndoable as error:
            say.utter_message(response=REASONS[error.reason])
            return []
        except HouseholdError as error:
            say.utter_message(response=REFUSALS.get(type(error), "utter_not_changed"), name=names)
            return []
        say.utter_message(response="utter_undone", name=names, receipt=receipt.number)
        return []
