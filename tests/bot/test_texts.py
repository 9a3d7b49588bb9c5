"""Words for people: placeholders, nested texts, lists, times, in two languages."""

import re
from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml

from bot.app import App
from bot.dialogue.responses.catalogue import Responses
from bot.languages import LANGUAGES, spoken
from bot.texts import Texts, placeholders

TEXTS = Texts(ZoneInfo("America/Toronto"), {"bot_name": "Foyer", "max_users": 6})


def fill(template: str, language: str = "en", **parameters: Any) -> str:
    return TEXTS.fill(template, language, parameters, lookup)


def lookup(name: str, language: str, parameters: Mapping[str, Any]) -> str:
    return f"[{name} {language} {dict(parameters)}]"


def test_a_placeholder_takes_a_parameter_before_a_constant() -> None:
    assert fill("{bot_name} and {name}", name="Zoé") == "Foyer and Zoé"
    assert fill("{bot_name}", bot_name="Zoé") == "Zoé"


@pytest.mark.parametrize("name", ["{phone_mobile}", "{0}", "{}", "{{name}}", "%s", "{name!r}"])
def test_what_a_person_typed_is_never_a_template(name: str) -> None:
    assert fill("Add {name}?", name=name) == f"Add {name}?"


def test_a_missing_value_is_a_mistake_that_is_noticed() -> None:
    with pytest.raises(KeyError):
        fill("Add {name}?")


@pytest.mark.parametrize(("language", "said"), [("en", "the bill"), ("fr", "la facture")])
def test_a_value_in_two_languages_is_said_in_the_reader_s(language: str, said: str) -> None:
    assert fill("{what}", language, what={"en": "the bill", "fr": "la facture"}) == said


@pytest.mark.parametrize(
    ("items", "english", "french"),
    [
        (["a"], "a", "a"),
        (["a", "b"], "a and b", "a et b"),
        (["a", "b", "c"], "a, b and c", "a, b et c"),
    ],
)
def test_a_list_follows_the_rules_of_the_language(
    items: list[str], english: str, french: str
) -> None:
    assert fill("{items}", "en", items=items) == english
    assert fill("{items}", "fr", items=items) == french


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Omar", "l'accès d'Omar, et qu'Omar"),
        ("Édouard", "l'accès d'Édouard, et qu'Édouard"),
        ("Kevin", "l'accès de Kevin, et que Kevin"),
        ("{name}", "l'accès de {name}, et que {name}"),
        ("", "l'accès de , et que "),
    ],
)
def test_small_french_words_lose_their_end_before_a_vowel(name: str, said: str) -> None:
    assert fill("l'accès de {name}, et que {name}", "fr", name=name) == said
    assert fill("made of {name}", name=name) == f"made of {name}"


def test_the_first_day_of_a_month_is_said_as_natives_say_it() -> None:
    first = "2026-12-01T18:00:00-05:00"
    assert fill("{on}", "fr", on={"date": first}) == "1er décembre 2026"
    assert fill("{on}", "fr", on={"day": first}) == "mardi 1er décembre"
    assert fill("{on}", on={"date": first}) == "December 1, 2026"
    assert fill("{on}", "fr", on={"date": "2026-12-11T18:00:00-05:00"}) == "11 décembre 2026"


def test_lines_stand_one_below_the_other() -> None:
    assert fill("{people}", people={"lines": ["a", {"en": "b", "fr": "c"}]}) == "a\nb"


def test_another_text_can_be_a_value() -> None:
    value = {"response": "text_places", "parameters": {"count": 1}}
    assert fill("{places}", "fr", places=value) == "[text_places fr {'count': 1}]"


@pytest.mark.parametrize(
    ("moment", "english", "french"),
    [
        ("2026-03-02T15:00:00+00:00", "10:00", "10 h 00"),
        ("2026-07-02T15:00:00+00:00", "11:00", "11 h 00"),
    ],
)
def test_times_are_those_of_the_household(moment: str, english: str, french: str) -> None:
    assert english in fill("{until}", "en", until={"time": moment})
    assert french in re.sub(r"\s", " ", fill("{until}", "fr", until={"time": moment}))


