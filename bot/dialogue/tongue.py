"""The language of a turn: of its message if that is plain, else of the conversation."""

from bot.dialogue.flows.domain import Slot
from bot.languages import DEFAULT
from intents.sighting import Sighting


def language_of(sighting: Sighting | None, known: str | None, asked: Slot | None) -> str:
    """Return the language of this message if it is plain, else the conversation's.

    `known` is the conversation's language, else the messenger's idea of it; `asked` is the slot of
    the open question.
    """
    parse = sighting.parse if sighting else None
    if parse and parse.language_confident and not _is_one_word_of_a_name(sighting, asked):
        mixed = known and sighting and sighting.is_mixed_with(known)
        return known if mixed and known else parse.language
    return known or (parse.language if parse else DEFAULT)


def _is_one_word_of_a_name(sighting: Sighting | None, asked: Slot | None) -> bool:
    """Whether it is one word where a name is asked for: names speak no language."""
    words = len(sighting.tokens) if sighting else 0
    return asked is not None and asked.takes_text and words == 1
