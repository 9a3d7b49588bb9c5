"""What is told of somebody beside an order draws nobody into it, and calls nothing off."""

import pytest

from intents.parser import Parser
from tests.intents.meant import JO, KEVIN, TYLER, Heard, heard, one

CHANGE = "change_rights"
TV = one(CHANGE, "grant", JO, services="tv_channels")


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "Kevin is gone"),
        ("en", "Kevin moved out"),
        ("en", "Kevin told me to"),
        ("en", "Kevin said it's fine"),
        ("en", "Kevin never watches"),
        ("en", "Kevin works nights"),
        ("en", "Kevin can wait"),
        ("en", "Kevin and Tyler are fine"),
        ("fr", "Kevin est parti"),
        ("fr", "Kevin a déménagé"),
        ("fr", "Kevin me l'a demandé"),
        ("fr", "Kevin travaille de nuit"),
        ("fr", "Kevin peut attendre"),
        ("fr", "Kevin l'avait"),
    ],
)
def test_who_is_told_of_behind_an_order_gets_nothing(
    parser: Parser, language: str, told: str
) -> None:
    order = {"en": "give the TV to Jo", "fr": "donne la télé à Jo"}[language]
    assert heard(parser, language, f"{order}, {told}") == TV


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "give the TV to Jo, Kevin"),
        ("en", "give the TV to Jo, Kevin please"),
        ("en", "give the TV to Jo, Kevin too"),
        ("fr", "donne la télé à Jo, Kevin aussi"),
    ],
)
def test_who_is_listed_gets_it_too(parser: Parser, language: str, said: str) -> None:
    assert heard(parser, language, said) == one(CHANGE, "grant", JO, KEVIN, services="tv_channels")


@pytest.mark.parametrize(
    ("language", "said", "meant"),
    [
        ("en", "remove Jo, Kevin is staying", one("delete_user", "", JO)),
        ("en", "unlock Jo, Kevin is with him", one("unlock_user", "", JO)),
        ("fr", "enlève Jo, Kevin m'a dit qu'il était parti", one("delete_user", "", JO)),
        ("en", "remove Kevin he dont pay", one("delete_user", "", KEVIN)),
        ("en", "give Jo TV she has nothing", TV),
        ("en", "hey pull the usage off kevin would ya he dont need it",
         one(CHANGE, "revoke", KEVIN, services="usage")),
        ("en", "take the usage off Tyler, sorry no wait, off Kevin, Tyler keeps his",
         one(CHANGE, "revoke", KEVIN, services="usage")),
    ],
)  # fmt: skip
def test_a_reason_of_somebody_changes_nothing_of_the_order(
    parser: Parser, language: str, said: str, meant: Heard
) -> None:
    assert heard(parser, language, said) == meant


@pytest.mark.parametrize(
    ("language", "said", "meant"),
    [
        ("en", "Kevin and Hélène want to remove Jo", one("delete_user", "", JO)),
        ("fr", "Kevin et Tyler veulent enlever Jo", one("delete_user", "", JO)),
        ("en", "tell Hélène that Kevin can pay", one(CHANGE, "grant", KEVIN, services="pay_bill")),
        ("fr", "dis à Hélène que Kevin peut payer",
         one(CHANGE, "grant", KEVIN, services="pay_bill")),
        ("en", "give Jo the TV that Kevin had", TV),
        ("fr", "donne à Jo la télé que Kevin avait", TV),
    ],
)  # fmt: skip
def test_who_says_it_hears_it_or_had_it_is_not_whom_it_is_for(
    parser: Parser, language: str, said: str, meant: Heard
) -> None:
    assert heard(parser, language, said) == meant


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "unlock Tyler. I don't want you to do that"),
        ("fr", "débloque tyler, non je veux pas que tu fasses ça"),
        ("fr", "débloque point tyler"),
        ("fr", "enlève le pas"),
        ("en", "take nothing from Kevin"),
    ],
)
def test_what_is_denied_in_other_words_is_not_done(
    parser: Parser, language: str, said: str
) -> None:
    assert heard(parser, language, said) == []


@pytest.mark.parametrize(
    ("language", "said", "meant"),
    [
        ("fr", "non fais pas ça ôte-lui la facture",
         one(CHANGE, "revoke", services="view_invoice")),
        ("fr", "oublie ça débarre Tyler à place", one("unlock_user", "", TYLER)),
        ("en", "forget that unlock Tyler instead", one("unlock_user", "", TYLER)),
        ("en", "no don't do that take away the bill from Kevin",
         one(CHANGE, "revoke", KEVIN, services="view_invoice")),
    ],
)  # fmt: skip
def test_what_follows_a_no_at_once_is_wished_for(
    parser: Parser, language: str, said: str, meant: Heard
) -> None:
    assert heard(parser, language, said) == meant
