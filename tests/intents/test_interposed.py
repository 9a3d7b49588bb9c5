"""What interrupts a sentence between two commas says nothing of what is wished for."""

import pytest

from intents.parser import Parser
from tests.intents.meant import HELENE, JO, KEVIN, TYLER, Heard, heard, one, read

CHANGE = "change_rights"


@pytest.mark.parametrize(
    ("language", "text", "meant"),
    [
        (
            "en",
            "Would you kindly allow Kevin, who has managed without it, to use the voicemail?",
            one(CHANGE, "grant", KEVIN, services="voicemail"),
        ),
        (
            "en",
            "Give Kevin, who is my son, the TV.",
            one(CHANGE, "grant", KEVIN, services="tv_channels"),
        ),
        (
            "en",
            "give Kevin, Jo, who is twelve, and Tyler the TV",
            one(CHANGE, "grant", KEVIN, JO, TYLER, services="tv_channels"),
        ),
        (
            "en",
            "Please make it possible for Jo to view the invoice, which she helps me to check.",
            one(CHANGE, "grant", JO, services="view_invoice"),
        ),
        (
            "en",
            "Hélène should be given the TV, as she asked me for it only yesterday.",
            one(CHANGE, "grant", HELENE, services="tv_channels"),
        ),
        (
            "en",
            "Jo has died, and, painful as it is to write this, I must ask you to remove him.",
            one("delete_user", "", JO),
        ),
        (
            "fr",
            "donne à Kevin, qui est mon fils, la télé",
            one(CHANGE, "grant", KEVIN, services="tv_channels"),
        ),
        ("fr", "Veuillez, puisqu'elle n'y tient plus, supprimer Jo", one("delete_user", "", JO)),
    ],
)
def test_the_sentence_goes_on_as_if_it_were_not_there(
    parser: Parser, language: str, text: str, meant: Heard
) -> None:
    assert heard(parser, language, text) == meant


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "Please do not, whatever anyone else may have told you, take the bill away from Kevin.",
        ),
        ("fr", "ne retirez pas, quoi qu'on vous ait dit, la facture à Kevin"),
    ],
)
def test_a_not_before_it_denies_what_stands_behind_it(
    parser: Parser, language: str, text: str
) -> None:
    assert heard(parser, language, text) == []
    assert [wish.mood for wish in read(parser, language, text).wishes] == ["refusal"]


def test_whom_it_names_is_who_a_pronoun_behind_it_means(parser: Parser) -> None:
    meant = heard(parser, "en", "remove Jo, since Kevin left, and suspend him")
    assert meant == [*one("delete_user", "", JO), *one("suspend_user", "", KEVIN)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "unlock Tyler's account and, while you are at it, write to Kevin in French"),
        ("fr", "débarre Tyler et écris à Kevin en français"),
    ],
)
def test_to_write_to_somebody_in_a_language_is_a_wish_of_its_own(
    parser: Parser, language: str, text: str
) -> None:
    assert heard(parser, language, text) == [
        *one("unlock_user", "", TYLER),
        *one("edit_profile", "", KEVIN),
    ]


def test_go_back_may_say_why(parser: Parser) -> None:
    text = "Would you please go back, since the address that I gave was the wrong one?"
    assert read(parser, "en", text).control == "go_back"
