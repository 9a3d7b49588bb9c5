"""Fits the classifier; the only module that imports scikit-learn, and only while it trains."""

import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import numpy as np

from intents.classifier import ANSWERS, TrainedModel
from intents.features import Vector, View, characters_of, words_of
from intents.spelling import words_in_use
from intents.training_data import Example, WordUse, words_of_agreement


@dataclass(frozen=True, slots=True)
class Recipe:
    """How the classifier is fitted; part of the cache's key.

    Chosen by `python -m intents.cross_validation`, with paraphrases kept in one fold.
    """

    inverse_penalty: float = 10.0
    character_scale: float = 0.8
    word_scale: float = 0.8
    fewest_uses: int = 2
    passes: int = 15
    """How often the solver sees every example: more costs time and measures no better."""

    @property
    def scales(self) -> tuple[float, float]:
        return self.character_scale, self.word_scale


def train(  # noqa: PLR0917  all that a model is made of
    views: Sequence[View],
    examples: Sequence[Example],
    use: WordUse,
    encode: Callable[[Sequence[str]], Vector],
    recipe: Recipe,
    said: Sequence[tuple[View, Example]] = (),
) -> TrainedModel:
    """Return the model of `examples`, which are seen as `views`.

    `said` is what people say at a card; its intents are `ANSWERS`.
    """
    order = sorted(range(len(examples)), key=lambda place: examples[place].intent)
    labels = [examples[place].intent for place in order]
    terms = [views[place].terms for place in order]
    vectors = encode([views[place].prose for place in order])
    characters, words = _vectorizer(characters_of, recipe), _vectorizer(words_of, recipe)
    of_characters, of_words = characters.fit_transform(terms), words.fit_transform(terms)
    scaled = (vectors, of_characters * recipe.character_scale, of_words * recipe.word_scale)
    fitted = _fit(_beside(*scaled), labels, recipe)
    answers = np.zeros((len(fitted.coef_.T) + 1, len(ANSWERS)), np.float32)
    if said:
        heard = [view.terms for view, _ in said]
        scaled = (
            encode([view.prose for view, _ in said]),
            characters.transform(heard) * recipe.character_scale,
            words.transform(heard) * recipe.word_scale,
        )
        of_answers = _fit(_beside(*scaled), [example.intent for _, example in said], recipe)
        answers = np.vstack([of_answers.coef_.T, of_answers.intercept_], dtype=np.float32)
    in_french = [examples[place].language == "fr" for place in order]
    french = _fit(_beside(of_characters, of_words), in_french, recipe)
    counts = [len(list(group)) for _, group in groupby(labels)]
    return TrainedModel(
        intents=tuple(fitted.classes_.tolist()),
        character_terms=tuple(characters.get_feature_names_out().tolist()),
        word_terms=tuple(words.get_feature_names_out().tolist()),
        words=words_in_use(example.text for example in examples),
        ordinary_words=tuple(sorted(use.ordinary)),
        known_names=tuple(sorted(use.names)),
        agreeing_words=tuple(sorted(words_of_agreement(example for _, example in said))),
        arrays={
            "coefficients": np.ascontiguousarray(fitted.coef_.T, np.float32),
            "intercepts": fitted.intercept_.astype(np.float32),
            "answers": answers,
            "french": np.append(french.coef_[0], french.intercept_).astype(np.float32),
            "character_idf": characters.idf_.astype(np.float32),
            "word_idf": words.idf_.astype(np.float32),
            "example_vectors": vectors,
            "example_ends": np.cumsum(counts),
        },
    )


def _beside(*parts: Any) -> Any:
    """Return matrices of the same examples as one."""
    from scipy import sparse

    stack: Any = sparse.hstack
    return stack(parts, format="csr", dtype=np.float32)


def _vectorizer(terms_of: Callable[[str], list[str]], recipe: Recipe) -> Any:
    from sklearn.feature_extraction.text import TfidfVectorizer

    return TfidfVectorizer(  # type: ignore[no-untyped-call]  # scikit-learn has no types
        analyzer=terms_of, sublinear_tf=True, min_df=recipe.fewest_uses, dtype=np.float32
    )


def _fit(design: Any, labels: Sequence[object], recipe: Recipe) -> Any:
    """Return the fitted regression.

    With tens of thousands of features, the stochastic solver takes a third of the default's time.
    """
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.linear_model import LogisticRegression

    regression: Any = LogisticRegression(  # type: ignore[no-untyped-call]  # no types
        C=recipe.inverse_penalty, solver="sag", max_iter=recipe.passes, random_state=0
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        return regression.fit(design, labels)
