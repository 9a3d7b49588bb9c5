"""Help, the way out and a person are one message away at every open question.

`decide` is asked in the state of every question of every flow, with all the words for it, in
either language, in the queue for a person or not, whether its card has been seen or not.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import pytest

from bot.dialogue.engine.commands import CancelFlow, Command, SetSlots, StartPattern
from bot.dialogue.engine.state import DialogueState
from bot.dialogue.flows.domain import Collect, Flow
from bot.dialogue.understanding.contexts import context_of
from bot.dialogue.understanding.deciding import decide
from bot.dialogue.understanding.situation import Heard, Situation
from bot.languages import LANGUAGES
from bot.registry import domain_of
from intents.parse_result import FALLBACK, Reading
from intents.parser import Parser
from intents.sighting import NOTHING, Sighting
from intents.words.lexicon import Lexicon
from tests.fakes.questions import asked

pytestmark = pytest.mark.slow

WAYS: dict[str, Command] = {
    "cancel": CancelFlow(),
    "help": StartPattern("pattern_help"),
    "talk_to_human": StartPattern("pattern_human_handoff"),
}
WORDS = {
    "cancel": [
        *("cancel", "Cancel that.", "STOP", "forget it", "abort", "quit", "exit", "annuler"),
        *("Annule ça!", "annulez", "arrête", "laisse faire", "oublie ça", "laisse tomber"),
    ],
    "help": [
        *("help", "Help me!", "menu", "what can you do", "aide", "AIDEZ-MOI", "aide moi"),
        *("à l’aide", "que peux-tu faire"),
    ],
    "talk_to_human": [
        *("human", "a human", "agent", "an agent", "real person", "talk to someone", "a person"),
        *("talk to a person", "operator", "representative", "humain", "un agent", "préposé"),
        *("une conseillère", "parler à quelqu’un", "une personne"),
    ],
}
"""What people type; the lexicon has more."""
AROUND = ((False, True), (True, False))
"""Whether the person waits for an agent, and whether the card had left for them."""
DOMAIN = domain_of()
COMMANDS = {meaning: word for word, meaning in DOMAIN.commands.items()}
QUESTIONS = [
    pytest.param(flow, step, id=f"{flow.id}: {step.slot}")
    for flow in DOMAIN.flows.values()
    for step in flow.steps.values()
    if isinstance(step, Collect)
]


def leaves_the_queue(meaning: str, commands: list[Command]) -> bool:
    """Where it was just asked whether to leave the queue, a cancel is a yes."""
    return meaning == "cancel" and commands == [SetSlots({"leaving_confirmation": True})]


def seen_in(parser: Parser, word: str, language: str) -> list[Sighting]:
    """A word as it is seen in a conversation, and as if the classifier had no idea of it."""
    seen = parser.look(word, language_hint=language)
    unread = replace(seen.parse, intent=Reading(FALLBACK, 0.0), ranking=())
    return [seen, replace(seen, parse=unread)]


@pytest.fixture(scope="module")
def seen(parser: Parser) -> list[tuple[str, str, Sighting]]:
    return [
        (meaning, language, sighting)
        for meaning, words in WORDS.items()
        for word, language in product(words, LANGUAGES)
        for sighting in seen_in(parser, word, language)
    ]


@pytest.mark.parametrize(("flow", "step"), QUESTIONS)
def test_help_the_way_out_and_a_person_are_one_message_away(
    flow: Flow, step: Collect, parser: Parser, seen: list[tuple[str, str, Sighting]]
) -> None:
    state = asked(DOMAIN, flow, step)
    lost = set()
    for meaning, spoken, sighting in seen:
        for here in around(parser, state, sighting, spoken):
            commands = list(decide(here))
            if not (is_the_way(meaning, commands, step) or leaves_the_queue(meaning, commands)):
                lost.add((sighting.text, spoken, here.waits, str(commands)))
    assert not lost


@pytest.mark.parametrize(("flow", "step"), QUESTIONS)
def test_each_way_out_has_a_command(flow: Flow, step: Collect, parser: Parser) -> None:
    state = asked(DOMAIN, flow, step)
    for meaning, way in WAYS.items():
        assert meaning in COMMANDS
        for language in LANGUAGES:
            for here in around(parser, state, NOTHING, language):
                heard = replace(here.heard, command=meaning)
                commands = list(decide(replace(here, heard=heard)))
                assert commands == [way] or leaves_the_queue(meaning, commands)


def test_the_lexicon_has_words_for_each_way_out_in_both_languages() -> None:
    for language in LANGUAGES:
        tags = list(Lexicon.load(language).entries.values())
        assert any("cancel" in one for one in tags)
        assert {"help", "talk_to_human"} <= {one.get("control") for one in tags}


def is_the_way(meaning: str, commands: list[Command], step: Collect) -> bool:
    """A card is left by a no as well."""
    refused = [SetSlots({step.slot: False})]
    left_card = meaning == "cancel" and step.ask_before_filling and commands == refused
    return commands == [WAYS[meaning]] or left_card


def around(
    parser: Parser, state: DialogueState, sighting: Sighting, language: str
) -> Iterator[Situation]:
    """What is said at the question, by somebody who waits for an agent and by somebody else."""
    buttons = list(state.buttons.values())
    context = context_of(state, DOMAIN, language, people=(), services=(), buttons=buttons)
    reading = parser.read(sighting, context)
    for waits, card_left in AROUND:
        heard = Heard(card_left=card_left)
        yield Situation(
            heard, reading, state, DOMAIN, context, language, waits=waits, offered=tuple(buttons)
        )
