"""Digits while a secret is awaited: a code, half of one, or the number of a sign-in page.

One message is one candidate, or none: what is no candidate is not judged, and costs no try.
"""

from datetime import datetime, timedelta

from bot.dialogue.engine.commands import Command, SetSlots, StartPattern
from bot.dialogue.engine.state import DialogueState
from intents.secrets.numbers import Typed
from storage.keys import Keys
from storage.limits import CODE_DIGITS, SIGN_IN_NUMBER_DIGITS

JOINED_WITHIN = timedelta(seconds=60)
HALF = CODE_DIGITS // 2
SIGN_IN_NUMBER = "sign_in_number"
LENGTHS = {"one_time_code": CODE_DIGITS, SIGN_IN_NUMBER: SIGN_IN_NUMBER_DIGITS}
"""How many digits each of the slots takes that digits are sealed for."""


def judged(slot: str | None, typed: Typed, half: str, keys: Keys) -> Command | None:
    """Return the one candidate of a message as an answer; None: there is none, or more.

    `half`: four digits that came just before.
    """
    if slot not in LENGTHS:
        return None
    digits = typed.candidate(LENGTHS[slot])
    if digits is None and half and len(typed.digits) == HALF:
        digits = half + typed.digits
    return SetSlots({slot: {"digest": keys.candidate(digits)}}) if digits else None


def take_half(state: DialogueState, now: datetime, keys: Keys) -> str:
    """Return the first half of a code if it came just before, and forget it."""
    half, state.half_code = state.half_code, None
    if half is None or now - datetime.fromisoformat(half["at"]) > JOINED_WITHIN:
        return ""
    return keys.open(half["digits"])


def unjudged(
    slot: str | None,
    typed: Typed,
    state: DialogueState,
    now: datetime,
    keys: Keys,
    *,
    late: bool = False,
) -> Command:
    """Return what to say of digits that are no candidate; a first half is kept, sealed.

    `late`: nobody typed them, somebody signed in on the page that this chat asks for no longer.
    """
    if late:
        return StartPattern("pattern_signed_in_late")
    if slot not in LENGTHS:
        return StartPattern("pattern_unexpected_code")
    if slot == "one_time_code" and len(typed.digits) == HALF:
        state.half_code = {"digits": keys.seal(typed.digits), "at": now.isoformat()}
        return StartPattern("pattern_half_code")
    several = len(typed.digits) > LENGTHS[slot]
    number = slot == SIGN_IN_NUMBER
    return StartPattern("pattern_code_length", {"several": several, "number": number})
