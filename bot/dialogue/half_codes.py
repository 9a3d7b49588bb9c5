"""Digits alone while a secret is awaited: the number of a sign-in link, or half a code."""

from datetime import datetime, timedelta

from bot.dialogue.engine.commands import Command, SetSlots, StartPattern
from bot.dialogue.engine.state import DialogueState
from storage.keys import Keys

JOINED_WITHIN = timedelta(seconds=60)
HALF = 4


def read_digits(digits: str, state: DialogueState, now: datetime, keys: Keys) -> Command:
    """Return what digits alone mean while a code is awaited; a first half is kept, sealed."""
    question = state.question
    if question is not None and question.slot == "sign_in_number":
        return SetSlots({"sign_in_number": {"sealed": keys.seal(digits)}})
    if question is None or question.slot != "one_time_code":
        return StartPattern("pattern_unexpected_code")
    half, state.half_code = state.half_code, None
    if len(digits) != HALF:
        return StartPattern("pattern_code_length")
    if half and now - datetime.fromisoformat(half["at"]) <= JOINED_WITHIN:
        whole = keys.open(half["digits"]) + digits
        return SetSlots({"one_time_code": [keys.code_digest(whole)]})
    state.half_code = {"digits": keys.seal(digits), "at": now.isoformat()}
    return StartPattern("pattern_half_code")
