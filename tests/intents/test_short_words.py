"""An "n" between two things goes on; before an apostrophe, or before a "not", it denies."""

import pytest

from intents.parser import Parser
from intents.reading import Reading
from tests.intents.written import REFS, at_home

SERVICES = [
    ("en", "voicemail n usage", {"voicemail", "usage"}),
    ("en", "the bill n the tv n data", {"view_invoice", "tv_channels", "data_addons"}),
    ("en", "tv nd data", {"tv_channels", "data_addons"}),
    ("fr", "la boite vocale n l'utilisation", {"voicemail", "usage"}),
    ("fr", "facture n télé", {"view_invoice", "tv_channels"}),
    ("en", "voicemail no usage", {"voicemail"}),
    ("fr", "la télé n pas la facture", {"tv_channels"}),
]


def heard(parser: Parser, language: str, text: str, *expects: str) -> Reading:
    context = at_home(language, expects=frozenset(expects))
    return parser.read(parser.look(text, language_hint=language), context)


@pytest.mark.parametrize(("language", "text", "services"), SERVICES)
def test_services_listed_in_short_are_all_meant(
    parser: Parser, language: str, text: str, services: set[str]
) -> None:
    assert {*heard(parser, language, text, "service").services} == services


def test_people_and_wishes_are_listed_so_too(parser: Parser) -> None:
    [both] = heard(parser, "en", "rmv kevin n jo").said()
    assert both.about == {REFS["Kevin"], REFS["Jo"]}
    wishes = heard(parser, "en", "unlock Tyler n remove Jo").said()
    assert [wish.intent for wish in wishes] == ["unlock_user", "delete_user"]


@pytest.mark.parametrize("text", ["j'n veux pas la facture", "je n donne pas la télé"])
def test_a_french_n_still_denies(parser: Parser, text: str) -> None:
    assert heard(parser, "fr", text).said() == []
