"""Danger: who is called, what is promised, how long it stays in force, and what takes it back."""

from collections.abc import Mapping

import pytest

from storage.handoff.handoffs import Case
from tests.fakes.agents import Agents
from tests.fakes.chats import Chat, World
from tests.fakes.talks import to_question

PLAIN = {"en": "my husband hit me again and I am scared of him", "fr": "mon mari me frappe"}
PERHAPS = {
    "en": "he must never find out that I wrote to you",
    "fr": "il doit pas savoir que j'ai écrit",
}
WELL = {"en": "sorry, it was a joke, I'm fine", "fr": "c'était une blague, je vais bien"}
STORY = (
    "ok so my roof leaked and then the cat got out and I could not find my bill, and all of that "
    "would be fine, but last night he hits me again and I do not know what to do"
)
LINES = ("911", "9-8-8", "1 800 363-9010")
languages = pytest.mark.parametrize("language", ["en", "fr"])


def say(chat: Chat, texts: Mapping[str, str], language: str) -> str:
    return "\n".join(chat.say(texts[language], language=language))


def case_of(world: World, chat: Chat) -> Case | None:
    with world.app.database.read() as uow:
        return uow.handoffs.of_conversation(chat.row.id)


@languages
def test_while_agents_are_there_one_is_called_first(
    chat: Chat, agents: Agents, world: World, language: str
) -> None:
    world.chat("earlier").say("person")
    said = say(chat, PLAIN, language)
    assert chat.templates() == ["utter_private_queue"]
    assert all(line in said for line in LINES)
    case = case_of(world, chat)
    assert case is not None
    assert case.urgent
    with world.app.database.read() as uow:
        assert uow.handoffs.place(case) == 1


@languages
def test_outside_of_hours_nobody_is_promised_who_is_not_there(
    chat: Chat, agents: Agents, world: World, language: str
) -> None:
    world.clock.advance(hours=12)
    said = say(chat, PLAIN, language)
    assert chat.templates() == ["utter_private_later"]
    assert all(line in said for line in (*LINES, "611"))
    case = case_of(world, chat)
    assert case is not None
    assert case.urgent, "it comes first when they are back"


@languages
def test_whoever_opens_the_case_reads_first_how_to_write_there(
    chat: Chat, agents: Agents, language: str
) -> None:
    say(chat, PLAIN, language)
    first, second, *_ = agents.card().text.split("\n")
    assert first == "Case 1: waits for an agent"
    assert second.startswith("❗ Words of danger or pressure")
    assert agents.card().text.count("Words of danger") == 1


@languages
def test_a_possible_danger_outside_of_hours_says_so_too(
    chat: Chat, agents: Agents, world: World, language: str
) -> None:
    world.clock.advance(hours=12)
    say(chat, PERHAPS, language)
    assert chat.templates()[-1] == "utter_private_offer"
    text = chat.replies[-1].text or ""
    assert "911" in text.split("?", 1)[1].split(".")[0], "its second sentence names 911"
    assert "611" in text
    assert case_of(world, chat) is None


@languages
def test_a_yes_to_the_question_alone_calls_a_person(
    chat: Chat, agents: Agents, world: World, language: str
) -> None:
    say(chat, PERHAPS, language)
    assert chat.templates() == ["utter_private_offer"]
    chat.say({"en": "yes", "fr": "oui"}[language])
    case = case_of(world, chat)
    assert case is not None
    assert case.urgent


@languages
def test_whoever_answers_the_question_with_being_fine_calls_nobody(
    chat: Chat, agents: Agents, world: World, language: str
) -> None:
    say(chat, PERHAPS, language)
    chat.say({"en": "I'm fine", "fr": "je vais bien"}[language])
    assert chat.templates() == ["utter_private_over"]
    assert case_of(world, chat) is None


def test_a_yes_to_something_else_calls_nobody(chat: Chat, agents: Agents, world: World) -> None:
    chat.say("combien de personnes sur le compte? il faut pas qu'il sache que je demande")
    assert "utter_private_offer" in chat.templates()
    assert "utter_ask_username" in chat.templates(), "something else was asked as well"
    chat.say("oui")
    assert case_of(world, chat) is None


