"""The action of `list_users.yml`: who is on the account, and what they may use."""

from typing import Any

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from bot.actions.household import HolderAction
from storage.members import Member


class ActionListUsers(HolderAction):
    """Shows each person in a line, then the places left; only one, where one is asked about."""

    action_name = "action_list_users"

    def act(self, say: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        household = self.household()
        names = self.service_names()
        people = self._asked_about(tracker) or household.members
        say.utter_message(
            response="utter_users",
            people={"lines": [line(member, names) for member in people]},
            places={"response": "text_places", "parameters": {"count": household.places_left}},
        )
        return []

    def _asked_about(self, tracker: Tracker) -> tuple[Member, ...]:
        said = tracker.get_slot("listed_user")
        if said is None:
            return ()
        others = self.fitting(str(said), self.others())
        return others or self.fitting(str(said), self.household().members)


def line(member: Member, names: dict[str, dict[str, str]]) -> dict[str, Any]:
    """Return one person's line as a value of a text (see `bot.texts`)."""
    services: Any = [names[code] for code in member.services]
    if member.role == "holder":
        services = {"response": "text_holder_services"}
    return {
        "response": "text_person",
        "parameters": {
            "first_name": member.first_name,
            "last_name": member.last_name,
            "role": {"response": f"text_role_{member.role}"},
            "status": {"response": f"text_status_{member.status}"},
            "services": services or {"response": "text_no_services"},
        },
    }
