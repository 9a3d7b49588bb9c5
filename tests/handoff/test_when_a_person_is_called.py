"""When the bot offers a person, or calls one by itself."""

import pytest

from tests.fakes.agents import Agents
from tests.fakes.chats import Chat, World
from tests.fakes.records import Records
from tests.fakes.talks import to_question

NONSENSE = ("blorp wibble flonk gazunk", "zzkrt plomp huggle wump")


def test_after_two_failed_readings_a_person_is_offered(chat: Chat, agents: Agents) -> None:
    for words in NONSENSE:
        chat.say(words)
    assert "Talk to a person" in chat.titles()
    chat.tap("Talk to a person")
    assert "Case 1" in agents.card().text


def test_in_the_middle_of_a_task_too(chat: Chat, agents: Agents) -> None:
    to_question(chat, "new_email")
    for words in NONSENSE:
        chat.say(words)
    assert "Talk to a person" in chat.titles()


@pytest.mark.parametrize("words", ["but I am his wife, that's not fair", "why not?"])
def test_a_disputed_refusal_leads_to_the_offer_of_a_person(
    chat: Chat, agents: Agents, words: str
) -> None:
    chat.say("who is on my account?")
    chat.sign_in("hugo")
    assert "utter_holder_only" in chat.templates()
    chat.say(words)
    assert chat.templates() == ["utter_offer_person"]
    chat.tap("Talk to a person")
    assert "disputes a refusal" in agents.card().text


def test_en_francais_aussi(chat: Chat, agents: Agents) -> None:
    chat.say("qui est à mon compte?")
    chat.sign_in("hugo")
    chat.say("c'est injuste")
    assert chat.templates() == ["utter_offer_person"]


@pytest.mark.parametrize(
    "words",
    [
        "my husband is making me do this, he hits me",
        "I am afraid of my ex, he is tracking my phone",
        "j'ai peur de mon conjoint, il me menace",
        "mon ex m'oblige à le faire",
    ],
)
def test_words_of_danger_call_a_person_discreetly(
    chat: Chat, agents: Agents, world: World, records: Records, words: str
) -> None:
    to_question(chat, "new_email")
    world.collect_mails()
    chat.say(words)
    assert chat.templates() == ["utter_private_queue"], "no question is asked after it"
    said = (chat.replies[0].text or "").casefold()
    assert not [w for w in ("violen", "danger", "partner", "husband", "conjoint") if w in said]
    assert world.collect_mails() == [], "nobody in the household hears of it"
    agents.look()
    with world.app.database.read() as uow:
        case = uow.handoffs.get(1)
    assert case.urgent
    assert "private" in case.summary["title"]
    assert "write neutrally" in agents.card().text


def test_a_private_case_is_first_in_the_queue(world: World, agents: Agents) -> None:
    first, second = world.chat("a"), world.chat("b")
    first.say("person")
    second.say("person")
    third = world.chat("c")
    third.say("he threatens me")
    assert "number 3" in second.say("person")[0]
    with world.app.database.read() as uow:
        case = uow.handoffs.of_conversation(third.row.id)
        assert case is not None
        assert uow.handoffs.place(case) == 1


def test_words_of_danger_in_the_queue_move_the_case_up(chat: Chat, agents: Agents) -> None:
    chat.say("person")
    chat.say("he hits me")
    assert chat.templates() == ["utter_private_queue"]
    assert agents.case().urgent
    agents.look()
    assert "rename" in [row.kind for row in agents.shown["t1"]]


def test_the_agents_are_called_when_somebody_waits_too_long(
    chat: Chat, agents: Agents, world: World
) -> None:
    watch = world.app.watch
    assert watch is not None
    chat.say("person")
    watch.look()
    world.clock.advance(minutes=6)
    watch.look()
    watch.look()
    assert agents.topic("").count("Case 1 has waited 6 min") == 1, "once is enough"
    chat.work_off()
    chat.say("help")
    assert chat.templates()[0] == "utter_handoff_place", "the customer hears how it stands"
    agents.tap("nadia", "claim")
    agents.say("nadia", "hello")
    chat.say("my question is this")
    world.clock.advance(minutes=7)
    watch.look()
    assert "Nadia: the customer of case 1 has waited 7 min" in agents.topic("")
    agents.say("nadia", "answer")
    world.clock.advance(minutes=30)
    watch.look()
    assert agents.topic("").count("⏰") == 2


def test_nobody_is_called_outside_opening_hours(chat: Chat, agents: Agents, world: World) -> None:
    world.clock.advance(hours=12)
    chat.say("person")
    world.clock.advance(hours=1)
    assert world.app.watch is not None
    world.app.watch.look()
    assert agents.topic("") == ""
