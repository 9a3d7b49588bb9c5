"""English or French."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from intents.lexicon import languages, read_yaml
from intents.parse_result import Entity
from intents.tokens import tokenize

DEFAULT = "en"
SURE = 0.9
_FEWEST_WORDS = 3


@dataclass(frozen=True, slots=True)
class LanguageDetector:
    """The classifier's opinion, with chat words that settle it before.

    `words` count for their language; those of `telling` settle it as a whole message too.
    """

    words: dict[str, frozenset[str]]
    telling: dict[str, frozenset[str]]

    @classmethod
    def load(cls) -> Self:
        lists = {each: read_yaml("lexicon", each, "chat_words.yml") for each in languages()}
        return cls(
            {language: frozenset(lists[language]["words"]) for language in lists},
            {language: frozenset(lists[language]["alone"]) for language in lists},
        )

    def detect(
        self, text: str, entities: Iterable[Entity], french: float, hint: str | None
    ) -> tuple[str, bool]:
        """Return the language and whether the text itself settles it; `hint` settles the rest.

        `french` is the probability that the classifier gives to French.
        """
        prose = _without_names(text, entities)
        language, sure = self._judge([token.key for token in tokenize(prose)], french)
        if sure or hint is None:
            return language, sure
        return hint, False

    @staticmethod
    def is_mute(text: str, entities: Iterable[Entity]) -> bool:
        """Whether a text has nothing but names, addresses and numbers: no words at all."""
        return bool(entities) and not tokenize(_without_names(text, entities))

    def _judge(self, keys: list[str], french: float) -> tuple[str, bool]:
        if not keys:
            return DEFAULT, False
        for language, alone in self.telling.items():
            if keys[0] in alone and len(keys) == 1:
                return language, True
        in_english = sum(key in self.words["en"] for key in keys)
        in_french = sum(key in self.words["fr"] for key in keys)
        if in_english != in_french:
            language = "en" if in_english > in_french else "fr"
            plain = abs(in_english - in_french) > 1
            return language, plain or min(in_english, in_french) == 0 < len(keys) - 1
        sure = max(french, 1 - french) >= SURE and len(keys) >= _FEWEST_WORDS
        return "fr" if french > 1 / 2 else DEFAULT, sure


def _without_names(text: str, entities: Iterable[Entity]) -> str:
    """Blank what belongs to no language: addresses, numbers, links and names."""
    for entity in entities:
        if entity.entity in ("email", "phone") or entity.extractor == "names":
            text = f"{text[: entity.start]}{' ' * (entity.end - entity.start)}{text[entity.end :]}"
    return " ".join(word for word in text.split() if "://" not in word and "www." not in word)
