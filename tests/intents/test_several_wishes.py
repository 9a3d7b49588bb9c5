"""Several wishes in one message are found as several, each with its own people; one as one."""

import pytest

from intents.context import Context, Person, Wish
from intents.parser import Parser
from intents.reading import Reading

SERVICES = ("view_invoice", "pay_bill", "tv_channels")
NAMES = ("Hugo", "Léa", "Sam", "Kevin", "Tess", "Max")
HOME = Context(
    people=tuple(Person(name, name, "Tremblay", services=frozenset(SERVICES)) for name in NAMES),
    holder=Person("Diane", "Diane", "Tremblay"),
    services=SERVICES,
)


def read(parser: Parser, text: str) -> Reading:
    return parser.read(parser.look(text), HOME)


@pytest.mark.parametrize(
    ("text", "intents"),
    [
        ("delete Kevin and unlock my daughter's account", ["delete_user", "unlock_user"]),
        ("ajoute ma fille et montre-moi qui est sur le compte", ["create_user", "list_users"]),
        ("remove Sam and unlock Léa", ["delete_user", "unlock_user"]),
        ("take TV from Sam and reset Léa's password", ["change_rights", "reset_password"]),
        ("supprime Hugo pis débarre le compte à ma fille", ["delete_user", "unlock_user"]),
        ("enlève la télé à Sam pis supprime Léa", ["change_rights", "delete_user"]),
        ("Peux-tu supprimer mon ex? Pis débarrer ma mère aussi", ["delete_user", "unlock_user"]),
        ("j'ai deux affaires: débarrer ma mère pis enlever mon ex", ["unlock_user", "delete_user"]),
        ("sign me out and remove Kevin", ["end_verification", "delete_user"]),
        ("unlock Léa and reset her password", ["unlock_user", "reset_password"]),
        ("débarre Léa pis réinitialise son mot de passe", ["unlock_user", "reset_password"]),
        ("unlock my daughter and reset her password", ["unlock_user", "reset_password"]),
        ("remove TV from Hugo then change his email", ["change_rights", "edit_profile"]),
        ("How many users can I have? Also add my wife Zoé Roy", ["create_user"]),
    ],
)
def test_several_wishes_are_found_in_their_order(
    parser: Parser, text: str, intents: list[str]
) -> None:
    assert [wish.intent for wish in read(parser, text).wishes] == intents


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("delete Kevin and unlock my daughter's account", [["Kevin"], ["my daughter"]]),
        ("supprime Hugo pis débarre le compte à ma fille", [["Hugo"], ["ma fille"]]),
        ("take TV from Sam and reset Léa's password", [["Sam"], ["Léa"]]),
        ("débarre Léa pis réinitialise son mot de passe", [["Léa"], ["Léa"]]),
        ("unlock my daughter and reset her password", [["my daughter"], ["my daughter"]]),
    ],
)
def test_each_wish_has_its_own_people(parser: Parser, text: str, people: list[list[str]]) -> None:
    assert [[one.value for one in w.whom] for w in read(parser, text).wishes] == people


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("Add Priya Sharma, priya@example.org, she only needs to see the bills", "create_user"),
        ("Ajoute Léo Roy, leo@exemple.ca, il a juste besoin de voir les factures", "create_user"),
        ("my son is locked out, please let him back in", "unlock_user"),
        ("delete Kevin", "delete_user"),
        ("remove Hugo and Léa", "delete_user"),
        ("enlève Hugo pis Léa", "delete_user"),
        ("take TV away from Max and let Léa pay the bill", "change_rights"),
        ("donne la télé à Léa pis enlève la facture à Sam", "change_rights"),
    ],
)
def test_one_kind_of_wish_stays_one(parser: Parser, text: str, intent: str) -> None:
    assert {wish.intent for wish in read(parser, text).wishes if wish.mood == "wish"} == {intent}


@pytest.mark.parametrize(
    "text",
    [
        "hello, how are you? how many users can I have",
        "I am deaf, how do I contact you",
        "after I unlock Tess, does she keep her old password",
        "",
    ],
)
def test_a_question_is_no_wish(parser: Parser, text: str) -> None:
    assert not [wish for wish in read(parser, text).wishes if wish.mood == "wish"]


ACCESS = [
    ("give Léa the bill", "Léa grant view_invoice"),
    ("take TV from Sam", "Sam revoke tv_channels"),
    ("give Léa the bill and take TV from Sam", "Léa grant view_invoice; Sam revoke tv_channels"),
    ("take TV from Sam and give Léa payments", "Sam revoke tv_channels; Léa grant pay_bill"),
    (
        "Hugo can see the bill but not the TV",
        "Hugo grant view_invoice; Hugo revoke tv_channels",
    ),
    ("give Léa and Sam the bill and TV", "Léa+Sam grant tv_channels+view_invoice"),
    (
        "give Léa and Sam TV and take the bill away from them",
        "Léa+Sam grant tv_channels; Léa+Sam revoke view_invoice",
    ),
    ("give the bill to Léa and TV to Sam", "Léa grant view_invoice; Sam grant tv_channels"),
    ("give Léa the bill and Sam the TV", "Léa grant view_invoice; Sam grant tv_channels"),
    (
        "donne la facture à Léa pis enlève la télé à Sam",
        "Léa grant view_invoice; Sam revoke tv_channels",
    ),
    ("donne la facture à Léa et la télé à Sam", "Léa grant view_invoice; Sam grant tv_channels"),
    (
        "Hugo et Léa ont droit à la télé mais pas à la facture",
        "Hugo+Léa grant tv_channels; Hugo+Léa revoke view_invoice",
    ),
]


@pytest.mark.parametrize(("text", "wished"), ACCESS)
def test_each_verb_goes_with_what_belongs_to_it(parser: Parser, text: str, wished: str) -> None:
    assert "; ".join(map(told, read(parser, text).wishes)) == wished


def told(wish: Wish) -> str:
    people = "+".join(one.value for one in wish.whom)
    return f"{people} {wish.change} {'+'.join(sorted(wish.services))}"


@pytest.mark.parametrize("text", ["take everything away from him", "retire-lui tout"])
def test_who_loses_everything_is_asked_where_nobody_was_spoken_of(
    parser: Parser, text: str
) -> None:
    assert [(wish.change, wish.whom) for wish in read(parser, text).wishes] == [("revoke", ())]
