"""Help, the way out and a person are one message away at every open question.

`decide` is asked in the state of every question of every flow, with all the words for it, in
either language, in the queue for a person or not, whether its card has been seen or not.
"""

from dataclasses import replace
from importlib.resources import files
from itertools import product

import pytest

from bot.dialogue.commands import CancelFlow, Command, StartPattern
from bot.dialogue.domain import Collect, Flow
from bot.dialogue.loading import load_domain
from bot.dialogue.reading import Heard
from bot.dialogue.situation import Situation
from bot.dialogue.state import DialogueState, Frame, LiveButton, Question
from bot.dialogue.understanding import decide
from bot.dialogue.words import Words
from bot.texts import LANGUAGES
from intents.parse_result import FALLBACK, ParseResult, Reading
from intents.parser import Parser

WAYS: dict[str, Command] = {
    "cancel": CancelFlow(),
    "help": StartPattern("pattern_help"),
    "talk_to_human": StartPattern("pattern_human_handoff"),
}
AROUND = (("en", False, True), ("fr", True, False))
"""The conversation's language, whether the person waits for an agent, and has seen the card."""
DOMAIN = load_domain(files("bot").joinpath("flows"))
WORDS = Words.load()
QUESTIONS = [
    pytest.param(flow, step, id=f"{flow.id}: {step.slot}")
    for flow in DOMAIN.flows.values()
    for step in flow.steps.values()
    if isinstance(step, Collect)
]
NOTHING = ParseResult("", "en", False, Reading(FALLBACK, 0.0), (), ())


@pytest.fixture(scope="module")
def heard(parser: Parser) -> list[tuple[Command, Heard]]:
    """Everything that means one of the ways out, as the parser reads it and unread."""
    meant = [
        (WAYS[meaning], word)
        for word, meanings in WORDS.meanings.items()
        for meaning in meanings & WAYS.keys()
    ]
    read = [
        (way, Heard(word, parser.parse(word, language_hint=language)))
        for (way, word), language in product(meant, LANGUAGES)
    ]
    return [*read, *((way, Heard(word, NOTHING)) for way, word in meant)]


@pytest.mark.parametrize(("flow", "step"), QUESTIONS)
def test_help_the_way_out_and_a_person_are_one_message_away(
    flow: Flow, step: Collect, heard: list[tuple[Command, Heard]]
) -> None:
    state = asked(flow, step)
    for (way, message), (language, waits, seen) in product(heard, AROUND):
        one = replace(message, card_left=seen)
        situation = Situation(one, state, DOMAIN, WORDS, language, waits)
        assert decide(situation) == [way], (message.text, language, waits, seen)


def test_there_are_words_for_each_way_out_in_both_languages_and_a_command() -> None:
    for way in WAYS:
        words = [word for word, meanings in WORDS.meanings.items() if way in meanings]
        assert any(word.startswith("/") for word in words), way
    assert {"cancel", "annuler", "help", "aide", "human", "une personne"} <= WORDS.meanings.keys()


def asked(flow: Flow, step: Collect) -> DialogueState:
    """The state after the question was asked, with the buttons of its card."""
    state = DialogueState()
    frame = Frame("f1", flow.id, step.id, "regular")
    question = Question("q1", frame.id, step.slot, "digest")
    state.stack.append(frame)
    state.question = question
    shown = [
        button
        for variation in DOMAIN.responses.get(f"utter_ask_{step.slot}", ())[:1]
        for button in variation.buttons
    ]
    for number, button in enumerate(shown):
        titles = tuple(button.titles.values())
        live = LiveButton(button.payload, titles, frame.id, step.slot, question.digest, flow.id)
        state.buttons[f"b{number}"] = live
    buttons = [{"title": "", "payload": key} for key in state.buttons]
    state.last_replies = [{"response": f"utter_ask_{step.slot}", "text": "", "buttons": buttons}]
    return state
