"""Whatever a customer sends stands in the topic."""

from collections.abc import Callable, Mapping

import pytest

from bot.chats import content_called
from bot.dialogue.message import Message
from tests.fakes.agents import Agents
from tests.fakes.chats import Chat, World
from tests.fakes.phrases import PERSON, example, in_words, says, tells
from tests.fakes.records import Records

WORDS: Mapping[str, Mapping[str, str]] = {
    "phishing": {
        "en": "Your account is blocked, sign in at evil.example",
        "fr": "Votre compte est bloqué, ouvrez une session à evil.example",
    },
    "source": {"en": "Videotron Help", "fr": "Aide Vidéotron"},
    "PIN": {"en": ", PIN 4471", "fr": ", NIP 4471"},
    "not that": {"en": "not that", "fr": "pas ça"},
    "this": {"en": "this one", "fr": "celle-ci"},
    "at five": {"en": "See you at five", "fr": "On se voit à cinq heures"},
    "when": {"en": "When?\n- 5 pm", "fr": "Quand?\n- 17 h"},
    "to do": {"en": "To do\n- ☐ pay", "fr": "À faire\n- ☐ payer"},
    "bill": {"en": "the bill", "fr": "la facture"},
    "secrets": {"en": "card {}, {}", "fr": "carte {}, {}"},
    "order": {"en": "order 73518264", "fr": "commande 73518264"},
    "lengthy": {"en": "lengthy, ", "fr": "longuement, "},
}
Sent = Callable[[str, Agents], tuple[Message, str]]
"""A message in a language, and how it stands before the agents."""


def forward(language: str, agents: Agents) -> tuple[Message, str]:
    """Somebody's words with a secret in it, whose account is hidden."""
    words = WORDS["phishing"][language]
    beside = {"origin": "hidden_user", "forwarded_from": WORDS["source"][language]}
    beside["forwarded"] = words + WORDS["PIN"][language]
    values = {"whom": beside["forwarded_from"], "text": words}
    source = {"response": "origin_hidden_user"}
    shown = in_words(agents, "said_forwarded", source=source, **values)
    return Message("", kind="forward", beside=beside), shown


def quote(language: str, agents: Agents) -> tuple[Message, str]:
    said, quoted = WORDS["not that"][language], WORDS["at five"][language]
    shown = in_words(agents, "said_quoting", text=quoted)
    return Message(said, beside={"quoted": quoted}), f"{shown}\n👤 {said}"


def quote_of_a_picture(language: str, agents: Agents) -> tuple[Message, str]:
    message = Message(WORDS["this"][language], beside={"quoted_media": "video_note"})
    return message, in_words(agents, "said_quoting", text=content_called("video_note"))


def words_below(language: str, agents: Agents) -> tuple[Message, str]:
    said = WORDS["bill"][language]
    return Message(said, media="photo"), f"{media(agents, 'photo')}\n👤 {said}"


def nothing_but(kind: str) -> Sent:
    return lambda _, agents: (Message("", kind=kind, media=kind), media(agents, kind))


def holding(kind: str, words: str) -> Sent:
    """Something that has words in it; those of a language by their name."""

    def sent(language: str, agents: Agents) -> tuple[Message, str]:
        holds = WORDS.get(words, {}).get(language, words)
        shown = in_words(agents, "said_holding", kind=content_called(kind), text=holds)
        return Message("", kind=kind, media=kind, beside={"holds": holds}), shown

    return sent


def media(agents: Agents, kind: str) -> str:
    return in_words(agents, "said_media", kind=content_called(kind))


CONTENT: Mapping[str, Sent] = {
    "a forward": forward,
    "a quote": quote,
    "a poll": holding("poll", "when"),
    "a checklist": holding("checklist", "to do"),
    "a contact": holding("contact", "Zoé +15145550123"),
    "a place": holding("location", "45.5, -73.6"),
    "a picture": nothing_but("photo"),
    "something new": nothing_but("hologram"),
    "a quote of a picture": quote_of_a_picture,
    "words under a picture": words_below,
}


@pytest.fixture
def queued(chat: Chat, agents: Agents, language: str) -> Chat:
    chat.say(PERSON[language])
    agents.look()
    return chat


@pytest.fixture
def talking(queued: Chat, agents: Agents) -> Chat:
    agents.tap("nadia", "claim")
    return queued


@pytest.mark.parametrize("sent", CONTENT)
def test_it_stands_in_the_topic_while_somebody_waits(
    queued: Chat, agents: Agents, language: str, sent: str
) -> None:
    message, shown = CONTENT[sent](language, agents)
    queued.send(message)
    assert shown in agents.topic()


@pytest.mark.parametrize("sent", CONTENT)
def test_it_stands_in_the_topic_while_an_agent_has_the_conversation(
    talking: Chat, agents: Agents, language: str, sent: str
) -> None:
    message, shown = CONTENT[sent](language, agents)
    talking.send(message)
    assert shown in agents.topic()


