"""What stays, what is only told, and what is only named: no wish, or the wish that is meant."""

import pytest

from intents.parser import Parser
from tests.intents.meant import HELENE, JO, KEVIN, TYLER, Heard, heard, one
from tests.intents.written import EVERYBODY, SERVICES


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Tyler stays locked, dont touch that. It's only Jo who needs a password, send it"),
        ("en", "leave Tyler locked"),
        ("en", "Tyler should stay locked"),
        ("en", "keep Tyler locked"),
        ("fr", "laisse Tyler barré"),
        ("fr", "Tyler reste barré"),
        ("fr", "Tyler, laissez-le verrouillé"),
        ("en", "don't touch Tyler's email"),
        ("fr", "touchez pas à l'adresse de Tyler"),
    ],
)
def test_nothing_happens_to_somebody_who_stays_as_they_are(
    parser: Parser, language: str, text: str
) -> None:
    assert not any(TYLER in whom for _, _, whom, _ in heard(parser, language, text))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Touchez pas au courriel à Jo, c'est celui de Kevin qui change : kev@example.com"),
        ("en", "leave Jo's email alone, change Kevin's to kev@example.com"),
    ],
)
def test_only_the_address_that_is_meant_changes(parser: Parser, language: str, text: str) -> None:
    assert heard(parser, language, text) == one("edit_profile", "", KEVIN)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "he's only locked. just open it up for Tyler"),
        ("en", "Tyler is just locked, unlock him"),
        ("en", "tyler is locked, open him"),
        ("fr", "le compte a tyler est bloké, ouvre le"),
        ("fr", "Tyler a oublié son mot de passe et maintenant c'est fermé. Débloquez-le"),
        ("fr", "les enfants sont tannés. C'est Tyler, il est barré, débarre-le"),
        ("en", "Tyler has been locked since Monday, please let him in"),
    ],
)
def test_how_somebody_stands_is_no_order_to_put_them_there(
    parser: Parser, language: str, text: str
) -> None:
    assert heard(parser, language, text) == one("unlock_user", "", TYLER)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "en",
            "Both Kevin and Jo need to get at the voicemail, the landline is for everyone",
            one("change_rights", "grant", KEVIN, JO, services="voicemail"),
        ),
        (
            "fr",
            "Jo peut voir la facture, le téléphone est à tout le monde",
            one("change_rights", "grant", JO, services="view_invoice"),
        ),
        (
            "en",
            "suspend kevin and jo pls theyre on the same fishing boat n wont need it",
            one("suspend_user", "", KEVIN, JO),
        ),
        ("en", "remove Tyler, my garage is rented", one("delete_user", "", TYLER)),
        (
            "fr",
            "Hélène a plus à payer quoi que ce soit, elle regarde la facture pis c'est tout",
            one("change_rights", "set", HELENE, services="view_invoice"),
        ),
        (
            "fr",
            "Kevin ne peut plus payer, il consulte la facture et rien d'autre",
            one("change_rights", "set", KEVIN, services="view_invoice"),
        ),
    ],
)
def test_what_is_told_behind_a_wish_adds_nobody_and_denies_nothing(
    parser: Parser, language: str, text: str, expected: Heard
) -> None:
    assert heard(parser, language, text) == expected


@pytest.mark.parametrize(
    ("language", "text", "spared"),
    [
        ("en", "turn on the usage thing for the whole family pls, just leave Jo out of it", JO),
        ("en", "the usage for everyone, just skip Jo", JO),
        ("fr", "Hormis Kevin, tout le monde doit pouvoir consulter la consommation", KEVIN),
        ("fr", "Sauf Kevin, tout le monde peut voir la consommation", KEVIN),
        ("en", "Apart from Kevin, everybody gets the usage", KEVIN),
    ],
)
def test_all_but_one_are_given_it_and_lose_nothing(
    parser: Parser, language: str, text: str, spared: str
) -> None:
    others = sorted(EVERYBODY - {spared})
    expected = one("change_rights", "grant", *others, services="usage")
    assert heard(parser, language, text) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "fr",
            "la boîte vocale de Kevin, barre-y ça",
            one("change_rights", "revoke", KEVIN, services="voicemail"),
        ),
        (
            "en",
            "Kevin's voicemail, block that",
            one("change_rights", "revoke", KEVIN, services="voicemail"),
        ),
        (
            "fr",
            "Parlons de Kevin. Les chaînes de télévision, je ne veux plus qu'il y touche",
            one("change_rights", "revoke", KEVIN, services="tv_channels"),
        ),
        (
            "en",
            "Hélène handles my affairs. Every single service you have, I want her to have it.",
            one("change_rights", "grant", HELENE, services=" ".join(SERVICES)),
        ),
        (
            "en",
            "Hélène gets the whole lot, every single service you have got. Turn it all on.",
            one("change_rights", "grant", HELENE, services=" ".join(SERVICES)),
        ),
        (
            "en",
            "the TV for Kevin, unlock Tyler",
            [
                *one("change_rights", "grant", KEVIN, services="tv_channels"),
                *one("unlock_user", "", TYLER),
            ],
        ),
    ],
)
def test_what_is_named_first_is_what_the_verb_behind_it_is_about(
    parser: Parser, language: str, text: str, expected: Heard
) -> None:
    assert heard(parser, language, text) == expected
