from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from intents.classifier import Classifier
from intents.features import View, characters_of, words_of
from intents.gate import Gate
from intents.parse_result import Reading
from intents.training import Recipe, train
from intents.training_data import Example, load_examples, word_use

RECIPE = Recipe(passes=2000)
UNSEEN = ("débarre ma fille stp!", "Add my wife, my WIFE", "un service pour sourds?", "zzz", "")


def encode(proses: Sequence[str]) -> NDArray[np.float32]:
    """Stand in for the sentence encoder: unit vectors from letter counts."""
    counts = np.array([[prose.count(letter) + 0.1 for letter in "aeinrstou"] for prose in proses])
    return np.asarray(counts / np.linalg.norm(counts, axis=1, keepdims=True), np.float32)


@pytest.fixture(scope="module")
def few() -> list[Example]:
    wanted = ("create_user", "faq/tty", "out_of_scope", "unlock_user")
    examples = [example for example in load_examples() if example.intent in wanted][::3]
    return sorted(examples, key=lambda example: example.intent)


@pytest.fixture(scope="module")
def classifier(few: list[Example]) -> Classifier:
    views = [View.of(example.text, ()) for example in few]
    model = train(views, few, word_use(few), encode, RECIPE)
    return Classifier.of(model, RECIPE.scales)


def test_the_running_bot_computes_what_scikit_learn_computes(
    few: list[Example], classifier: Classifier
) -> None:
    expected = scikit_learns_probabilities(few)
    for text, probabilities in zip(UNSEEN, expected, strict=True):
        ours = classifier.probabilities(classifier.weigh(text), encode([text])[0])
        np.testing.assert_allclose(ours, probabilities, atol=1e-6)


def scikit_learns_probabilities(few: list[Example]) -> Any:
    from scipy import sparse
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    texts = [example.text for example in few]
    seen: list[Any] = [encode([View.of(text, ()).prose for text in texts])]
    unseen: list[Any] = [encode(UNSEEN)]
    for analyzer, scale in zip((characters_of, words_of), RECIPE.scales, strict=True):
        vectorizer: Any = TfidfVectorizer(  # type: ignore[no-untyped-call]  # no types
            analyzer=analyzer, sublinear_tf=True, min_df=RECIPE.fewest_uses, dtype=np.float32
        )
        seen.append(vectorizer.fit_transform(texts) * scale)
        unseen.append(vectorizer.transform(UNSEEN) * scale)
    regression: Any = LogisticRegression(  # type: ignore[no-untyped-call]  # no types
        C=RECIPE.inverse_penalty, solver="sag", max_iter=RECIPE.passes, random_state=0
    )
    stack: Any = sparse.hstack
    regression.fit(stack(seen, format="csr"), [example.intent for example in few])
    return regression.predict_proba(stack(unseen, format="csr"))


def test_an_example_is_read_as_what_it_is_an_example_of(
    few: list[Example], classifier: Classifier
) -> None:
    right = [read(classifier, example.text) == example.intent for example in few]
    assert sum(right) > 0.9 * len(right)


def read(classifier: Classifier, text: str) -> str:
    view = View.of(text, ())
    return classifier.rank(classifier.weigh(view.terms), encode([view.prose])[0])[0].name


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
