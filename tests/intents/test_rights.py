"""What gives and takes access where no verb of the lexicon says it."""

import pytest

from intents.parser import Parser
from tests.intents.written import at_home


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Auriez-vous l'obligeance de soustraire le choix des chaînes à Kevin ?"),
        ("fr", "Kevin peut changer les postes mais pas touche à payer"),
    ],
)
def test_a_gift_that_sounds_like_taking_is_asked_about(
    parser: Parser, language: str, text: str
) -> None:
    reading = parser.read(parser.look(text), at_home(language))
    assert {(w.intent, w.change) for w in reading.wishes} == {("change_rights", "")}


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("Give Kevin the TV channels", "grant"),
        ("Donne la télé à Kevin", "grant"),
        ("Take the TV from Kevin", "revoke"),
    ],
)
def test_a_verb_that_is_known_is_not_doubted(parser: Parser, text: str, change: str) -> None:
    reading = parser.read(parser.look(text), at_home("en"))
    assert {w.change for w in reading.wishes} == {change}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("franchement Jules abuse, vire-lui les options data et les chaînes", "revoke"),
        ("Reinstate Leopold's billing view, if you would.", "grant"),
    ],
)
def test_a_verb_that_no_list_has_still_gives_or_takes(
    parser: Parser, text: str, value: str
) -> None:
    entities = parser.parse(text).entities
    assert [one.value for one in entities if one.entity == "right_change"] == [value]
