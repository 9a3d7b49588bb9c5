"""What a holder says of several requests at once."""

import pytest

from intents.parser import Parser
from tests.intents.written import at_home

APPROVE, DECLINE = "approve", "decline"


@pytest.mark.parametrize(
    ("language", "text", "said"),
    [
        (
            "en",
            "Kevin yes. Tyler no, what I pay is none of his business",
            [("Kevin", APPROVE, ""), ("Tyler", DECLINE, "what I pay is none of his business")],
        ),
        (
            "en",
            "no to Jo because she's twelve, yes for Kevin and Tyler",
            [("Jo", DECLINE, "she's twelve"), ("Kevin", APPROVE, ""), ("Tyler", APPROVE, "")],
        ),
        (
            "fr",
            "Kevin oui, Jo non il est trop jeune",
            [("Kevin", APPROVE, ""), ("Jo", DECLINE, "il est trop jeune")],
        ),
        (
            "fr",
            "c'est oui pour Hélène et non pour Tyler, parce qu'il abuse",
            [("Hélène", APPROVE, ""), ("Tyler", DECLINE, "il abuse")],
        ),
    ],
)
def test_each_answer_has_the_words_that_follow_it(
    parser: Parser, language: str, text: str, said: list[tuple[str, str, str]]
) -> None:
    reading = parser.read(parser.look(text), at_home(language))

    told = [(v.whom.said, v.decision, v.remark) for v in reading.verdicts if v.whom]
    assert told == said


@pytest.mark.parametrize(
    ("language", "text", "given", "declined"),
    [
        ("en", "Channels fine. Voicemail no way, those are private", "tv_channels", "voicemail"),
        ("en", "usage he can have, the channels no", "usage", "tv_channels"),
        (
            "en",
            "ok about Kevin's request: usage is fine, voicemail he can't have",
            "usage",
            "voicemail",
        ),
        ("en", "he gets the voicemail but I don't approve the data", "voicemail", "data_addons"),
        ("en", "the usage isn't ok but the channels are no problem", "tv_channels", "usage"),
        ("en", "ok so the usage no, voicemail yes", "voicemail", "usage"),
        ("en", "he can have the voicemail but not the tv", "voicemail", "tv_channels"),
        ("fr", "la télé ça va, mais la facture je n'accepte pas", "tv_channels", "view_invoice"),
        ("fr", "la télé n'est pas un problème, l'utilisation non", "tv_channels", "usage"),
        ("fr", "la boîte vocale il peut pas l'avoir, l'utilisation oui", "usage", "voicemail"),
        (
            "fr",
            "Kevin m'a fait une demande. Consulter, oui. Payer, non.",
            "view_invoice",
            "pay_bill",
        ),
    ],
)
def test_each_service_can_have_an_answer_of_its_own(
    parser: Parser, language: str, text: str, given: str, declined: str
) -> None:
    reading = parser.read(parser.look(text), at_home(language))

    said = {code: v.decision for v in reading.verdicts for code in v.services}
    assert said == {given: APPROVE, declined: DECLINE}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Kevin yes but only the bill"),
        ("en", "no. Kevin already has enough"),
        ("en", "Kevin is fine, Tyler isn't"),
        ("en", "is it a yes for Kevin?"),
        ("en", "Kevin yes, no TV"),
        ("en", "Kevin yes, but Tyler can't have it"),
        ("en", "no to the usage ok"),
        ("en", "I can't say no to the usage, voicemail no"),
        ("en", "TV yes if he doesn't use the voicemail"),
        ("fr", "Kevin oui, mais pas la télé"),
        ("fr", "Kevin oui mais juste la facture"),
    ],
)
def test_what_says_more_than_who_gets_a_yes_is_no_such_answer(
    parser: Parser, language: str, text: str
) -> None:
    assert not parser.read(parser.look(text), at_home(language)).verdicts
