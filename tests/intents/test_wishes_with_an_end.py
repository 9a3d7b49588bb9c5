"""Access that somebody has until a day: however the end is said, and whatever stands behind it."""

import pytest

from intents.context import Topic
from intents.parser import Parser
from tests.intents.written import REFS, at_home

GRANTS = [
    (
        "en",
        "let Kevin do the tv channels until Sunday, its the playoffs and I cant stand it anymore",
    ),
    ("en", "Kevin may pay the bill for two weeks, no longer."),
    ("en", "helene can buy data add ons but ONLY this weekend ok"),
    ("en", "Tyler can keep paying the bill but just until next Friday, after that I do it myself"),
    ("en", "Jo keeps the TV until Friday"),
    ("en", "Tyler gets voicemail just for today"),
    (
        "fr",
        "Je voudrais que Kevin puisse changer les chaînes, mais seulement cette fin de semaine.",
    ),
    ("fr", "Kevin continue de voir la facture mais rien que jusqu'à la fin du mois"),
    ("fr", "Hélène garde la facture jusqu'à vendredi"),
    ("fr", "la télé pour Jo, juste demain"),
]


@pytest.mark.parametrize(("language", "text"), GRANTS)
def test_access_with_an_end_is_given_and_has_that_end(
    parser: Parser, language: str, text: str
) -> None:
    [wish] = parser.read(parser.look(text), at_home(language)).said()

    assert (wish.intent, wish.change) == ("change_rights", "grant")
    assert wish.values["until"]


@pytest.mark.parametrize(
    ("language", "text", "change"),
    [
        ("en", "Jo loses the bill for a month, no longer", "revoke"),
        ("en", "Tyler may see only the bill", "set"),
        ("en", "give Kevin just the TV", "set"),
    ],
)
def test_a_word_that_limits_says_something_of_an_end_only_beside_one(
    parser: Parser, language: str, text: str, change: str
) -> None:
    [wish] = parser.read(parser.look(text), at_home(language)).said()

    assert wish.change == change


@pytest.mark.parametrize(
    ("language", "text"), [("en", "Jo keeps the TV"), ("fr", "Jo garde la télé")]
)
def test_who_keeps_something_for_good_is_given_nothing(
    parser: Parser, language: str, text: str
) -> None:
    assert not parser.read(parser.look(text), at_home(language)).said()


def test_an_end_that_is_taken_off_removes_nobody(parser: Parser) -> None:
    topic = Topic(people=(REFS["Kevin"],), services=("tv_channels",))
    text = "he's good with it. Take the end date off, he can keep it for good"
    [wish] = parser.read(parser.look(text), at_home("en", topic=topic)).said()

    assert (wish.intent, wish.change, wish.services) == ("change_rights", "grant", ("tv_channels",))
