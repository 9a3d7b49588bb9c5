"""The action of `flow.yml`: who is on the account, or just what is asked about whom."""

import json
from typing import Any

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from bot.tasks.ends import lasting
from bot.tasks.household import HolderAction, about
from bot.tasks.members import CHOSEN, as_choice, chosen
from bot.tasks.values import day, spoken, when
from storage.households.members import Member, is_unconfirmed
from storage.identity.standing import Invitation

Fact = tuple[str, dict[str, Any], bool | None]
"""A text about somebody, its values, and what it answers where yes or no was asked."""


HELPS = {
    "locked": ("unlock_user", "unlocked_user"),
    "invited": ("resend_invitation", "invited_user"),
    "suspended": ("resume_user", "resumed_user"),
    "refused": ("edit_profile", "edited_user"),
}
"""The task that helps somebody of that status, or whose mail came back, and its slot for them."""
_GIVEN = {"refused": {"edited_field": "email"}}


KEPT_OUT = frozenset({"locked", "suspended"})
"""What "blocked" can mean: by failed sign-ins, or by the holder."""


class StateAction(HolderAction):
    """An action that tells how people stand."""

    def meant(
        self, references: Any, dispatcher: CollectingDispatcher, unknown: str = "utter_nobody_fits"
    ) -> list[Member] | None:
        """Return those who are meant, saying whom nobody knows; None where nobody was named."""
        if not references:
            return None
        meant: dict[int, Member] = {}
        everybody = self.household().members
        for said in references if isinstance(references, list) else [references]:
            member = chosen(said, everybody)
            fitting = [member] if member else self.fitting(str(said), everybody[1:])
            fitting = fitting or self.fitting(str(said), everybody[:1])
            meant |= {person.id: person for person in fitting}
            if not fitting:
                response = "utter_gone_meanwhile" if CHOSEN.fullmatch(str(said)) else unknown
                dispatcher.utter_message(response=response, said=said)
        return list(meant.values())

    def line(self, member: Member) -> dict[str, Any]:
        """Return one person's line as a value of a text (see `bot.texts`)."""
        services: Any = self.may_use(member)
        if member.role == "holder":
            services = {"response": "text_holder_services"}
        values = {
            "role": {"response": "text_role", "parameters": {"role": member.role}},
            "status": {"response": "text_status", "parameters": standing(member)},
            "services": services,
        }
        return {"response": "text_person", "parameters": {**about(member), **values}}


