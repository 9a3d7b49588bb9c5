"""What stays, what is only told, and what is only named: no wish, or the wish that is meant."""

import pytest

from intents.parser import Parser
from tests.intents.written import EVERYBODY, SERVICES, at_home

Heard = list[tuple[str, str, frozenset[str], frozenset[str]]]
KEVIN, HELENE, TYLER, JO = ("id:1", "id:2", "id:3", "id:4")


def heard(parser: Parser, language: str, text: str) -> Heard:
    reading = parser.read(parser.look(text, language_hint=language), at_home(language))
    return [
        (
            wish.intent,
            wish.change,
            frozenset(who.value for who in wish.whom),
            frozenset(wish.services),
        )
        for wish in reading.wishes
        if wish.mood == "wish"
    ]


def one(intent: str, change: str = "", *people: str, services: str = "") -> Heard:
    return [(intent, change, frozenset(people), frozenset(services.split()))]


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


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Please cancel the invitation I sent to Jo. She has found a room elsewhere."),
        ("fr", "annule l'invitation que j'ai envoyée à Jo"),
        ("fr", "j'ai point besoin que Jo reste su mon compte"),
        ("en", "I don't need Jo to stay on my account"),
        ("en", "Jo has moved out so she comes off"),
        ("fr", "vire-moi Jo du compte"),
    ],
)
def test_whoever_is_to_go_goes(parser: Parser, language: str, text: str) -> None:
    assert heard(parser, language, text) == one("delete_user", "", JO)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Jo swears nothing ever arrived. Could you fire that invite off again love"),
        ("en", "Send that invite to Jo once more"),
        ("fr", "l'invitation de Jo est à renvoyer"),
        ("fr", "Jo jure que rien est arrivé, pas même dans les indésirables"),
    ],
)
def test_an_invitation_is_sent_again(parser: Parser, language: str, text: str) -> None:
    assert heard(parser, language, text) == one("resend_invitation", "", JO)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "i messed up jos address when i invited her. should be jo@example.com"),
        ("en", "Jo reads French better, her mails should come in that"),
        ("fr", "Jo lit mieux le français, faudrait que ses courriels lui arrivent de même"),
        ("en", "jo goes by Jo Murphy now, she got married"),
        ("fr", "Jo s'appelle maintenant Jo Murphy"),
    ],
)
def test_a_profile_is_put_right_by_what_is_told(parser: Parser, language: str, text: str) -> None:
    assert heard(parser, language, text) == one("edit_profile", "", JO)


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        (
            "fr",
            "tu peux mettre ma reus sur le compte, Inès Roy, ines@example.com, juste la conso",
            "Inès Roy",
        ),
        (
            "en",
            "Tyler comes off. Put on the tenant, Ana Cruz, ana@example.com, she may see the usage",
            "Ana Cruz",
        ),
        ("en", "add my niece Ana Cruz, ana@example.com, she can see the usage", "Ana Cruz"),
    ],
)
def test_what_is_said_of_a_newcomer_is_theirs(
    parser: Parser, language: str, text: str, name: str
) -> None:
    reading = parser.read(parser.look(text, language_hint=language), at_home(language))
    added = [wish for wish in reading.wishes if wish.intent == "create_user"]
    assert [wish.services for wish in added] == [("usage",)]
    assert name in {who.said for who in added[0].whom}
    assert not any(wish.intent == "change_rights" for wish in reading.wishes)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "whatever kevin can do jo should be able to do too"),
        ("fr", "tout ce que Kevin peut faire, Jo devrait pouvoir le faire aussi"),
    ],
)
def test_what_one_can_do_measures_what_another_gets(
    parser: Parser, language: str, text: str
) -> None:
    expected = one("change_rights", "grant", JO, services="view_invoice usage")
    assert heard(parser, language, text) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "ouvre la facture à Jo"),
        ("en", "open up the bill for Jo"),
        ("fr", "Jo gagne la facture"),
        ("fr", "Kevin a toujours ben payé. Jo peut voir la facture"),
    ],
)
def test_a_service_is_given(parser: Parser, language: str, text: str) -> None:
    assert heard(parser, language, text) == one(
        "change_rights", "grant", JO, services="view_invoice"
    )


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Neither Kevin nor Jo needs to see the bill anymore"),
        ("en", "Neither Kevin nor Jo should see the bill"),
        ("en", "I want neither Kevin nor Jo to see the bill"),
        ("en", "let neither Kevin nor Jo see the bill"),
        ("fr", "Ni Kevin ni Jo ont besoin de voir la facture"),
        ("fr", "Ni Kevin ni Jo ne doivent voir la facture"),
        ("fr", "je veux que ni Kevin ni Jo voient la facture"),
    ],
)
def test_neither_of_two_shall_have_it(parser: Parser, language: str, text: str) -> None:
    expected = one("change_rights", "revoke", KEVIN, JO, services="view_invoice")
    assert heard(parser, language, text) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "unlock neither Kevin nor Jo"),
        ("fr", "enlève ni Kevin ni Jo"),
        ("fr", "on a pas besoin de supprimer Kevin"),
        ("en", "Kevin opened the link but it says expired"),
    ],
)
def test_an_order_that_spares_both_does_nothing(parser: Parser, language: str, text: str) -> None:
    assert heard(parser, language, text) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "send Jo the invite again please, and while you are there let Tyler back in"),
        ("en", "Jo never got it, send it once more and while i have you unlock Tyler"),
        ("fr", "renvoie l'invitation à Jo, pis pendant que t'es là débarre Tyler"),
    ],
)
def test_while_you_are_there_puts_no_condition(parser: Parser, language: str, text: str) -> None:
    told = heard(parser, language, text)
    assert ("unlock_user", "", frozenset({TYLER}), frozenset()) in told
    assert next(intent for intent, *_ in told).startswith("resend")
