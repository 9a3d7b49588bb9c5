"""The way of a message through the room: clean, find entities, tell the language, rank, judge."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Self

from platformdirs import user_cache_path
from threadpoolctl import threadpool_limits

from intents.classifier import Classifier, TrainedModel
from intents.cleaning import clean
from intents.encoder import load_encoder
from intents.entities import EntityFinder
from intents.features import Vector, View
from intents.gate import Gate
from intents.language import DEFAULT, LanguageDetector
from intents.lexicon import read_yaml
from intents.model_cache import ModelCache, content_key
from intents.parse_result import FALLBACK, Entity, ParseResult, Reading
from intents.phrases import MODAL
from intents.requests import Wishes, two_requests
from intents.spelling import Speller
from intents.training import Recipe, train
from intents.training_data import WordUse, load_examples, word_use

CHANGE = "change_rights"
SURE = 0.5
"""Below it a message of words that nobody ever typed is not guessed at."""


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
    gives_or_takes: frozenset[str]
    encode: Callable[[Sequence[str]], Vector]
    """The sentence encoder: one row of length 1 a text, which must be clean."""

    @classmethod
    def load(cls, *, cache: Path | None = None) -> Self:
        """Return a parser, trained first (tens of seconds) when `cache` holds no model of it.

        `cache` is a folder; without it, the user's cache folder.
        """
        recipe = Recipe()
        folder = cache or user_cache_path("foyer")
        encode = load_encoder(folder)

        def make() -> TrainedModel:
            return _train(encode, recipe)

        model = ModelCache(folder).get(content_key(repr(recipe)), make)
        # A message is too small to share out: two threads take three times as long.
        threadpool_limits(limits=1, user_api="blas")  # type: ignore[no-untyped-call]  # no types
        use = WordUse(frozenset(model.ordinary_words), frozenset(model.known_names))
        catalogue = read_yaml("catalogue.yml")
        return cls(
            entities=EntityFinder.load(use),
            languages=LanguageDetector.load(),
            wishes=Wishes.of(catalogue),
            speller=Speller.of(model.words, use.ordinary | use.names),
            classifier=Classifier.of(model, recipe.scales),
            gate=Gate(),
            careful=frozenset(catalogue["careful"]),
            gives_or_takes=frozenset(catalogue["gives_or_takes"]),
            encode=encode,
        )

    def parse(self, text: str, *, language_hint: str | None = None) -> ParseResult:
        """Return what `text` means; `language_hint` is the conversation's or messenger's language.

        Never raises for any string. Pure: nothing is stored, nothing is looked up elsewhere.
        """
        cleaned = clean(text)
        if not cleaned:
            language = language_hint or DEFAULT
            return ParseResult(cleaned, language, False, Reading(FALLBACK, 0.0), (), ())
        (whole,) = self._parse_all([cleaned], language_hint)
        requests = two_requests(
            cleaned,
            whole.entities,
            self.wishes,
            partial(self._parse_all, language_hint=whole.language),
        )
        return replace(whole, requests=requests) if requests else whole

    def is_relation(self, text: str) -> bool:
        """Whether a text names somebody by a relation alone: "my son", "ma blonde"."""
        found = self.entities.find(clean(text))
        return any(entity.extractor == "relations" for entity in found)

    def _parse_all(self, texts: Sequence[str], language_hint: str | None) -> list[ParseResult]:
        """Return what each of several clean texts means; the encoder reads them together."""
        seen = [self._see(text) for text in texts]
        vectors = self.encode([one.view.prose for one in seen]) if seen else ()
        return [
            self._judge(one, vector, language_hint)
            for one, vector in zip(seen, vectors, strict=True)
        ]

    def _judge(self, seen: "_Seen", vector: Vector, language_hint: str | None) -> ParseResult:
        cleaned, entities = seen.text, seen.entities
        weighed = self.classifier.weigh(seen.view.terms)
        french = self.classifier.french(weighed)
        language, confident = self.languages.detect(cleaned, entities, french, language_hint)
        ranking = self.classifier.rank(weighed, vector)
        guessed = ranking[0].confidence < SURE and not self.speller.knows_some(seen.view.prose)
        if guessed or self.languages.is_mute(cleaned, entities):  # names alone wish for nothing
            fallback = Reading(FALLBACK, ranking[0].confidence)
            return ParseResult(cleaned, language, confident, fallback, ranking, entities)
        intent, unsure = self.gate.judge(ranking, self.careful)
        entities = tuple(found for found in entities if self._fits(found, intent.name))
        return ParseResult(cleaned, language, confident, intent, ranking, entities, unsure)

    def _fits(self, entity: Entity, intent: str) -> bool:
        """Tell whether a word of giving or taking means that: not where somebody is added."""
        if entity.entity != "right_change":
            return True
        return intent == CHANGE if entity.extractor == MODAL else intent in self.gives_or_takes

    def _see(self, text: str) -> "_Seen":
        """Return a text with what the classifier sees: the message without slips of the finger."""
        entities = self.entities.find(text)
        mended = self.speller.mend(text, entities)
        known = entities if mended == text else self.entities.find(mended)
        return _Seen(text, entities, View.of(mended, known))


@dataclass(frozen=True, slots=True)
class _Seen:
    text: str
    entities: tuple[Entity, ...]
    view: View


def _train(encode: Callable[[Sequence[str]], Vector], recipe: Recipe) -> TrainedModel:
    examples = load_examples()
    use = word_use(examples)
    entities = EntityFinder.load(use)
    cleaned = [clean(example.text) for example in examples]
    views = [View.of(text, entities.find(text)) for text in cleaned]
    return train(views, examples, use, encode, recipe)
