"""Attacks on the relay: only the agent who has claimed a case speaks to its customer."""

import pytest

from bot.handoff.message import DeskMessage
from tests.fakes.agents import Agents
from tests.fakes.chats import Chat, World
from tests.fakes.phrases import PERSON, example, in_words, says, tells
from tests.fakes.records import DIANE, Records

HOUSEHOLD = ("/add zoe@example.com", "/delete Léa", "/unlock Léa", "/rights Hugo")
TO_THE_BOT = {"en": "@foyer_bot unlock Léa", "fr": "@foyer_bot déverrouille Léa"}
CARD = {
    "en": "my card is {}, I am {}",
    "fr": "ma carte est la {}, je suis {}",
}
ASKED = {
    "en": "is it 8765-4321 or {} or {}?",
    "fr": "c'est 8765-4321 ou {} ou {}?",
}
WISH = {"en": "add Zoé Roy, zoe.roy@example.com", "fr": "ajoute Zoé Roy, zoe.roy@example.com"}
DAYS = {
    "en": ("It is on Tusday", "It is on Tuesday", "It is on Monday", "It is on Sunday"),
    "fr": ("C'est mrdi", "C'est mardi", "C'est lundi", "C'est dimanche"),
}
PROMISE = {"en": "promised a call on Friday", "fr": "appel promis pour vendredi"}
TWICE = ["/hello", "/hello !"]


@pytest.fixture
def talking(chat: Chat, agents: Agents, language: str) -> Chat:
    """A customer whom Nadia has."""
    chat.say(PERSON[language])
    agents.tap("nadia", "claim")
    [joined] = chat.say(example("greet", language))
    assert says(chat.world.app, "utter_agent_joined", language, joined)
    return chat


def test_an_agent_who_did_not_claim_reaches_nobody(talking: Chat, agents: Agents) -> None:
    agents.say("tom", "24 $")
    assert talking.say("?") == []
    assert in_words(agents, "others_case", agent="Nadia") in agents.topic()


def test_nobody_reaches_a_customer_whom_nobody_has_claimed(
    chat: Chat, agents: Agents, language: str
) -> None:
    chat.say(PERSON[language])
    agents.say("nadia", "24 $")
    assert "24 $" not in " ".join(chat.say(example("help", language)))
    assert in_words(agents, "claim_first") in agents.topic()


def test_a_member_who_is_no_administrator_reaches_nobody(talking: Chat, agents: Agents) -> None:
    agents.say("eve", "24 $")
    assert talking.say("?") == []
    assert in_words(agents, "not_agent") in agents.topic()


def test_an_anonymous_post_reaches_nobody_whoever_wrote_it(talking: Chat, agents: Agents) -> None:
    agents.post("", DeskMessage("24 $", kind="anonymous", message_id="9"))
    agents.post("nadia", DeskMessage("25 $", kind="anonymous", message_id="10"))
    assert talking.say("?") == []
    assert agents.topic().count(in_words(agents, "anonymous")) == 2


@pytest.mark.parametrize(
    "button", ["claim", "close", "return", "no_word", "offer", "offer:create_user"]
)
def test_a_forged_tap_of_a_non_administrator_does_nothing(
    talking: Chat, agents: Agents, button: str
) -> None:
    agents.tap("eve", button)
    assert agents.case().agent_id == "nadia"
    assert talking.row.owner == "agent"
    assert talking.say("?") == []


@pytest.mark.parametrize("button", ["claim", "close", "return", "offer:create_user"])
def test_a_tap_in_a_customers_chat_is_an_old_button(
    chat: Chat, agents: Agents, language: str, button: str
) -> None:
    chat.say(PERSON[language])
    [said] = chat.post(button)
    assert says(chat.world.app, "utter_old_button", language, said)
    assert agents.case().status == "queued"


def test_a_tap_in_another_topic_concerns_the_case_of_that_topic(
    world: World, agents: Agents, language: str
) -> None:
    first, second = world.chat("first"), world.chat("second")
    first.say(PERSON[language])
    second.say(PERSON[language])
    agents.tap("nadia", "claim", "t1")
    agents.tap("nadia", "claim", "t99")
    assert (first.row.owner, second.row.owner) == ("agent", "queue")
    agents.say("nadia", "24 $", "t2")
    assert "24 $" not in " ".join(second.say(example("help", language)) + first.say("?"))


def test_whoever_ceases_to_be_an_administrator_is_an_agent_no_more(
    talking: Chat, agents: Agents, language: str
) -> None:
    agents.are({"tom": "Tom"})
    agents.say("nadia", "24 $")
    assert talking.say("?") == []
    agents.tap("tom", "claim")
    agents.say("tom", "25 $")
    taken, words = talking.say("?")
    assert says(talking.world.app, "utter_agent_taken", language, taken)
    assert words == "25 $"


