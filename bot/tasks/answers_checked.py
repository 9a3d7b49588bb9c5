"""Answers that are checked by the same rules in several tasks: names and addresses."""

from email_validator import EmailNotValidError, validate_email
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from bot.tasks.base import FoyerAction, filled, forget
from bot.tasks.household import HolderAction
from intents.answers.writing import written
from intents.values.mail_domains import likely
from storage.errors import InvalidName
from storage.names import clean_name, is_poorer


def checked_name(name: str, dispatcher: CollectingDispatcher) -> str | None:
    """Return the cleaned name, or None after saying what is wrong with it."""
    try:
        return clean_name(name)
    except InvalidName as error:
        response = "utter_name_too_long" if error.reason == "too_long" else "utter_name_characters"
        dispatcher.utter_message(response=response)
        return None


def as_written(said: str, action: HolderAction) -> str:
    """Return a name with its capitals, and with the accents that it has on the account."""
    known = [name for member in action.members() for name in (member.first_name, member.last_name)]
    words = written(" ".join(said.split())).split()
    return " ".join(next((name for name in known if is_poorer(word, name)), word) for word in words)


def checked_email(
    action: HolderAction, dispatcher: CollectingDispatcher, tracker: Tracker, own: str = ""
) -> list[EventType]:
    """Check the form of an address, and that nobody else of the household has it.

    Whether it was meant as it was typed is asked next, and anew for another address.
    """
    slot = action.asked
    try:
        email = validate_email(str(filled(tracker, slot)), check_deliverability=False).normalized
    except EmailNotValidError:
        dispatcher.utter_message(response="utter_invalid_email")
        return forget(slot)
    session = action.session  # it may have lapsed; the service checks again at the end
    taken = session and action.uow.households.email_taken(session.household_id, email)
    if taken and own.casefold() != email.casefold():
        dispatcher.utter_message(response="utter_email_taken", email=email)
        return forget(slot)
    return [SlotSet(slot, email), *forget("address_meant")]


def _slot_of_address(tracker: Tracker) -> str:
    """Return where the task that asks keeps the address."""
    edits = bool(tracker.stack) and tracker.stack[-1]["flow_id"] == "edit_profile"
    return "edited_email" if edits else "new_email"


class ActionAskAddressMeant(FoyerAction):
    """Asks whether a slip of the finger was meant; of other addresses nothing is asked."""

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        email = str(filled(tracker, _slot_of_address(tracker)))
        meant = likely(email)
        if not meant:
            return [SlotSet("address_meant", "no")]
        dispatcher.utter_message(response="utter_ask_address_meant", meant=meant, email=email)
        return []


class ValidateAddressMeant(FoyerAction):
    """Takes the address that was meant, or another one, which is looked at as well."""

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        slot, said = _slot_of_address(tracker), filled(tracker, "address_meant")
        typed = str(filled(tracker, slot))
        if said in {"no", typed}:
            return [SlotSet("address_meant", "no")]
        return [SlotSet(slot, likely(typed) if said == "yes" else said), *forget("address_meant")]
