"""Answers that are checked by the same rules in several tasks: names and addresses."""

from email_validator import EmailNotValidError, validate_email
from rasa_sdk.executor import CollectingDispatcher

from storage.errors import InvalidName
from storage.names import clean_name


def checked_name(name: str, say: CollectingDispatcher) -> str | None:
    """Return the cleaned name, or None after saying what is wrong with it."""
    try:
        return clean_name(name)
    except InvalidName as error:
        too_long = error.reason == "too_long"
        say.utter_message(response="utter_name_too_long" if too_long else "utter_name_characters")
        return None


def checked_email(email: str, say: CollectingDispatcher) -> str | None:
    """Return the address in its normal form, or None after saying that it is none."""
    try:
        return validate_email(email, check_deliverability=False).normalized
    except EmailNotValidError:
        say.utter_message(response="utter_invalid_email")
        return None
