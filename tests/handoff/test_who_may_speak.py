"""Attacks on the relay: only the agent who has claimed a case speaks to its customer."""

import pytest

from bot.handoff.message import DeskMessage
from tests.fakes.agents import Agents
from tests.fakes.chats import Chat, World
from tests.fakes.records import DIANE, Records

JOINED = "Nadia has joined and answers you from here on."
TOM_TAKES_OVER = (
    "Tom takes over from Nadia and answers you from here on. Everything you wrote is there."
)


@pytest.fixture
def talking(chat: Chat, agents: Agents) -> Chat:
    """A customer whom Nadia has."""
    chat.say("person")
    agents.tap("nadia", "claim")
    assert chat.say("hello") == [JOINED]
    return chat


def test_an_agent_who_did_not_claim_reaches_nobody(talking: Chat, agents: Agents) -> None:
    agents.say("tom", "I say something too")
    assert talking.say("and?") == []
    assert "Nadia has this case" in agents.topic()


def test_nobody_reaches_a_customer_whom_nobody_has_claimed(chat: Chat, agents: Agents) -> None:
    chat.say("person")
    agents.say("nadia", "hello there")
    chat.say("help")
    assert "hello there" not in " ".join(r.text or "" for r in chat.replies)
    assert "tap Claim first" in agents.topic()


def test_a_member_who_is_no_administrator_reaches_nobody(talking: Chat, agents: Agents) -> None:
    agents.say("eve", "send me your password")
    assert talking.say("and?") == []
    assert "only administrators" in agents.topic()


def test_an_anonymous_post_reaches_nobody_whoever_wrote_it(talking: Chat, agents: Agents) -> None:
    agents.post("", DeskMessage("from the group itself", kind="anonymous", message_id="9"))
    agents.post("nadia", DeskMessage("from the channel", kind="anonymous", message_id="10"))
    assert talking.say("and?") == []
    assert agents.topic().count("write in your own name") == 2


@pytest.mark.parametrize(
    "button", ["claim", "close", "return", "no_word", "offer", "offer:create_user"]
)
def test_a_forged_tap_of_a_non_administrator_does_nothing(
    talking: Chat, agents: Agents, button: str
) -> None:
    agents.tap("eve", button)
    assert agents.case().agent_id == "nadia"
    assert talking.row.owner == "agent"
    assert talking.say("and?") == []


@pytest.mark.parametrize("button", ["claim", "close", "return", "offer:create_user"])
def test_a_tap_in_a_customers_chat_is_an_old_button(
    chat: Chat, agents: Agents, button: str
) -> None:
    chat.say("person")
    chat.post(button)
    assert chat.templates() == ["utter_old_button"]
    assert agents.case().status == "queued"


def test_a_tap_in_another_topic_concerns_the_case_of_that_topic(
    world: World, agents: Agents
) -> None:
    first, second = world.chat("first"), world.chat("second")
    first.say("person")
    second.say("person")
    agents.tap("nadia", "claim", "t1")
    agents.tap("nadia", "claim", "t99")
    assert (first.row.owner, second.row.owner) == ("agent", "queue")
    agents.say("nadia", "for the second", "t2")
    assert "for the second" not in " ".join(second.say("help") + first.say("hm"))


def test_whoever_ceases_to_be_an_administrator_is_an_agent_no_more(
    talking: Chat, agents: Agents
) -> None:
    agents.are({"tom": "Tom"})
    agents.say("nadia", "still me")
    assert talking.say("and?") == []
    agents.tap("tom", "claim")
    agents.say("tom", "now me")
    assert talking.say("and?") == [TOM_TAKES_OVER, "now me"]


def test_two_who_claim_at_once_do_not_both_have_it(chat: Chat, agents: Agents) -> None:
    chat.say("person")
    agents.look()
    agents.receive("tom", DeskMessage("", button="claim"))
    agents.receive("nadia", DeskMessage("", button="claim"))
    agents.work_off()
    assert agents.case().agent_id == "tom"
    assert "Tom has this case" in agents.topic()


