"""Tasks wished for in other words than the plain ones."""

import pytest

from intents.parser import Parser
from tests.intents.meant import JO, KEVIN, TYLER, heard, one
from tests.intents.written import EVERYBODY, at_home


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Please cancel the invitation I sent to Jo. She has found a room elsewhere."),
        ("fr", "annule l'invitation que j'ai envoyée à Jo"),
        ("fr", "j'ai point besoin que Jo reste su mon compte"),
        ("en", "I don't need Jo to stay on my account"),
        ("en", "Jo has moved out so she comes off the account"),
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


@pytest.mark.parametrize(
    ("language", "text", "left"),
    [
        ("en", "Apart from Tyler, give everyone usage", {TYLER}),
        ("en", "Tyler and Jo excepted, give everyone usage", {TYLER, JO}),
        ("en", "I'd like everyone to have the usage, Kevin being the one exception", {KEVIN}),
        ("fr", "Sauf Tyler et Jo, donne l'utilisation à tout le monde", {TYLER, JO}),
        ("fr", "Tyler mis à part, que tout le monde puisse voir l'utilisation.", {TYLER}),
    ],
)
def test_an_exception_counts_wherever_it_stands(
    parser: Parser, language: str, text: str, left: set[str]
) -> None:
    [(intent, change, whom, services)] = heard(parser, language, text)

    assert (intent, change, services) == ("change_rights", "grant", frozenset({"usage"}))
    assert whom == EVERYBODY - left
