"""Danger: who is called, what is promised, how long it stays in force, and what takes it back."""

from collections.abc import Mapping

import pytest

from storage.handoff.handoffs import Case
from tests.fakes.agents import Agents
from tests.fakes.chats import Chat, World
from tests.fakes.phrases import PERSON, example, in_words, tells
from tests.fakes.talks import to_question

PLAIN = {"en": "my husband hit me again and I am scared of him", "fr": "mon mari me frappe"}
PERHAPS = {
    "en": "he must never find out that I wrote to you",
    "fr": "il doit pas savoir que j'ai écrit",
}
WELL = {"en": "sorry, it was a joke, I'm fine", "fr": "c'était une blague, je vais bien"}
ELSE = {
    "en": "how many people on the account? he must never find out that I asked",
    "fr": "combien de personnes sur le compte? il faut pas qu'il sache que je demande",
}
FINE = {"en": "I'm fine", "fr": "je vais bien"}
REMOVE = {"en": "remove Hugo", "fr": "supprime Hugo"}
NONE = {
    "en": ("No. He is thirteen", "no, she's my sister", "he is 16", "that's my little brother"),
    "fr": ("Non. Il a treize ans", "non, c'est ma soeur", "il a 16 ans", "c'est mon petit frère"),
}
HEARD = {
    "en": (
        "j'ai peur de lui, he tracks my phone",
        "he hts me and im scard of him",
        (
            "ok so my roof leaked and then the cat got out and I could not find my bill, and all "
            "of that would be fine, but last night he hits me again and I do not know what to do"
        ),
    ),
    "fr": (
        "I'm scared of him, il me surveille",
        "mon chum me frape pis y me menace",
        (
            "bon ben mon toit a coulé pis le chat est sorti pis je trouvais pus ma facture, tout "
            "ça c'est pas grave, mais hier soir il m'a frappée encore et je sais pas quoi faire"
        ),
    ),
}
LINES = ("911", "9-8-8", "1 800 363-9010")


def say(chat: Chat, texts: Mapping[str, str], language: str) -> str:
    return "\n".join(chat.say(texts[language], language=language))


def case_of(world: World, chat: Chat) -> Case | None:
    with world.app.database.read() as uow:
        return uow.handoffs.of_conversation(chat.row.id)


def test_while_agents_are_there_one_is_called_first(
    chat: Chat, agents: Agents, world: World, language: str
) -> None:
    world.chat("earlier").say(PERSON[language])
    said = say(chat, PLAIN, language)
    assert chat.templates() == ["utter_private_queue"]
    assert all(line in said for line in LINES)
    case = case_of(world, chat)
    assert case is not None
    assert case.urgent
    with world.app.database.read() as uow:
        assert uow.handoffs.place(case) == 1


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


def test_whoever_opens_the_case_reads_first_how_to_write_there(
    chat: Chat, agents: Agents, language: str
) -> None:
    say(chat, PLAIN, language)
    first, second, *_ = agents.card().text.split("\n")
    assert in_words(agents, "state_queued") in first
    assert second == in_words(agents, "remark_urgent")
    assert agents.card().text.count(second) == 1


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


def test_a_yes_to_the_question_alone_calls_a_person(
    chat: Chat, agents: Agents, world: World, language: str
) -> None:
    say(chat, PERHAPS, language)
    assert chat.templates() == ["utter_private_offer"]
    chat.say(example("affirm", language))
    case = case_of(world, chat)
    assert case is not None
    assert case.urgent


def test_whoever_answers_the_question_with_being_fine_calls_nobody(
    chat: Chat, agents: Agents, world: World, language: str
) -> None:
    say(chat, PERHAPS, language)
    chat.say(FINE[language])
    assert chat.templates() == ["utter_private_over"]
    assert case_of(world, chat) is None


