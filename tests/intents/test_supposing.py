"""What is only supposed, and what somebody else has: read, and never taken for a wish."""

from dataclasses import replace

import pytest

from intents.context import Context, Person
from intents.parser import Parser

SERVICES = ("view_invoice", "pay_bill", "tv_channels", "data_addons", "usage", "voicemail")
PEOPLE = (
    Person("id:2", "Kevin", "Roy", services=frozenset({"view_invoice", "usage"}), called="Kevin"),
    Person("id:3", "Léa", "Roy", called="Léa"),
    Person("id:4", "Jo", "Tran", "invited", called="Jo"),
)
HOME = Context(people=PEOPLE, holder=Person("id:1", "Diane", "Roy"), services=SERVICES)
PRESETS = (
    *((code, ()) for code in SERVICES),
    ("view_invoice+pay_bill", ("Bill helper", "Aide-facture")),
)


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("what could Léa do if I gave her the bill?", "grant"),
        ("what would Léa be able to do with the bill?", "grant"),
        ("if Léa had the bill, what could she do", "grant"),
        ("what happens if I give Léa the bill?", "grant"),
        ("what if I took the bill away from Léa?", "revoke"),
        ("if I take the bill from Léa what can she still do", "revoke"),
        ("qu'est-ce que Léa pourrait faire avec la facture?", "grant"),
        ("si je donne la facture à Léa, elle pourrait faire quoi?", "grant"),
        ("que pourrait faire Léa si je lui donnais la facture", "grant"),
        ("et si j'enlevais la facture à Léa, ça donnerait quoi?", "revoke"),
    ],
)
def test_what_is_supposed_is_shown_and_never_wished_for(
    parser: Parser, text: str, change: str
) -> None:
    [wish] = parser.read(parser.look(text), HOME).wishes
    assert (wish.intent, wish.mood, wish.change) == ("preview_access", "question", change)
    assert ([who.value for who in wish.whom], wish.services) == (["id:3"], ("view_invoice",))


@pytest.mark.parametrize(
    "text",
    [
        "give Léa the bill if you can",
        "si tu peux, donne la facture à Léa",
        "could you give Léa the bill?",
    ],
)
def test_a_polite_if_supposes_nothing(parser: Parser, text: str) -> None:
    [wish] = parser.read(parser.look(text), HOME).wishes
    assert (wish.intent, wish.mood) == ("change_rights", "wish")


@pytest.mark.parametrize(
    "text",
    [
        "give Jo the same access as Kevin",
        "same access as Kevin for Jo",
        "Jo should have the same rights as Kevin",
        "donne à Jo les mêmes accès que Kevin",
        "donne les mêmes accès à Jo qu'à Kevin",
        "les mêmes accès que Kevin pour Jo",
    ],
)
def test_the_same_is_what_the_one_behind_as_has(parser: Parser, text: str) -> None:
    [wish] = parser.read(parser.look(text), HOME).wishes
    assert (wish.change, [who.value for who in wish.whom]) == ("grant", ["id:4"])
    assert wish.services == ("view_invoice", "usage")


@pytest.mark.parametrize("text", ["same as Kevin", "les mêmes accès que Kevin"])
def test_the_same_answers_which_services(parser: Parser, text: str) -> None:
    asked = replace(HOME, expects=frozenset({"service"}))
    assert parser.read(parser.look(text), asked).services == ("view_invoice", "usage")


@pytest.mark.parametrize(
    "text",
    [
        "make Jo a bill helper",
        "Jo should be a bill helper",
        "Jo as a bill helper please",
        "fais de Jo un aide-facture",
        "mets Jo aide facture",
    ],
)
def test_one_name_gives_several_services(parser: Parser, text: str) -> None:
    [wish] = parser.read(parser.look(text, offered=PRESETS), HOME).wishes
    assert (wish.intent, wish.change) == ("change_rights", "grant")
    assert [who.value for who in wish.whom] == ["id:4"]
    assert wish.services == ("view_invoice", "pay_bill")
