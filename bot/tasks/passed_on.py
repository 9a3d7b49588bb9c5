"""Words that somebody has us pass on to somebody else: checked, and quoted in a text."""

from typing import Any

from rasa_sdk.interfaces import Tracker

from storage.errors import InvalidWords
from storage.words import clean_words


def words_in(tracker: Tracker, slot: str) -> tuple[str, str]:
    """Return the words of a slot as they are passed on, and why they are not where they cannot."""
    said = tracker.get_slot(slot)
    if not said:
        return "", ""
    try:
        return clean_words(str(said)), ""
    except InvalidWords as refusal:
        return "", refusal.reason


def quoted(response: str, **words: str) -> Any:
    """Return a line with what was typed, as a value of a text; nothing where that is empty."""
    return {"response": response, "parameters": words} if all(words.values()) else ""
