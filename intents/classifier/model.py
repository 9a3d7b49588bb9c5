"""What a message is: trained weights applied with numpy alone."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from intents.classifier.features import TermWeights, Vector, places_of_characters, places_of_words
from intents.classifier.network import Head, log_shares
from intents.parse_result import Reading

Weighed = Mapping[str, Vector]
"""What the words of a text say of the labels of each lesson, and of the languages."""
Arrays = Mapping[str, NDArray[Any]]
Scales = tuple[float, float]
CANDIDATES = 8
LESSONS = ("intents", "answers", "danger", "rights", "waiting", "wanting")
HEARD_ANEW = ("wanting",)
"""Lessons that the encoder is not taught (docs/decisions/0051): their heads are fitted here."""
ELSE = ""
"""What is none of the labels that the encoder was not taught."""
SHARE = 0.8
"""How much the words say beside the encoder (docs/decisions/0019)."""


@dataclass(frozen=True, slots=True)
class TrainedModel:
    """What training leaves behind: plain arrays and plain lists, nothing that can run.

    `labels` are those of each lesson and the `languages`. `arrays`: for each of them `..._w`
    (character terms and word terms x labels) and `..._b`; for those of `HEARD_ANEW` `..._head_w`
    and `..._head_b` over the encoder's rows, and as `..._late_head_w` those that tell apart from
    all others the labels that came after the encoder was taught; `character_idf`, `word_idf`.
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

    def late_head(self, lesson: str) -> Head | None:
        """Return the head of the labels that came after the encoder was taught, `ELSE` first."""
        return self.head(late(lesson)) if late(lesson) in self.labels else None


def late(lesson: str) -> str:
    """Return the name of what is learned of a lesson's late labels."""
    return f"{lesson}_late"


@dataclass(frozen=True, slots=True)
class Judge:
    """Tells labels apart by two opinions: what the encoder was taught, and the words themselves.

    Their log-probabilities are added. Of a label that came after it was taught, a head fitted with
    the words speaks: it says how likely each of those is, and how likely that it is none of them.
    Of any other that the encoder does not know, it has no opinion, and without a head it is not
    asked.
    """

    lesson: str
    labels: tuple[str, ...]
    head: Head | None
    late: Head | None
    places: NDArray[np.intp]
    """Where the heads have each label, one behind the other; -1 where neither was taught one."""
    unheard: NDArray[np.float64]
    """What stands behind them for such a label: that each is as likely as any other."""

    @classmethod
    def of(cls, lesson: str, model: TrainedModel, head: Head | None) -> Self:
        labels, beside = model.labels[lesson], model.late_head(lesson)
        heard = (*(head.labels if head else ()), *(beside.labels[1:] if beside else ()))
        places = [heard.index(label) if label in heard else -1 for label in labels]
        return cls(
            lesson, labels, head, beside, np.array(places), np.array([-math.log(len(labels))])
        )

    def shares(self, weighed: Weighed, row: Vector) -> Vector:
        """Return the probability of each label; `row` is the encoded prose of the text."""
        scores = weighed[self.lesson]
        if self.head is None:
            return np.exp(log_shares(scores))
        heard = self.head.scores(row)
        if self.late is not None:
            late = self.late.scores(row)
            heard = np.concatenate([heard + late[0], late[1:]])
        every = np.concatenate([heard, self.unheard])
        return np.exp(log_shares(SHARE * scores + every[self.places]))

    def named(self, weighed: Weighed, row: Vector) -> dict[str, float]:
        """Return the probabilities by their labels."""
        return dict(zip(self.labels, self.shares(weighed, row).tolist(), strict=True))


@dataclass(frozen=True, slots=True)
class Words:
    """What terms say of all labels: those of every lesson stand side by side.

    What a term says of them lies together in memory, and is fetched once for all lessons.
    """

    characters: TermWeights
    words: TermWeights
    of_characters: Vector
    of_words: Vector
    """A row a term, a column a label."""
    biases: Vector
    columns: Mapping[str, slice]
    """Which labels are those of a lesson."""

    @classmethod
    def of(cls, model: TrainedModel, scales: Mapping[str, Scales]) -> Self:
        """Return them; `scales` of each lesson are those of the character and the word terms."""
        arrays, border = model.arrays, len(model.character_terms)
        ends = list(accumulate(arrays[f"{lesson}_w"].shape[1] for lesson in scales))
        columns = dict(zip(scales, map(slice, [0, *ends], ends), strict=True))
        rows = np.empty((border + len(model.word_terms), ends[-1]), np.float32)
        for lesson, (of_characters, of_words) in scales.items():  # in its place: it is 20 MB
            said, beside = arrays[f"{lesson}_w"], rows[:, columns[lesson]]
            np.multiply(said[:border], of_characters, out=beside[:border])
            np.multiply(said[border:], of_words, out=beside[border:])
        return cls(
            TermWeights(
                places_of_characters(_numbered(model.character_terms)), arrays["character_idf"]
            ),
            TermWeights(places_of_words(_numbered(model.word_terms)), arrays["word_idf"]),
            rows[:border],
            rows[border:],
            np.concatenate([arrays[f"{lesson}_b"] for lesson in scales]),
            columns,
        )

    def weigh(self, text: str) -> Weighed:
        places, values = self.characters.transform(text)
        scores = self.biases + values @ self.of_characters[places]
        places, values = self.words.transform(text)
        scores += values @ self.of_words[places]
        return {lesson: scores[columns] for lesson, columns in self.columns.items()}


@dataclass(frozen=True, slots=True)
class Classifier:
    """Ranks intents, weighs the rest; immutable, so threads may share it."""

    words: Words
    intents: Judge
    answers: Judge
    danger: Judge
    rights: Judge
    waiting: Judge
    wanting: Judge
    languages: Judge

    @classmethod
    def of(cls, model: TrainedModel, heads: Mapping[str, Head], scales: Scales) -> Self:
        every = {**heads, **{name: model.head(name) for name in HEARD_ANEW}}
        judges = {name: Judge.of(name, model, every[name]) for name in LESSONS}
        words = Words.of(model, {**dict.fromkeys(LESSONS, scales), "languages": (1.0, 1.0)})
        return cls(words=words, languages=Judge.of("languages", model, None), **judges)

    def weigh(self, terms: str) -> Weighed:
        """Return what the terms of a text say, as the other methods want it."""
        return self.words.weigh(terms)

    def rank(self, weighed: Weighed, row: Vector) -> tuple[Reading, ...]:
        """Return the likeliest intents, best first; `row` is the encoded prose of the text."""
        shares = self.intents.shares(weighed, row)
        best = np.argsort(shares)[::-1][:CANDIDATES]
        return tuple(Reading(self.intents.labels[i], float(shares[i])) for i in best)


def _numbered(terms: Iterable[str]) -> Mapping[str, int]:
    return {term: index for index, term in enumerate(terms)}
