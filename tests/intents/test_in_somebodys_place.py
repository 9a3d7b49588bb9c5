"""Somebody is added in the place of another one, who leaves; and what only sounds like it."""

import pytest

from intents.context import Card, Topic
from intents.parser import Parser
from tests.intents.written import REFS, at_home

TYLER = REFS["Tyler"]
Said = list[tuple[str, list[str]]]


def wished(parser: Parser, language: str, text: str, **more: object) -> Said:
    reading = parser.read(parser.look(text, language_hint=language), at_home(language, **more))
    return [(wish.intent, [who.value for who in wish.whom]) for wish in reading.said()]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Tyler moved out, put my roommate Amira Benali in his place, amira@example.com"),
        ("en", "Tyler left us, add Amira Benali in his stead, amira@example.com"),
        ("en", "add Amira Benali in Tyler's place, amira@example.com"),
        ("en", "remove Tyler and put Amira Benali in his place, amira@example.com"),
        ("en", "Tyler moved out. Can you add Amira Benali in place of Tyler? amira@example.com"),
        ("fr", "tyler habite pu ici, mets ma coloc Amira Benali à sa place, amira@example.com"),
        ("fr", "Ajoute Amira Benali à la place de Tyler, amira@example.com"),
        ("fr", "enlève Tyler pis mets Amira Benali à sa place, amira@example.com"),
        ("fr", "Tyler a déménagé. Peux-tu ajouter Amira Benali à sa place? amira@example.com"),
    ],
)
def test_who_is_replaced_leaves_and_the_newcomer_has_the_address(
    parser: Parser, language: str, text: str
) -> None:
    both = [("delete_user", [TYLER]), ("create_user", ["Amira Benali"])]
    assert wished(parser, language, text) == both
    reading = parser.read(parser.look(text, language_hint=language), at_home(language))
    assert reading.said("wish", "create_user")[0].values["email"] == "amira@example.com"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "don't put Amira Benali in Tyler's place"),
        ("en", "did you put Amira Benali in place of Tyler?"),
        ("en", "Kevin plays hockey in place of Tyler"),
        ("fr", "mets pas Amira Benali à la place de Tyler"),
        ("fr", "as-tu mis Amira Benali à la place de Tyler?"),
        ("fr", "Kevin joue au hockey à la place de Tyler"),
    ],
)
def test_a_refusal_a_question_and_a_story_remove_nobody(
    parser: Parser, language: str, text: str
) -> None:
    assert wished(parser, language, text) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "and add Amira Benali in his place, amira@example.com"),
        ("fr", "et ajoute Amira Benali à sa place, amira@example.com"),
    ],
)
def test_who_is_on_the_card_that_removes_him_is_not_removed_twice(
    parser: Parser, language: str, text: str
) -> None:
    card = Card("delete_user", frozenset({TYLER}))
    topic = Topic(people=(TYLER,), intent="delete_user")
    said = wished(parser, language, text, card=card, topic=topic)
    assert said == [("create_user", ["Amira Benali"])]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "give Kevin the TV in place of the bill"),
        ("fr", "donne la télé à Kevin à la place de la facture"),
    ],
)
def test_one_service_in_the_place_of_another_is_given_and_the_other_taken(
    parser: Parser, language: str, text: str
) -> None:
    reading = parser.read(parser.look(text, language_hint=language), at_home(language))
    changes = {wish.change: wish.services for wish in reading.said("wish", "change_rights")}
    assert changes == {"grant": ("tv_channels",), "revoke": ("view_invoice",)}
