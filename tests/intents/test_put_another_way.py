"""What is told of somebody beside access: a language, a name, an end."""

import pytest

from intents.parser import Parser
from tests.intents.meant import HELENE, JO, KEVIN, TYLER, Heard, heard, one, read


@pytest.mark.parametrize(
    ("language", "said", "code"),
    [
        ("fr", "Passe Kevin du français à l'anglais", "en"),
        ("en", "switch Kevin from English to French", "fr"),
        ("fr", "Mettez le compte à Kevin en anglais", "en"),
    ],
)
def test_somebody_goes_from_one_language_to_another(
    parser: Parser, language: str, said: str, code: str
) -> None:
    (wish,) = read(parser, language, said).said()

    assert (wish.intent, wish.values["language"]) == ("edit_profile", code)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", "laisse Jo payer la facture jusqu'à Pâques"),
        ("en", "let Jo pay the bill until Easter"),
    ],
)
def test_easter_is_an_end(parser: Parser, language: str, said: str) -> None:
    (wish,) = read(parser, language, said).said()

    assert "until" in wish.values


@pytest.mark.parametrize(
    ("language", "said", "whom"),
    [
        ("fr", "Écrivez Hélène Caron au lieu d'Hélène Bouchard", HELENE),
        ("en", "write Hélène Roy instead of Hélène Bouchard", HELENE),
    ],
)
def test_a_name_in_place_of_another_renames(
    parser: Parser, language: str, said: str, whom: str
) -> None:
    (wish,) = read(parser, language, said).said()

    assert (wish.intent, [who.value for who in wish.whom]) == ("edit_profile", [whom])


@pytest.mark.parametrize(
    ("language", "said", "meant"),
    [
        ("fr", "Ma fille m'a demandé de débloquer Tyler", one("unlock_user", "", TYLER)),
        ("en", "my husband told me to remove Jo", one("delete_user", "", JO)),
        ("en", "Kevin asked me to give him the TV",
         one("change_rights", "grant", KEVIN, services="tv_channels")),
        ("fr", "Hélène a trop essayé de mots de passe et Tyler est barré",
         one("unlock_user", "", TYLER)),
        ("fr", "Hélène et Tyler sont barrés", one("unlock_user", "", HELENE, TYLER)),
    ],
)  # fmt: skip
def test_whoever_says_it_is_not_whom_it_is_done_to(
    parser: Parser, language: str, said: str, meant: Heard
) -> None:
    assert heard(parser, language, said) == meant


@pytest.mark.parametrize(
    ("language", "said", "meant"),
    [
        ("fr", "Vu que je serai absente, Hélène devra pouvoir payer la facture",
         one("change_rights", "grant", HELENE, services="pay_bill")),
        ("en", "Since I'm away all summer, Hélène needs to pay the bill",
         one("change_rights", "grant", HELENE, services="pay_bill")),
        ("fr", "Parce que Kevin, Jo et Tyler veulent la télé, je suis débordée", []),
        ("fr", "Veillez à ce que Jo n'ait plus accès à la facture",
         one("change_rights", "revoke", JO, services="view_invoice")),
        ("fr", "Je refuse que Jo voie l'utilisation",
         one("change_rights", "revoke", JO, services="usage")),
        ("fr", "On a retiré Jo par erreur", []),
        ("fr", "on a besoin de retirer Jo", one("delete_user", "", JO)),
    ],
)  # fmt: skip
def test_a_wish_behind_its_reason_and_what_only_happened(
    parser: Parser, language: str, said: str, meant: Heard
) -> None:
    assert heard(parser, language, said) == meant


@pytest.mark.parametrize(
    ("language", "said", "meant"),
    [
        ("fr", "Hélène veut que vous retiriez Jo", one("delete_user", "", JO)),
        ("fr", "Kevin veut que Jo voie l'utilisation",
         one("change_rights", "grant", JO, services="usage")),
        ("en", "Kevin wants Jo to see the bill",
         one("change_rights", "grant", JO, services="view_invoice")),
        ("en", "Kevin wants to see his bill",
         one("change_rights", "grant", KEVIN, services="view_invoice")),
        ("fr", "Merci pour la messagerie à Kevin", []),
        ("fr", "Merci pour tout, Jo a besoin de la télé",
         one("change_rights", "grant", JO, services="tv_channels")),
        ("fr", "Vous aviez enlevé la télé à Kevin, redonnez-la-lui",
         one("change_rights", "grant", KEVIN, services="tv_channels")),
        ("fr", "Laisse Jo telle quelle mais enlève Kevin", one("delete_user", "", KEVIN)),
    ],
)  # fmt: skip
def test_who_wants_it_for_another_gets_nothing_by_it(
    parser: Parser, language: str, said: str, meant: Heard
) -> None:
    assert heard(parser, language, said) == meant