def test_a_day_is_the_day_of_the_household() -> None:
    late = {"date": "2026-03-02T03:00:00+00:00"}
    assert fill("{day}", "en", day=late) == "March 1, 2026"
    assert fill("{day}", "fr", day=late) == "1er mars 2026"


def test_placeholders_are_listed_in_order() -> None:
    assert placeholders("{b} and {a}, {b} {{not}}") == ["b", "a", "b"]


def french(product: App) -> Iterator[tuple[str, str]]:
    for name, variations in product.domain.responses.items():
        for variation in variations:
            yield name, variation.texts["fr"]
            yield from ((name, button.titles["fr"]) for button in variation.buttons)


def test_every_french_colon_has_its_space(product: App) -> None:
    wrong = [(name, text) for name, text in french(product) if re.search(r"[^\s]:(\s|$)", text)]
    assert not wrong


def test_every_french_space_before_a_colon_holds_the_line(product: App) -> None:
    wrong = [(name, text) for name, text in french(product) if " :" in text]
    assert not wrong


@pytest.mark.parametrize(
    "file", ["web/pages.yml", "mail/mails.yml", "handoff/desk.yml", "channels/kinds.yml"]
)
def test_it_does_so_on_the_pages_in_mails_and_at_the_desk(file: str) -> None:
    content = yaml.safe_load(files("bot").joinpath(file).read_text("utf-8"))
    assert not [text for text in french_in(content) if " :" in text]


def french_in(content: Any) -> Iterator[str]:
    """Every French phrase of a file, wherever it stands in it."""
    if isinstance(content, dict):
        yield from (
            text for side, text in content.items() if side == "fr" and isinstance(text, str)
        )
        content = list(content.values())
    if isinstance(content, list):
        for part in content:
            yield from french_in(part)


def test_no_text_addresses_anybody_as_tu(product: App) -> None:
    wrong = [name for name, text in french(product) if re.search(r"\b(tu|ton|ta|tes)\b", text)]
    assert not wrong


def test_every_wording_belongs_to_one_language(product: App) -> None:
    for name, variations in product.domain.responses.items():
        for variation in variations:
            words = {side: re.sub(r"\{\w+\}", "", variation.texts[side]) for side in LANGUAGES}
            if re.search(r"\w{4}", words["en"]):
                assert words["en"] != words["fr"], name


TO_ONESELF = {
    *("utter_verified", "utter_session", "utter_locked_self", "utter_holder_only"),
    *("utter_holder_access", "utter_my_access", "utter_my_access_all", "utter_my_access_lacking"),
}


def test_a_first_name_alone_is_the_reader_s_own(product: App) -> None:
    """Of others it stands only beside what tells two of one name apart."""
    for name, variations in product.domain.responses.items():
        for text in (text for one in variations for text in one.texts.values()):
            named = set(placeholders(text))
            assert "first_name" not in named or named & {"called", "name"} or name in TO_ONESELF


RESPONSES = Responses({}, TEXTS)


def test_a_response_that_is_not_there_is_a_mistake_that_is_noticed() -> None:
    assert not RESPONSES.knows("utter_nothing")
    with pytest.raises(KeyError):
        RESPONSES.text("utter_nothing", "en", {})


def test_a_wording_is_chosen_by_its_condition(product: App) -> None:
    responses = product.turns.equipment.responses
    said = [responses.text("text_places", "en", {"count": count}) for count in (0, 1, 3)]
    assert said == [
        "All 6 places are taken.",
        "One place of 6 is free.",
        "3 places of 6 are free.",
    ]


@pytest.mark.parametrize(
    ("code", "language"), [("fr", "fr"), ("fr-CA", "fr"), ("en_US", "en"), ("de", None), ("", None)]
)
def test_a_messenger_s_language_is_one_of_ours_or_none(code: str, language: str | None) -> None:
    assert spoken(code) == language
