"""When the bot offers a person, or calls one by itself."""

import pytest

from tests.fakes.agents import Agents
from tests.fakes.chats import Chat, World
from tests.fakes.phrases import DANGER, PERSON, example, in_words, says, tells, title
from tests.fakes.talks import to_question

NONSENSE = ("blorp wibble flonk gazunk", "zzkrt plomp huggle wump")
DISPUTED = {
    "en": ("but I am his wife, that's not fair", "why not?", "that is unfair"),
    "fr": ("mais je suis sa femme, c'est pas juste", "pourquoi pas?", "c'est injuste"),
}
IN_DANGER = {
    "en": (
        "my husband is making me do this, he hits me",
        "I am afraid of my ex, he is tracking my phone",
        "my ex forces me to do it",
    ),
    "fr": (
        "mon mari me force à faire ça, il me frappe",
        "j'ai peur de mon conjoint, il me menace",
        "mon ex m'oblige à le faire",
    ),
}
QUESTION = {"en": "my question is this", "fr": "ma question c'est ça"}


def person(chat: Chat, language: str) -> str:
    """What the button says that calls a person."""
    return title(chat.world, "utter_offer_person", language, "/talk_to_human")


def test_after_two_failed_readings_a_person_is_offered(
    chat: Chat, agents: Agents, language: str
) -> None:
    chat.say(example("help", language))
    for words in NONSENSE:
        chat.say(words)
    chat.tap(person(chat, language))
    assert tells(agents, "card")


def test_in_the_middle_of_a_task_too(chat: Chat, agents: Agents, language: str) -> None:
    to_question(chat, "new_email", language)
    for words in NONSENSE:
        chat.say(words)
    assert person(chat, language) in chat.titles()


@pytest.mark.parametrize("nth", range(3))
def test_a_disputed_refusal_leads_to_the_offer_of_a_person(
    chat: Chat, agents: Agents, language: str, nth: int
) -> None:
    chat.say(example("list_users", language))
    chat.sign_in("hugo")
    assert "utter_holder_only" in chat.templates()
    [said] = chat.say(DISPUTED[language][nth])
    assert says(chat.world.app, "utter_offer_person", language, said)
    chat.tap(person(chat, language))
    assert in_words(agents, "reason_disputed") in agents.card().text


@pytest.mark.parametrize("nth", range(3))
def test_words_of_danger_call_a_person_discreetly(
    chat: Chat, agents: Agents, world: World, language: str, nth: int
) -> None:
    to_question(chat, "new_email", language)
    world.collect_mails()
    [said] = chat.say(IN_DANGER[language][nth])
    assert says(world.app, "utter_private_queue", language, said), "no question is asked after it"
    told = ("violen", "danger", "partner", "husband", "conjoint", "mari")
    assert not [word for word in told if word in said.casefold()]
    assert world.collect_mails() == [], "nobody in the household hears of it"
    agents.look()
    assert agents.case().urgent
    assert in_words(agents, "remark_urgent") in agents.card().text
    urgent = in_words(agents, "title_urgent", number=1, goal="", side=agents.case().language)
    assert agents.case().summary["title"] == urgent


def test_a_private_case_is_first_in_the_queue(world: World, agents: Agents, language: str) -> None:
    first, second = world.chat("a"), world.chat("b")
    first.say(PERSON[language])
    second.say(PERSON[language])
    third = world.chat("c")
    third.say(DANGER[language])
    [said] = second.say(PERSON[language])
    assert says(world.app, "utter_handoff_place", language, said)
    assert "3" in said, "who was second before is third"
    with world.app.database.read() as uow:
        case = uow.handoffs.of_conversation(third.row.id)
        assert case is not None
        assert uow.handoffs.place(case) == 1


def test_words_of_danger_in_the_queue_move_the_case_up(
    chat: Chat, agents: Agents, language: str
) -> None:
    chat.say(PERSON[language])
    [said] = chat.say(DANGER[language])
    assert says(chat.world.app, "utter_private_queue", language, said)
    assert agents.case().urgent
    agents.look()
    assert "rename" in [row.kind for row in agents.shown["t1"]]


def test_the_agents_are_called_when_somebody_waits_too_long(
    chat: Chat, agents: Agents, world: World, language: str
) -> None:
    watch = world.app.watch
    assert watch is not None
    chat.say(PERSON[language])
    watch.look()
    world.clock.advance(minutes=6)
    watch.look()
    watch.look()
    waits = in_words(agents, "ping_first", number=1, minutes=6)
    assert agents.topic("").count(waits) == 1, "once is enough"
    chat.work_off()
    said = chat.say(example("help", language))
    assert says(world.app, "utter_handoff_place", language, said[0]), "they hear how it stands"
    agents.tap("nadia", "claim")
    agents.say("nadia", "24 $?")
    chat.say(QUESTION[language])
    world.clock.advance(minutes=7)
    watch.look()
    waits = in_words(agents, "ping_next", agent="Nadia", number=1, minutes=7)
    assert waits in agents.topic("")
    agents.say("nadia", "24 $!")
    world.clock.advance(minutes=30)
    watch.look()
    assert agents.topic("").count("⏰") == 2


def test_nobody_is_called_outside_opening_hours(
    chat: Chat, agents: Agents, world: World, language: str
) -> None:
    world.clock.advance(hours=12)
    chat.say(PERSON[language])
    world.clock.advance(hours=1)
    assert world.app.watch is not None
    world.app.watch.look()
    assert agents.topic("") == ""
