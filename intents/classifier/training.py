"""Fits the classifier; the only module that imports scikit-learn, and only while it trains."""

import warnings
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from intents.classifier.encoder import Encoder
from intents.classifier.entities import EntityFinder
from intents.classifier.features import Vector, View, characters_of, words_of
from intents.classifier.model import ELSE, HEARD_ANEW, TrainedModel, late
from intents.classifier.network import LENGTH
from intents.classifier.training_data import (
    Example,
    WordUse,
    load_examples,
    load_lessons,
    word_use,
    words_of_agreement,
)
from intents.words.cleaning import clean
from intents.words.spelling import words_in_use


@dataclass(frozen=True, slots=True)
class Recipe:
    """How the classifier is fitted; part of the cache's key."""

    inverse_penalty: float = 10.0
    character_scale: float = 0.8
    word_scale: float = 0.8
    head_penalty: float = 0.03
    """Inverse, like that of the words, of the heads that are fitted here."""
    one_in: int = 4
    """Of the examples of other labels, how many are shown beside late ones: each costs time."""
    fewest_uses: int = 2
    passes: int = 15
    """How often the solver sees every example: more costs time and measures no better."""

    @property
    def scales(self) -> tuple[float, float]:
        return self.character_scale, self.word_scale


def train_all(recipe: Recipe, encode: Encoder) -> TrainedModel:
    """Return the model of all examples, and which word pieces they use most."""
    lessons = load_lessons(load_examples())
    usual = encode.most_used(example.text.lower() for example in lessons["intents"])
    taught = {name: head.labels for name, head in encode.heads.items()}
    model = train(lessons, recipe, encode, taught)
    return replace(model, arrays={**model.arrays, "usual_pieces": usual})


def train(
    lessons: Mapping[str, Sequence[Example]],
    recipe: Recipe,
    encode: Callable[[Sequence[str]], Vector],
    taught: Mapping[str, Sequence[str]] | None = None,
) -> TrainedModel:
    """Return the model of all lessons; that of the intents also tells words from names.

    `encode` is the sentence encoder, for the lessons of which it was taught too little, and for
    what is not among the labels that it was `taught` of a lesson.
    """
    examples = lessons["intents"]
    use = word_use(examples)
    texts = list(dict.fromkeys(example.text for said in lessons.values() for example in said))
    terms = dict(zip(texts, (view.terms for view in seen_as(texts, use)), strict=True))
    every = {text: row for row, text in enumerate(dict.fromkeys(terms.values()))}
    characters, words = _vectorizer(characters_of, recipe), _vectorizer(words_of, recipe)
    of_characters, of_words = characters.fit_transform(every), words.fit_transform(every)
    scaled = _beside(of_characters * recipe.character_scale, of_words * recipe.word_scale)
    arrays, labels = {}, {}
    for name, said in lessons.items():
        rows = [every[terms[example.text]] for example in said]
        fitted = _fit(scaled[rows], [example.intent for example in said], recipe)
        labels[name] = tuple(fitted.classes_.tolist())
        arrays[f"{name}_w"] = np.ascontiguousarray(_columns(fitted.coef_).T, np.float32)
        arrays[f"{name}_b"] = _columns(fitted.intercept_[:, None])[:, 0].astype(np.float32)
    for name in HEARD_ANEW:
        arrays |= _head(name, lessons[name], encode, use, recipe)
    for name, known in (taught or {}).items():
        new = sorted({*labels[name]} - {*known}) if name not in HEARD_ANEW else []
        if new:
            labels[late(name)] = (ELSE, *new)
            arrays |= _head(late(name), _apart(lessons[name], new, recipe), encode, use, recipe)
            # The others are more common than shown, and a guess is rather one of those than late.
            arrays[f"{late(name)}_head_b"][0] += 2 * np.log(recipe.one_in)
    rows = [every[terms[example.text]] for example in examples]
    plain = _beside(of_characters, of_words)[rows]
    spoken = _fit(plain, [example.language for example in examples], recipe)
    return TrainedModel(
        labels=labels | {"languages": tuple(spoken.classes_.tolist())},
        character_terms=tuple(characters.get_feature_names_out().tolist()),
        word_terms=tuple(words.get_feature_names_out().tolist()),
        words=words_in_use(example.text for example in examples),
        ordinary_words=tuple(sorted(use.ordinary)),
        known_names=tuple(sorted(use.names)),
        agreeing_words=tuple(sorted(words_of_agreement(lessons["answers"]))),
        arrays=arrays
        | {
            "languages_w": _columns(spoken.coef_).T.astype(np.float32, order="C"),
            "languages_b": _columns(spoken.intercept_[:, None])[:, 0].astype(np.float32),
            "character_idf": characters.idf_.astype(np.float32),
            "word_idf": words.idf_.astype(np.float32),
        },
    )


def seen_as(texts: Iterable[str], use: WordUse) -> list[View]:
    """Return texts as the classifier sees them; `use` tells their names from words."""
    entities = EntityFinder.load(use)
    return [View.of(text, entities.find(text)) for text in map(clean, texts)]


def _head(
    name: str,
    said: Sequence[Example],
    encode: Callable[[Sequence[str]], Vector],
    use: WordUse,
    recipe: Recipe,
) -> dict[str, Any]:
    """Return the weights of a lesson's head, over what the encoder makes of its messages."""
    views = seen_as((example.text for example in said), use)
    rows = LENGTH * encode([view.prose for view in views])
    fitted = _fit(rows, [example.intent for example in said], recipe, recipe.head_penalty)
    return {
        f"{name}_head_w": np.ascontiguousarray(_columns(fitted.coef_).T, np.float32),
        f"{name}_head_b": _columns(fitted.intercept_[:, None])[:, 0].astype(np.float32),
    }


def _apart(said: Iterable[Example], labels: Collection[str], recipe: Recipe) -> list[Example]:
    """Return the examples of some labels, and a few of all the others as nothing but that."""
    every = list(said)
    others = [replace(each, intent=ELSE) for each in every if each.intent not in labels]
    return [*others[:: recipe.one_in], *(each for each in every if each.intent in labels)]


def _beside(*parts: Any) -> Any:
    """Return matrices of the same examples as one."""
    from scipy import sparse

    stack: Any = sparse.hstack
    return stack(parts, format="csr", dtype=np.float32)


def _columns(rows: Any) -> Any:
    """Return a row a label; of two, the library keeps what tells the second from the first."""
    return rows if len(rows) > 1 else np.vstack([np.zeros_like(rows), rows])


def _vectorizer(terms_of: Callable[[str], list[str]], recipe: Recipe) -> Any:
    from sklearn.feature_extraction.text import TfidfVectorizer

    return TfidfVectorizer(  # type: ignore[no-untyped-call]  # scikit-learn has no types
        analyzer=terms_of, sublinear_tf=True, min_df=recipe.fewest_uses, dtype=np.float32
    )


def _fit(
    design: Any, labels: Sequence[object], recipe: Recipe, inverse_penalty: float | None = None
) -> Any:
    """Return the fitted regression.

    With tens of thousands of features, the stochastic solver takes a third of the default's time.
    """
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.linear_model import LogisticRegression

    regression: Any = LogisticRegression(  # type: ignore[no-untyped-call]  # no types
        C=inverse_penalty or recipe.inverse_penalty,
        solver="sag",
        max_iter=recipe.passes,
        random_state=0,
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        return regression.fit(design, labels)
