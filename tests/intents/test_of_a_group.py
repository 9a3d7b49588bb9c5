"""What is told of everybody, compared, or denied of each: nobody is drawn in, nothing is given."""

import pytest

from intents.context import Card, Context
from intents.parser import Parser
from tests.intents.meant import JO, KEVIN, TYLER, heard, one, read

CHANGE = "change_rights"


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
    assert heard(parser, language, text) == one(CHANGE, "grant", KEVIN, services="tv_channels")


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
    [(intent, change, about, services)] = heard(parser, language, text)
    assert (intent, change, services) == (CHANGE, "grant", frozenset({"view_invoice"}))
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
    assert read(parser, language, text, card=card).answer != "yes"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("French, because she reads it more easily than English", "fr"),
        ("English, she reads it better than French", "en"),
        ("l'anglais, elle le comprend mieux que le français", "en"),
    ],
)
def test_what_is_compared_is_not_given(parser: Parser, text: str, language: str) -> None:
    assert parser.read(parser.look(text), Context()).last("language") == language


@pytest.mark.parametrize(
    ("text", "code"),
    [("n'écris qu'en français à Jo", "fr"), ("n'écrivez à Jo qu'en anglais", "en")],
)
def test_the_only_language_that_is_said_is_given(parser: Parser, text: str, code: str) -> None:
    assert read(parser, "fr", text).last("language") == code


def test_what_each_of_several_has_is_theirs(parser: Parser) -> None:
    reading = parser.read(parser.look("Ian in English and Beth in French"), Context())
    assert reading.last_about("Ian", "language") == "en"
    assert reading.last_about("Beth", "language") == "fr"


def test_few_letters_are_the_word_they_stand_for(parser: Parser) -> None:
    [(intent, _, about, services)] = heard(parser, "en", "every1 shld see the bill but not Kevin")
    assert (intent, services) == (CHANGE, frozenset({"view_invoice"}))
    assert about >= {TYLER, JO}
    assert KEVIN not in about


def test_anyone_who_may_be_locked_is_asked_about_and_not_suspended(parser: Parser) -> None:
    reading = read(parser, "en", "anyone locked right now")
    assert not reading.said()
    assert [wish.intent for wish in reading.said("question")] == ["list_users"]