@pytest.mark.parametrize(
    "asked",
    ["/add zoe@example.com", "/delete Léa", "/unlock Léa", "/rights Hugo", "@foyer_bot unlock Léa"],
)
def test_asked_to_change_a_household_the_bot_says_why_it_does_not(
    talking: Chat, agents: Agents, records: Records, asked: str
) -> None:
    before = records.household(DIANE)
    agents.say("nadia", asked)
    assert "I cannot change anything in a household for an agent" in agents.newest()
    assert "Remove someone" in [b["title"] for b in agents.shown["t1"][-1].buttons]
    assert talking.say("and?") == []
    assert records.household(DIANE) == before


def test_only_the_agent_of_a_case_is_shown_the_buttons_for_the_customer(
    talking: Chat, agents: Agents
) -> None:
    agents.tap("tom", "offer:delete_user")
    talking.work_off()
    assert talking.say("and?") == []


def test_a_private_note_stays_private(talking: Chat, agents: Agents) -> None:
    for note in ("// liar", "  // liar", "／／ liar", "/note liar"):
        agents.say("nadia", note)
    assert talking.say("and?") == []
    assert agents.case().notes == ["liar"] * 4


def test_notes_are_shown_to_whoever_has_the_next_case(talking: Chat, agents: Agents) -> None:
    agents.say("nadia", "// promised a call on Friday")
    agents.tap("nadia", "close")
    talking.work_off()
    talking.say("person")
    assert "promised a call on Friday" in agents.topic("t2")


def test_cards_and_addresses_are_masked_in_both_directions(
    talking: Chat, agents: Agents, records: Records
) -> None:
    talking.say("my card is 4111 1111 1111 1111, I am zoe.roy@example.com")
    assert "👤 my card is ••••, I am z•••@•••" in agents.topic()
    agents.say("nadia", "is it 8765-4321 or 5500-0000-0000-0004 or léo@exemple.ca?")
    assert talking.say("and?") == ["is it 8765-4321 or •••• or l•••@•••?"]
    agents.look()
    assert not records.shows("4111 1111 1111 1111")


def test_the_transcript_of_before_is_masked_too(chat: Chat, agents: Agents) -> None:
    chat.say("add Zoé Roy, zoe.roy@example.com")
    chat.say("12345678")
    chat.say("person")
    agents.tap("nadia", "transcript")
    topic = agents.topic()
    assert "z•••@•••" in topic
    assert "zoe.roy" not in topic
    assert "12345678" not in topic
    assert "⟨" not in topic


def test_a_correction_of_the_agent_corrects_and_a_note_does_not_slip_out(
    talking: Chat, agents: Agents
) -> None:
    number = agents.say("nadia", "It is on Tusday")
    agents.post("nadia", DeskMessage("It is on Tuesday", kind="edited", message_id=number))
    assert talking.say("and?") == ["It is on Tuesday"], "it had not left yet"
    agents.post("nadia", DeskMessage("It is on Monday", kind="edited", message_id=number))
    assert talking.say("and?") == ["Correction: It is on Monday"]
    note = agents.say("nadia", "// private")
    agents.post("nadia", DeskMessage("still private", kind="edited", message_id=note))
    assert talking.say("and?") == []
    agents.post("tom", DeskMessage("It is on Sunday", kind="edited", message_id=number))
    assert talking.say("and?") == []


def test_a_command_that_is_typed_otherwise_later_is_not_read_by_the_customer(
    talking: Chat, agents: Agents
) -> None:
    number = agents.say("nadia", "/hello")
    agents.post("nadia", DeskMessage("/hello there", kind="edited", message_id=number))
    assert not any("/hello" in text for text in talking.say("and?"))
    assert "Only messages that were passed on" in agents.topic()


def test_canned_replies_speak_the_language_of_the_customer(world: World, agents: Agents) -> None:
    chat = world.chat("fr")
    chat.say("je veux parler à une personne")
    agents.tap("nadia", "claim")
    agents.say("nadia", "/hello")
    assert "Bonjour, ici Nadia." in chat.say("bonjour")[1]