@languages
def test_said_again_in_the_queue_it_is_heard_and_nothing_new_is_promised(
    chat: Chat, agents: Agents, world: World, language: str
) -> None:
    first, second = say(chat, PLAIN, language), say(chat, PLAIN, language)
    assert chat.templates() == ["utter_private_queue"]
    assert first != second
    assert agents.case().id == 1


@languages
def test_an_agent_who_has_the_word_is_told_and_the_bot_is_silent(
    chat: Chat, agents: Agents, world: World, language: str
) -> None:
    chat.say("person")
    agents.tap("nadia", "claim")
    say(chat, PLAIN, language)
    assert chat.templates() == ["utter_agent_joined"], "the bot says nothing of its own"
    assert agents.case().urgent
    assert "That may mean danger" in agents.topic()
    assert "nobody has it yet" not in agents.topic()


@languages
def test_for_a_day_it_is_said_before_any_card_who_would_hear_of_it(
    chat: Chat, world: World, language: str
) -> None:
    say(chat, PLAIN, language)
    world.clock.advance(hours=23)
    card = to_the_card(chat, language)
    assert chat.templates()[-2:] == ["utter_who_would_hear", "utter_ask_delete_confirmation"]
    assert "hugo@" in card[-2], "whoever would get a mail is named"
    chat.say("no")
    world.clock.advance(hours=2)
    to_the_card(chat, language)
    assert "utter_who_would_hear" not in chat.templates()


def to_the_card(chat: Chat, language: str) -> list[str]:
    """Nothing is forbidden: the task goes on as ever."""
    said = chat.say({"en": "remove Hugo", "fr": "supprime Hugo"}[language], language=language)
    if "utter_ask_username" in chat.templates():
        said = chat.sign_in("diane")
    return said


@languages
def test_whoever_says_that_all_is_well_is_believed(chat: Chat, world: World, language: str) -> None:
    say(chat, PLAIN, language)
    assert chat.row.state["private_since"]
    say(chat, WELL, language)
    assert chat.templates() == ["utter_private_over"]
    assert chat.row.state["private_since"] is None
    to_the_card(chat, language)
    assert "utter_who_would_hear" not in chat.templates()


@languages
def test_what_was_called_in_danger_stays_first_and_the_agents_hear_what_is_said(
    chat: Chat, agents: Agents, world: World, language: str
) -> None:
    say(chat, PLAIN, language)
    say(chat, WELL, language)
    case = case_of(world, chat)
    assert case is not None
    assert (case.status, case.urgent) == ("queued", True)
    assert "all is well" in agents.topic()


@languages
def test_at_an_open_card_it_is_heard_and_nothing_is_changed(
    chat: Chat, agents: Agents, world: World, language: str
) -> None:
    to_the_card(chat, language)
    assert "utter_ask_delete_confirmation" in chat.templates()
    say(chat, PLAIN, language)
    assert chat.templates() == ["utter_private_queue"]
    chat.say("yes")
    with world.app.database.read() as uow:
        assert uow.sign_in.candidate("hugo").member_id is not None, "nobody was removed"


@pytest.mark.parametrize(
    "answer", ["No. He is thirteen", "no, she's my sister", "he is 16", "c'est mon petit frère"]
)
def test_an_answer_to_a_question_is_no_danger(chat: Chat, agents: Agents, answer: str) -> None:
    to_question(chat, "new_email")
    chat.say(answer)
    assert not {"utter_private_offer", "utter_private_queue"} & set(chat.templates())


@pytest.mark.parametrize(
    "words",
    [
        "j'ai peur de lui, he tracks my phone",
        STORY,
        "he hts me and im scard of him",
        "mon chum me frape pis y me menace",
    ],
)
def test_it_is_heard_in_two_languages_with_slips_and_within_a_story(
    chat: Chat, agents: Agents, words: str
) -> None:
    chat.say(words)
    assert chat.templates() == ["utter_private_queue"]
