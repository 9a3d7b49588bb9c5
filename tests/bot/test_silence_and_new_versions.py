"""Coming back after a long silence, or to a version with other flows: nothing is lost."""

from dataclasses import replace
from typing import Any

import pytest

from bot.dialogue.engine.state import DialogueState
from bot.dialogue.flows.domain import Domain, Flow
from tests.fakes.chats import Chat, World
from tests.fakes.talks import open_question, to_question


def at_the_name(chat: Chat) -> None:
    chat.say("add a person")
    chat.sign_in("diane")
    assert chat.templates()[-1] == "utter_ask_new_first_name"


@pytest.mark.parametrize("words", ["hello", "thank you", "bonjour"])
def test_after_a_long_silence_small_talk_is_told_where_things_stand(chat: Chat, words: str) -> None:
    at_the_name(chat)
    chat.world.clock.advance(minutes=45)
    chat.say(words)
    assert chat.templates() == ["utter_resume", "utter_session_lapsed", "utter_ask_username"]
    chat.sign_in("diane")
    assert chat.templates()[-1] == "utter_ask_new_first_name"


def test_after_a_long_silence_an_answer_is_still_an_answer(chat: Chat) -> None:
    at_the_name(chat)
    chat.world.clock.advance(minutes=45)
    chat.say("Zoé Lavoie")
    assert "utter_resume" not in chat.templates()
    chat.sign_in("diane")
    assert chat.templates()[-1] == "utter_ask_new_email"


def test_what_was_open_can_be_dropped_after_a_silence(chat: Chat) -> None:
    at_the_name(chat)
    chat.world.clock.advance(minutes=45)
    chat.say("hello")
    chat.tap("Drop it")
    assert chat.templates() == ["utter_flow_cancelled"]


def without_step(domain: Domain, flow_id: str, step: str) -> dict[str, Flow]:
    flow = domain.flows[flow_id]
    steps = {f"new_{name}" if name == step else name: one for name, one in flow.steps.items()}
    return {**domain.flows, flow_id: replace(flow, steps=steps)}


def open_state(chat: Chat) -> DialogueState:
    state: dict[str, Any] = chat.row.state
    return DialogueState.from_json(state)


def test_a_step_that_a_new_version_lost_is_walked_to_again_with_the_answers(
    world: World, chat: Chat
) -> None:
    at_the_name(chat)
    chat.say("Zoé Lavoie")
    state = open_state(chat)
    frame = state.stack.frames[0]
    state.fit(without_step(world.app.domain, frame.flow, frame.step))
    assert state.stack.frames[0].step == world.app.domain.flows[frame.flow].first
    assert state.slots["new_first_name"] == "Zoé"


def test_a_flow_that_a_new_version_lost_is_dropped(world: World, chat: Chat) -> None:
    at_the_name(chat)
    state = open_state(chat)
    flows = {name: flow for name, flow in world.app.domain.flows.items() if name != "create_user"}
    state.fit(flows)
    assert not state.stack
    assert state.question is None


def test_nothing_is_said_three_times_in_a_row_in_the_same_words(chat: Chat) -> None:
    said = [chat.say("hello")[-1] for _ in range(7)]
    assert not [one for one in zip(said, said[1:], said[2:], strict=False) if len(set(one)) == 1]
    assert all(said[0] in one for one in said)


@pytest.mark.parametrize("words", ["a person", "help", "start over", "who is on my account?"])
def test_a_whole_answer_is_not_given_three_times_in_a_row_in_the_same_words(
    chat: Chat, words: str
) -> None:
    chat.say("remove Léa")
    said = [chat.say(words) for _ in range(8)]
    thrice = zip(said, said[1:], said[2:], strict=False)
    assert not [one for one, two, three in thrice if one == two == three]


def test_what_is_said_once_more_is_said_once_more_only(chat: Chat) -> None:
    chat.say("hello")
    said = [chat.say("repeat")[-1] for _ in range(8)]
    assert max(one.count("Once more") for one in said) == 1


def test_bad_answers_that_are_refused_alike_still_come_to_an_end(chat: Chat) -> None:
    to_question(chat, "new_email")
    for _ in range(9):
        chat.say("zoe@")
    assert open_question(chat) is None


def test_a_card_that_is_repeated_can_still_be_confirmed(chat: Chat) -> None:
    chat.say("remove Léa")
    chat.sign_in("diane")
    for _ in range(3):
        chat.say("repeat")
    chat.say("yes")
    assert chat.templates() == ["utter_user_deleted"]
