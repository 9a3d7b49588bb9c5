"""Before the yes every card says who will be told by mail, and just those are told after it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.dialogue.flows.domain import Collect
from bot.languages import LANGUAGES
from bot.texts import placeholders
from intents.parser import Parser
from tests.dialogue.test_at_the_card import MESSAGES, Stage, card_of, stage_of
from tests.fakes.playing import DOMAIN
from tests.fakes.yaml_files import read_yaml
from tests.talks.homes import Copy

TOLD = re.compile(r"(?:Told by e-mail: |Avis par courriel à\N{NO-BREAK SPACE}: )(.*)\.(?:\s|$)")
NOBODY = ("Nobody gets an e-mail about this.", "Personne ne reçoit de courriel à ce sujet.")
ADDRESS = re.compile(r"[\w.]+@[\w.]+\w")
YES: Mapping[str, str] = {"en": "yes", "fr": "oui"}
OF_PROOF = {"one_time_code", "verification_notice"}
"""Mails of the proof, and of no change."""


@dataclass(frozen=True, slots=True)
class Way:
    """What leads to a card, in a household of its own."""

    name: str
    copy: Copy
    by: str
    say: Sequence[str]
    kevin: Sequence[str] = ()


def ways() -> Iterator[Way]:
    number = 0
    for task, way in MESSAGES["tasks"].items():
        for language in LANGUAGES:
            copy = Copy("A", number := number + 1, language)
            asks = way.get("asks", {}).get(language, ())
            by = way.get("by", copy.holder)
            yield Way(f"{task} in {language}", copy, by, way["card"][language], asks)
    for entry in read_yaml(Path(__file__).with_name("who_is_told.yml")):
        copy = Copy("A", number := number + 1, "en")
        by = entry.get("by", copy.holder)
        yield Way(entry["name"], copy, by, entry["say"], entry.get("kevin", ()))


WAYS = list(ways())


@pytest.mark.parametrize("task", DOMAIN.triggers.values())
def test_every_card_has_a_place_for_who_is_told(task: str) -> None:
    for step in DOMAIN.flows[task].steps.values():
        if isinstance(step, Collect) and step.ask_before_filling:
            for variation in DOMAIN.responses[f"utter_ask_{step.slot}"]:
                for language in LANGUAGES:
                    assert "told" in placeholders(variation.texts[language]), step.slot


@pytest.fixture(scope="module")
def stage(
    parser: Parser, sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Stage]:
    copies, folder = (way.copy for way in WAYS), tmp_path_factory.mktemp("told")
    with stage_of(copies, parser, sqlite_template, folder) as opened:
        yield opened


@pytest.mark.slow
@pytest.mark.parametrize("way", WAYS, ids=lambda way: str(way.name))
def test_just_those_are_told_whom_the_card_names(stage: Stage, way: Way) -> None:
    asking = stage.chat(way.copy, "kevin")
    for text in way.kevin:
        asking.say(text)
    chat = asking if way.by == "kevin" else stage.chat(way.copy, way.by)
    for text in way.say:
        shown = chat.say(text)
    assert card_of(chat) is not None, shown
    stage.world.collect_mails()

    card = "\n".join(shown)
    receipt = chat.say(YES[way.copy.language])

    mailed = {
        str(row.recipient) for row in stage.world.collect_mails() if row.template not in OF_PROOF
    }
    assert mailed == named_on(card, way), (card, receipt)


def named_on(card: str, way: Way) -> set[str]:
    """The addresses that a card names; the holder's is not shown to others."""
    told = TOLD.search(card)
    if told is None:
        assert any(nobody in card for nobody in NOBODY), card
        return set()
    holder = {f"{way.copy.username(way.copy.holder)}@example.com"}
    return set(ADDRESS.findall(told[1])) | (holder if "Margaret" in told[1] else set())
