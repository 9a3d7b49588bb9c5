"""Passwords and PINs that people type though nobody asked: they are found where they stand."""

import pytest

from intents.parser import Parser

TOLD = {
    "My password is Hunter2!!": "Hunter2!!",
    "pw: kitten99": "kitten99",
    "my passwod is xkjdq": "xkjdq",
    "here you go, my password is xkjdq, thanks": "xkjdq,",
    "user diane password Hunter2!": "Hunter2!",
    "password=p@ss_w0rd": "p@ss_w0rd",
    "my password is p@ss!word and it fails": "p@ss!word",
    "Hunter2 is my password": "Hunter2",
    "my PIN is 4471": "4471",
    "ＭＹ ＰＡＳＳＷＯＲＤ ＩＳ Ｈｕｎｔｅｒ２": "Ｈｕｎｔｅｒ２",
    "mon mot de passe est Soleil123": "Soleil123",
    "mon mot de passe, c'est Soleil123": "Soleil123",
    "mdp: minou22": "minou22",
    "mon NIP c'est 4471": "4471",
}


@pytest.mark.parametrize("typed", TOLD)
def test_a_password_is_found_where_it_stands(parser: Parser, typed: str) -> None:
    [private] = parser.private(typed)
    assert private.kind == "password"
    assert typed[private.start : private.end] == TOLD[typed]


@pytest.mark.parametrize(
    "typed",
    [
        *("my password is wrong", "his password is expired again", "what is a PIN?"),
        *("the password: how do I change it?", "mon mot de passe est barré", "mot de passe oublié"),
        *("my password is not working", "Kevin's password is the problem", "reset Hugo's password"),
        *("Hugo forgot his password", "a password has 8 to 128 characters", "password for Hugo"),
        *("réinitialise le mot de passe de Hugo", "supprime pas kev77", "pas kev77"),
    ],
)
def test_what_is_said_of_a_password_is_none(parser: Parser, typed: str) -> None:
    assert parser.private(typed) == []


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("mon NAS est 130 692 544", "130 692 544"),
        ("my SIN is 046-454-286", "046-454-286"),  # of nobody; forms show it as the example
        ("NAS 130692544 svp", "130692544"),
        ("card 4111 1111 1111 1111 exp 09/28", "4111 1111 1111 1111"),
        ("NAS du client : 130692544", "130692544"),
        ("quatre un un un" + " un un un un" * 3, "quatre un un un" + " un un un un" * 3),
        ("double four" + " four" * 13 + " eight", "four" + " four" * 13 + " eight"),
        ("IBAN FR1420041010050500013M02606", "FR1420041010050500013M02606"),
        ("our bank account: 1234567", "1234567"),
    ],
)
def test_a_number_that_its_check_digit_gives_away_is_found(
    parser: Parser, typed: str, number: str
) -> None:
    [private] = parser.private(typed)
    assert private.kind in {"sin", "card", "bank"}
    assert typed[private.start : private.end] == number


@pytest.mark.parametrize("typed", ["call me at 514 555 1234", "order 123 456 789", "611"])
def test_other_numbers_are_left_alone(parser: Parser, typed: str) -> None:
    assert parser.private(typed) == []
