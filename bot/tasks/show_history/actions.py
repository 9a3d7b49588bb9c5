"""The action of `flow.yml`: who did what; whether something was done, and how it stands."""

from collections.abc import Sequence
from typing import Any

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from bot.tasks.household import ACTS, about
from bot.tasks.list_users.actions import StateAction
from bot.tasks.members import CHOSEN
from bot.tasks.values import when
from storage.audit.history import HistoryEntry
from storage.households.declared import CHANGES

SHOWN = 10
LOOKED_THROUGH = 200
LAST = tuple(name for name in ACTS if CHANGES[name].about != "request")
"""What can be the last thing done: an answer alone has changed nothing."""
ALSO = {"unlock": ("own_unlock",)}
"""What else counts as that act."""


class ActionShowHistory(StateAction):
    """Shows the newest entries of the household's audit, or answers what is asked about them."""

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        acts = [str(act) for act in tracker.get_slot("history_acts") or ()]
        users = tracker.get_slot("history_users") or [None]
        if tracker.get_slot("history_last"):
            self._answer(None, self._entries(LAST, done=True), acts, dispatcher)
        elif tracker.get_slot("history_yes_no"):
            also = [alike for act in acts for alike in ALSO.get(act, ())]
            entries = self._entries([*acts, *also], done=True)
            for said in users:
                self._answer(said, entries, acts, dispatcher)
        else:
            entries = self._entries(acts)
            shown = [entry for said in users for entry in self._about(said, entries)]
            self._show(shown, dispatcher)
        return []

    def _entries(self, actions: Sequence[str], *, done: bool = False) -> list[HistoryEntry]:
        household = self.household().id
        entries = self.uow.history.entries(household, limit=LOOKED_THROUGH, actions=actions)
        return [entry for entry in entries if entry.outcome == "done" or not done]

    def _about(self, said: str | None, entries: list[HistoryEntry]) -> list[HistoryEntry]:
        """Return what is about that person, who may have left the account since."""
        if said is None:
            return entries
        if (number := self._number(said)) is not None:
            return [entry for entry in entries if entry.target_member_id == number]
        named = [entry for entry in entries if entry.first_name]
        return list(self.fitting(said, named))

    def _number(self, said: str) -> int | None:
        if by_number := CHOSEN.fullmatch(said):
            return int(by_number[1])
        fitting = self.fitting(said, self.others())
        return fitting[0].id if len(fitting) == 1 else None

    def _answer(
        self,
        said: str | None,
        entries: list[HistoryEntry],
        acts: list[str],
        dispatcher: CollectingDispatcher,
    ) -> None:
        """Answer whether it was done; if it was not, say how things stand."""
        number = None if said is None else self._number(said)
        person = next((member for member in self.others() if member.id == number), None)
        if newest := next(iter(self._about(said, entries)), None):
            response = "utter_done_undone" if newest.undone else "utter_done"
            values = {**self._values(newest), "undone": newest.undone}
            dispatcher.utter_message(response=response, **values)
        elif person is not None:
            response = "utter_not_deleted" if "delete" in acts else "utter_not_done_to"
            dispatcher.utter_message(response=response, **about(person), person=self.line(person))
        else:
            is_word = said is not None and number is None
            response = "utter_not_done_nobody" if is_word else "utter_not_done"
            dispatcher.utter_message(response=response, said=said)

    def _show(self, entries: list[HistoryEntry], dispatcher: CollectingDispatcher) -> None:
        lines = [self._line(entry) for entry in entries[:SHOWN]]
        response = "utter_history" if lines else "utter_history_empty"
        dispatcher.utter_message(response=response, entries={"lines": lines})

    def _line(self, entry: HistoryEntry) -> dict[str, Any]:
        refused = entry.outcome == "refused"
        response = "text_history_refused" if refused else "text_history_entry"
        return {"response": response, "parameters": self._values(entry)}

    def _values(self, entry: HistoryEntry) -> dict[str, Any]:
        return {
            **when(entry.at),
            "what": self._refused(entry) if entry.outcome == "refused" else self.told(entry),
            "who": self._who(entry),
            "receipt": entry.receipt,
        }

    def _refused(self, entry: HistoryEntry) -> Any:
        return {"response": "text_tried", "parameters": {"action": entry.action}}

    def _who(self, entry: HistoryEntry) -> Any:
        if entry.actor is not None:
            return entry.actor
        kind = entry.actor_kind if entry.actor_kind in {"system", "operator"} else None
        if kind is None:
            return {"response": "text_erased_person"}
        return {"response": "text_actor", "parameters": {"kind": kind}}
