"""When a person is called although nobody asked for one: danger, and a disputed refusal."""

from bot.dialogue.commands import Command, StartPattern
from bot.dialogue.situation import Situation

REFUSALS = frozenset(
    {
        *("utter_holder_only", "utter_household_full", "utter_invitation_limit"),
        *("utter_email_taken", "utter_not_undoable", "utter_undo_email_taken", "utter_undo_full"),
    }
)
"""What somebody may dispute."""


def danger(s: Situation) -> list[Command] | None:
    """Words of danger or pressure: nothing else matters, and nobody else is told."""
    return [StartPattern("pattern_private_handoff")] if s.words.alarm(s.heard.text) else None


def dispute(s: Situation) -> list[Command] | None:
    """A refusal that the person does not accept: a person can look at it."""
    refused = any(reply["response"] in REFUSALS for reply in s.state.last_replies)
    if refused and s.words.disputes(s.heard.text):
        return [StartPattern("pattern_offer_person")]
    return None


def only_waits(s: Situation) -> bool:
    """Whether nothing is open but the wait for a person."""
    return s.waits and not s.state.stack
