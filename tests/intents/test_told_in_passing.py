"""What is told in passing changes nothing of a wish; what stays, and whom "them" means."""

import pytest

from intents.parser import Parser
from tests.intents.written import at_home

Heard = list[tuple[set[str], str, str, set[str]]]


def heard(parser: Parser, language: str, text: str) -> Heard:
    reading = parser.read(parser.look(text, language_hint=language), at_home(language))
    return [
        ({who.value for who in wish.whom}, wish.intent, wish.change, set(wish.services))
        for wish in reading.wishes
        if wish.mood == "wish"
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "Kevin stays for the weekend and there is nothing on for a boy his age. Give him TV",
        ),
        ("en", "give Kevin the TV, he'll never let me hear the end of it"),
        ("en", "give Kevin TV. I'd set that up myself if I could"),
        ("en", "Kevin can have the TV, but the paying stays with me"),
        ("fr", "donne la télé à Kevin, y'ont toute oublié ça icitte"),
    ],
)
def test_what_is_only_told_takes_nothing_away_and_adds_nobody(
    parser: Parser, language: str, text: str
) -> None:
    assert heard(parser, language, text) == [({"id:1"}, "change_rights", "grant", {"tv_channels"})]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "voicemail for Kevin and Tyler pls"),
        ("fr", "la boîte vocale pour Kevin pis Tyler svp"),
    ],
)
def test_a_service_for_somebody_is_a_gift(parser: Parser, language: str, text: str) -> None:
    [(whom, _, change, services)] = heard(parser, language, text)
    assert (whom, change, services) == ({"id:1", "id:3"}, "grant", {"voicemail"})


def test_them_is_everybody_who_was_named(parser: Parser) -> None:
    text = "Kevin and Jo both forgot their passwords over the holidays. send them each a reset link"
    [(whom, intent, _, _)] = heard(parser, "en", text)
    assert (whom, intent) == ({"id:1", "id:4"}, "reset_password")


def test_what_one_may_not_is_taken_from_that_one(parser: Parser) -> None:
    text = "Kevin can view the invoice til Friday. and Jo cant pay the bill anymore"
    wishes = heard(parser, "en", text)
    assert ({"id:4"}, "change_rights", "revoke", {"pay_bill"}) in wishes
    assert not any("id:1" in whom for whom, _, change, _ in wishes if change == "revoke")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "his father and I agreed: Kevin is locked out of the account for a week"),
        ("fr", "Kevin est barré pendant une semaine, on est d'accord"),
    ],
)
def test_who_is_locked_until_a_day_is_suspended(parser: Parser, language: str, text: str) -> None:
    assert [(whom, intent) for whom, intent, *_ in heard(parser, language, text)] == [
        ({"id:1"}, "suspend_user")
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "cancel Jo's invitation"),
        ("fr", "annule l'invitation de Jo, finalement elle vient pu rester chez nous"),
    ],
)
def test_an_invitation_that_is_called_off_removes_who_was_invited(
    parser: Parser, language: str, text: str
) -> None:
    assert [(whom, intent) for whom, intent, *_ in heard(parser, language, text)] == [
        ({"id:4"}, "delete_user")
    ]


def test_a_noun_that_sounds_like_a_verb_does_nothing_and_a_verb_behind_he_does(
    parser: Parser,
) -> None:
    assert heard(parser, "en", "Kevin is here, he found it written down in his locker") == []
    said = "je veux juste que Kevin ne puisse plus toucher aux chaînes"
    [(whom, _, change, services)] = heard(parser, "fr", said)
    assert (whom, change, services) == ({"id:1"}, "revoke", {"tv_channels"})