def test_a_yes_to_something_else_calls_nobody(
    chat: Chat, agents: Agents, world: World, language: str
) -> None:
    chat.say(ELSE[language])
    assert "utter_private_offer" in chat.templates()
    assert "utter_ask_username" in chat.templates(), "something else was asked as well"
    chat.say(example("affirm", language))
    assert case_of(world, chat) is None


def test_said_again_in_the_queue_it_is_heard_and_nothing_new_is_promised(
    chat: Chat, agents: Agents, world: World, language: str
) -> None:
    first, second = say(chat, PLAIN, language), say(chat, PLAIN, language)
    assert chat.templates() == ["utter_private_queue"]
    assert first != second
    assert agents.case().id == 1


def test_an_agent_who_has_the_word_is_told_and_the_bot_is_silent(
    chat: Chat, agents: Agents, world: World, language: str
) -> None:
    chat.say(PERSON[language])
    agents.tap("nadia", "claim")
    say(chat, PLAIN, language)
    assert chat.templates() == ["utter_agent_joined"], "the bot says nothing of its own"
    assert agents.case().urgent
    assert tells(agents, "said_danger")
    assert not tells(agents, "alarm")


def test_for_a_day_it_is_said_before_any_card_who_would_hear_of_it(
    chat: Chat, world: World, language: str
) -> None:
    say(chat, PLAIN, language)
    world.clock.advance(hours=23)
    card = to_the_card(chat, language)
    assert chat.templates()[-2:] == ["utter_who_would_hear", "utter_ask_delete_confirmation"]
    assert "hugo@" in card[-2], "whoever would get a mail is named"
    chat.say(example("deny", language))
    world.clock.advance(hours=2)
    to_the_card(chat, language)
    assert "utter_who_would_hear" not in chat.templates()


def to_the_card(chat: Chat, language: str) -> list[str]:
    """Nothing is forbidden: the task goes on as ever."""
    said = chat.say(REMOVE[language], language=language)
    if "utter_ask_username" in chat.templates():
        said = chat.sign_in("diane")
    return said


def test_whoever_says_that_all_is_well_is_believed(chat: Chat, world: World, language: str) -> None:
    say(chat, PLAIN, language)
    assert chat.row.state["private_since"]
    say(chat, WELL, language)
    assert chat.templates() == ["utter_private_over"]
    assert chat.row.state["private_since"] is None
    to_the_card(chat, language)
    assert "utter_who_would_hear" not in chat.templates()


def test_what_was_called_in_danger_stays_first_and_the_agents_hear_what_is_said(
    chat: Chat, agents: Agents, world: World, language: str
) -> None:
    say(chat, PLAIN, language)
    say(chat, WELL, language)
    case = case_of(world, chat)
    assert case is not None
    assert (case.status, case.urgent) == ("queued", True)
    assert tells(agents, "said_well")


def test_at_an_open_card_it_is_heard_and_nothing_is_changed(
    chat: Chat, agents: Agents, world: World, language: str
) -> None:
    to_the_card(chat, language)
    assert "utter_ask_delete_confirmation" in chat.templates()
    say(chat, PLAIN, language)
    assert chat.templates() == ["utter_private_queue"]
    chat.say(example("affirm", language))
    with world.app.database.read() as uow:
        assert uow.sign_in.candidate("hugo").member_id is not None, "nobody was removed"


@pytest.mark.parametrize("nth", range(4))
def test_an_answer_to_a_question_is_no_danger(
    chat: Chat, agents: Agents, language: str, nth: int
) -> None:
    to_question(chat, "new_email", language)
    chat.say(NONE[language][nth])
    assert not {"utter_private_offer", "utter_private_queue"} & set(chat.templates())


@pytest.mark.parametrize("nth", range(3))
def test_it_is_heard_in_two_languages_with_slips_and_within_a_story(
    chat: Chat, agents: Agents, language: str, nth: int
) -> None:
    chat.say(HEARD[language][nth], language=language)
    assert chat.templates() == ["utter_private_queue"]
