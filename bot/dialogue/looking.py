"""The look at a message: what is expensive about it, before its transaction begins.

It needs no context and no database. What it costs is bounded by the clamp of
`intents.words.cleaning` and by how many earlier wishes are kept to be read again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from bot.dialogue.engine.state import DialogueState
from bot.dialogue.message import Message
from faq.search import Hit, Search
from intents.parser import Parser
from intents.sighting import Sighting
from intents.tasks import ACTS
from intents.values.phrases import Offered

MOST_UNREAD = 400
"""Characters of wishes that are kept until somebody is verified; others are not read again."""
MOST_WISHES = 4
"""How many they may be: every message has all of them looked at."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen in a message; of a button or an event nothing is."""

    sighting: Sighting | None = None
    unread: Mapping[str, Sighting] = field(default_factory=dict)
    """What was said before, and is read again once somebody is verified."""
    articles: Mapping[str, Sequence[Hit]] = field(default_factory=dict)
    """Which may answer it, best first, by the language of the answer."""


@dataclass(frozen=True, slots=True)
class Looking:
    """How a message is looked at: by the reader, and for an article that answers it."""

    parser: Parser
    search: Search

    def look(
        self,
        words: str,
        unread: Sequence[str],
        *,
        language_hint: str | None,
        offered: Offered,
    ) -> Seen:
        """Return what can be seen in words, whenever they are said, and in earlier wishes."""
        look = partial(self.parser.look, language_hint=language_hint, offered=offered)
        sighting = look(words)
        seen = {text: look(text) for text in dict.fromkeys(unread)} | {sighting.text: sighting}
        if sighting.vector is None:
            return Seen(sighting, seen)
        return Seen(sighting, seen, self.search.everywhere(sighting.text, sighting.vector))

    def asks_for_task(self, words: str) -> bool:
        """Whether words that are nobody's turn, an agent's say, ask for what the bot does."""
        reading = self.parser.read(self.parser.look(words))
        return bool(reading.wishes or reading.acts) or reading.intent in ACTS


def keep_unread(state: DialogueState, sighting: Sighting | None) -> bool:
    """Keep a message to be read again: not much, for every turn looks at all of it."""
    kept = [*state.unread, *([sighting.text] if sighting else [])]
    fits = 0 < sum(map(len, kept)) <= MOST_UNREAD and len(kept) <= MOST_WISHES
    if fits:
        state.unread = kept
    return fits


def as_rasa(message: Message, sighting: Sighting | None) -> dict[str, Any]:
    """Return what the tracker keeps of a message: what was read, and what came beside it."""
    data: dict[str, Any] = {"intent": None, "entities": []}
    data = data if sighting is None else sighting.parse.as_rasa()
    return {**data, "metadata": message.noted} if message.noted else data
