"""Somebody is the measure for others: what they have is given, and they are left alone."""

from dataclasses import replace

import pytest

from intents.parser import Parser
from tests.intents.written import PEOPLE, at_home

KEVIN = {"view_invoice", "usage"}
"""What Kevin can use; Tyler has the channels."""

LIKE_KEVIN = [
    ("en", "give Tyler what Kevin has"),
    ("en", "Tyler gets whatever kevin's got"),
    ("en", "give tyler what kevins got, but he keeps his tv"),
    ("en", "make Tyler like Kevin"),
    ("en", "tyler same as kevin"),
    ("en", "I want Tyler to see what Kevin sees"),
    ("en", "copy Kevin's access to Tyler"),
    ("en", "what Kevin has, Tyler should have too"),
    ("fr", "donne à Tyler ce que Kevin a"),
    ("fr", "mets Tyler comme Kevin"),
    ("fr", "donne les droits de Kevin à Tyler"),
    ("fr", "Tyler devrait avoir tout ce que Kevin a"),
    ("fr", "donne à Tyler la même chose que Kevin, pis y garde ce qu'il a déjà"),
]
WITHOUT_THE_BILL = [
    ("en", "Tyler like Kevin, but he's not allowed to see the bill"),
    ("en", "the same as Kevin for Tyler, but no invoice"),
    ("en", "Tyler gets what Kevin has, minus the invoice"),
    ("fr", "Tyler pareil comme Kevin sauf la facture"),
    ("fr", "donne à Tyler la même chose qu'à Kevin mais pas la facture"),
]
NO_MORE_NO_LESS = [
    ("en", "Tyler should have exactly what Kevin has"),
    ("en", "Tyler should have what Kevin has. Nothing more, nothing less."),
    ("fr", "Tyler devrait avoir exactement les accès de Kevin"),
    ("fr", "mets Tyler comme Kevin, ni plus ni moins"),
]
NAMED_ALREADY = [
    ("en", "give Tyler the TV like Kevin"),
    ("fr", "donne la télé à Tyler comme Kevin"),
]
NO_MEASURE = [
    ("en", "show me what Kevin has"),
    ("en", "what can Kevin see and what can Tyler see?"),
    ("en", "like Kevin said, hello"),
    ("en", "what are Kevin's rights?"),
    ("fr", "quels sont les accès de Kevin?"),
    ("fr", "c'est quoi les droits de Kevin?"),
    ("fr", "montre-moi ce que Kevin a"),
    ("fr", "qu'est-ce que Kevin a, et qu'est-ce que Tyler a?"),
]


def wishes(parser: Parser, language: str, text: str) -> list[tuple[list[str], str, set[str]]]:
    reading = parser.read(parser.look(text), at_home(language))
    return [
        ([who.value for who in wish.whom], wish.change, set(wish.services))
        for wish in reading.wishes
        if wish.mood == "wish"
    ]


@pytest.mark.parametrize(("language", "text"), LIKE_KEVIN)
def test_what_somebody_has_is_given_to_the_other_alone(
    parser: Parser, language: str, text: str
) -> None:
    assert wishes(parser, language, text) == [(["id:3"], "grant", KEVIN)]


@pytest.mark.parametrize(("language", "text"), WITHOUT_THE_BILL)
def test_what_is_excepted_is_not_given_and_nobody_loses_it(
    parser: Parser, language: str, text: str
) -> None:
    assert wishes(parser, language, text) == [(["id:3"], "grant", {"usage"})]


@pytest.mark.parametrize(("language", "text"), NO_MORE_NO_LESS)
def test_exactly_what_somebody_has_is_all_that_the_other_shall_have(
    parser: Parser, language: str, text: str
) -> None:
    assert wishes(parser, language, text) == [(["id:3"], "set", KEVIN)]


@pytest.mark.parametrize(("language", "text"), NO_MEASURE)
def test_who_asks_what_somebody_has_wishes_for_nothing(
    parser: Parser, language: str, text: str
) -> None:
    assert wishes(parser, language, text) == []


@pytest.mark.parametrize(("language", "text"), NAMED_ALREADY)
def test_what_is_named_is_not_widened_by_a_comparison(
    parser: Parser, language: str, text: str
) -> None:
    assert {code for *_, codes in wishes(parser, language, text) for code in codes} <= {
        "tv_channels"
    }


def test_a_name_that_ends_in_s_is_no_genitive(parser: Parser) -> None:
    james = replace(PEOPLE[0], ref="id:7", first_name="James")
    context = replace(at_home("en"), people=(*PEOPLE, james))
    reading = parser.read(parser.look("give Tyler and James access"), context)
    assert {who.value for wish in reading.wishes for who in wish.whom} == {"id:3", "id:7"}


def test_no_more_and_no_less_is_said_of_that_wish_alone(parser: Parser) -> None:
    said = "Jo gets the TV, no more, no less. Kevin gets the data too."
    assert [(who, change) for who, change, _ in wishes(parser, "en", said)] == [
        (["id:4"], "set"),
        (["id:1"], "grant"),
    ]


def test_a_newcomer_may_be_like_somebody(parser: Parser) -> None:
    text = "add my nephew Luke Daly luke@example.com in English, he gets whatever Kevin has"
    assert [(who, set_of) for who, _, set_of in wishes(parser, "en", text)] == [
        (["Luke Daly"], KEVIN)
    ]


def test_a_newcomer_may_have_less_than_somebody(parser: Parser) -> None:
    text = "add my sister Nora Daly nora@example.com English same as Kevin but no bill"
    assert [(who, codes) for who, _, codes in wishes(parser, "en", text)] == [
        (["Nora Daly"], {"usage"})
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "what are Kevin's rights?"),
        ("fr", "quels sont les accès de Kevin?"),
        ("fr", "les accès de Kevin, c'est quoi?"),
    ],
)
def test_who_asks_for_somebodys_access_asks_about_that_one(
    parser: Parser, language: str, text: str
) -> None:
    reading = parser.read(parser.look(text), at_home(language))
    [asked] = reading.said("question", "list_users")
    assert asked.about == {"id:1"}
