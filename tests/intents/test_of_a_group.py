"""What is told of everybody, compared, or denied of each: nobody is drawn in, nothing is given."""

import pytest

from intents.context import Card, Context
from intents.parser import Parser
from tests.intents.written import at_home

KEVIN, TYLER, JO = "id:1", "id:3", "id:4"


def wished(parser: Parser, language: str, text: str) -> list[tuple[str, str, set[str], set[str]]]:
    """Return what a first message wishes for: the task, how, for whom, of which services."""
    reading = parser.read(parser.look(text), at_home(language))
    return [(w.intent, w.change, set(w.about), set(w.services)) for w in reading.said()]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "give Kevin the TV, I'm picking up everyone at school"),
        ("en", "give Kevin the TV, he never calls anyone back"),
        ("fr", "donne la télé à Kevin, j'attends les enfants à l'école"),
        ("fr", "donne la télé à Kevin, y travaille ben fort"),
    ],
)
def test_whoever_is_only_told_of_is_given_nothing(parser: Parser, language: str, text: str) -> None:
    assert wished(parser, language, text) == [
        ("change_rights", "grant", {KEVIN}, {"tv_channels"}),
    ]


@pytest.mark.parametrize(
    ("language", "text", "left_out"),
    [
        ("fr", "je souhaite que tous, à l'exception de Jo, puissent voir la facture", JO),
        ("en", "I'd like everyone, except for Tyler, to see the bill", TYLER),
    ],
)
def test_an_exception_between_commas_is_one(
    parser: Parser, language: str, text: str, left_out: str
) -> None:
    [(intent, change, about, services)] = wished(parser, language, text)
    assert (intent, change, services) == ("change_rights", "grant", {"view_invoice"})
    assert left_out not in about
    assert KEVIN in about


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "that's all, thank you"),
        ("en", "thanks so much, bye"),
        ("fr", "bon ben merci là"),
        ("fr", "c'est tout, merci"),
    ],
)
def test_whoever_ends_a_talk_has_agreed_to_nothing(
    parser: Parser, language: str, text: str
) -> None:
    card = Card("delete_user", frozenset({KEVIN}))
    reading = parser.read(parser.look(text), at_home(language, card=card, expects=frozenset()))
    assert reading.answer != "yes"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("French, because she reads it more easily than English", "fr"),
        ("English, she reads it better than French", "en"),
    ],
)
def test_what_is_compared_is_not_given(parser: Parser, text: str, language: str) -> None:
    assert parser.read(parser.look(text), Context()).last("language") == language


def test_what_each_of_several_has_is_theirs(parser: Parser) -> None:
    reading = parser.read(parser.look("Ian in English and Beth in French"), Context())
    assert reading.last_about("Ian", "language") == "en"
    assert reading.last_about("Beth", "language") == "fr"


def test_few_letters_are_the_word_they_stand_for(parser: Parser) -> None:
    [(intent, _, about, services)] = wished(parser, "en", "every1 shld see the bill but not Kevin")
    assert (intent, services) == ("change_rights", {"view_invoice"})
    assert about >= {TYLER, JO}
    assert KEVIN not in about


def test_anyone_who_may_be_locked_is_asked_about_and_not_suspended(parser: Parser) -> None:
    reading = parser.read(parser.look("anyone locked right now"), at_home("en"))
    assert not reading.said()
    assert [wish.intent for wish in reading.said("question")] == ["list_users"]
