"""Who is left out a sentence later, a family by its name, what is said or denied twice."""

import pytest

from intents.context import Context, Person
from intents.parser import Parser
from tests.intents.meant import HELENE, JO, KEVIN, heard, one, read

CHANGE = "change_rights"
ROYS = (
    Person("id:1", "Marc", "Roy"),
    Person("id:2", "Luc", "Roy", status="locked"),
    Person("id:3", "Léa", "Côté"),
)


def among_roys(parser: Parser, language: str, text: str) -> list[tuple[str, frozenset[str]]]:
    context = Context(language, ROYS, Person("id:9", "Diane", "Haddad"), ("tv_channels", "usage"))
    reading = parser.read(parser.look(text, language_hint=language), context)
    return [(wish.intent, frozenset(wish.about)) for wish in reading.wishes if wish.mood == "wish"]


@pytest.mark.parametrize(
    ("language", "text", "meant"),
    [
        ("en", "remove Kevin and Jo. actually not Jo", one("delete_user", "", KEVIN)),
        ("fr", "supprime Kevin et Jo. ben pas Jo", one("delete_user", "", KEVIN)),
        (
            "en",
            "give everyone the TV. well, not Tyler, he never watches it",
            one(CHANGE, "grant", KEVIN, HELENE, JO, services="tv_channels"),
        ),
        (
            "fr",
            "donne la télé à tout le monde. pas à Tyler",
            one(CHANGE, "grant", KEVIN, HELENE, JO, services="tv_channels"),
        ),
        (
            "fr",
            "donne la télé à tous sauf Tyler, lui il regarde jamais rien",
            one(CHANGE, "grant", KEVIN, HELENE, JO, services="tv_channels"),
        ),
        ("en", "remove Kevin. not Kevin", []),
    ],
)
def test_who_is_left_out_a_sentence_later_is_left_out(
    parser: Parser, language: str, text: str, meant: object
) -> None:
    assert heard(parser, language, text) == meant


@pytest.mark.parametrize(
    ("language", "text", "whom"),
    [
        ("en", "give the TV to the Roys", {"id:1", "id:2"}),
        ("en", "both the Roys can have the TV", {"id:1", "id:2"}),
        ("fr", "donne la télé aux Roy", {"id:1", "id:2"}),
        ("fr", "les Roy peuvent avoir la télé", {"id:1", "id:2"}),
    ],
)
def test_a_family_is_everybody_of_that_name(
    parser: Parser, language: str, text: str, whom: set[str]
) -> None:
    assert among_roys(parser, language, text) == [(CHANGE, frozenset(whom))]


@pytest.mark.parametrize(("language", "text"), [("en", "unlock Roy"), ("fr", "déverrouille Roy")])
def test_of_two_of_one_name_the_locked_one_is_unlocked(
    parser: Parser, language: str, text: str
) -> None:
    assert among_roys(parser, language, text) == [("unlock_user", frozenset({"id:2"}))]


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "one of the Roys should have the TV"), ("fr", "Roy veut la télé")],
)
def test_one_of_a_family_is_not_all_of_it(parser: Parser, language: str, text: str) -> None:
    assert not any(len(whom) > 1 for _, whom in among_roys(parser, language, text))


def test_a_quarter_whose_name_begins_like_somebodys_is_nobody(parser: Parser) -> None:
    text = "Marc a déménagé à Côte-des-Neiges. Supprime-le"
    assert among_roys(parser, "fr", text) == [("delete_user", frozenset({"id:1"}))]


@pytest.mark.parametrize(
    ("language", "text", "meant"),
    [
        ("en", "give Jo everything apart from (1) the bill, (2) paying it and (3) the TV", "no"),
        ("en", "cancel Jo's TV", one(CHANGE, "revoke", JO, services="tv_channels")),
        ("fr", "annule la télé à Jo", one(CHANGE, "revoke", JO, services="tv_channels")),
        (
            "en",
            "Jo keeps the bill. only the TV goes",
            one(CHANGE, "revoke", JO, services="tv_channels"),
        ),
        ("en", "I need to suspend somebody", one("suspend_user")),
        ("fr", "je dois suspendre deux personnes", one("suspend_user")),
        ("fr", "je veux retirer des accès à l'un de mes utilisateurs", one(CHANGE, "revoke")),
        (
            "fr",
            "Jo n'a plus besoin de la télé, enlève-la-lui, mais n'allez pas lui enlever la facture",
            one(CHANGE, "revoke", JO, services="tv_channels"),
        ),
        (
            "fr",
            "bloque la facture à Jo, pas Jo au complet",
            one(CHANGE, "revoke", JO, services="view_invoice"),
        ),
        (
            "en",
            "Kevin and Jo were at me about the TV. Give it to the former",
            one(CHANGE, "grant", KEVIN, services="tv_channels"),
        ),
        (
            "en",
            "(1) suspend Kevin. (2) removing Jo is on hold, so please do not do that one",
            one("suspend_user", "", KEVIN),
        ),
        (
            "fr",
            "Jo me demande si elle pourrait avoir la télé, alors donne-lui la télé",
            one(CHANGE, "grant", JO, services="tv_channels"),
        ),
    ],
)
def test_what_is_wished_and_no_more(
    parser: Parser, language: str, text: str, meant: object
) -> None:
    if meant == "no":
        meant = one(CHANGE, "grant", JO, services="usage data_addons voicemail")
    assert heard(parser, language, text) == meant


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "this ticket is open since March, Jo has no such trouble"),
        ("en", "I don't mind Jo seeing the bill"),
        ("fr", "la facture ça me dérange pas que Jo la voie"),
        ("fr", "renvoie rien à Jo"),
    ],
)
def test_what_only_stands_so_is_no_wish(parser: Parser, language: str, text: str) -> None:
    assert heard(parser, language, text) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "besides me, who can pay the bill?"), ("fr", "à part moi, qui peut payer la facture?")],
)
def test_besides_me_asks_of_the_others(parser: Parser, language: str, text: str) -> None:
    assert [wish.intent for wish in read(parser, language, text).wishes] == ["list_users"]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        (
            "set Jo's email to a@example.com; no, I am mistaken. It is b@example.com.",
            "b@example.com",
        ),
        ("Jo's new address is a@example.com. No, b@example.com", "b@example.com"),
    ],
)
def test_of_two_addresses_the_one_told_last_is_meant(
    parser: Parser, text: str, address: str
) -> None:
    wishes = [wish for wish in read(parser, "en", text).wishes if wish.mood == "wish"]
    assert [(wish.intent, wish.values["email"]) for wish in wishes] == [("edit_profile", address)]


def test_a_name_one_goes_by_now_is_the_last_name_that_it_holds(parser: Parser) -> None:
    (wish,) = read(
        parser, "en", "Hélène goes by Bouchard-Roy now, so change her last name to that"
    ).wishes
    assert (wish.about, wish.values["name"], wish.values["fields"]) == (
        {HELENE},
        "Bouchard-Roy",
        ["last_name"],
    )
