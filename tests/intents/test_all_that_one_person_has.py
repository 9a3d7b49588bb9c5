"""A set of people or of things: what one person has, and nobody else; what is listed behind it."""

import pytest

from intents.parser import Parser
from tests.intents.meant import HELENE, JO, KEVIN, TYLER, Heard, heard, one

CHANGE = "change_rights"
ALL = "view_invoice pay_bill tv_channels data_addons usage voicemail"
EVERYBODY = (KEVIN, HELENE, TYLER, JO)


@pytest.mark.parametrize(
    ("language", "text", "meant"),
    [
        (
            "en",
            "Can Hélène have all the services please? Every single one, no exceptions.",
            one(CHANGE, "grant", HELENE, services=ALL),
        ),
        (
            "en",
            "Give Kevin all of them. Every last one.",
            one(CHANGE, "grant", KEVIN, services=ALL),
        ),
        (
            "en",
            "Remove Kevin's services, all of them.",
            one(CHANGE, "revoke", KEVIN, services=ALL),
        ),
        (
            "en",
            "Take everything off Kevin. All bar the TV channels.",
            one(
                CHANGE,
                "revoke",
                KEVIN,
                services="view_invoice pay_bill data_addons usage voicemail",
            ),
        ),
        (
            "fr",
            "Donnez tous les accès à Jo, s'il vous plaît. Tous, sans exception. Merci.",
            one(CHANGE, "grant", JO, services=ALL),
        ),
        (
            "fr",
            "enlève les services de Kevin, tous",
            one(CHANGE, "revoke", KEVIN, services=ALL),
        ),
    ],
)
def test_a_set_of_either_is_of_what_one_person_has(
    parser: Parser, language: str, text: str, meant: Heard
) -> None:
    assert heard(parser, language, text) == meant


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "everyone gets the TV, every single one"),
        ("en", "give all of them the TV"),
        ("en", "Kevin has the TV, give it to all of them"),
        ("en", "Give the TV to everyone, no exceptions"),
        ("fr", "donne la télé à tous sans exception"),
    ],
)
def test_of_several_people_it_is_all_of_them(parser: Parser, language: str, text: str) -> None:
    assert heard(parser, language, text) == one(CHANGE, "grant", *EVERYBODY, services="tv_channels")


@pytest.mark.parametrize(
    ("language", "text", "left"),
    [
        (
            "en",
            "Please give Hélène every service except these two: (1) paying the bill, (2) data.",
            "view_invoice tv_channels usage voicemail",
        ),
        (
            "en",
            "Give Hélène everything except two things: the bill and the usage",
            "pay_bill tv_channels data_addons voicemail",
        ),
        (
            "fr",
            "donne tout à Hélène sauf deux choses : la facture et la télé",
            "pay_bill data_addons usage voicemail",
        ),
    ],
)
def test_what_is_counted_before_a_list_is_the_list(
    parser: Parser, language: str, text: str, left: str
) -> None:
    assert heard(parser, language, text) == one(CHANGE, "grant", HELENE, services=left)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Please give Hélène exactly the same services as Kevin, no more and no fewer."),
        ("fr", "Donne à Hélène les mêmes services que Kevin, ni plus ni moins."),
    ],
)
def test_the_same_and_no_more_is_all_that_there_shall_be(
    parser: Parser, language: str, text: str
) -> None:
    [wish] = heard(parser, language, text)
    assert wish[:3] == (CHANGE, "set", frozenset({HELENE}))
