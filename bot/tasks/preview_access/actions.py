"""The actions of `flow.yml`: what somebody could do with more or fewer services."""

import json
from collections.abc import Collection, Iterator
from typing import Any

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from bot.tasks.about_person import PersonAction
from bot.tasks.base import filled
from bot.tasks.household import ReadServices, about, service_buttons
from bot.tasks.members import as_choice
from storage.households.members import Member

SEES, PAYS = "view_invoice", "pay_bill"
"""Two accesses that people take for one."""


class ActionAskPreviewServices(PersonAction):
    """Offers what there is."""

    slot = "preview_user"

    def act_on(
        self, person: Member, dispatcher: CollectingDispatcher, tracker: Tracker
    ) -> list[EventType]:
        names = self.service_names()
        buttons = service_buttons("preview_services", names, names)
        dispatcher.utter_message(response="utter_ask_preview_services", buttons=buttons)
        return []


class ValidatePreviewServices(ReadServices):
    """What is only supposed to be given or taken away."""


class ActionPreviewAccess(PersonAction):
    """Shows now and then, and offers to do it: that has its own card."""

    slot = "preview_user"

    def act_on(
        self, person: Member, dispatcher: CollectingDispatcher, tracker: Tracker
    ) -> list[EventType]:
        change = tracker.get_slot("preview_change") or "grant"
        named = filled(tracker, "preview_services")
        before = set(person.services)
        after = before - set(named) if change == "revoke" else before | set(named)
        values = {**about(person), "before": self.may_use(person)}
        if after == before:
            dispatcher.utter_message(response="utter_preview_same", **values)
            return []
        notes = [_note(kind, person) for kind in _kinds(person, after, before ^ after)]
        dispatcher.utter_message(
            response="utter_preview_access",
            **values,
            after=self.named(after, dict(person.ends)),
            notes={"lines": notes or [_note("", person)]},
            buttons=[_offer(person, change, named)],
        )
        return []


def _kinds(person: Member, after: Collection[str], changed: Collection[str]) -> Iterator[str]:
    if {SEES, PAYS} & set(changed):
        if SEES in after and PAYS not in after:
            yield "sees_bill"
        elif PAYS in after and SEES not in after:
            yield "pays_bill"
    if person.status != "active":
        yield person.status


def _note(kind: str, person: Member) -> dict[str, Any]:
    return {"response": "text_preview_note", "parameters": {**about(person), "about": kind}}


def _offer(person: Member, change: str, services: Collection[str]) -> dict[str, Any]:
    given = {
        "rights_user": as_choice(person),
        "rights_change": change,
        "rights_services": list(services),
    }
    title = {"response": "text_preview_do", "parameters": {"change": change}}
    return {"title": title, "payload": f"/change_rights{json.dumps(given)}"}
