"""English or French."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from intents.lexicon import read_yaml
from intents.parse_result import Entity
from intents.tokens import tokenize

DEFAULT = "en"
SURE = 0.9
_FEWEST_WORDS = 3


@dataclass(frozen=True, slots=True)
class LanguageDetector:
    """`py3langid` between English and French, with chat words it is too general to know."""

    identifier: Any  # py3langid's LanguageIdentifier; the library has no types
    words: dict[str, frozenset[str]]
    telling: dict[str, frozenset[str]]

    @classmethod
    def load(cls) -> Self:
        identifier = LanguageIdentifier.from_model_file(  # type: ignore[no-untyped-call]  # no types
            MODEL_FILE, norm_probs=True
        )
        identifier.set_languages(["en", "fr"])
        lists = read_yaml("lexicon", "chat_words.yml")
        return cls(
            identifier,
            {language: frozenset(lists[language]["words"]) for language in lists},
            {language: frozenset(lists[language]["alone"]) for language in lists},
        )

    def detect(self, text: str, entities: Iterable[Entity], hint: str | None) -> tuple[str, bool]:
        """Return the language and whether the text itself settles it; `hint` settles the rest."""
        prose = _without_names(text, entities)
        keys = [token.key for token in tokenize(prose)]
        language, sure = self._judge(prose, keys)
        if sure or hint is None:
            return language, sure
        return hint, False

    def _judge(self, prose: str, keys: list[str]) -> tuple[str, bool]:
        if not keys:
            return DEFAULT, False
        for language, alone in self.telling.items():
            if keys[0] in alone and len(keys) == 1:
                return language, True
        english = sum(key in self.words["en"] for key in keys)
        french = sum(key in self.words["fr"] for key in keys)
        if english != french:
            language = "en" if english > french else "fr"
            return language, abs(english - french) > 1 or min(english, french) == 0 < len(keys) - 1
        language, probability = self.identifier.classify(prose)
        return language, probability >= SURE and len(keys) >= _FEWEST_WORDS


def _without_names(text: str, entities: Iterable[Entity]) -> str:
    """Blank what belongs to no language: addresses, numbers, links and names."""
    for entity in entities:
        if entity.entity in ("email", "phone") or entity.extractor == "names":
            text = f"{text[: entity.start]}{' ' * (entity.end - entity.start)}{text[entity.end :]}"
    return " ".join(word for word in text.split() if "://" not in word and "www." not in word)