def test_two_who_claim_at_once_do_not_both_have_it(
    chat: Chat, agents: Agents, language: str
) -> None:
    chat.say(PERSON[language])
    agents.look()
    agents.receive("tom", DeskMessage("", button="claim"))
    agents.receive("nadia", DeskMessage("", button="claim"))
    agents.work_off()
    assert agents.case().agent_id == "tom"
    assert in_words(agents, "others_case", agent="Tom") in agents.topic()


@pytest.mark.parametrize("asked", [*HOUSEHOLD, "@"])
def test_asked_to_change_a_household_the_bot_says_why_it_does_not(
    talking: Chat, agents: Agents, records: Records, desk_language: str, asked: str
) -> None:
    before = records.household(DIANE)
    agents.say("nadia", asked if asked != "@" else TO_THE_BOT[desk_language])
    assert tells(agents, "cannot_change")
    remove = talking.world.app.turns.equipment.domain.titles()["delete_user"][desk_language]
    assert remove in [b["title"] for b in agents.shown["t1"][-1].buttons]
    assert talking.say("?") == []
    assert records.household(DIANE) == before


def test_only_the_agent_of_a_case_is_shown_the_buttons_for_the_customer(
    talking: Chat, agents: Agents
) -> None:
    agents.tap("tom", "offer:delete_user")
    talking.work_off()
    assert talking.say("?") == []


def test_a_private_note_stays_private(talking: Chat, agents: Agents) -> None:
    for note in ("// !", "  // !", "／／ !", "/note !"):
        agents.say("nadia", note)
    assert talking.say("?") == []
    assert agents.case().notes == ["!"] * 4


def test_notes_are_shown_to_whoever_has_the_next_case(
    talking: Chat, agents: Agents, language: str, desk_language: str
) -> None:
    agents.say("nadia", f"// {PROMISE[desk_language]}")
    agents.tap("nadia", "close")
    talking.work_off()
    talking.say(PERSON[language])
    assert PROMISE[desk_language] in agents.topic("t2")


def test_cards_and_addresses_are_masked_in_both_directions(
    talking: Chat, agents: Agents, records: Records, language: str
) -> None:
    said, asked = CARD[language], ASKED[language]
    talking.say(said.format("4111 1111 1111 1111", "zoe.roy@example.com"))
    assert f"👤 {said.format('••••', 'z•••@•••')}" in agents.topic()
    agents.say("nadia", asked.format("5500-0000-0000-0004", "léo@exemple.ca"))
    assert talking.say("?")[-1] == asked.format("••••", "l•••@•••")
    agents.look()
    assert not records.shows("4111 1111 1111 1111")


def test_the_transcript_of_before_is_masked_too(chat: Chat, agents: Agents, language: str) -> None:
    chat.say(WISH[language])
    chat.say("12345678")
    chat.say(PERSON[language])
    agents.tap("nadia", "transcript")
    topic = agents.topic()
    assert "z•••@•••" in topic
    assert "zoe.roy" not in topic
    assert "12345678" not in topic
    assert "⟨" not in topic


def test_a_correction_of_the_agent_corrects_and_a_note_does_not_slip_out(
    talking: Chat, agents: Agents, language: str
) -> None:
    misspelt, right, corrected, strange = DAYS[language]
    number = agents.say("nadia", misspelt)
    agents.post("nadia", DeskMessage(right, kind="edited", message_id=number))
    assert talking.say("?") == [right], "it had not left yet"
    agents.post("nadia", DeskMessage(corrected, kind="edited", message_id=number))
    [said] = talking.say("?")
    assert says(talking.world.app, "utter_agent_corrected", language, said)
    assert said.endswith(corrected)
    note = agents.say("nadia", "// 24 $")
    agents.post("nadia", DeskMessage("25 $", kind="edited", message_id=note))
    assert talking.say("?") == []
    agents.post("tom", DeskMessage(strange, kind="edited", message_id=number))
    assert talking.say("?") == []


def test_a_command_that_is_typed_otherwise_later_is_not_read_by_the_customer(
    talking: Chat, agents: Agents
) -> None:
    command, otherwise = TWICE
    number = agents.say("nadia", command)
    agents.post("nadia", DeskMessage(otherwise, kind="edited", message_id=number))
    assert not any(command in text for text in talking.say("?"))
    assert in_words(agents, "not_sent_then") in agents.topic()
