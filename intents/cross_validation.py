"""Finds the thresholds of `Gate` and the numbers of `Recipe`: `python -m intents.cross_validation`.

Every example is read by a parser that has seen neither it nor its paraphrases, in any language:
neighbouring lines of one intent, and examples of one intent that are nearly alike, stay in one
fold. Splitting them flatters the accuracy by ten points.
"""

import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, product
from statistics import fmean
from typing import Any

import numpy as np
from numpy.typing import NDArray
from platformdirs import user_cache_path
from scipy.sparse.csgraph import connected_components
from sklearn.model_selection import GroupKFold

from intents.classifier import Classifier
from intents.cleaning import clean
from intents.encoder import Encode, load_encoder
from intents.entities import EntityFinder
from intents.features import Vector, View
from intents.gate import Gate
from intents.lexicon import read_yaml
from intents.parse_result import FALLBACK, OUT_OF_SCOPE, Reading
from intents.training import Recipe, train
from intents.training_data import LANGUAGES, Example, load_examples, word_use

FOLDS = 5
NEIGHBOURS = 3
ALIKE = 0.88


@dataclass(frozen=True, slots=True)
class Guess:
    """What a parser that never saw an example makes of it."""

    intent: str
    language: str
    ranking: tuple[Reading, ...]


def cross_validate(examples: Sequence[Example], recipe: Recipe, encode: Encode) -> list[Guess]:
    """Return a guess for each example, fold by fold."""
    texts = [clean(example.text) for example in examples]
    views = _views(texts, EntityFinder.load(word_use(examples)))
    proses = sorted({view.prose for view in views})
    vectors = dict(zip(proses, encode(proses), strict=True))
    groups = paraphrases(examples, np.stack([vectors[view.prose] for view in views]))
    guesses: list[Guess] = []
    folds: Any = GroupKFold(  # type: ignore[no-untyped-call]  # no types
        FOLDS, shuffle=True, random_state=0
    )
    for seen, unseen in folds.split(views, groups=groups):
        classifier = _classifier(
            [examples[i] for i in seen], [views[i] for i in seen], vectors, recipe
        )
        guesses += [
            Guess(
                examples[i].intent,
                examples[i].language,
                classifier.rank(classifier.weigh(views[i].terms), vectors[views[i].prose]),
            )
            for i in unseen
        ]
    return guesses


def paraphrases(examples: Sequence[Example], vectors: Vector) -> NDArray[np.int32]:
    """Return the number of each example's group."""
    links = np.zeros((len(examples), len(examples)), np.bool_)
    places = range(len(examples))
    for _, line in groupby(places, key=lambda i: (examples[i].language, examples[i].intent)):
        for i, j in _neighbours(list(line)):
            links[i, j] = True
    by_intent = sorted(places, key=lambda i: examples[i].intent)
    for _, block in groupby(by_intent, key=lambda i: examples[i].intent):
        same = np.array(list(block))
        links[np.ix_(same, same)] |= vectors[same] @ vectors[same].T > ALIKE
    return np.asarray(connected_components(links, directed=False)[1])


def figures(guesses: Sequence[Guess], gate: Gate, careful: frozenset[str]) -> dict[str, float]:
    """Return shares: of in-scope messages read right, wrong, asked about, and so on."""
    judged = [(guess.intent, *gate.judge(guess.ranking, careful)) for guess in guesses]
    inside = [(want, got.name, unsure) for want, got, unsure in judged if want != OUT_OF_SCOPE]
    outside = [got.name for want, got, _ in judged if want == OUT_OF_SCOPE]
    refused = (FALLBACK, OUT_OF_SCOPE)
    return {
        "top": fmean(guess.ranking[0].name == guess.intent for guess in guesses),
        "right": fmean(want == got for want, got, _ in inside),
        "wrong": fmean(got not in (want, *refused) for want, got, _ in inside),
        "asked": fmean(bool(unsure) for _, _, unsure in inside),
        "asked_right": fmean(want in unsure for want, _, unsure in inside if unsure),
        "careful_wrong": fmean(got in careful and got != want for want, got, _ in inside),
        "oos_refused": fmean(got in refused for got in outside),
        "oos_careful": fmean(got in careful for got in outside),
    }


def check(examples: Sequence[Example], encode: Encode) -> str:
    """Return the cross-validated table that `foyer train --check` prints.

    The shares of `figures` with the gate as it is, by language; then each intent with the share
    of its examples that is read right, the worst first, and what it is mostly taken for.
    """
    guesses = cross_validate(examples, Recipe(), encode)
    careful = frozenset(read_yaml("catalogue.yml")["careful"])
    lines = []
    for language in LANGUAGES:
        shares = figures(
            [guess for guess in guesses if guess.language == language], Gate(), careful
        )
        lines += [f"{language} {name:<14}{share:.3f}" for name, share in shares.items()]
    by_intent = {
        name: [guess.ranking[0].name for guess in guesses if guess.intent == name]
        for name in {guess.intent for guess in guesses}
    }
    right = {name: got.count(name) / len(got) for name, got in by_intent.items()}
    for name in sorted(right, key=right.__getitem__):
        wrong = Counter(got for got in by_intent[name] if got != name).most_common(2)
        taken_for = ", ".join(f"{other} {times}" for other, times in wrong)
        lines.append(f"{name:<28}{right[name]:.3f}{len(by_intent[name]):>6}  {taken_for}")
    return "\n".join(lines)


def main() -> None:
    encode = load_encoder(user_cache_path("foyer"))
    guesses = cross_validate(load_examples(), Recipe(), encode)
    careful = frozenset(read_yaml("catalogue.yml")["careful"])
    bars = product((0.15, 0.2, 0.25, 0.3, 0.35, 0.4), (0.3, 0.35, 0.4, 0.45, 0.5), (0.08, 0.12))
    for accept, bar, ask in bars:
        shares = figures(guesses, Gate(accept, bar, ask), careful)
        row = " ".join(f"{name} {share:.3f}" for name, share in shares.items())
        sys.stdout.write(f"{accept:.2f} {bar:.2f} {ask:.2f}  {row}\n")


def _views(texts: Sequence[str], entities: EntityFinder) -> list[View]:
    return [View.of(text, entities.find(text)) for text in texts]


def _classifier(
    examples: Sequence[Example],
    views: Sequence[View],
    vectors: Mapping[str, Vector],
    recipe: Recipe,
) -> Classifier:
    def encode(proses: Sequence[str]) -> Vector:
        return np.stack([vectors[prose] for prose in proses])

    model = train(views, examples, word_use(examples), encode, recipe)
    return Classifier.of(model, recipe.scales)


def _neighbours(line: Sequence[int]) -> Iterator[tuple[int, int]]:
    for start in range(0, len(line), NEIGHBOURS):
        first, *rest = line[start : start + NEIGHBOURS]
        yield from ((first, other) for other in rest)


if __name__ == "__main__":
    main()
