"""Which intent a message has: trained weights applied with numpy alone."""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from intents.features import TermWeights, Vector, characters_of, words_of
from intents.parse_result import Reading

Weighed = tuple[tuple[NDArray[np.intp], Vector], ...]
"""The character terms and the word terms of a text: their places and weights."""
Arrays = Mapping[str, NDArray[Any]]
CANDIDATES = 8
ANSWERS = ("neither", "no", "yes")
LIKENESS_POWER = 4
"""How much the nearest example says beside the regression (docs/decisions/0012)."""


@dataclass(frozen=True, slots=True)
class TrainedModel:
    """What training leaves behind: plain arrays and plain lists, nothing that can run.

    `arrays`: `coefficients` (features x intents: sentence vector, character terms, word terms),
    `intercepts`, `french` (a weight a term, the intercept last), `character_idf`, `word_idf`,
    `example_vectors` (sorted by intent), and `example_ends` (where each intent's examples end);
    `answers` (the same features, the intercept last, x `ANSWERS`).
    """

    intents: tuple[str, ...]
    character_terms: tuple[str, ...]
    word_terms: tuple[str, ...]
    words: tuple[str, ...]
    ordinary_words: tuple[str, ...]
    known_names: tuple[str, ...]
    agreeing_words: tuple[str, ...]
    arrays: Arrays


@dataclass(frozen=True, slots=True)
class Classifier:
    """Ranks intents; immutable, so threads may share it."""

    intents: tuple[str, ...]
    characters: TermWeights
    words: TermWeights
    coefficients: tuple[Vector, Vector, Vector]
    intercepts: Vector
    french_weights: tuple[Vector, Vector, float]
    answer_weights: tuple[tuple[Vector, Vector, Vector], Vector]
    examples: tuple[Vector, ...]
    scales: tuple[float, float]

    @classmethod
    def of(cls, model: TrainedModel, scales: tuple[float, float]) -> Self:
        arrays = model.arrays
        first_word = len(arrays["coefficients"]) - len(model.word_terms)
        borders = [first_word - len(model.character_terms), first_word]
        sentence, characters, words = np.split(arrays["coefficients"], borders)
        answers = arrays["answers"]
        of_vector, of_runs, of_terms = np.split(answers[:-1], borders)
        of_characters, of_words, bias = np.split(
            arrays["french"], [len(model.character_terms), len(arrays["french"]) - 1]
        )
        return cls(
            intents=model.intents,
            characters=_terms(characters_of, model.character_terms, arrays["character_idf"]),
            words=_terms(words_of, model.word_terms, arrays["word_idf"]),
            coefficients=(sentence, characters, words),
            intercepts=arrays["intercepts"],
            french_weights=(of_characters, of_words, float(bias[0])),
            answer_weights=((of_vector, of_runs, of_terms), answers[-1]),
            examples=tuple(np.split(arrays["example_vectors"], arrays["example_ends"][:-1])),
            scales=scales,
        )

    def weigh(self, terms: str) -> Weighed:
        """Return the terms of a text as the other methods want them."""
        return self.characters.transform(terms), self.words.transform(terms)

    def probabilities(self, weighed: Weighed, vector: Vector) -> Vector:
        """Return the probability of each intent, in the order of `intents`."""
        return self._odds(self.coefficients, self.intercepts, weighed, vector)

    def answers(self, weighed: Weighed, vector: Vector) -> dict[str, float]:
        """Return how likely the whole text is a yes, a no, or neither."""
        odds = self._odds(*self.answer_weights, weighed, vector)
        return dict(zip(ANSWERS, map(float, odds), strict=True))

    def _odds(
        self,
        coefficients: tuple[Vector, Vector, Vector],
        intercepts: Vector,
        weighed: Weighed,
        vector: Vector,
    ) -> Vector:
        sentence, *sparse = coefficients
        scores = intercepts + vector @ sentence
        for (places, values), weights, scale in zip(weighed, sparse, self.scales, strict=True):
            scores += scale * (values @ weights[places])
        odds = np.exp(scores - scores.max())
        return np.asarray(odds / odds.sum(), np.float32)

    def french(self, weighed: Weighed) -> float:
        """Return the probability that a text is French, not English."""
        *sparse, score = self.french_weights
        for (places, values), weights in zip(weighed, sparse, strict=True):
            score += float(values @ weights[places])
        return 1 / (1 + math.exp(-score))

    def rank(self, weighed: Weighed, vector: Vector) -> tuple[Reading, ...]:
        """Return the likeliest intents, best first; `vector` is the encoded prose of the text."""
        probabilities = self.probabilities(weighed, vector)
        best = np.argsort(probabilities)[::-1][:CANDIDATES]
        likeness = np.array([self._likeness(i, vector) for i in best])
        weights = probabilities[best] * likeness**LIKENESS_POWER
        shares = weights / (weights.sum() or 1.0)
        readings = (
            Reading(self.intents[i], float(share * like))
            for i, share, like in zip(best, shares, likeness, strict=True)
        )
        return tuple(sorted(readings, key=lambda reading: reading.confidence, reverse=True))

    def _likeness(self, intent: int, vector: Vector) -> float:
        """Return the cosine to the nearest example of an intent, at least 0."""
        return max(0.0, float((self.examples[intent] @ vector).max()))


def _terms(terms_of: Callable[[str], list[str]], terms: Iterable[str], idf: Vector) -> TermWeights:
    return TermWeights(terms_of, {term: place for place, term in enumerate(terms)}, idf)
