"""What is said right after a rating."""

from bot.dialogue.engine.commands import StartPattern
from bot.dialogue.understanding.answering import UNKNOWN
from bot.dialogue.understanding.asides import A_FEW, CHITCHAT, SHORT, SURE
from bot.dialogue.understanding.proposals import Proposal, propose
from bot.dialogue.understanding.situation import Situation, said_before
from intents.reading import Reading

RATED = "utter_rated"
EXPLAINED = "faq/"
"""What the name of an intent begins with that an article answers."""


def comment(s: Situation) -> Proposal | None:
    """Words that mean nothing else belong to the rating that they follow.

    Whoever speaks of a person there does not ask for one, unless they say so.
    """
    reading = s.reading
    answers = s.open_collect() is not None or reading.choices
    alarms = reading.has("alarm") or s.tells_secret
    if not said_before(RATED, s) or s.heard.button or s.heard.command or answers or alarms:
        return None
    polite = reading.intent in CHITCHAT and reading.words <= A_FEW
    meant = polite or not _is_vague(s) or _is_wished(reading) or reading.words < SHORT
    if meant or reading.has("control"):
        return None
    return propose(StartPattern("pattern_handoff_comment", {"words": reading.sighting.text}))


def _is_vague(s: Situation) -> bool:
    """Whether the whole of it is about nothing that is done or explained here."""
    reading, intent = s.reading, s.reading.intent
    about_people = intent == "talk_to_human" and not reading.has("control")
    steers = intent not in s.domain.triggers and not intent.startswith(EXPLAINED)
    at_length = steers and reading.words > A_FEW
    unknown = intent in {*UNKNOWN, *CHITCHAT}
    return about_people or at_length or unknown or reading.confidence < SURE


def _is_wished(reading: Reading) -> bool:
    """Whether its words ask for something; "elle a été gentille" only begins like a question."""
    questions = reading.said("question")
    seems = reading.asks and not reading.acts and not reading.has("wh")
    if seems and reading.wishes == tuple(questions):
        return any(wish.intent == reading.intent for wish in questions)
    return reading.asks or bool(reading.wishes)
