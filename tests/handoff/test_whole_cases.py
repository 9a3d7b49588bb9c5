"""From "a person, please" to the stars: asked for, claimed, talked, noted, returned, closed."""

import pytest

from tests.fakes.agents import Agents
from tests.fakes.chats import Chat, World
from tests.fakes.records import Records
from tests.fakes.talks import QUESTIONS, to_question


def claimed(chat: Chat, agents: Agents, words: str = "I want to talk to a person") -> None:
    chat.say(words)
    agents.tap("nadia", "claim")


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_person_can_be_called_from_every_question(
    chat: Chat, agents: Agents, question: str
) -> None:
    to_question(chat, question)
    said = chat.say("agent")
    assert "utter_handoff_place" in chat.templates(), said
    assert "Add a person" in agents.card().text
    agents.tap("nadia", "claim")
    assert chat.say("are you there?") == ["Nadia has joined and answers you from here on."]


def test_the_card_says_who_it_is_and_what_was_tried(chat: Chat, agents: Agents) -> None:
    to_question(chat, "new_email")
    chat.say("blah blah blub")
    chat.say("a person")
    card = agents.card().text
    assert "Case 1: waits for an agent" in card
    assert "Who: Diane, account holder" in card
    assert "until " in card
    assert "Wants: Add a person" in card
    assert "one-time codes (1)" in card
    assert "Language: English" in card


def test_the_first_words_stand_on_the_card_and_the_agent_reads_along(
    chat: Chat, agents: Agents
) -> None:
    chat.say("how many users can I have?")
    chat.say("person")
    assert [row.kind for row in agents.rows()] == ["card"], "one message"
    assert in_order(agents.topic(), "Case 1", "👤 person", "number 1 in the queue")
    assert "how many users can I have?" not in agents.topic()
    chat.say("what are access rights?")
    assert agents.newest().startswith("👤 what are access rights?")
    assert "utter_answer" in chat.templates(), "the bot still answers"


def in_order(text: str, *parts: str) -> bool:
    positions = [text.index(part) for part in parts]
    return positions == sorted(positions)


def test_the_bot_is_silent_while_an_agent_has_the_conversation(
    chat: Chat, agents: Agents, records: Records
) -> None:
    to_question(chat, "create_confirmation")
    yes = next(b["payload"] for r in chat.replies for b in r.buttons if b["title"][:3] == "Yes")
    claimed(chat, agents, "a person")
    chat.say("hello")
    assert chat.say("yes") == []
    assert chat.post(yes) == []
    assert chat.say("what are access rights?") == []
    assert chat.say("cancel") == []
    assert "Zoé Lavoie" not in records.names()
    agents.say("nadia", "/return All sorted.")
    chat.work_off()
    chat.post(yes)
    assert chat.templates()[-1] == "utter_old_button", "it explains itself afterwards"
    assert "Zoé Lavoie" not in records.names()


def test_what_the_bot_had_not_said_yet_is_shown_to_the_agent_and_not_said(
    chat: Chat, agents: Agents, world: World
) -> None:
    chat.say("person")
    with world.app.database.write() as uow:
        uow.chat_events.put(chat.row.id, "pattern_help", {})
    chat.work_off()
    agents.tap("nadia", "claim")
    assert chat.say("hello?") == ["Nadia has joined and answers you from here on."]
    assert "did not get to read this any more: With me" in agents.topic()
    with world.app.database.read() as uow:
        assert uow.outbox.dead() == [], "nobody has to look at it"


def test_typed_the_queue_is_left_too(chat: Chat, agents: Agents) -> None:
    for words in ("leave the queue", "cancel", "je ne veux plus attendre"):
        chat.say("person")
        assert chat.row.owner == "queue"
        chat.say(words)
        assert chat.templates() == ["utter_ask_leaving_confirmation"], words
        chat.say(words)
        assert chat.templates() == ["utter_left_queue"], words


@pytest.mark.parametrize("words", ["no", "non", "go on"])
def test_a_no_to_leaving_keeps_the_place(words: str, chat: Chat, agents: Agents) -> None:
    chat.say("person")
    chat.say("leave the queue")
    chat.say("why?")
    assert "utter_explain_leaving_confirmation" in chat.templates()
    chat.say(words)
    assert chat.templates() == ["utter_still_in_queue"]
    assert chat.row.owner == "queue"
    assert agents.case().status == "queued"
