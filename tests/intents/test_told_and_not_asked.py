"""Ordinary sentences that tell of somebody or something, and wish for nothing, or for one thing."""

import pytest

from intents.context import Card
from intents.parser import Parser
from tests.intents.meant import JO, KEVIN, TYLER, heard, read

ALL = frozenset(["view_invoice", "pay_bill", "tv_channels", "data_addons", "usage", "voicemail"])


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", ("Les anciens locataires: Bob Smith, bob@gmail.com. Anne Roy, anne@gmail.com. "
               "Ils sont partis.")),
        ("en", "Amy Chan, amy@gmail.com, keeps emailing me. Leo Chan, leo@gmail.com, too."),
        ("en", "Kevin's password is fine now. Send Jo the bill"),
        ("fr", "Kevin a reçu son invitation. Envoie-lui la facture"),
        ("fr", "Hormis Kevin personne n'a besoin de la télé"),
        ("fr", "Le nom de Jo devient compliqué"),
        ("en", "Jo's name became an issue at school"),
        ("en", "Kevin wants out of here, should I worry"),
        ("en", "Get me out of here"),
        ("en", "Is it ok to delete Kevin?"),
        ("en", "I don't want to be on the account with Kevin anymore"),
        ("en", "I don't want problems with Kevin on this account"),
        ("en", "I don't want strangers on the account, only Kevin"),
        ("fr", "Je ne veux plus des achats de Kevin sur mon compte"),
        ("en", "Nobody should remove Kevin"),
        ("en", "Kevin's last name isn't Walsh"),
        ("fr", "Le nom de famille de Kevin n'est pas Walsh"),
        ("en", "reset the netflix password for kevin"),
    ],
)  # fmt: skip
def test_what_is_only_told_wishes_for_nothing(parser: Parser, language: str, said: str) -> None:
    assert heard(parser, language, said) == []


@pytest.mark.parametrize(
    ("language", "said", "intents"),
    [
        ("en", "Unlock Tyler and give him access", ["unlock_user", "change_rights"]),
        ("fr", "Réinitialise le mot de passe de Tyler et redonne-lui ses accès",
         ["reset_password", "change_rights"]),
    ],
)  # fmt: skip
def test_access_that_is_asked_for_is_not_lost_beside_something_else(
    parser: Parser, language: str, said: str, intents: list[str]
) -> None:
    assert [wish[0] for wish in heard(parser, language, said)] == intents


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Take everything from Jo, she keeps watching TV at night"),
        ("en", "Take everything from Jo, she must not keep the TV"),
    ],
)
def test_what_somebody_keeps_doing_is_not_what_they_keep(
    parser: Parser, language: str, said: str
) -> None:
    taken = [wish for wish in heard(parser, language, said) if wish[1] == "revoke"]
    assert frozenset().union(*(wish[3] for wish in taken)) == ALL
    assert {wish[2] for wish in taken} == {frozenset({JO})}


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Kevin can have the voicemail but he can't have the data"),
        ("fr", "Kevin peut avoir la boîte vocale mais il peut pas avoir les données"),
    ],
)
def test_what_somebody_cannot_have_is_not_given(parser: Parser, language: str, said: str) -> None:
    given = [wish for wish in heard(parser, language, said) if wish[1] == "grant"]
    assert [wish[3] for wish in given] == [frozenset({"voicemail"})]


@pytest.mark.parametrize(
    "said",
    [
        "Give Kevin the TV but I can't see the bill",
        "Give Kevin the TV. Only TV for him, the rest is fine",
        "Give Kevin the TV, but Tyler still can't watch it, why",
    ],
)
def test_what_else_is_told_beside_a_gift_takes_and_gives_nothing(parser: Parser, said: str) -> None:
    wishes = heard(parser, "en", said)
    assert {wish[3] for wish in wishes} == {frozenset({"tv_channels"})}
    assert {wish[2] for wish in wishes} == {frozenset({KEVIN})}
    assert "revoke" not in {wish[1] for wish in wishes}


def test_a_not_elsewhere_leaves_one_of_two_open(parser: Parser) -> None:
    said = "Don't add services to Kevin. Remove Jo or Tyler"
    assert heard(parser, "en", said) == [("delete_user", "", frozenset(), frozenset())]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "because Kevin no longer needs it"),
        ("fr", "parce que Kevin en a plus besoin"),
    ],
)
def test_needing_none_is_why_somebody_goes(parser: Parser, language: str, said: str) -> None:
    card = Card("delete_user", frozenset({KEVIN, JO}))
    assert not read(parser, language, said, card=card).not_people


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Kevin is fine"),
        ("en", "sorry, Kevin is fine"),
        ("en", "is Kevin ok"),
        ("en", "I need his consent"),
        ("en", "so you need my go ahead"),
        ("en", "yes Kevin is fine"),
        ("en", "ok thanks for the explanation"),
        ("fr", "Kevin a besoin de mon accord"),
        ("fr", "ok merci pour les explications"),
        ("fr", "Kevin va bien"),
        ("fr", "oui merci, il a encore besoin de son accès"),
        ("en", "right, Kevin"),
        ("en", "yes, Kevin and"),
        ("en", "yes Kevin is"),
        ("fr", "Kevin est d'accord"),
        ("fr", "bon, Kevin"),
        ("fr", "parfait, Kevin et"),
    ],
)
def test_what_is_said_of_whom_the_card_is_about_is_no_yes(
    parser: Parser, language: str, said: str
) -> None:
    card = Card("delete_user", frozenset({KEVIN}), values=("Kevin O'Brien",))
    assert read(parser, language, said, card=card).answer != "yes"


@pytest.mark.parametrize(
    ("language", "said"), [("en", "the TV is fine"), ("fr", "la télé est correcte")]
)
def test_a_service_that_is_found_well_is_not_taken(
    parser: Parser, language: str, said: str
) -> None:
    card = Card("change_rights", frozenset({TYLER}), frozenset({"tv_channels"}), change="revoke")
    assert read(parser, language, said, card=card).answer != "yes"


@pytest.mark.parametrize(
    ("said", "taken"),
    [
        ("Take everything from Kevin, the TV is okay", ALL - {"tv_channels"}),
        ("Take everything away from Kevin. The TV is okay.", ALL - {"tv_channels"}),
        ("Take the TV from Kevin, the bill is fine", {"tv_channels"}),
    ],
)
def test_what_is_found_fine_is_not_taken(parser: Parser, said: str, taken: set[str]) -> None:
    (wish,) = heard(parser, "en", said)
    assert wish[1] == "revoke"
    assert wish[3] == taken
