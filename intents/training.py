"""Fits the classifier; the only module that imports scikit-learn, and only while it trains."""

import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import numpy as np

from intents.classifier import TrainedModel
from intents.features import Vector, View, characters_of, words_of
from intents.training_data import WordUse


@dataclass(frozen=True, slots=True)
class Recipe:
    """How the classifier is fitted; part of the cache's key.

    Chosen by `python -m intents.cross_validation`, with paraphrases kept in one fold.
    """

    inverse_penalty: float = 30.0
    character_scale: float = 0.5
    word_scale: float = 0.5
    fewest_uses: int = 2
    iterations: int = 60

    @property
    def scales(self) -> tuple[float, float]:
        return self.character_scale, self.word_scale


def train(
    views: Sequence[View],
    labels: Sequence[str],
    use: WordUse,
    encode: Callable[[Sequence[str]], Vector],
    recipe: Recipe,
) -> TrainedModel:
    """Return the model of the examples `views` and their intents."""
    order = sorted(range(len(labels)), key=lambda place: labels[place])
    labels = [labels[place] for place in order]
    terms = [views[place].terms for place in order]
    vectors = encode([views[place].prose for place in order])
    characters, words, design = _design(terms, vectors, recipe)
    fitted = _fit(design, labels, recipe)
    counts = [len(list(group)) for _, group in groupby(labels)]
    return TrainedModel(
        intents=tuple(fitted.classes_.tolist()),
        character_terms=tuple(characters.get_feature_names_out().tolist()),
        word_terms=tuple(words.get_feature_names_out().tolist()),
        ordinary_words=tuple(sorted(use.ordinary)),
        known_names=tuple(sorted(use.names)),
        arrays={
            "coefficients": np.ascontiguousarray(fitted.coef_.T, np.float32),
            "intercepts": fitted.intercept_.astype(np.float32),
            "character_idf": characters.idf_.astype(np.float32),
            "word_idf": words.idf_.astype(np.float32),
            "example_vectors": vectors,
            "example_ends": np.cumsum(counts),
        },
    )


def _design(terms: Sequence[str], vectors: Vector, recipe: Recipe) -> tuple[Any, Any, Any]:
    """Return the two fitted vectorizers and the matrix of all features."""
    from scipy import sparse

    stack: Any = sparse.hstack
    characters = _vectorizer(characters_of, recipe)
    words = _vectorizer(words_of, recipe)
    parts = [
        vectors,
        characters.fit_transform(terms) * recipe.character_scale,
        words.fit_transform(terms) * recipe.word_scale,
    ]
    return characters, words, stack(parts, format="csr", dtype=np.float32)


def _vectorizer(terms_of: Callable[[str], list[str]], recipe: Recipe) -> Any:
    from sklearn.feature_extraction.text import TfidfVectorizer

    return TfidfVectorizer(  # type: ignore[no-untyped-call]  # scikit-learn has no types
        analyzer=terms_of, sublinear_tf=True, min_df=recipe.fewest_uses, dtype=np.float32
    )


def _fit(design: Any, labels: Sequence[str], recipe: Recipe) -> Any:
    """Return the fitted regression; stopping early costs nothing that can be measured."""
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.linear_model import LogisticRegression

    regression: Any = LogisticRegression(  # type: ignore[no-untyped-call]  # no types
        C=recipe.inverse_penalty, max_iter=recipe.iterations
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        return regression.fit(design, labels)
