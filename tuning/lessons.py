"""What the encoder is taught: messages as numbers of word pieces, with what each of them is."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from intents.classifier.encoder import Pieces
from intents.classifier.features import View
from intents.classifier.model import HEARD_ANEW
from intents.classifier.training import seen_as
from intents.classifier.training_data import Example, load_examples, load_lessons, word_use

BATCH = 32
_LENGTHS = (8, 16, 24, 40, 64, 100, 200)
"""Texts of nearly one length go together: the network is compiled once for each of these."""
UNKNOWN = 0
"""The piece of what is no piece; a hidden one is shown as this."""
COMMON = {"danger": "ordinary", "rights": "neither"}
DAILY = 5000
"""So many messages of every day stand beside what a lesson is about."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """`texts` are the numbers of their pieces, `answers` the places of their labels."""

    name: str
    labels: tuple[str, ...]
    texts: tuple[tuple[int, ...], ...]
    answers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Batch:
    """Texts of one lesson; `pieces` is texts x pieces, -1 behind the end of a text."""

    lesson: str
    pieces: NDArray[np.int32]
    answers: NDArray[np.int32]


def lessons(pieces: Pieces, without: frozenset[str] = frozenset()) -> tuple[Lesson, ...]:
    """Return all lessons; the messages of voices in `without` are left out."""
    learned = load_lessons(load_examples(without=without))
    every: dict[str, Sequence[Example]] = {
        name: said for name, said in learned.items() if name not in HEARD_ANEW
    }
    use = word_use(every["intents"])
    for name, common in COMMON.items():
        every[name] = _fewer(every[name], common)
    return tuple(
        _lesson(name, said, seen_as((one.text for one in said), use), pieces)
        for name, said in every.items()
    )


def _fewer(said: Sequence[Example], common: str) -> list[Example]:
    """Return a lesson with fewer of what is asked every day and belongs to no voice in it."""
    daily = [one for one in said if one.intent == common and not one.voice]
    others = [one for one in said if one.intent != common or one.voice]
    kept = np.random.default_rng(0).permutation(len(daily))[:DAILY]
    return [*others, *(daily[place] for place in kept)]


def _lesson(
    name: str, examples: Sequence[Example], views: Sequence[View], pieces: Pieces
) -> Lesson:
    labels = tuple(sorted({one.intent for one in examples}))
    place = {label: number for number, label in enumerate(labels)}
    return Lesson(
        name,
        labels,
        tuple(tuple(pieces.numbers(view.prose)) for view in views),
        tuple(place[one.intent] for one in examples),
    )


def epoch(all_lessons: Sequence[Lesson], chance: np.random.Generator, hidden: float) -> list[Batch]:
    """Return every text of every lesson once, in a new order, a share of the pieces `hidden`."""
    batches = [batch for lesson in all_lessons for batch in _batches(lesson, chance)]
    for batch in batches:
        unseen = (chance.random(batch.pieces.shape) < hidden) & (batch.pieces >= 0)
        unseen[:, 0] = False  # the beginning stays: no text is empty
        batch.pieces[unseen] = UNKNOWN
    return [batches[place] for place in chance.permutation(len(batches))]


def _batches(lesson: Lesson, chance: np.random.Generator) -> Iterator[Batch]:
    for length, places in _by_length(lesson.texts).items():
        order = chance.permutation(places)
        short = -len(order) % BATCH
        order = np.concatenate([order, chance.choice(places, short)])
        for part in order.reshape(-1, BATCH):
            answers = np.array([lesson.answers[place] for place in part], np.int32)
            yield Batch(
                lesson.name, padded([lesson.texts[place] for place in part], length), answers
            )


def _by_length(texts: Sequence[Sequence[int]]) -> Mapping[int, list[int]]:
    found: dict[int, list[int]] = {}
    for place, text in enumerate(texts):
        found.setdefault(next(each for each in _LENGTHS if len(text) <= each), []).append(place)
    return found


def padded(texts: Sequence[Sequence[int]], length: int) -> NDArray[np.int32]:
    """Return texts as rows of one length, -1 behind their ends."""
    rows = np.full((len(texts), length), -1, np.int32)
    for row, text in zip(rows, texts, strict=True):
        row[: len(text)] = text
    return rows
