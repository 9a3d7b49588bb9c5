from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer

from intents.classifier.features import TermWeights, Vector, View, places_of_words, words_of
from intents.classifier.gate import Gate
from intents.classifier.model import LESSONS, Classifier, TrainedModel
from intents.classifier.network import Head
from intents.classifier.training import Recipe, train
from intents.classifier.training_data import Example, load_examples
from intents.parse_result import Reading

RECIPE = Recipe(passes=2000)
UNSEEN = ("débarre ma fille stp!", "Add my wife, my WIFE", "un service pour sourds?", "zzz", "")
WANTED = ("create_user", "faq/tty", "out_of_scope", "unlock_user")
ROW = np.full(4, 0.5, np.float32)


def untaught(*labels: str) -> Head:
    """A head that holds every label for equally likely."""
    return Head(labels, np.zeros((4, len(labels)), np.float32), np.zeros(len(labels), np.float32))


@pytest.fixture(scope="module")
def few() -> list[Example]:
    examples = [example for example in load_examples() if example.intent in WANTED][::7]
    return sorted(examples, key=lambda example: example.intent)


@pytest.fixture(scope="module")
def model(few: list[Example]) -> TrainedModel:
    said = [replace(few[0], intent=intent) for intent in ("yes", "no")]
    others = dict.fromkeys(LESSONS, said)
    return train({**others, "intents": few}, RECIPE, lambda texts: np.tile(ROW, (len(texts), 1)))


def judged_by(model: TrainedModel, head: Head) -> Classifier:
    heads = {**dict.fromkeys(LESSONS, untaught("yes")), "intents": head}
    return Classifier.of(model, heads, RECIPE.scales)


def read(classifier: Classifier, text: str) -> str:
    return classifier.rank(classifier.weigh(View.of(text, ()).terms), ROW)[0].name


def test_the_running_bot_weighs_words_as_scikit_learn_does(
    few: list[Example], model: TrainedModel
) -> None:
    texts = [View.of(example.text, ()).terms for example in few]
    weights: Any = TfidfVectorizer(  # type: ignore[no-untyped-call]  # no types
        analyzer=words_of, sublinear_tf=True, min_df=RECIPE.fewest_uses, dtype=np.float32
    )
    expected = weights.fit(texts).transform(UNSEEN).toarray()
    ours = TermWeights(places_of_words(weights.vocabulary_), weights.idf_)
    for text, row in zip(UNSEEN, expected, strict=True):
        places, values = ours.transform(text)
        np.testing.assert_allclose(values, row[places], atol=1e-6)


def test_an_example_is_read_as_what_it_is_an_example_of(
    few: list[Example], model: TrainedModel
) -> None:
    classifier = judged_by(model, untaught(*WANTED))
    right = [read(classifier, example.text) == example.intent for example in few]
    assert sum(right) > 0.9 * len(right)


def test_what_the_encoder_was_taught_counts_beside_the_words(model: TrainedModel) -> None:
    sure = replace(untaught(*WANTED), biases=np.array([0, 9, 0, 0], np.float32))
    assert read(judged_by(model, sure), "zzz") == WANTED[1]


def test_of_an_intent_that_it_was_not_taught_the_encoder_has_no_opinion(
    few: list[Example], model: TrainedModel
) -> None:
    classifier = judged_by(model, untaught(*WANTED[:-1]))
    said = [example.text for example in few if example.intent == "unlock_user"]
    assert read(classifier, said[0]) == "unlock_user"


def test_what_came_after_the_encoder_was_taught_has_a_head_of_its_own(few: list[Example]) -> None:
    texts = {View.of(example.text, ()).prose: example.intent for example in few}

    def encode(prose: Sequence[str]) -> Vector:
        late = [texts.get(text) == "unlock_user" for text in prose]
        return np.where(np.array(late)[:, None], -ROW, ROW).astype(np.float32)

    said = [replace(few[0], intent=intent) for intent in ("yes", "no")]
    others = dict.fromkeys(LESSONS, said)
    known = {"intents": WANTED[:-1]}
    model = train({**others, "intents": few}, RECIPE, encode, known)
    classifier = judged_by(model, untaught(*WANTED[:-1]))
    weighed = classifier.weigh("zzz")
    like_others, like_it = (
        classifier.intents.named(weighed, row)["unlock_user"] for row in (ROW, -ROW)
    )
    assert like_it > 20 * like_others


def readings(**confidences: float) -> tuple[Reading, ...]:
    return tuple(Reading(name, confidence) for name, confidence in confidences.items())


GATE = Gate(accept=0.25, careful=0.4, ask=0.1)
CAREFUL = frozenset({"delete_user"})


def test_a_task_that_changes_an_account_needs_more_certainty() -> None:
    likely = readings(list_users=0.3, delete_user=0.1)
    assert GATE.judge(likely, CAREFUL) == (Reading("list_users", 0.3), ())
    intent, unsure = GATE.judge(readings(delete_user=0.3, list_users=0.05), CAREFUL)
    assert intent == Reading("nlu_fallback", 0.3)
    assert unsure == ("delete_user", "list_users")


def test_two_or_three_readings_are_offered_and_never_out_of_scope() -> None:
    _, unsure = GATE.judge(
        readings(greet=0.2, out_of_scope=0.19, help=0.15, thank=0.1, deny=0.09), CAREFUL
    )
    assert unsure == ("greet", "help", "thank")


def test_what_is_hardly_anything_is_not_asked_about() -> None:
    assert GATE.judge(readings(greet=0.05, help=0.04), CAREFUL)[1] == ()


def test_out_of_scope_needs_no_certainty() -> None:
    assert GATE.judge(readings(out_of_scope=0.05, help=0.04), CAREFUL)[0].name == "out_of_scope"
