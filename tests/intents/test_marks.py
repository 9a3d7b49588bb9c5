"""Two of one name: an address, a user name, a last name or "both" says who is meant."""

import pytest

from intents.context import Card, Context, Person
from intents.parser import Parser
from intents.spans.marks import MEMBER

KEVIN = Person("id:2", "Kevin", "Roy", email="kevin@example.com", username="kev77")
OTHER = Person("id:3", "Kevin", "Roy", email="other@example.com", username="kevin.roy")
JO = Person("id:4", "Jo", "Roy", email="jo@example.com", username="joroy")
TRAN = Person("id:5", "Kevin", "Tran", email="tran@example.com", username="ktran")
PEOPLE = (KEVIN, OTHER, JO)
SERVICES = ("view_invoice", "tv_channels")


def wishes(parser: Parser, text: str, language: str) -> list[tuple[str, list[str]]]:
    context = Context(language, PEOPLE, services=SERVICES)
    found = parser.read(parser.look(text), context).wishes
    return [(wish.intent, [one.value for one in wish.whom]) for wish in found]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "remove other@example.com"),
        ("en", "remove the Kevin with other@example.com"),
        ("en", "remove the Kevin whose e-mail is other@example.com"),
        ("en", "remove Kevin Roy (OTHER@example.com)"),
        ("en", "remove kevin.roy"),
        ("fr", "supprime other@example.com"),
        ("fr", "supprime celui qui a other@example.com"),
        ("fr", "supprime le Kevin qui a l'adresse other@example.com"),
        ("fr", "supprime le Kevin dont le nom d'utilisateur est kevin.roy"),
    ],
)
def test_an_address_or_a_user_name_says_which_of_two_is_meant(
    parser: Parser, language: str, text: str
) -> None:
    assert wishes(parser, text, language) == [("delete_user", ["id:3"])]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "remove the Kevin whose last name is Tran"),
        ("en", "remove the Kevin called Tran"),
        ("fr", "supprime le Kevin dont le nom de famille est Tran"),
        ("fr", "supprime le Kevin qui s'appelle Tran"),
    ],
)
def test_a_last_name_explains_a_first_name_and_is_nobody_else(
    parser: Parser, language: str, text: str
) -> None:
    context = Context(language, (*PEOPLE, TRAN), services=SERVICES)
    [wish] = parser.read(parser.look(text), context).wishes
    assert [one.value for one in wish.whom] == ["id:5"]


def test_a_name_beside_another_is_somebody_else(parser: Parser) -> None:
    context = Context("en", (*PEOPLE, TRAN), services=SERVICES)
    [wish] = parser.read(parser.look("remove Jo and Tran"), context).wishes
    assert [one.value for one in wish.whom] == ["id:4", "id:5"]


@pytest.mark.parametrize(("language", "text"), [("en", "remove Kevin"), ("fr", "supprime Kevin")])
def test_the_name_alone_leaves_it_open(parser: Parser, language: str, text: str) -> None:
    assert wishes(parser, text, language) == [("delete_user", ["Kevin"])]


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "remove both Kevins"), ("fr", "peux-tu enlever les deux Kevin")],
)
def test_both_of_one_name_are_two_people(parser: Parser, language: str, text: str) -> None:
    assert wishes(parser, text, language) == [("delete_user", ["id:2", "id:3"])]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "change the email of other@example.com to new@example.com"),
        ("fr", "change le courriel de other@example.com pour new@example.com"),
    ],
)
def test_of_two_addresses_the_known_one_is_a_person(
    parser: Parser, language: str, text: str
) -> None:
    context = Context(language, PEOPLE, services=SERVICES)
    [wish] = parser.read(parser.look(text), context).wishes
    assert [one.value for one in wish.whom] == ["id:3"]
    assert wish.values["email"] == "new@example.com"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "add Max Roy, other@example.com"),
        ("en", "change Jo's e-mail to other@example.com"),
        ("fr", "ajoute Max Roy, other@example.com"),
    ],
)
def test_an_address_that_is_given_names_nobody(parser: Parser, language: str, text: str) -> None:
    context = Context(language, PEOPLE, services=SERVICES)
    [wish] = parser.read(parser.look(text), context).wishes
    assert wish.values["email"] == "other@example.com"
    assert "id:3" not in {one.value for one in wish.whom}


@pytest.mark.parametrize(
    "text",
    [
        "other@example.com",
        "the one with other@example.com",
        "KEVIN.ROY",
        "Kevin, other@example.com",
    ],
)
def test_at_the_question_whom_it_is_an_answer(parser: Parser, text: str) -> None:
    asked = Context("en", PEOPLE, services=SERVICES, expects=frozenset({"person", MEMBER}))
    assert [one.value for one in parser.read(parser.look(text), asked).people] == ["id:3"]


@pytest.mark.parametrize("text", ["yes, remove Kevin", "oui, supprime Kevin"])
def test_a_yes_may_use_the_name_of_who_is_on_the_card(parser: Parser, text: str) -> None:
    card = Context("en", PEOPLE, card=Card("delete_user", frozenset({"id:2"})))
    assert parser.read(parser.look(text), card).answer == "yes"
    assert parser.read(parser.look(text.replace("Kevin", "Jo")), card).answer == ""