class ActionListUsers(StateAction):
    """Shows everybody, then the places left; where something is asked, the answer to that."""

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        household, aspect = self.household(), tracker.get_slot("listed_aspect")
        services = self.codes_of(tracker.get_slot("listed_services"))
        yes_no = bool(tracker.get_slot("listed_yes_no"))
        unknown = "utter_nobody_here" if yes_no and aspect == "people" else "utter_nobody_fits"
        members = self.meant(tracker.get_slot("listed_users"), dispatcher, unknown)
        if members == []:
            return []
        if aspect is None or (aspect == "people" and members is None):
            dispatcher.utter_message(
                response="utter_users",
                people={"lines": [self.line(member) for member in members or household.members]},
                places={"response": "text_places", "parameters": {"count": household.places_left}},
            )
        elif aspect == "access" and services and members is None and not yes_no:
            return self._say_who_can(services, dispatcher)
        elif asked := members or list(self.others()):
            return self._answer(asked, tracker, dispatcher)
        else:
            dispatcher.utter_message(response="utter_nobody_else")
        return []

    def _say_who_can(
        self, services: list[str], dispatcher: CollectingDispatcher
    ) -> list[EventType]:
        """Say so; where it is one person alone, "take it from her" means her."""
        able = [member for member in self.others() if set(services) <= set(member.services)]
        names = [member.name for member in able]
        dispatcher.utter_message(
            response="utter_who_can" if names else "utter_only_you_can",
            asked=self.named(services),
            people=names,
        )
        only = [as_choice(member) for member in able if len(able) == 1]
        return [SlotSet("listed_users", only)] if only else []

    def _answer(
        self, members: list[Member], tracker: Tracker, dispatcher: CollectingDispatcher
    ) -> list[EventType]:
        """Say how each of them is; where one alone is as was asked, "unlock her" means her."""
        facts = [(member, self._fact(member, tracker)) for member in members]
        yes_no = bool(tracker.get_slot("listed_yes_no"))
        lines = [_answer_line(member, fact, yes_no, len(members) > 1) for member, fact in facts]
        buttons = _buttons(*facts[0]) if len(members) == 1 else []
        dispatcher.utter_message(response="utter_state", lines={"lines": lines}, buttons=buttons)
        so = [as_choice(member) for member, (_, _, verdict) in facts if yes_no and verdict is True]
        only = [SlotSet("listed_users", so)] if len(so) == 1 else []
        return [*only, *self._told(members, tracker)]

    def _told(self, members: list[Member], tracker: Tracker) -> list[EventType]:
        """Keep what one person can use: "take that away from her" means what was just shown."""
        access = tracker.get_slot("listed_aspect") == "access"
        if not access or len(members) > 1 or self.codes_of(tracker.get_slot("listed_services")):
            return []
        return [SlotSet("listed_services", list(members[0].services) or None)]

    def _fact(self, person: Member, tracker: Tracker) -> Fact:
        match tracker.get_slot("listed_aspect"):
            case "access":
                return self._access(person, self.codes_of(tracker.get_slot("listed_services")))
            case "status":
                asked = tracker.get_slot("listed_status")
                out = {asked} if asked else KEPT_OUT
                return "text_state_status", {}, person.status in out
            case "email":
                values = {"unconfirmed": is_unconfirmed(person), "proved": person.proved_email}
                return "text_state_email", values, None
            case "language":
                language = spoken(person.language)
                return "text_state_language", {"language_name": language}, None
            case "sign_in":
                return self._sign_in(person)
            case "invitation":
                return self._invitation(person, tracker.get_slot("listed_detail"))
            case _:
                return "text_state_here", {}, True

    def _access(self, person: Member, asked: list[str]) -> Fact:
        has = [code for code in asked if code in person.services]
        lacks = [code for code in asked if code not in person.services]
        values = {
            "services": self.may_use(person),
            "has": self.may_use(person, has),
            "lacks": self.named(lacks),
            "besides": {"response": "text_besides", "parameters": {"status": person.status}},
        }
        if person.role == "holder":
            return "text_state_can_all", {}, True
        if not asked:
            return "text_state_can", {**values, "has": values["services"]}, bool(person.services)
        if not lacks:
            return "text_state_can", values, True
        if not person.services:
            return "text_state_can_nothing", {}, False
        return ("text_state_can_partly" if has else "text_state_can_only"), values, False

    def _sign_in(self, person: Member) -> Fact:
        last = self.uow.standing.last_sign_in(person.id)
        if last is not None:
            return "text_state_signed_in", when(last), True
        invited = person.status == "invited"
        return ("text_state_status" if invited else "text_state_never_signed_in"), {}, False

    def _invitation(self, person: Member, detail: str | None) -> Fact:
        if person.status != "invited":
            return "text_state_accepted", {}, True
        sent = self.uow.standing.invitation(person.id)
        if sent is None:
            return "text_state_status", {}, None if detail in {"arrived", "expired"} else False
        stage = self._stage(person, sent)
        values = {
            "stage": stage,
            "of_time": detail in {"works", "expired"},
            "since": day(sent.sent_at),
            "until": day(sent.expires_at),
            "opened": day(sent.opened_at or sent.sent_at),
            "time": {"time": (sent.opened_at or sent.sent_at).isoformat()},
        }
        came_back = stage in {"refused", "failed"}
        verdicts: dict[str | None, bool | None] = {
            "opened": sent.opened_at is not None,
            "works": sent.works and not came_back,
            "expired": not sent.works,
            "bounced": came_back,
            "arrived": True if sent.opened_at else False if came_back else None,
        }
        return "text_state_invitation", values, verdicts.get(detail, False)

    def _stage(self, person: Member, sent: Invitation) -> str:
        """Return how far the newest invitation has come."""
        if sent.opened_at is not None:
            return "opened" if sent.works else "opened_over"
        if sent.delivery == "failed":
            is_refused = self.uow.undelivered.was_refused(person, sent.sent_at)
            return "refused" if is_refused else "failed"
        if not sent.works:
            return "over"
        return "waits" if sent.delivery == "waits" else "unopened"


def _answer_line(person: Member, fact: Fact, yes_no: bool, listed: bool) -> dict[str, Any]:
    response, values, verdict = fact
    return {
        "response": "text_state_line" if listed else "text_state_alone",
        "parameters": {
            "verdict": {
                "response": "text_verdict",
                "parameters": {"verdict": verdict if yes_no else None},
            },
            "fact": {
                "response": response,
                "parameters": {**about(person), **values, **standing(person)},
            },
        },
    }


def standing(person: Member) -> dict[str, Any]:
    until = person.suspended_until
    return {"status": person.status, "role": person.role, "lasting": lasting(until)}


def _buttons(person: Member, fact: Fact) -> list[dict[str, Any]]:
    """Return what helps at once: to unlock, to mend an address, or to invite again."""
    _, values, _ = fact
    refused = values.get("stage") == "refused"
    statuses = ["refused"] if refused else []
    return [_button(status, person) for status in (*statuses, person.status) if status in HELPS]


def _button(status: str, person: Member) -> dict[str, Any]:
    flow, slot = HELPS[status]
    given = {slot: as_choice(person), **_GIVEN.get(status, {})}
    title = {"response": "text_help", "parameters": {"status": status}}
    return {"title": title, "payload": f"/{flow}{json.dumps(given)}"}