@pytest.mark.parametrize("sent", CONTENT)
def test_it_stands_among_what_was_said_before(
    chat: Chat, agents: Agents, language: str, sent: str
) -> None:
    chat.say(example("faq/max_users", language))
    message, shown = CONTENT[sent](language, agents)
    chat.send(message)
    chat.say(PERSON[language])
    assert shown not in agents.topic()
    agents.tap("tom", "transcript")
    assert shown in agents.topic()


def test_secrets_in_a_forward_are_hidden_like_any_other(
    talking: Chat, agents: Agents, world: World, language: str
) -> None:
    said = WORDS["secrets"][language]
    words = {"forwarded": said.format("4111 1111 1111 1111", "z@example.com"), "origin": "user"}
    talking.send(Message("", kind="forward", beside=words))
    assert said.format("••••", "z•••@•••") in agents.newest()
    assert not Records(world).shows("4111 1111")


@pytest.mark.parametrize("beside", ["quoted", "forwarded", "title", "holds"])
def test_of_a_secret_beside_the_words_both_sides_are_told(
    talking: Chat, agents: Agents, language: str, beside: str
) -> None:
    secret = WORDS["secrets"][language].format("4111 1111 1111 1111", "Léo")
    brought = {beside: secret, "origin": "user"}
    kind = "poll" if beside == "holds" else None
    said = talking.send(Message(WORDS["this"][language], media=kind, beside=brought))
    shown = agents.newest()
    assert "4111" not in shown
    assert in_words(agents, "said_private") in shown
    assert says(talking.world.app, "utter_hidden_from_agent", language, said[-1])


def test_a_number_in_a_quote_is_shown_to_whoever_claims_the_case(
    queued: Chat, agents: Agents, language: str
) -> None:
    queued.send(Message(WORDS["this"][language], beside={"quoted": WORDS["order"][language]}))
    assert "73518264" not in agents.topic()
    agents.tap("nadia", "claim")
    assert in_words(agents, "numbers_given", numbers="73518264") in agents.topic()


def test_a_kind_that_cannot_be_passed_on_is_named_to_both_sides(
    talking: Chat, agents: Agents, language: str
) -> None:
    said = talking.send(Message("", kind="hologram", media="hologram"))
    assert says(talking.world.app, "utter_not_passed_on", language, said[-1])
    assert "hologram" in said[-1]
    assert agents.newest() == media(agents, "hologram")


def test_a_customer_reads_what_people_call_what_they_sent(talking: Chat, language: str) -> None:
    said = talking.send(Message("", kind="video_note", media="video_note"))
    called = content_called("video_note")[language]
    assert f"({called})" in said[-1]
    assert "video_note" not in said[-1]


@pytest.mark.parametrize("owner", ["queue", "agent"])
def test_the_title_of_a_tapped_button_is_read(queued: Chat, agents: Agents, owner: str) -> None:
    queued.say("/help")
    button = queued.replies[-1].buttons[0]
    if owner == "agent":
        agents.tap("nadia", "claim")
    queued.post(button["payload"])
    assert in_words(agents, "said_tapped", title=button["title"]) in agents.topic()


def test_a_reaction_is_shown_with_what_it_is_about_and_answered_by_nobody(
    talking: Chat, agents: Agents, world: World, language: str
) -> None:
    words = WORDS["at five"][language]
    agents.say("nadia", words)
    with world.app.database.write() as uow:
        row = uow.chat_outbox.take(talking.row.id)
        while row is not None:
            uow.chat_outbox.sent(row, sent_as=f"m{row.id}")
            newest, row = row, uow.chat_outbox.take(talking.row.id)
    reaction = Message("", kind="reaction", message_id=f"m{newest.id}", beside={"reaction": "👍"})
    assert talking.send(reaction) == []
    assert agents.newest() == in_words(agents, "said_reaction", sign="👍", text=words)


def test_a_reaction_without_a_case_is_nothing(chat: Chat, agents: Agents, language: str) -> None:
    chat.say(example("greet", language), language=language)
    before = chat.row.state["last_replies"]
    assert chat.send(Message("", kind="reaction", beside={"reaction": "👍"})) == []
    assert chat.row.state["last_replies"] == before
    assert agents.shown == {}


def test_every_picture_of_an_album_stands_in_the_topic(queued: Chat, agents: Agents) -> None:
    for _ in range(3):
        queued.send(Message("", kind="photo", media="photo", album="a1"))
    assert agents.topic().count(media(agents, "photo")) == 3


def test_words_too_long_for_a_picture_are_said_by_themselves(
    talking: Chat, agents: Agents, language: str
) -> None:
    talking.send(Message(WORDS["lengthy"][language] * 150, media="photo"))
    assert agents.topic().count(WORDS["lengthy"][language].strip()) == 150
    assert tells(agents, "said_media")
