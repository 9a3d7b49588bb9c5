"""From "a person, please" to the stars: asked for, claimed, talked, noted, returned, closed."""

import pytest

from tests.fakes.agents import Agents
from tests.fakes.chats import Chat, World
from tests.fakes.records import Records
from tests.fakes.talks import QUESTIONS, to_question


def claimed(chat: Chat, agents: Agents, words: str = "I want to talk to a person") -> None:
    chat.say(words)
    agents.tap("nadia", "claim")


SPEECH = {
    "en": (
        "I want to talk to a person",
        "you are number 1 in the queue",
        "Nadia has joined and answers you from here on.",
        "my tv is broken",
        "Nadia has closed the conversation",
        "Thank you, I have noted that. If you want to add a word about it, write it now.",
    ),
    "fr": (
        "je veux parler à une personne",
        "vous êtes au rang 1 de la file",
        "Nadia s'est joint à la conversation et vous répond désormais.",
        "ma télé est brisée",
        "Nadia a fermé la conversation",
        "Merci, c'est noté. Si vous voulez ajouter un mot à ce sujet, écrivez-le maintenant.",
    ),
}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_case_from_the_question_to_the_rating(chat: Chat, agents: Agents, language: str) -> None:
    words, told, joined, trouble, closed, thanks = SPEECH[language]
    assert told in chat.say(words)[0]
    assert [b["title"] for b in agents.card().buttons] == ["Claim"]
    agents.tap("nadia", "claim")
    agents.say("nadia", "Bonjour! How can I help?")
    agents.say("nadia", "// seems upset, be kind")
    assert chat.say(trouble) == [joined, "Bonjour! How can I help?"]
    assert trouble in agents.newest()
    agents.tap("nadia", "close")
    chat.work_off()
    assert closed in chat.say("5")[0]
    assert chat.replies[-1].text == thanks
    assert "rating: 5 of 5" in agents.topic()
    assert agents.case().status == "closed"
    assert agents.case().notes == ["seems upset, be kind"]


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


def test_the_agent_reads_what_was_said_before_and_while_waiting(chat: Chat, agents: Agents) -> None:
    chat.say("how many users can I have?")
    chat.say("person")
    chat.say("what are access rights?")
    topic = agents.topic()
    positions = [
        topic.index(part)
        for part in (
            "👤 how many users can I have?",
            "🤖 ",
            "👤 person",
            "number 1 in the queue",
            "👤 what are access rights?",
        )
    ]
    assert positions == sorted(positions)
    assert "utter_answer" in chat.templates(), "the bot still answers"


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


def test_the_word_of_the_agent_comes_with_the_return_and_the_task_can_go_on(
    chat: Chat, agents: Agents
) -> None:
    to_question(chat, "new_email")
    claimed(chat, agents, "a person")
    agents.tap("nadia", "return")
    agents.say("nadia", "Your bill is settled.")
    chat.work_off()
    said = chat.say("thanks")
    assert "Nadia hands you back to me: Your bill is settled." in said
    assert "this was open: Add a person" in " ".join(said)
    chat.tap("Go on")
    assert chat.templates()[-1] == "utter_ask_new_email", "the name is still known"
    assert agents.case().status == "closed"


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


def test_leaving_the_queue(chat: Chat, agents: Agents) -> None:
    chat.say("person")
    chat.tap("Leave the queue")
    assert chat.templates() == ["utter_ask_leaving_confirmation"]
    assert chat.row.owner == "queue"
    chat.tap("Yes")
    assert chat.templates() == ["utter_left_queue"]
    assert chat.row.owner == "bot"
    assert agents.case().status == "closed"
    agents.tap("nadia", "claim")
    assert chat.row.owner == "bot"
    assert "this case is over" in agents.topic()


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


def test_place_and_honest_range(world: World, agents: Agents) -> None:
    for number in range(1, 7):
        chat = world.chat(f"c{number}")
        assert ("cannot tell how long" in chat.say("person")[0]) == (number < 6)
        world.clock.advance(minutes=number)
        agents.tap("nadia", "claim", f"t{number}")
        agents.tap("nadia", "close", f"t{number}")
    world.chat("a").say("person")
    said = world.chat("b").say("person")[0]
    assert "number 2 in the queue" in said
    assert "between 1 and 10 minutes" in said


def test_outside_hours_a_message_is_taken(chat: Chat, agents: Agents, world: World) -> None:
    world.clock.advance(hours=12)  # 22:00 in Toronto, on a Monday
    (said,) = chat.say("talk to a person")
    assert "Nobody is here to chat right now; they are back on March 3, 2026 at 8:00" in said
    assert "TTY 1-877-380-2611" in said
    chat.say("blorp the wibble is flonk")
    assert chat.templates() == ["utter_noted"]
    assert "wibble" in agents.topic()
    assert "outside opening hours" in agents.card().text
