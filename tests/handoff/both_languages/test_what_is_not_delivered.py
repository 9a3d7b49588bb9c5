"""What an agent says and cannot be delivered is told in the topic, kept, and can be corrected."""

from collections.abc import Callable

import pytest

from bot.channels.channel import Outcome
from bot.handoff.message import DeskMessage
from storage.messages.chat_outbox import ChatRow
from storage.messages.signs import SIGNS
from tests.fakes.agents import Agents
from tests.fakes.chats import Chat
from tests.fakes.phrases import example, in_words, tells

WORDS = {
    "en": ("Your bill is settled", "Anything else?"),
    "fr": ("Votre facture est réglée", "Autre chose?"),
}
PRICES = ("24 $", "25 $")
BACK = {"en": "I am back", "fr": "me revoilà"}


@pytest.fixture
def away(queued: Chat, agents: Agents) -> Chat:
    """Somebody on a messenger that sends; Nadia has their case, and they are not to be reached."""
    agents.tap("nadia", "claim")
    deliver(queued, lambda row: Outcome("sent"))
    return queued


def deliver(chat: Chat, fate: Callable[[ChatRow], Outcome]) -> list[str]:
    """Put what waits for a chat to the messenger, as its sender does; what was read there."""
    world = chat.world
    read: list[str] = []
    desk = world.app.agents
    assert desk is not None
    while True:
        with world.app.database.write() as uow:
            row = uow.chat_outbox.take(chat.row.id)
        if row is None:
            return read
        outcome = fate(row)
        with world.app.database.write() as uow:
            outcome.record(uow, row)
            is_sign = row.act is not None and row.act["kind"] in SIGNS
            if outcome.kind == "sent":
                read += [] if is_sign else [row.text or ""]
            else:
                comes_back = outcome.kind != "refused"
                desk.unreached(uow, row.conversation_id, comes_back=comes_back)


def blocked(row: ChatRow) -> Outcome:
    return Outcome("gone", "Forbidden: bot was blocked by the user")


def test_what_cannot_be_delivered_is_told_once_and_sent_when_the_customer_writes_again(
    away: Chat, agents: Agents, language: str
) -> None:
    for words in WORDS[language]:
        agents.say("nadia", words)
    assert deliver(away, blocked) == []
    topic = agents.topic()
    for words in WORDS[language]:
        assert in_words(agents, "unreached", text=words) in topic
    assert deliver(away, blocked) == []
    assert agents.topic() == topic, "once"
    away.say(BACK[language])
    assert deliver(away, lambda row: Outcome("sent")) == [*WORDS[language]]
    assert tells(agents, "reached")
    away.say(example("thank", language))
    assert agents.topic().count(in_words(agents, "reached")) == 1


def test_what_was_kept_comes_also_when_the_case_is_over(
    away: Chat, agents: Agents, language: str
) -> None:
    settled, _ = WORDS[language]
    agents.say("nadia", settled)
    deliver(away, blocked)
    agents.tap("nadia", "close")
    away.work_off()
    deliver(away, blocked)
    away.say(example("greet", language))
    assert settled in deliver(away, lambda row: Outcome("sent"))


def test_what_waits_for_the_customer_can_still_be_corrected(
    away: Chat, agents: Agents, language: str
) -> None:
    first, then = PRICES
    number = agents.say("nadia", first)
    deliver(away, blocked)
    agents.post("nadia", DeskMessage(then, kind="edited", message_id=number))
    away.say(BACK[language])
    assert deliver(away, lambda row: Outcome("sent")) == [then]


def test_a_correction_that_cannot_be_delivered_is_told_and_kept(
    away: Chat, agents: Agents, language: str
) -> None:
    first, then = PRICES
    number = agents.say("nadia", first)
    deliver(away, lambda row: Outcome("sent", sent_as="77"))
    agents.post("nadia", DeskMessage(then, kind="edited", message_id=number))
    deliver(away, blocked)
    assert agents.newest() == in_words(agents, "unreached", text=then)
    away.say(BACK[language])
    assert deliver(away, lambda row: Outcome("sent")) == [then]


def test_an_edit_that_changes_nothing_is_no_news(away: Chat, agents: Agents) -> None:
    """Telegram calls it an edit when the preview of a link is added, too."""
    number = agents.say("nadia", "example.com")
    deliver(away, lambda row: Outcome("sent", sent_as="77"))
    agents.post("nadia", DeskMessage("example.com", kind="edited", message_id=number))
    assert deliver(away, lambda row: Outcome("sent")) == []


def test_the_word_on_what_was_done_is_kept_like_any_other(
    away: Chat, agents: Agents, language: str
) -> None:
    settled, _ = WORDS[language]
    agents.say("nadia", f"/return {settled}")
    away.work_off()
    assert deliver(away, blocked) == []
    assert tells(agents, "unreached")
    assert settled in agents.newest()
    away.say(BACK[language])
    read = deliver(away, lambda row: Outcome("sent"))
    assert [text for text in read if settled in text] == read[:1]


def test_what_the_messenger_refuses_is_told_and_not_tried_again(away: Chat, agents: Agents) -> None:
    agents.say("nadia", "\u2063")
    deliver(away, lambda row: Outcome("refused", "BadRequest: text must be non-empty"))
    assert tells(agents, "refused")
    away.say("?")
    assert deliver(away, lambda row: Outcome("sent")) == []
