"""Words that are the whole message."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.words import Words, fold


@pytest.fixture(scope="module")
def words() -> Words:
    return Words.load()


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("cancel", "cancel"),
        ("  CANCEL!  ", "cancel"),
        ("Never mind.", "cancel"),
        ("annule ça", "cancel"),
        ("Annule ca", "cancel"),
        ("laisse faire", "cancel"),
        ("back", "go_back"),
        ("précédent", "go_back"),
        ("PRECEDENT", "go_back"),
        ("?", "help"),
        ("aidez-moi", "help"),
        ("aide moi", "help"),
        ("/help", "help"),
        ("/restart", "restart"),
        ("a person", "talk_to_human"),
        ("parler à quelqu’un", "talk_to_human"),
        ("parler à quelqu'un", "talk_to_human"),
        ("English please!", "switch_to_en"),
        ("en français", "switch_to_fr"),
        ("en francais", "switch_to_fr"),
        ("yes", "affirm"),
        ("Oui.", "affirm"),
        ("d'accord", "affirm"),
        ("d’accord", "affirm"),
        ("c'est ça", "affirm"),
        ("no", "deny"),
        ("non merci", "deny"),
        ("répète", "repeat"),
        ("passer", "skip"),
    ],
)
def test_a_word_means_the_same_however_it_is_written(words: Words, text: str, meaning: str) -> None:
    assert words.means(text) == {meaning}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "yes please add her and Tom",
        "cancel my subscription",
        "no it's Marie",
        "Zoé",
        "non-fumeur",
    ],
)
def test_a_longer_message_is_more_than_a_word(words: Words, text: str) -> None:
    assert words.means(text) == frozenset()


def test_yes_and_no_are_never_the_same_word(words: Words) -> None:
    both = [word for word, meanings in words.meanings.items() if {"affirm", "deny"} <= meanings]
    assert not both


def test_no_word_has_two_meanings(words: Words) -> None:
    assert not {word: m for word, m in words.meanings.items() if len(m) > 1}


@pytest.mark.parametrize(
    "text",
    [
        "no, it's Marie-Ève",
        "actually the e-mail is zoe@example.com",
        "sorry, Zoé Roy",
        "oops zoe@example.com",
        "Non, c'est Marie-Ève",
        "en fait, c'est Roy",
        "je voulais dire Roy",
        "plutôt le français",
        "désolée, c'est Zoé",
    ],
)
def test_a_correction_is_heard(words: Words, text: str) -> None:
    assert words.corrects(text)


@pytest.mark.parametrize("text", ["Zoé Lavoie", "Norah Roy", "the bills and TV", "non-fumeur", ""])
def test_a_plain_answer_is_no_correction(words: Words, text: str) -> None:
    assert not words.corrects(text)


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.sampled_from(["cancel", "annuler", "yes", "oui", "back"]), st.text(" .!?", max_size=4))
def test_marks_around_a_word_change_nothing(word: str, marks: str) -> None:
    words = Words.load()
    assert words.means(f"{marks} {word.upper()}{marks}") == words.means(word)
