"""Whoever asks what a question is for is told, at every question of every task."""

from itertools import cycle

import pytest

from tests.fakes.chats import Chat, World
from tests.fakes.talks import open_question
from tests.fakes.ways import INTENTS, every_question, own_questions

EXPLAIN = "utter_explain_"
BESIDE_TASKS = {"drop_confirmation", "leaving_confirmation"}
"""Their explanations are in `test_nothing_dropped_unasked.py`, and with the agents' cases."""
ASKED = {
    "english": ("why do you need that?", "what do you mean?", "I don't understand"),
    "francais": ("pourquoi?", "pourquoi vous avez besoin de ça?", "je ne comprends pas"),
}


@pytest.mark.parametrize("language", ASKED)
@pytest.mark.parametrize("intent", INTENTS)
def test_every_question_of_a_task_is_explained(intent: str, language: str, world: World) -> None:
    for (chat, question), words in zip(every_question(intent, world), cycle(ASKED[language])):
        explained(chat, question, language, words)
        chat.say("/english")


def explained(chat: Chat, question: str, language: str, words: str) -> None:
    chat.say(f"/{language}")
    chat.say(words)
    assert f"{EXPLAIN}{question}" in chat.templates(), f"{words} at {question}"
    assert open_question(chat) == question
    assert not [reply.text for reply in chat.replies if "{" in str(reply.text)]


def test_every_explanation_belongs_to_a_question_of_a_task(world: World) -> None:
    domain = world.app.domain
    explains = {name.removeprefix(EXPLAIN) for name in domain.responses if EXPLAIN in name}
    of_tasks = set().union(*(own_questions(domain, intent) for intent in INTENTS))
    assert explains == of_tasks | BESIDE_TASKS


@pytest.mark.parametrize("words", ["I don't understand", "je comprends pas", "explain", "explique"])
def test_with_nothing_open_the_menu_is_explained(words: str, chat: Chat) -> None:
    chat.say(words)
    assert chat.templates() == ["utter_help"]


@pytest.mark.parametrize("words", ["yes but why", "oui mais pourquoi", "why?", "pourquoi ça?"])
def test_a_why_at_a_card_is_answered_and_the_card_stands(words: str, chat: Chat) -> None:
    chat.say("sign in")
    chat.sign_in("diane")
    chat.say("remove Hugo")
    chat.say(words)
    expected = ["utter_explain_delete_confirmation", "utter_ask_delete_confirmation"]
    assert chat.templates() == expected
