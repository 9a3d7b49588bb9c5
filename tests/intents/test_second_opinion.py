"""Nothing is done that the whole of a message does not want, whatever its verbs are."""

import pytest

from intents.context import Card
from intents.parser import Parser
from tests.intents.meant import KEVIN, heard, one, read

TASKS = {"delete_user", "change_rights"}


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "my sister figures I should remove Jo, I told her no chance"),
        ("en", "maybe next summer I'll take the TV away from Jo"),
        ("en", "over my dead body does Kevin get the bill"),
        ("en", "Kevin bragged that he removed himself from everything"),
        ("en", "if Jo keeps skipping school I'm taking his TV away"),
        ("en", "I was this close to deleting Kevin last night lol"),
        ("en", "I keep going back and forth about giving Hélène the bill"),
        ("fr", "dans le temps je laissais Kevin payer la facture"),
        ("fr", "ma soeur pense que je devrais enlever Jo, moi je trouve pas"),
        ("fr", "l'été prochain peut-être que j'enlèverai la télé à Jo"),
        ("fr", "jamais de la vie que je donne la facture à Kevin"),
        ("fr", "si Jo continue de sécher ses cours je lui coupe la télé"),
        ("fr", "j'ai failli supprimer Kevin hier soir"),
        ("fr", "je sais pas encore si je donne la facture à Hélène"),
    ],
)
def test_what_is_told_planned_or_ruled_out_starts_nothing(
    parser: Parser, language: str, said: str
) -> None:
    reading = read(parser, language, said)
    assert not [wish for wish in reading.wishes if wish.mood == "wish"]
    assert reading.intent not in TASKS or reading.wishes


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "I was this close to deleting Kevin last night, so do it: delete Kevin"),
        ("en", "back in the day I let Kevin pay the bill, let him again"),
        ("en", "my sister figures I should remove Jo and she's right, remove him"),
        ("en", "Jo keeps skipping school, take his TV away"),
        ("fr", "j'ai failli supprimer Kevin hier soir, fait que supprime-le"),
        ("fr", "dans le temps je laissais Kevin payer la facture, redonne-lui ça"),
        ("fr", "ma soeur pense que je devrais enlever Jo et elle a raison, enlève-le"),
        ("fr", "Jo arrête pas de sécher ses cours, coupe-lui la télé"),
    ],
)
def test_the_same_words_with_an_order_behind_them_are_wished_for(
    parser: Parser, language: str, said: str
) -> None:
    assert heard(parser, language, said)


def test_at_a_card_nothing_is_dropped_for_sounding_told(parser: Parser) -> None:
    card = Card("change_rights", frozenset({KEVIN}), frozenset({"view_invoice"}), change="grant")
    said = "back in the day I let Kevin pay the bill too, add that"
    wishes = read(parser, "en", said, card=card).wishes
    assert any("pay_bill" in wish.services for wish in wishes)


@pytest.mark.parametrize("said", ["actually scrap the whole thing", "scrap the whole thing"])
def test_all_of_it_is_the_card_where_the_whole_calls_off(parser: Parser, said: str) -> None:
    card = Card("change_rights", frozenset({KEVIN}), frozenset({"view_invoice"}), change="revoke")
    assert read(parser, "en", said, card=card).wishes == ()


def test_where_words_leave_it_open_a_message_that_surely_gives_gives(parser: Parser) -> None:
    said = "I should be most grateful if Kevin could have everything, apart from the voicemail"
    every = "view_invoice pay_bill tv_channels data_addons usage"
    assert heard(parser, "en", said) == one("change_rights", "grant", KEVIN, services=every)
