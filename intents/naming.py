"""Which intent a first message has: what the classifier names, put right by what was composed.

The classifier knows neither *not* nor who asks whom; the reader does. Over an article, small talk
or what is none of the bot's business the reader has no say, but for a task that it alone knows.
"""

from dataclasses import dataclass, replace
from typing import Self

from intents.parse_result import FALLBACK, OUT_OF_SCOPE, Danger, ParseResult
from intents.parse_result import Reading as Ranked
from intents.reading import Reading
from intents.words.lexicon import read_yaml

REFUSAL = "deny"
STANDING, DONE = "list_users", "show_history"
"""How people stand, and what was done: of a question, the reader knows which of them it is."""
SURE = 0.5
"""From here on the classifier's task stands beside a wish for another one."""
CERTAIN = 0.9
"""From here on an article or small talk is that, whatever task its words could make."""
BY_WHO_SPEAKS = "request_access"
"""A holder grants in the words in which others ask for it: here nobody knows who speaks."""
COMPOSED = 1.0
"""The confidence of an intent that the reader names: every word has its place."""


@dataclass(frozen=True, slots=True)
class Naming:
    """Names the intent of a reading in no context."""

    changing: frozenset[str]
    """Tasks that change something: what the reader may put right."""
    unlearnt: frozenset[str]
    """Tasks that the reader knows better: the classifier has few or no examples of them."""

    @classmethod
    def load(cls) -> Self:
        catalogue = read_yaml("catalogue.yml")
        composed = frozenset({*catalogue["unlearnt"], *catalogue["by_verb"]})
        return cls(frozenset(catalogue["careful"]), composed)

    def of(self, reading: Reading) -> ParseResult:
        """Return the message as it was parsed, with the intent that its reading has."""
        parse = reading.sighting.parse
        if reading.danger != parse.danger.level:
            parse = replace(parse, danger=Danger(reading.danger, COMPOSED))
        name = self._intent(reading)
        if name == parse.intent.name:
            return parse
        named = Ranked(name, COMPOSED)
        others = tuple(ranked for ranked in parse.ranking if ranked.name != name)
        return replace(parse, intent=named, ranking=(named, *others), unsure=())

    def _intent(self, reading: Reading) -> str:
        said = reading.intent
        by_mood = {
            mood: [wish.intent for wish in reading.wishes if wish.mood == mood]
            for mood in ("wish", "refusal", "question")
        }
        wished, refused, asked = by_mood.values()
        unsure = reading.confidence < SURE
        somebody = any(w.whom for w in reading.said("wish", *self.unlearnt)) and not reading.asks
        certain = reading.confidence >= CERTAIN and not somebody
        alone = not (reading.left or certain) and not self.unlearnt.isdisjoint(wished)
        vague = said in {*self.changing, FALLBACK} or (said == OUT_OF_SCOPE and not reading.left)
        if said == STANDING and asked[:1] == [DONE]:  # "did you remove Tyler already?"
            return DONE
        if said in wished or (not vague and not alone):
            return said
        if said not in refused and reading.left:  # not all of it is understood
            return said
        if refused:
            return self._known(wished, REFUSAL)
        if asked and not wished:
            return asked[0]
        unsure = unsure and said != BY_WHO_SPEAKS
        return self._known(wished, said) if unsure or self.unlearnt & {*wished} else said

    def _known(self, wished: list[str], default: str) -> str:
        known = (intent for intent in wished if intent in self.changing | self.unlearnt)
        return next(known, default)
