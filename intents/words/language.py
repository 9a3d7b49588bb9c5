"""Which language a message is in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self

from intents.parse_result import Entity
from intents.words.lexicon import languages, read_yaml
from intents.words.tokens import tokenize

Shares = Mapping[str, float]
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
        self, text: str, entities: Iterable[Entity], shares: Shares, hint: str | None
    ) -> tuple[str, bool]:
        """Return the language and whether the text itself settles it; `hint` settles the rest.

        `shares` are the probabilities that the classifier gives to the languages.
        """
        prose = _without_names(text, entities)
        language, sure = self._judge([token.key for token in tokenize(prose)], shares)
        if sure or hint is None:
            return language, sure
        return hint, False

    @staticmethod
    def is_mute(text: str, entities: Iterable[Entity]) -> bool:
        """Whether a text has nothing but names, addresses and numbers: no words at all."""
        return bool(entities) and not tokenize(_without_names(text, entities))

    def _judge(self, keys: list[str], shares: Shares) -> tuple[str, bool]:
        if not keys:
            return languages()[0], False
        for language, alone in self.telling.items():
            if keys[0] in alone and len(keys) == 1:
                return language, True
        counts = {name: sum(key in words for key in keys) for name, words in self.words.items()}
        first, second, *_ = sorted(counts, key=counts.__getitem__, reverse=True)
        if lead := counts[first] - counts[second]:
            return first, lead > 1 or counts[second] == 0 < len(keys) - 1
        likeliest = max(shares, key=shares.__getitem__)
        return likeliest, shares[likeliest] >= SURE and len(keys) >= _FEWEST_WORDS


def _without_names(text: str, entities: Iterable[Entity]) -> str:
    """Blank what belongs to no language: addresses, numbers, links and names."""
    for entity in entities:
        if entity.entity in ("email", "phone") or entity.extractor == "names":
            text = f"{text[: entity.start]}{' ' * (entity.end - entity.start)}{text[entity.end :]}"
    return " ".join(word for word in text.split() if "://" not in word and "www." not in word)
