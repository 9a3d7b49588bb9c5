"""The intent that a first message is given: what it wishes, refuses or asks."""

import pytest

from intents.parse_result import ParseResult
from intents.parser import Parser

NAMED = {
    "deny": [
        *("don't delete Kevin", "please do not remove my son", "don't give Kevin the TV"),
        *("don't delete Kevin, he is still a student", "supprime pas Kevin", "ne retire pas Hugo"),
        *("ajoute pas Zoé", "donne pas la télé à Kevin"),
    ],
    "show_history": [
        *("did you delete Kevin?", "did you remove Tyler already?"),
        *("est-ce que tu as supprimé Kevin?", "as-tu enlevé Kevin"),
    ],
    "list_users": [
        *("can Tyler pay bills?", "what can Jo see?", "is Kevin still locked?"),
        *("does Beverly have the voicemail option turned on or not",),
        *("Tyler peut-tu payer les factures", "qu'est-ce que Jo peut voir?"),
    ],
    "change_rights": ["don't remove Kevin, just take the TV from him", "enlève la télé à Kevin"],
    "unlock_user": ["Tyler can't get in", "mon mari s'est fait bloquer", "pls un lock my son"],
    "delete_user": ["remove Kevin", "supprime Kevin"],
    "suspend_user": ["lock Kevin out", "bloque Kevin"],
    "resend_invitation": ["renvoie l'invitation à Jo", "resend the invitation to Jo"],
    "decide_request": ["approve Rose's request", "approuve la demande de Rose"],
    "faq/delete_user": ["how do I delete a user?", "comment supprimer quelqu'un?"],
    "out_of_scope": ["unlock my debit card", "add my son to my car insurance"],
    "request_access": [
        "mon chum est le boss du compte, dis-lui que j'ai besoin de voir l'utilisation internet"
    ],
}


@pytest.mark.parametrize(
    ("intent", "text"), [(name, text) for name, texts in NAMED.items() for text in texts]
)
def test_a_first_message_is_named_after_what_it_wishes_refuses_or_asks(
    parser: Parser, intent: str, text: str
) -> None:
    parse = parser.name(text)
    assert parse.intent.name == intent
    holds_together(parse)


@pytest.mark.parametrize("text", ["", "marie12", "don't delete Kevin", "approve Rose's request"])
def test_the_ranking_is_sorted_whatever_is_named(parser: Parser, text: str) -> None:
    holds_together(parser.name(text))


def holds_together(parse: ParseResult) -> None:
    confidences = [one.confidence for one in parse.ranking]
    names = [one.name for one in parse.ranking]
    assert confidences == sorted(confidences, reverse=True)
    assert len(set(names)) == len(names)
    assert parse.intent in parse.ranking or parse.intent.name == "nlu_fallback"


def test_whom_a_refused_wish_names_is_still_told(parser: Parser) -> None:
    parse = parser.name("don't delete Kevin")
    assert [(one.entity, one.value) for one in parse.entities] == [("person", "Kevin")]


def test_the_figures_of_an_evaluation_are_those_of_the_classifier(parser: Parser) -> None:
    assert parser.parse("please don't unlock Tyler").intent.name == "unlock_user"
