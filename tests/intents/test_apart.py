"""Who a wish is not about: somebody else's subject, the others, what nobody is to do."""

import pytest

from intents.parser import Parser
from tests.intents.meant import HELENE, JO, KEVIN, TYLER, Heard, heard, one, read

ALL = "view_invoice pay_bill tv_channels data_addons usage voicemail"


@pytest.mark.parametrize(
    ("language", "said", "meant"),
    [
        (
            "en",
            "unlock Tyler, and Jo should see the invoice",
            [
                *one("unlock_user", "", TYLER),
                *one("change_rights", "grant", JO, services="view_invoice"),
            ],
        ),
        (
            "fr",
            "débarre Tyler pis Jo peut voir la facture",
            [
                *one("unlock_user", "", TYLER),
                *one("change_rights", "grant", JO, services="view_invoice"),
            ],
        ),
        (
            "en",
            "make sure Kevin and Jo can see the bill",
            one("change_rights", "grant", KEVIN, JO, services="view_invoice"),
        ),
        ("en", "I'm keeping Kevin and Jo, the others you can remove",
         one("delete_user", "", HELENE, TYLER)),
        ("fr", "je garde Hélène pis Kevin, tous les autres tu peux les effacer du compte",
         one("delete_user", "", TYLER, JO)),
        ("en", "give Jo everything, nothing to leave out",
         one("change_rights", "grant", JO, services=ALL)),
        ("fr", "Kevin devrait avoir tous les accès, rien à exclure",
         one("change_rights", "grant", KEVIN, services=ALL)),
        ("en", "take nothing away from Kevin", []),
        ("fr", "enlève rien à Kevin", []),
        ("en", "take the TV off Tyler, uh no off Jo sorry",
         one("change_rights", "revoke", JO, services="tv_channels")),
        ("fr", "enlève la tv à Tyler, euh non à Jo scuse",
         one("change_rights", "revoke", JO, services="tv_channels")),
        ("fr", "tu mets la tv à Kevin et tu boutonnes Jo",
         one("change_rights", "grant", KEVIN, services="tv_channels")),
        ("en", "no, it's enough if Jo can't see the bill any more",
         one("change_rights", "revoke", JO, services="view_invoice")),
        ("fr", "faudrait que Kevin soit plus capable de se connecter",
         one("suspend_user", "", KEVIN)),
    ],
)  # fmt: skip
def test_nobody_else_is_drawn_into_a_wish(
    parser: Parser, language: str, said: str, meant: Heard
) -> None:
    assert heard(parser, language, said) == meant


@pytest.mark.parametrize(
    ("language", "said", "removes"),
    [
        ("fr", "tu mets la tv à Kevin et tu vires Jo stp", True),
        ("fr", "vire ma fille du compte", True),
        ("fr", "Kevin vire fou quand Jo regarde la télé", False),
        ("fr", "ma fille vire Jo de sa chambre", False),
        ("en", "give Jo the TV and dump Kevin", True),
        ("en", "the bin Kevin uses", False),
        ("en", "Kevin got the sack", False),
    ],
)
def test_a_verb_that_ousts_needs_somebody_right_behind_it(
    parser: Parser, language: str, said: str, removes: bool
) -> None:
    reading = read(parser, language, said)
    assert bool(reading.said("wish", "delete_user")) is removes


@pytest.mark.parametrize(
    ("language", "said", "left"),
    [
        ("en", "take all of Kevin's access, all but the one for viewing the bill", "view_invoice"),
        ("fr", "enlève tous les accès à Kevin sauf celui de la facture", "view_invoice"),
        ("fr", "enlève tout à Kevin à part celle de la télé", "tv_channels"),
    ],
)  # fmt: skip
def test_the_one_for_a_service_is_that_service_and_nobody(
    parser: Parser, language: str, said: str, left: str
) -> None:
    (wish,) = heard(parser, language, said)
    assert wish[:3] == ("change_rights", "revoke", frozenset({KEVIN}))
    assert wish[3] == frozenset(ALL.split()) - {left}


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "give usage to Kevin and Tyler, Jo doesn't need it"),
        ("fr", "donnez l'utilisation à Kevin et à Tyler, Jo en a pas besoin"),
        ("fr", "donne l'utilisation à Kevin pis Tyler, Jo la veut pas"),
    ],
)
def test_who_needs_nothing_of_a_gift_neither_gets_nor_loses_it(
    parser: Parser, language: str, said: str
) -> None:
    assert heard(parser, language, said) == one(
        "change_rights", "grant", KEVIN, TYLER, services="usage"
    )


@pytest.mark.parametrize(
    ("language", "said", "meant"),
    [
        ("en", "Unlock Kevin for me. Ah no, it's Tyler that's stuck.",
         one("unlock_user", "", TYLER)),
        ("en", "Unlock Kevin. It's Tyler that paid", one("unlock_user", "", KEVIN)),
        ("en", "Kevin is taking over the money side. So he needs to be able to pay the bill",
         one("change_rights", "grant", KEVIN, services="pay_bill")),
        ("en", "On second thought, let us simply remove Kevin", one("delete_user", "", KEVIN)),
    ],
)  # fmt: skip
def test_who_is_meant_after_all_is_meant(
    parser: Parser, language: str, said: str, meant: Heard
) -> None:
    assert heard(parser, language, said) == meant
