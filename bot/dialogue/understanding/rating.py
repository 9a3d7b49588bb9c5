"""What is said right after a rating."""

from bot.dialogue.engine.commands import StartPattern
from bot.dialogue.understanding.answering import UNKNOWN
from bot.dialogue.understanding.asides import A_FEW, CHITCHAT, SHORT, SURE
from bot.dialogue.understanding.proposals import Proposal, propose
from bot.dialogue.understanding.situation import Situation, said_before

RATED = "utter_rated"


def comment(s: Situation) -> Proposal | None:
    """Words that mean nothing else belong to the rating that they follow.

    Whoever speaks of a person there does not ask for one, unless they say so.
    """
    reading = s.reading
    answers = s.open_collect() is not None or reading.choices
    alarms = reading.has("alarm") or s.tells_secret
    if not said_before(RATED, s) or s.heard.button or s.heard.command or answers or alarms:
        return None
    about_people = reading.intent == "talk_to_human" and not reading.has("control")
    polite = reading.intent in CHITCHAT and reading.words <= A_FEW
    vague = about_people or reading.intent in {*UNKNOWN, *CHITCHAT} or reading.confidence < SURE
    meant = polite or not vague or reading.asks or reading.wishes or reading.words < SHORT
    if meant or reading.has("control"):
        return None
    return propose(StartPattern("pattern_handoff_comment", {"words": reading.sighting.text}))
