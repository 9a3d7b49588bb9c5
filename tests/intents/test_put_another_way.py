"""What is told of somebody beside access: a language, a name, an end."""

import pytest

from intents.parser import Parser
from tests.intents.meant import HELENE, read


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
