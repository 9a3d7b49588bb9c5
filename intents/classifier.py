"""What a message is: trained weights applied with numpy alone."""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from intents.features import TermWeights, Vector, characters_of, words_of
from intents.network import Head, log_shares
from intents.parse_result import Reading

Weighed = tuple[tuple[NDArray[np.intp], Vector], ...]
"""The character terms and the word terms of a text: their places and weights."""
Arrays = Mapping[str, NDArray[Any]]
Scales = tuple[float, float]
CANDIDATES = 8
LESSONS = ("intents", "answers", "danger", "rights", "waiting")
HEARD_ANEW = ("waiting",)
"""Lessons that have grown since the encoder was taught: their heads are fitted with the words."""
SHARE = 0.8
"""How much the words say beside the encoder (docs/decisions/0019)."""


@dataclass(frozen=True, slots=True)
class TrainedModel:
    """What training leaves behind: plain arrays and plain lists, nothing that can run.

    `labels` are those of each lesson and the `languages`. `arrays`: for each of them `..._w`
    (character terms and word terms x labels) and `..._b`; for those of `HEARD_ANEW` `..._head_w`
    and `..._head_b` over the encoder's rows; `character_idf`, `word_idf`.
    """

    labels: Mapping[str, tuple[str, ...]]
    character_terms: tuple[str, ...]
    word_terms: tuple[str, ...]
    words: tuple[str, ...]
    ordinary_words: tuple[str, ...]
    known_names: tuple[str, ...]
    agreeing_words: tuple[str, ...]
    arrays: Arrays

    def head(self, lesson: str) -> Head:
        """Return the head that was fitted for a lesson over the encoder's rows."""
        weights, biases = self.arrays[f"{lesson}_head_w"], self.arrays[f"{lesson}_head_b"]
        return Head(self.labels[lesson], weights, biases)


@dataclass(frozen=True, slots=True)
class Judge:
    """Tells labels apart by two opinions: what the encoder was taught, and the words themselves.

    Their log-probabilities are added. Of a label that the encoder does not know, it has no opinion,
    and without a head it is not asked.
    """

    labels: tuple[str, ...]
    head: Head | None
    places: NDArray[np.intp]
    """Where the encoder has each label; -1 where it was not taught one."""
    weights: tuple[Vector, Vector]
    """Of the character terms and of the word terms, a column a label."""
    biases: Vector
    scales: Scales

    @classmethod
    def of(cls, lesson: str, model: TrainedModel, head: Head | None, scales: Scales) -> Self:
        labels, taught = model.labels[lesson], head.labels if head else ()
        places = [taught.index(label) if label in taught else -1 for label in labels]
        weights, border = model.arrays[f"{lesson}_w"], len(model.character_terms)
        parts = (weights[:border], weights[border:])
        biases = model.arrays[f"{lesson}_b"]
        return cls(labels, head, np.array(places), parts, biases, scales)

    def shares(self, weighed: Weighed, row: Vector) -> Vector:
        """Return the probability of each label; `row` is the encoded prose of the text."""
        scores = self.biases.copy()
        for (places, values), weights, scale in zip(
            weighed, self.weights, self.scales, strict=True
        ):
            scores += scale * (values @ weights[places])
        if self.head is None:
            return np.exp(log_shares(scores))
        heard = np.append(self.head.scores(row), -math.log(len(self.labels)))
        return np.exp(log_shares(SHARE * log_shares(scores) + heard[self.places]))

    def named(self, weighed: Weighed, row: Vector) -> dict[str, float]:
        """Return the probabilities by their labels."""
        return dict(zip(self.labels, map(float, self.shares(weighed, row)), strict=True))


@dataclass(frozen=True, slots=True)
class Classifier:
    """Ranks intents, weighs the rest; immutable, so threads may share it."""

    characters: TermWeights
    words: TermWeights
    intents: Judge
    answers: Judge
    danger: Judge
    rights: Judge
    waiting: Judge
    languages: Judge

    @classmethod
    def of(cls, model: TrainedModel, heads: Mapping[str, Head], scales: Scales) -> Self:
        arrays = model.arrays
        every = {**heads, **{name: model.head(name) for name in HEARD_ANEW}}
        judges = {name: Judge.of(name, model, every[name], scales) for name in LESSONS}
        return cls(
            characters=_terms(characters_of, model.character_terms, arrays["character_idf"]),
            words=_terms(words_of, model.word_terms, arrays["word_idf"]),
            languages=Judge.of("languages", model, None, (1.0, 1.0)),
            **judges,
        )

    def weigh(self, terms: str) -> Weighed:
        """Return the terms of a text as the other methods want them."""
        return self.characters.transform(terms), self.words.transform(terms)

    def rank(self, weighed: Weighed, row: Vector) -> tuple[Reading, ...]:
        """Return the likeliest intents, best first; `row` is the encoded prose of the text."""
        shares = self.intents.shares(weighed, row)
        best = np.argsort(shares)[::-1][:CANDIDATES]
        return tuple(Reading(self.intents.labels[i], float(shares[i])) for i in best)


def _terms(terms_of: Callable[[str], list[str]], terms: Iterable[str], idf: Vector) -> TermWeights:
    return TermWeights(terms_of, {term: index for index, term in enumerate(terms)}, idf)
