"""Punctuation that somebody dictates is punctuation, and no part of what is wished."""

import pytest

from intents.parser import Parser
from intents.words.cleaning import clean
from tests.intents.written import at_home


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("hello comma give Kevin the TV period thanks", "hello, give Kevin the TV. thanks"),
        ("did you remove Kevin question mark", "did you remove Kevin?"),
        ("bonjour virgule donne la télé à Jo point merci", "bonjour, donne la télé à Jo. merci"),
        ("pas à Jo point d’exclamation", "pas à Jo!"),
        ("ôte la télé à Kevin virgule pas à Jo point mets-la à Tyler point",
         "ôte la télé à Kevin, pas à Jo. mets-la à Tyler."),
        ("jo point roy arobase example point com virgule la facture point merci",
         "jo point roy arobase example point com, la facture. merci"),
    ],
)  # fmt: skip
def test_signs_said_aloud_are_signs(said: str, written: str) -> None:
    assert clean(said) == written


@pytest.mark.parametrize(
    "text",
    [
        "there is a comma missing in her name",
        "give Jo the usage for the billing period",
        "unlock Léa please period",
        "comma",
        "il manque une virgule",
        "je n'en veux point",
        "à quel point il peut payer",
        "marie point tremblay arobase example point com",
    ],
)
def test_words_that_only_can_be_signs_stay_words(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "hello comma I'd like Kevin to have the TV period thanks"),
        ("fr", "bonjour virgule j'aimerais que Kevin ait la télé point merci"),
        ("fr", "j'aimerais que Kevin ait la télé point merci"),
    ],
)
def test_a_dictated_full_stop_takes_nothing_away(parser: Parser, language: str, text: str) -> None:
    reading = parser.read(parser.look(text, language_hint=language), at_home(language))
    assert [(wish.change, wish.services) for wish in reading.wishes] == [
        ("grant", ("tv_channels",))
    ]
