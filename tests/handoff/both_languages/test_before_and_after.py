"""What the card knows of the time before, who has the word, and how the queue is left."""

import pytest

from tests.fakes.agents import Agents
from tests.fakes.chats import Chat, World
from tests.fakes.phrases import PERSON, example, in_words, says, stands, tells, title, words_of
from tests.fakes.records import Records
from tests.fakes.talks import QUESTIONS, to_question

IN_A_WORD = {"en": "agent", "fr": "un agent"}
NONSENSE = "blah blah blub"
LEAVING = {
    "en": (
        "leave the queue",
        "cancel",
        "take me out of the queue",
        "I do not want to wait any more",
    ),
    "fr": ("quitter la file", "annule", "sortez-moi de la file", "je ne veux plus attendre"),
}
STAYING = {"en": ("no", "go on"), "fr": ("non", "continue")}
WHY = {"en": "why?", "fr": "pourquoi?"}


def task(agents: Agents) -> str:
    """What the agents call what is open."""
    titles = agents.world.app.turns.equipment.domain.titles()
    return titles["create_user"][words_of(agents).language]


def joins(chat: Chat, said: list[str], language: str) -> bool:
    """Whether the one thing that is said is that somebody has the word now."""
    return len(said) == 1 and says(chat.world.app, "utter_agent_joined", language, said[0])


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_person_can_be_called_from_every_question(
    chat: Chat, agents: Agents, language: str, question: str
) -> None:
    to_question(chat, question, language)
    said = chat.say(IN_A_WORD[language])
    assert says(chat.world.app, "utter_handoff_place", language, "\n".join(said))
    assert task(agents) in agents.card().text
    agents.tap("nadia", "claim")
    assert joins(chat, chat.say("?"), language)


def test_the_card_says_who_it_is_and_what_was_tried(
    chat: Chat, agents: Agents, language: str, desk_language: str
) -> None:
    to_question(chat, "new_email", language)
    chat.say(NONSENSE)
    chat.say(PERSON[language])
    card = agents.card().text
    assert in_words(agents, "state_queued") in card
    holder = in_words(agents, "role_holder")
    assert in_words(agents, "who_proved", first_name="Diane", role=holder) in card
    for phrase in ("proof_until", "reason_asked"):
        assert stands(words_of(agents).phrases[phrase][desk_language], card), phrase
    assert task(agents) in card
    assert in_words(agents, "tried_code", count=1) in card


def test_the_first_words_stand_on_the_card_and_the_agent_reads_along(
    chat: Chat, agents: Agents, language: str
) -> None:
    before, meanwhile = (
        example(f"faq/{name}", language) for name in ("max_users", "access_rights")
    )
    chat.say(before)
    [place, *_] = chat.say(PERSON[language])
    assert [row.kind for row in agents.rows()] == ["card"], "one message"
    topic = agents.topic()
    assert topic.index(f"👤 {PERSON[language]}") < topic.index(place)
    assert before not in topic
    said = chat.say(meanwhile)
    assert agents.newest().startswith(f"👤 {meanwhile}")
    assert "utter_answer" in chat.templates(), "the bot still answers"
    assert said


def test_the_bot_is_silent_while_an_agent_has_the_conversation(
    chat: Chat, agents: Agents, records: Records, language: str
) -> None:
    to_question(chat, "create_confirmation", language)
    agreed = title(chat.world, "utter_ask_create_confirmation", language, "confirmation=true")
    begins = agreed.partition(" {")[0]
    buttons = [button for reply in chat.replies for button in reply.buttons]
    yes = next(b["payload"] for b in buttons if b["title"].startswith(begins))
    chat.say(PERSON[language])
    agents.tap("nadia", "claim")
    chat.say(example("greet", language))
    for intent in ("affirm", "faq/access_rights", "cancel"):
        assert chat.say(example(intent, language)) == []
    assert chat.post(yes) == []
    assert "Zoé Lavoie" not in records.names()
    agents.say("nadia", "/return 24 $")
    chat.work_off()
    said = chat.post(yes)
    assert says(chat.world.app, "utter_old_button", language, said[-1]), "it explains itself"
    assert "Zoé Lavoie" not in records.names()


def test_what_the_bot_had_not_said_yet_is_shown_to_the_agent_and_not_said(
    chat: Chat, agents: Agents, world: World, language: str
) -> None:
    chat.say(PERSON[language])
    with world.app.database.write() as uow:
        uow.chat_events.put(chat.row.id, "pattern_help", {})
    chat.work_off()
    agents.tap("nadia", "claim")
    assert joins(chat, chat.say("?"), language)
    assert tells(agents, "superseded")
    assert says(world.app, "utter_help", language, agents.topic())
    with world.app.database.read() as uow:
        assert uow.outbox.dead() == [], "nobody has to look at it"


@pytest.mark.parametrize("nth", range(4))
def test_typed_the_queue_is_left_too(chat: Chat, agents: Agents, language: str, nth: int) -> None:
    words = LEAVING[language][nth]
    chat.say(PERSON[language])
    assert chat.row.owner == "queue"
    [asked] = chat.say(words)
    assert says(chat.world.app, "utter_ask_leaving_confirmation", language, asked)
    [left] = chat.say(words)
    assert says(chat.world.app, "utter_left_queue", language, left)


@pytest.mark.parametrize("nth", range(2))
def test_a_no_to_leaving_keeps_the_place_after_a_why(
    chat: Chat, agents: Agents, language: str, nth: int
) -> None:
    chat.say(PERSON[language])
    chat.say(LEAVING[language][0])
    said = chat.say(WHY[language])
    told = "\n".join(said)
    assert says(chat.world.app, "utter_explain_leaving_confirmation", language, told)
    [stays] = chat.say(STAYING[language][nth])
    assert says(chat.world.app, "utter_still_in_queue", language, stays)
    assert chat.row.owner == "queue"
    assert agents.case().status == "queued"
