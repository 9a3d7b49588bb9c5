"""Whatever a customer sends stands in the topic."""

import pytest

from bot.dialogue.message import Message
from tests.fakes.agents import Agents
from tests.fakes.chats import Chat, World
from tests.fakes.records import Records

PHISHING = {
    "origin": "hidden_user",
    "forwarded_from": "Videotron Help",
    "forwarded": "Your account is blocked, sign in at evil.example, PIN 4471",
}
CONTENT = {
    "a forward": (
        Message("", kind="forward", beside=PHISHING),
        "whose account is hidden: Videotron Help) Your account is blocked, sign in at evil.example",
    ),
    "a quote": (
        Message("not that", beside={"quoted": "See you at five"}),
        "👤 ↪ in reply to “See you at five”:\n👤 not that",
    ),
    "a poll": (
        Message("", kind="poll", media="poll", beside={"holds": "When?\n- Monday"}),
        "👤 (sent: a poll) When?\n- Monday",
    ),
    "a checklist": (
        Message("", kind="checklist", media="checklist", beside={"holds": "To do\n- ☐ pay"}),
        "👤 (sent: a checklist) To do\n- ☐ pay",
    ),
    "a contact": (
        Message("", kind="contact", media="contact", beside={"holds": "Zoé +15145550123"}),
        "👤 (sent: a contact) Zoé +15145550123",
    ),
    "a place": (
        Message("", kind="location", media="location", beside={"holds": "45.5, -73.6"}),
        "👤 (sent: a place) 45.5, -73.6",
    ),
    "a picture": (Message("", kind="photo", media="photo"), "👤 (sent: a picture)"),
    "something new": (
        Message("", kind="hologram", media="hologram"),
        "👤 (sent: something new, “hologram”)",
    ),
    "a quote of a picture": (
        Message("this", beside={"quoted_media": "video_note"}),
        "👤 ↪ in reply to “a video message”:",
    ),
    "words under a picture": (
        Message("the bill", media="photo"),
        "👤 (sent: a picture)\n👤 the bill",
    ),
}


@pytest.fixture
def queued(chat: Chat, agents: Agents) -> Chat:
    chat.say("I want to talk to a person")
    agents.look()
    return chat


@pytest.fixture
def talking(queued: Chat, agents: Agents) -> Chat:
    agents.tap("nadia", "claim")
    return queued


@pytest.mark.parametrize("sent", CONTENT)
def test_it_stands_in_the_topic_while_somebody_waits(
    queued: Chat, agents: Agents, sent: str
) -> None:
    message, shown = CONTENT[sent]
    queued.send(message)
    assert shown in agents.topic()


@pytest.mark.parametrize("sent", CONTENT)
def test_it_stands_in_the_topic_while_an_agent_has_the_conversation(
    talking: Chat, agents: Agents, sent: str
) -> None:
    message, shown = CONTENT[sent]
    talking.send(message)
    assert shown in agents.topic()


@pytest.mark.parametrize("sent", CONTENT)
def test_it_stands_among_what_was_said_before(chat: Chat, agents: Agents, sent: str) -> None:
    message, shown = CONTENT[sent]
    chat.send(message)
    chat.say("I want to talk to a person")
    assert shown not in agents.topic()
    agents.tap("tom", "transcript")
    assert shown in agents.topic()


def test_secrets_in_a_forward_are_hidden_like_any_other(
    talking: Chat, agents: Agents, world: World
) -> None:
    words = {"forwarded": "card 4111 1111 1111 1111, z@example.com", "origin": "user"}
    talking.send(Message("", kind="forward", beside=words))
    assert "card ••••, z•••@•••" in agents.newest()
    assert not Records(world).shows("4111 1111")


@pytest.mark.parametrize("beside", ["quoted", "forwarded", "title", "holds"])
def test_of_a_secret_beside_the_words_both_sides_are_told(
    talking: Chat, agents: Agents, beside: str
) -> None:
    brought = {beside: "card 4111 1111 1111 1111", "origin": "user"}
    talking.send(Message("look", media="poll" if beside == "holds" else None, beside=brought))
    shown = agents.newest()
    assert "4111" not in shown
    assert "typed there and is hidden" in shown
    assert talking.templates()[-1] == "utter_hidden_from_agent"


def test_a_number_in_a_quote_is_shown_to_whoever_claims_the_case(
    queued: Chat, agents: Agents
) -> None:
    queued.send(Message("this one", beside={"quoted": "order 73518264"}))
    assert "73518264" not in agents.topic()
    agents.tap("nadia", "claim")
    assert "hidden from the group until now: 73518264" in agents.topic()


def test_a_kind_that_cannot_be_passed_on_is_named_to_both_sides(
    talking: Chat, agents: Agents
) -> None:
    said = talking.send(Message("", kind="hologram", media="hologram"))
    assert "cannot be passed on" in said[-1]
    assert "hologram" in said[-1]
    assert "hologram" in agents.newest()


@pytest.mark.parametrize(
    ("language", "called"), [("en", "(a video message)"), ("fr", "(un message vidéo)")]
)
def test_a_customer_reads_what_people_call_what_they_sent(
    talking: Chat, language: str, called: str
) -> None:
    talking.say("Hello, how are you?" if language == "en" else "Bonjour, je parle français")
    said = talking.send(Message("", kind="video_note", media="video_note", language=language))
    assert called in said[-1]
    assert "video_note" not in said[-1]


@pytest.mark.parametrize("owner", ["queue", "agent"])
def test_the_title_of_a_tapped_button_is_read(queued: Chat, agents: Agents, owner: str) -> None:
    queued.say("/help")
    button = queued.replies[-1].buttons[0]
    if owner == "agent":
        agents.tap("nadia", "claim")
    queued.post(button["payload"])
    assert f"👤 (tapped “{button['title']}”)" in agents.topic()


def test_a_reaction_is_shown_with_what_it_is_about_and_answered_by_nobody(
    talking: Chat, agents: Agents, world: World
) -> None:
    agents.say("nadia", "See you at five")
    with world.app.database.write() as uow:
        row = uow.chat_outbox.take(talking.row.id)
        while row is not None:
            uow.chat_outbox.sent(row, sent_as=f"m{row.id}")
            newest, row = row, uow.chat_outbox.take(talking.row.id)
    reaction = Message("", kind="reaction", message_id=f"m{newest.id}", beside={"reaction": "👍"})
    assert talking.send(reaction) == []
    assert agents.newest() == "👤 reacts with 👍 to “See you at five”"


def test_a_reaction_without_a_case_is_nothing(chat: Chat, agents: Agents) -> None:
    chat.say("hello")
    before = chat.row.state["last_replies"]
    assert chat.send(Message("", kind="reaction", beside={"reaction": "👍"})) == []
    assert chat.row.state["last_replies"] == before
    assert agents.shown == {}


def test_every_picture_of_an_album_stands_in_the_topic(queued: Chat, agents: Agents) -> None:
    for _ in range(3):
        queued.send(Message("", kind="photo", media="photo", album="a1"))
    assert agents.topic().count("👤 (sent: a picture)") == 3


def test_words_too_long_for_a_picture_are_said_by_themselves(world: World, agents: Agents) -> None:
    chat = world.chat("42")
    chat.say("I want to talk to a person")
    agents.tap("nadia", "claim")
    chat.send(Message("lengthy, " * 150, media="photo"))
    assert agents.topic().count("lengthy") == 150
