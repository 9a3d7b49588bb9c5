"""From "a person, please" to the stars: asked for, claimed, talked, noted, returned, closed."""

import pytest

from tests.fakes.agents import Agents
from tests.fakes.chats import Chat, World
from tests.fakes.phrases import PERSON, example, in_words, says, tells, title
from tests.fakes.talks import to_question


@pytest.fixture
def chat(world: World) -> Chat:
    return world.chat()


def told(chat: Chat, said: list[str], response: str, language: str) -> bool:
    return says(chat.world.app, response, language, "\n".join(said))


def test_a_case_from_the_question_to_the_rating(chat: Chat, agents: Agents, language: str) -> None:
    assert told(chat, chat.say(PERSON[language]), "utter_handoff_place", language)
    assert [button["title"] for button in agents.card().buttons] == [
        in_words(agents, "button_claim"),
        in_words(agents, "button_transcript"),
    ]
    agents.tap("nadia", "claim")
    agents.say("nadia", "24 $?")
    agents.say("nadia", "// 24 $!")
    trouble = example("faq/locked_out", language)
    joined, relayed = chat.say(trouble)
    assert told(chat, [joined], "utter_agent_joined", language)
    assert relayed == "24 $?"
    assert trouble in agents.newest()
    agents.tap("nadia", "close")
    chat.work_off()
    said = chat.say("5")
    assert told(chat, said, "utter_handoff_closed", language)
    assert told(chat, said, "utter_rated", language)
    assert in_words(agents, "rated", rating=5) in agents.topic()
    assert agents.case().status == "closed"
    assert agents.case().notes == ["24 $!"]


@pytest.mark.parametrize("asks", ["/transcript", "button"])
def test_what_was_said_before_is_shown_to_an_agent_who_asks(
    chat: Chat, agents: Agents, language: str, asks: str
) -> None:
    question = example("faq/max_users", language)
    chat.say(question)
    chat.say(PERSON[language])
    assert question not in agents.topic()
    if asks == "button":
        agents.tap("tom", "transcript")
    else:
        agents.say("nadia", asks)
    shown = agents.newest()
    parts = (in_words(agents, "transcript"), f"👤 {question}", "🤖 ", f"👤 {PERSON[language]}")
    positions = [shown.index(part) for part in parts]
    assert positions == sorted(positions)
    agents.tap("eve", "transcript")
    assert agents.newest() == in_words(agents, "not_agent")


def test_the_word_of_the_agent_comes_with_the_return_and_the_task_can_go_on(
    chat: Chat, agents: Agents, language: str
) -> None:
    to_question(chat, "new_email", language)
    chat.say(PERSON[language])
    agents.tap("nadia", "claim")
    agents.tap("nadia", "return")
    agents.say("nadia", "24 $!")
    chat.work_off()
    said = chat.say(example("thank", language))
    assert told(chat, said, "utter_handoff_returned", language)
    assert "24 $!" in "\n".join(said)
    assert told(chat, said, "utter_task_aside", language)
    [go_on] = chat.world.app.turns.equipment.domain.responses["text_continue"]
    asked = chat.tap(go_on.texts[language])
    assert told(chat, asked, "utter_ask_new_email", language), "the name is still known"
    assert agents.case().status == "closed"


def test_leaving_the_queue(chat: Chat, agents: Agents, language: str) -> None:
    chat.say(PERSON[language])
    asked = chat.tap(title(chat.world, "utter_handoff_place", language, "/leave_queue"))
    assert told(chat, asked, "utter_ask_leaving_confirmation", language)
    assert chat.row.owner == "queue"
    said = chat.say(example("affirm", language))
    assert told(chat, said, "utter_left_queue", language)
    assert agents.case().status == "closed"
    agents.tap("nadia", "claim")
    assert chat.row.owner == "bot"
    assert tells(agents, "case_closed")


def test_a_no_to_leaving_keeps_the_place(chat: Chat, agents: Agents, language: str) -> None:
    chat.say(PERSON[language])
    asked = chat.say(example("cancel", language))
    assert told(chat, asked, "utter_ask_leaving_confirmation", language)
    said = chat.say(example("deny", language))
    assert told(chat, said, "utter_still_in_queue", language)
    assert chat.row.owner == "queue"
    assert agents.case().status == "queued"


def test_place_and_honest_range(world: World, agents: Agents, language: str) -> None:
    """How long it takes is said once enough people have waited."""
    for number in range(1, 7):
        [said, *_] = world.chat(f"c{number}").say(PERSON[language])
        assert ({"0", "5"} <= set(said.split())) == (number == 6), said
        world.clock.advance(minutes=number)
        agents.tap("nadia", "claim", f"t{number}")
        agents.tap("nadia", "close", f"t{number}")
    world.chat("a").say(PERSON[language])
    [said, *_] = world.chat("b").say(PERSON[language])
    assert says(world.app, "utter_handoff_place", language, said)
    assert {"2", "1", "10"} <= set(said.split()), "the place, and the minutes that it took"


def test_outside_hours_a_message_is_taken(
    chat: Chat, agents: Agents, world: World, language: str
) -> None:
    world.clock.advance(hours=12)  # 22:00 in Toronto, on a Monday
    said = chat.say(PERSON[language])
    assert told(chat, said, "utter_handoff_closed_now", language)
    assert "1-877-380-2611" in said[0]
    said = chat.say("WIBBLE-24?")
    assert told(chat, said, "utter_noted", language)
    assert "WIBBLE-24?" in agents.topic()
    assert in_words(agents, "reason_closed") in agents.card().text
