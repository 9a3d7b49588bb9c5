"""The action of `show_history.yml`: who did what, in words."""

from typing import Any

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from bot.actions.household import HolderAction
from storage.history import HistoryEntry

SHOWN = 10
TOLD = frozenset(
    {
        "create",
        "rights",
        "edit",
        "reset_link",
        "unlock",
        "delete",
        "undo",
        "activated",
        "own_password",
        "lock",
        "disowned",
        "request_access",
        "decline",
        "import",
    }
)
"""Actions of the audit that have words of their own."""


class ActionShowHistory(HolderAction):
    """Shows the newest entries of the household's audit."""

    action_name = "action_show_history"

    def act(self, say: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        session = self.session
        assert session is not None, "the flow verifies first"
        entries = self.uow.history.entries(session.household_id, limit=SHOWN)
        if not entries:
            say.utter_message(response="utter_history_empty")
            return []
        lines = [self._line(one) for one in entries]
        say.utter_message(response="utter_history", entries={"lines": lines})
        return []

    def _line(self, entry: HistoryEntry) -> dict[str, Any]:
        refused = entry.outcome == "refused"
        moment = entry.at.isoformat()
        values = {
            "date": {"date": moment},
            "time": {"time": moment},
            "what": self._refused(entry) if refused else self._done(entry),
            "who": self._who(entry),
            "receipt": entry.receipt,
        }
        response = "text_history_refused" if refused else "text_history_entry"
        return {"response": response, "parameters": values}

    def _done(self, entry: HistoryEntry) -> dict[str, Any]:
        name = f"{entry.target_first_name} {entry.target_last_name}"
        known = entry.target_first_name is not None
        values = {
            "name": name if known else {"response": "text_erased_person"},
            "after": self.named(entry.after.get("services", ())),
        }
        action = entry.action if entry.action in TOLD else "other"
        return {"response": f"text_history_{action}", "parameters": values}

    def _refused(self, entry: HistoryEntry) -> Any:
        return self.reference.intent_titles.get(entry.action, {"response": "text_history_other"})

    def _who(self, entry: HistoryEntry) -> Any:
        if entry.actor_first_name is not None:
            return entry.actor_first_name
        kind = entry.actor_kind if entry.actor_kind in {"system", "operator"} else None
        return {"response": f"text_actor_{kind}" if kind else "text_erased_person"}
