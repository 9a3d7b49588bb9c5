"""French orders as people build them: moods of the verb, clefts, nouns that wish, what is denied."""

import pytest

from intents.parser import Parser
from tests.intents.meant import HELENE, JO, KEVIN, TYLER, Heard, heard, one, read

CHANGE = "change_rights"


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Autorisons Hélène à payer les factures", one(CHANGE, "grant", HELENE, services="pay_bill")),
        ("Il est important que vous remettiez la télé à Jo",
         one(CHANGE, "grant", JO, services="tv_channels")),
        ("Faudrait que vous suspendiez Tyler", one("suspend_user", "", TYLER)),
        ("Mettons Kevin en pause", one("suspend_user", "", KEVIN)),
        ("Réactive Hélène, ses vacances sont finies", one("resume_user", "", HELENE)),
        ("Réactive la boîte vocale de Tyler",
         one(CHANGE, "grant", TYLER, services="voicemail")),
    ],
)  # fmt: skip
def test_a_verb_wishes_in_each_of_its_moods(parser: Parser, said: str, meant: Heard) -> None:
    assert heard(parser, "fr", said) == meant


@pytest.mark.parametrize(
    ("language", "said", "meant"),
    [
        ("fr", "Retire Jo du compte, elle étudie à Lyon", one("delete_user", "", JO)),
        ("fr", "Suspendez Kevin, il part à Fort-de-France", one("suspend_user", "", KEVIN)),
        ("en", "remove Kevin, he lives in Abidjan now", one("delete_user", "", KEVIN)),
        ("fr", "donne la télé à Fatou", one(CHANGE, "grant", "Fatou", services="tv_channels")),
        ("fr", "Invitez Bintou Sarr à rejoindre le compte", one("create_user", "", "Bintou Sarr")),
    ],
)
def test_where_somebody_lives_is_nobody(
    parser: Parser, language: str, said: str, meant: Heard
) -> None:
    assert heard(parser, language, said) == meant
