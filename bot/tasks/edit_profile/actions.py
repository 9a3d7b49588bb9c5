"""The actions of `flow.yml`: a secondary user's name, address or language of mails."""

from dataclasses import replace
from typing import Any

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from bot.tasks.about_person import PersonAction
from bot.tasks.answers_checked import as_written, checked_email, checked_name
from bot.tasks.base import filled, forget
from bot.tasks.household import about
from bot.tasks.passkey_first import ask_for_passkey
from bot.tasks.values import spoken
from storage.errors import (
    EmailTaken,
    HouseholdError,
    InvitationLimit,
    MailLimit,
    NothingToChange,
    PasskeyWanted,
)
from storage.households.members import Member, is_unconfirmed
from storage.names import bare, folded, is_poorer

REFUSALS: dict[type[HouseholdError], str] = {
    EmailTaken: "utter_email_taken",
    InvitationLimit: "utter_invitation_limit",
    MailLimit: "utter_mail_limit",
    NothingToChange: "utter_already_so",
}


class ValidateEditedName(PersonAction):
    """Checks each part of the new name."""

    slot = "edited_user"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        said, person = as_written(str(filled(tracker, "edited_name")), self), self.person(tracker)
        if person is None:
            return self.gone(dispatcher)
        names = new_name(said, person, last_only=bool(tracker.get_slot("edited_last_name")))
        good = all(checked_name(name, dispatcher) is not None for name in names.values())
        return [SlotSet("edited_name", said)] if good else forget("edited_name")


class ValidateEditedEmail(PersonAction):
    """Checks the form of the address, and that nobody else of the household has it."""

    slot = "edited_user"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        person = self.person(tracker)
        own = person.email if person else ""
        return checked_email(self, dispatcher, tracker, own)


def new_name(said: str, person: Member, *, last_only: bool) -> dict[str, str]:
    """Return the parts that are named; what is on file tells where a last name begins.

    One word alone is a first name, unless the last name is meant.
    """
    words, first, last = said.split(), person.first_name, person.last_name
    starts = next((n for n in range(1, len(words)) if _same(words[:n], first)), None)
    ends = next((n for n in range(1, len(words)) if _same(words[n:], last)), None)
    split = starts or (0 if last_only else ends or 1)
    parts = (" ".join(words[:split]), " ".join(words[split:]))
    return {name: new for name, new in zip(("first_name", "last_name"), parts, strict=True) if new}


def _same(words: list[str], name: str) -> bool:
    return bare(" ".join(words)) == bare(name)


def wanted(tracker: Tracker, person: Member) -> dict[str, str]:
    """Return the new values that differ from those on file, by the names the service takes.

    A name that was only typed without its accents or capitals does not differ.
    """
    said, last_only = tracker.get_slot("edited_name"), bool(tracker.get_slot("edited_last_name"))
    names = new_name(str(said), person, last_only=last_only) if said else {}
    given = {
        **{part: new for part, new in names.items() if not is_poorer(new, getattr(person, part))},
        "email": tracker.get_slot("edited_email"),
        "language": tracker.get_slot("edited_language"),
    }
    typed = given.pop("email") or ""
    differing = {name: new for name, new in given.items() if new and new != getattr(person, name)}
    if folded(typed) in {"", folded(person.email)} and not (typed and is_unconfirmed(person)):
        return differing
    return {**differing, "email": typed}


def differences(
    person: Member, values: dict[str, str], *, lost: bool = False
) -> dict[str, list[Any]]:
    """Return the lines that show before and after."""
    lines: list[Any] = []
    if values.keys() & {"first_name", "last_name"}:
        before = f"{person.first_name} {person.last_name}"
        new = {"first_name": person.first_name, "last_name": person.last_name, **values}
        lines.append(_line("text_edit_name", before, f"{new['first_name']} {new['last_name']}"))
    if "email" in values:
        lines.append(_email_line(person, values["email"], lost=lost))
    if "language" in values:
        languages = (person.language, values["language"])
        names = [spoken(language) for language in languages]
        lines.append(_line("text_edit_language", *names))
    return {"lines": lines}


def _line(response: str, before: Any, after: Any, **values: Any) -> dict[str, Any]:
    return {"response": response, "parameters": {"before": before, "after": after, **values}}


def _email_line(person: Member, email: str, *, lost: bool) -> dict[str, Any]:
    """Return the line that also says when codes go to the new address."""
    again = folded(email) == folded(person.email)
    before = person.proved_email if again else person.email
    if person.status == "invited":
        return _line("text_edit_email", before, email, counts="invited", called=person.called)
    waits = folded(email) != folded(person.proved_email)
    counts = "later" if lost else "confirmed"
    values = {"counts": counts if waits else "now", "called": person.called}
    return _line("text_edit_email", before, email, **values)


class ActionCheckProfile(PersonAction):
    """Says so when all is already as it is wished."""

    slot = "edited_user"

    def act_on(
        self, person: Member, dispatcher: CollectingDispatcher, tracker: Tracker
    ) -> list[EventType]:
        differs = bool(wanted(tracker, person))
        if not differs:
            values = {**about(person), "language_name": spoken(person.language)}
            dispatcher.utter_message(response="utter_profile_so", **values)
        return [SlotSet("profile_differs", differs)]


class ActionAskEditConfirmation(PersonAction):
    """Shows before and after."""

    slot = "edited_user"

    def act_on(
        self, person: Member, dispatcher: CollectingDispatcher, tracker: Tracker
    ) -> list[EventType]:
        new = wanted(tracker, person)
        has_mailbox = "email" in new and person.status != "invited"
        values = {
            **about(person),
            "changes": differences(person, new),
            "has_mailbox": has_mailbox,
            "told": self._told(person, new),
        }
        dispatcher.utter_message(response="utter_ask_edit_confirmation", **values)
        return []

    def _told(self, person: Member, new: dict[str, str]) -> Any:
        """Return who hears of it; a new address hears of it too, and is asked to confirm."""
        changed: dict[str, Any] = dict(new)
        after, also = replace(person, **changed), set[str]()
        counts = person.stood == "invited" or folded(after.email) == folded(person.proved_email)
        if "email" in new and folded(after.email) == folded(person.email):
            after, also = replace(after, email=person.email), {"email_confirmation"}
        elif "email" in new and counts:
            after = replace(after, proved_email=after.email)
        return self.to_be_told("edit", (person, after), also=also)


class ActionEditProfile(PersonAction):
    """Changes the profile; the person is told at both addresses when the address changed."""

    slot = "edited_user"

    def act_on(
        self, person: Member, dispatcher: CollectingDispatcher, tracker: Tracker
    ) -> list[EventType]:
        values, lost = wanted(tracker, person), bool(tracker.get_slot("mailbox_lost"))
        try:
            receipt = self.uow.changes.edit_profile(
                self.holder(), person.id, **values, mailbox_lost=lost
            )
        except PasskeyWanted:
            return ask_for_passkey(self, dispatcher, tracker)
        except HouseholdError as error:
            response = REFUSALS.get(type(error), "utter_not_changed")
            dispatcher.utter_message(response=response, email=values.get("email", ""))
            return []
        dispatcher.utter_message(
            response="utter_profile_edited",
            **about(receipt.member),
            changes=differences(person, values, lost=lost),
            receipt=receipt.number,
        )
        return []
