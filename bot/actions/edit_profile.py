"""The actions of `edit_profile.yml`: a secondary user's name or e-mail address."""

from typing import Any

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from bot.actions.answers_checked import checked_email, checked_name
from bot.actions.base import filled, forget
from bot.actions.household import HolderAction, about
from bot.actions.people import CHOSEN, as_choice
from bot.actions.person_questions import AskPerson, PersonAction, ValidatePerson
from storage.errors import EmailTaken, HouseholdError, NothingToChange
from storage.members import Member

REFUSALS: dict[type[HouseholdError], str] = {
    EmailTaken: "utter_email_taken",
    NothingToChange: "utter_already_so",
}

FIELDS = {"person": "name", "email": "email"}
"""What is changed, by the kind of answer that a message speaks of: "change Léa's e-mail"."""


class ActionSortProfile(HolderAction):
    """Reads the wish: "rename Léa to Léa Roy" names the person, then the new name."""

    action_name = "action_sort_profile"

    def act(self, say: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        said = tracker.get_slot("profile_said")
        if not said:
            return []
        names = [
            one["value"]
            for one in said["entities"]
            if one["entity"] == "person" and not one["relation"]
        ]
        about_relation = any(one["relation"] for one in said["entities"])
        new_names = names if about_relation else names[1:]
        text, words = said["text"], self.reference.words
        events: list[EventType] = [
            SlotSet("profile_said", None),
            SlotSet("edited_last_name", words.means_last_name(text)),
        ]
        if about_relation and len(names) == 1:
            relation = next(one["value"] for one in said["entities"] if one["relation"])
            events.append(SlotSet("edited_user", relation))
        elif not names and not about_relation and words.means_own_details(text):
            events.append(SlotSet("edited_user", text))
        if new_names:
            events.append(SlotSet("edited_name", new_names[-1]))
        elif len(kinds := words.names_entities(text) & FIELDS.keys()) == 1:
            events.append(SlotSet("edited_field", FIELDS[kinds.pop()]))
        return events


class ActionAskEditedUser(AskPerson):
    action_name = "action_ask_edited_user"
    slot = "edited_user"


class ValidateEditedUser(ValidatePerson):
    """Finds the person; after the card, a name that nobody has is the new name, corrected."""

    action_name = "validate_edited_user"
    slot = "edited_user"

    def act(self, say: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        said, shown = str(filled(tracker, self.slot)), tracker.get_slot("edit_shown_for")
        had_name = tracker.get_slot("edited_name") is not None
        if shown is None or not had_name or self.session is None or self._is_somebody(said):
            return super().act(say, tracker)
        return [SlotSet(self.slot, shown), SlotSet("edited_name", said)]

    def _is_somebody(self, said: str) -> bool:
        return bool(CHOSEN.fullmatch(said) or self.fitting(said, self.household().members))


class ValidateEditedName(PersonAction):
    """Checks the new name; one word alone is a new first name, unless the last name is meant."""

    action_name = "validate_edited_name"
    slot = "edited_user"

    def act(self, say: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        said, person = " ".join(str(filled(tracker, "edited_name")).split()), self.person(tracker)
        last_only = bool(tracker.get_slot("edited_last_name"))
        if last_only and person is not None:
            said = said.removeprefix(f"{person.first_name} ")  # "Hugo Roy" for the last name Roy
        names = new_name(said, last_only=last_only).values()
        good = all(checked_name(one, say) is not None for one in names)
        return [SlotSet("edited_name", said)] if good else forget("edited_name")


class ValidateEditedEmail(PersonAction):
    """Checks the form of the address, and that nobody else of the household has it."""

    action_name = "validate_edited_email"
    slot = "edited_user"

    def act(self, say: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        email = checked_email(str(filled(tracker, "edited_email")), say)
        if email is None:
            return forget("edited_email")
        session, person = self.session, self.person(tracker)
        if person is not None and person.email.casefold() == email.casefold():
            say.utter_message(response="utter_already_so")
            return forget("edited_email")
        if session and self.uow.households.email_taken(session.household_id, email):
            say.utter_message(response="utter_email_taken", email=email)
            return forget("edited_email")
        return [SlotSet("edited_email", email)]


def wanted(tracker: Tracker) -> dict[str, str]:
    """Return the new values of the profile, by the names that the service takes."""
    name = str(tracker.get_slot("edited_name") or "")
    values = new_name(name, last_only=bool(tracker.get_slot("edited_last_name")))
    if email := tracker.get_slot("edited_email"):
        values["email"] = str(email)
    return values


def new_name(said: str, *, last_only: bool) -> dict[str, str]:
    """Return what changes of a name: one word is a first name, unless the last name is meant."""
    first, _, last = said.partition(" ")
    if last_only:
        first, last = "", said
    return {part: value for part, value in (("first_name", first), ("last_name", last)) if value}


def differences(person: Member, values: dict[str, str]) -> dict[str, list[Any]]:
    """Return the lines that show before and after."""
    lines: list[Any] = []
    if values.keys() & {"first_name", "last_name"}:
        before = f"{person.first_name} {person.last_name}"
        first, last = values.get("first_name", person.first_name), values.get("last_name")
        after = f"{first} {last or person.last_name}"
        lines.append(_line("text_edit_name", before, after))
    if "email" in values:
        lines.append(_line("text_edit_email", person.email, values["email"]))
    return {"lines": lines}


def _line(response: str, before: str, after: str) -> dict[str, Any]:
    return {"response": response, "parameters": {"before": before, "after": after}}


class ActionAskEditConfirmation(PersonAction):
    """Shows before and after."""

    action_name = "action_ask_edit_confirmation"
    slot = "edited_user"

    def act(self, say: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        person = self.person(tracker)
        if person is None:
            return self.gone(say)
        changes = differences(person, wanted(tracker))
        say.utter_message(response="utter_ask_edit_confirmation", **about(person), changes=changes)
        return [SlotSet("edit_shown_for", as_choice(person))]


class ActionEditProfile(PersonAction):
    """Changes the profile; the person is told at both addresses when the address changed."""

    action_name = "action_edit_profile"
    slot = "edited_user"

    def act(self, say: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        person, values = self.person(tracker), wanted(tracker)
        if person is None:
            return self.gone(say)
        try:
            receipt = self.uow.changes.edit_profile(self.holder(), person.id, **values)
        except HouseholdError as error:
            response = REFUSALS.get(type(error), "utter_not_changed")
            say.utter_message(response=response, email=values.get("email", ""))
            return []
        say.utter_message(
            response="utter_profile_edited",
            first_name=receipt.member.first_name,
            changes=differences(person, values),
            receipt=receipt.number,
        )
        return []
