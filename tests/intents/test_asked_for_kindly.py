"""Wishes that sound like a question or a story: "would it be possible", "what she needs is"."""

import pytest

from intents.context import Asked, Card, Context, Person
from intents.parser import Parser
from tests.intents.meant import HELENE, JO, KEVIN, Heard, heard, one, read

CHANGE = "change_rights"


@pytest.mark.parametrize(
    ("language", "text", "meant"),
    [
        (
            "en",
            "I would therefore like Hélène to be able to pay the bill too.",
            one(CHANGE, "grant", HELENE, services="pay_bill"),
        ),
        ("en", "I'd also like Jo to have the TV", one(CHANGE, "grant", JO, services="tv_channels")),
        (
            "en",
            "Would it be possible for Hélène to have voicemail?",
            one(CHANGE, "grant", HELENE, services="voicemail"),
        ),
        (
            "en",
            "what Jo really needs is the TV, could you do that for her?",
            one(CHANGE, "grant", JO, services="tv_channels"),
        ),
        (
            "fr",
            "Serait-il possible qu'Hélène ait aussi la messagerie vocale ?",
            one(CHANGE, "grant", HELENE, services="voicemail"),
        ),
        (
            "fr",
            "Serait-il possible de retirer la télé à Jo?",
            one(CHANGE, "revoke", JO, services="tv_channels"),
        ),
        ("fr", "Je vous demande donc de suspendre Kevin.", one("suspend_user", "", KEVIN)),
        ("en", "Put Jo down for French. She never learnt English.", one("edit_profile", "", JO)),
        (
            "fr",
            "mets jo en francais y comprend rien en anglais",
            one("edit_profile", "", JO),
        ),
        ("en", "Take Jo off the account. We've no need of it now.", one("delete_user", "", JO)),
    ],
)
def test_what_is_asked_for_kindly_is_wished_for(
    parser: Parser, language: str, text: str, meant: Heard
) -> None:
    assert heard(parser, language, text) == meant


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Is it possible to give access to someone else?"),
        ("fr", "Est-il possible de donner accès à quelqu'un d'autre?"),
        ("en", "would Kevin like the TV?"),
        ("en", "I'd really like a coffee"),
        ("en", "I want to get into Kevin's account"),
        ("fr", "j'ai juste la télé"),
        ("en", "I can only see the bill"),
    ],
)
def test_what_only_asks_or_tells_is_no_wish(parser: Parser, language: str, text: str) -> None:
    assert heard(parser, language, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Non, laissez Tyler. Envoyez plutôt un lien à Kevin.",
        "non, laisse-la. Envoie un lien à Kevin",
    ],
)
def test_behind_a_no_whoever_is_let_is_given_nothing(parser: Parser, text: str) -> None:
    assert heard(parser, "fr", text) == one("reset_password", "", KEVIN)


@pytest.mark.parametrize("text", ["Yes. Lock him out.", "yes, lock Kevin out"])
def test_what_belongs_to_the_verb_of_the_card_spoils_no_yes(parser: Parser, text: str) -> None:
    reading = read(parser, "en", text, card=Card("suspend_user", frozenset({KEVIN})))
    assert reading.answer == "yes"


@pytest.mark.parametrize(
    "text",
    [
        "Sorry, I forgot a d, it's Bouchard: helene.bouchard@example.net",
        "Pardon, le d à la fin de Bouchard : helene.bouchard@example.net",
    ],
)
def test_an_address_behind_a_name_is_the_address(parser: Parser, text: str) -> None:
    helene = Person("id:2", "Hélène", "Bouchard")
    reading = parser.read(parser.look(text), Context("en", (helene,), Person("id:9", "A", "B")))
    assert reading.last("email") == "helene.bouchard@example.net"


@pytest.mark.parametrize("waiting", [(), (Asked("", HELENE),)], ids=["nobody", "who wants to go"])
def test_whoever_wants_to_go_asks_for_no_access(parser: Parser, waiting: tuple[Asked, ...]) -> None:
    text = "Jo would love voicemail, please allow it"
    [wish] = read(parser, "en", text, requests=waiting).said()
    assert (wish.intent, wish.change, {*wish.services}) == (CHANGE, "grant", {"voicemail"})
