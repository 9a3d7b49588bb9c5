"""A chat that may call no agent for a while: who does that, who is told, what it never stops."""

import pytest

from storage.audit.tables import audit
from storage.handoff.handoffs import Case
from storage.limits import BAN_LASTS
from tests.fakes.agents import Agents
from tests.fakes.chats import Chat, World
from tests.fakes.phrases import (
    DANGER,
    PERSON,
    example,
    in_words,
    says,
    stands,
    tells,
    words_of,
)

REASON = "ABC-XYZ"
"""A reason of no language."""


@pytest.fixture
def chat(world: World) -> Chat:
    return world.chat()


@pytest.fixture
def banned(chat: Chat, agents: Agents, language: str) -> Chat:
    """A customer whom Nadia has had enough of."""
    chat.say(PERSON[language])
    agents.tap("nadia", "claim")
    agents.say("nadia", f"/ban {REASON}, 4111 1111 1111 1111")
    chat.work_off()
    return chat


def case_of(world: World, chat: Chat) -> Case | None:
    with world.app.database.read() as uow:
        return uow.handoffs.of_conversation(chat.row.id)


def is_refused(chat: Chat, language: str) -> bool:
    """Whether the bot calls nobody, and says so with a way."""
    said = chat.say(PERSON[language])[-1]
    return says(chat.world.app, "utter_handoff_refused", language, said) and "611" in said


def stands_on_card(agents: Agents, phrase: str, topic: str) -> bool:
    words = words_of(agents)
    return stands(words.phrases[phrase][words.language], agents.card(topic).text)


def test_the_case_is_over_and_the_customer_is_told_kindly_with_a_way(
    banned: Chat, agents: Agents, language: str
) -> None:
    assert (agents.case().status, agents.case().outcome) == ("closed", "banned")
    said = "\n".join(banned.say(example("greet", language)))
    assert says(banned.world.app, "utter_handoff_banned", language, said)
    assert "611" in said
    assert "911" in said
    assert REASON not in said, "the reason is the agents' own"
    assert not says(banned.world.app, "utter_handoff_closed", language, said), "nobody rates it"


def test_no_other_case_is_opened_and_the_bot_goes_on_answering(
    banned: Chat, agents: Agents, world: World, language: str
) -> None:
    assert is_refused(banned, language)
    assert case_of(world, banned) is None
    banned.say(example("faq/access_rights", language))
    assert "utter_answer" in banned.templates()
    assert banned.row.owner == "bot"
    before = agents.topic()
    banned.say(example("out_of_scope", language))
    assert agents.topic() == before, "nothing of it reaches the agents"


def test_words_of_danger_still_reach_a_person(
    banned: Chat, agents: Agents, world: World, language: str
) -> None:
    said = banned.say(DANGER[language])[-1]
    assert says(world.app, "utter_private_queue", language, said)
    case = case_of(world, banned)
    assert case is not None
    assert case.urgent
    assert stands_on_card(agents, "card_ban", "t2"), "whoever claims it knows"
    agents.tap("tom", "claim", "t2")
    agents.tap("tom", "close", "t2")
    banned.work_off()
    banned.say(PERSON[language])
    assert case_of(world, banned) is not None, "what was said stays in force"


def test_it_ends_by_itself(banned: Chat, world: World, agents: Agents, language: str) -> None:
    world.clock.advance(seconds=BAN_LASTS.total_seconds() + 1)
    banned.say(PERSON[language])
    assert case_of(world, banned) is not None
    assert stands_on_card(agents, "card_ban_over", "t2")


def test_an_agent_lifts_it_and_both_sides_are_told(
    banned: Chat, agents: Agents, world: World, language: str
) -> None:
    agents.say("tom", "/reopen")
    assert agents.newest() == in_words(agents, "unban_first")
    agents.say("tom", "/unban")
    assert in_words(agents, "unbanned", agent="Tom") in agents.topic()
    said = "\n".join(banned.say(example("greet", language)))
    assert says(world.app, "utter_handoff_unbanned", language, said)
    agents.say("tom", "/unban")
    assert agents.newest() == in_words(agents, "not_banned")
    banned.say(PERSON[language])
    assert case_of(world, banned) is not None
    assert stands_on_card(agents, "card_ban_lifted", "t2")


def test_who_why_and_when_is_kept_and_shown_without_what_is_private(
    banned: Chat, agents: Agents, world: World, language: str
) -> None:
    with world.app.database.read() as uow:
        ban = uow.bans.in_force(banned.row.id)
        assert ban is not None
        assert (ban.case_id, ban.agent_name) == (1, "Nadia")
        assert ban.reason == f"{REASON}, ••••"
        assert ban.ends_at - ban.created_at == BAN_LASTS
    agents.say("tom", "/case 1")
    assert in_words(agents, "state_banned") in agents.newest()
    assert f"{REASON}, ••••" in agents.newest()
    agents.say("nadia", "/unban")
    banned.say(PERSON[language])
    assert stands_on_card(agents, "card_earlier", "t2")
    assert in_words(agents, "state_banned") in agents.card("t2").text


def test_nothing_about_a_household_is_changed(
    chat: Chat, agents: Agents, world: World, language: str
) -> None:
    chat.say(example("list_users", language))
    chat.sign_in("diane")
    chat.say(PERSON[language])

    def entries() -> int:
        with world.app.database._engine.connect() as connection:
            return len(connection.execute(audit.select()).all())

    before = entries()
    agents.say("tom", f"/ban {REASON}")
    chat.work_off()
    assert entries() == before
    said = "\n".join(chat.say(example("list_users", language)))
    assert "Hugo Tremblay" in said, "the holder goes on with the bot"


def test_a_reason_is_asked_for(chat: Chat, agents: Agents, language: str) -> None:
    chat.say(PERSON[language])
    agents.say("nadia", "/ban")
    assert tells(agents, "ban_why")
    assert agents.case().status == "queued"


def test_only_its_own_agent_ends_a_claimed_case_so_and_nobody_who_is_none(
    chat: Chat, agents: Agents, language: str
) -> None:
    chat.say(PERSON[language])
    agents.say("eve", f"/ban {REASON}")
    assert agents.case().status == "queued"
    agents.tap("nadia", "claim")
    agents.say("tom", f"/ban {REASON}")
    assert agents.case().status == "claimed"
    assert agents.newest() == in_words(agents, "others_case", agent="Nadia")


def test_another_chat_is_not_touched(banned: Chat, world: World, language: str) -> None:
    chat = world.chat("somebody else")
    chat.say(PERSON[language])
    assert case_of(world, chat) is not None


def test_a_ban_is_kept_as_long_as_it_is_in_force_however_old_the_words(
    banned: Chat, world: World, language: str
) -> None:
    world.clock.advance(days=3)
    with world.app.database.write() as uow:
        uow.sweeping.sweep_messages(keep=BAN_LASTS / 7)
    assert is_refused(banned, language)
