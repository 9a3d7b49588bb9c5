"""A chat that may call no agent for a while: who does that, who is told, what it never stops."""

import pytest

from storage.audit.tables import audit
from storage.handoff.handoffs import Case
from storage.limits import BAN_LASTS
from tests.fakes.agents import Agents
from tests.fakes.chats import Chat, World

ASKS = {"en": "I want to talk to a person", "fr": "je veux parler à une personne"}
DANGER = {"en": "my husband hit me again and I am scared of him", "fr": "mon mari me frappe"}
languages = pytest.mark.parametrize("language", ["en", "fr"])


def case_of(world: World, chat: Chat) -> Case | None:
    with world.app.database.read() as uow:
        return uow.handoffs.of_conversation(chat.row.id)


@pytest.fixture
def banned(chat: Chat, agents: Agents) -> Chat:
    """A customer whom Nadia has had enough of."""
    chat.say(ASKS["en"])
    agents.tap("nadia", "claim")
    agents.say("nadia", "/ban insulted me, my card 4111 1111 1111 1111")
    return chat


TOLD = {"en": "Nadia has ended the conversation", "fr": "Nadia a mis fin à la conversation"}


@languages
def test_the_case_is_over_and_the_customer_is_told_kindly_with_a_way(
    chat: Chat, agents: Agents, world: World, language: str
) -> None:
    chat.say(ASKS[language])
    agents.tap("nadia", "claim")
    agents.say("nadia", "/ban swears at us")
    assert (agents.case().status, agents.case().outcome) == ("closed", "banned")
    said = "\n".join(chat.say({"en": "hello", "fr": "bonjour"}[language]))
    assert TOLD[language] in said
    assert "611" in said
    assert "911" in said
    assert "swears" not in said, "the reason is the agents' own"
    assert "satis" not in said, "nobody is asked for a rating"


@languages
def test_no_other_case_is_opened_and_the_bot_goes_on_answering(
    chat: Chat, agents: Agents, world: World, language: str
) -> None:
    chat.say(ASKS[language])
    agents.say("nadia", "/ban swears at us")
    chat.work_off()
    said = "\n".join(chat.say(ASKS[language]))
    assert chat.templates()[-1] == "utter_handoff_refused"
    assert "611" in said
    assert case_of(world, chat) is None
    questions = {"en": "what are access rights?", "fr": "c'est quoi les droits d'accès?"}
    assert chat.say(questions[language])
    assert chat.row.owner == "bot"
    before = agents.topic()
    chat.say({"en": "you are all useless", "fr": "vous êtes tous inutiles"}[language])
    assert agents.topic() == before, "nothing of it reaches the agents"


@languages
def test_words_of_danger_still_reach_a_person(
    chat: Chat, agents: Agents, world: World, language: str
) -> None:
    chat.say(ASKS[language])
    agents.say("nadia", "/ban swears at us")
    chat.work_off()
    chat.say(DANGER[language])
    assert chat.templates()[-1] == "utter_private_queue"
    case = case_of(world, chat)
    assert case is not None
    assert case.urgent
    assert "Ban: from case 1 on" in agents.card("t2").text, "whoever claims it knows"
    agents.tap("tom", "claim", "t2")
    agents.tap("tom", "close", "t2")
    chat.work_off()
    chat.say(ASKS[language])
    assert case_of(world, chat) is not None, "what was said stays in force"


def test_it_ends_by_itself(banned: Chat, world: World) -> None:
    world.clock.advance(seconds=BAN_LASTS.total_seconds() + 1)
    banned.say(ASKS["en"])
    assert case_of(world, banned) is not None


def test_an_agent_lifts_it_and_both_sides_are_told(
    banned: Chat, agents: Agents, world: World
) -> None:
    agents.say("tom", "/reopen")
    assert "/unban first" in agents.newest()
    agents.say("tom", "/unban")
    assert "Tom has lifted the ban" in agents.topic()
    assert "I can call a person to this chat for you again" in "\n".join(banned.say("hello"))
    agents.say("tom", "/unban")
    assert "not banned" in agents.newest()
    banned.say(ASKS["en"])
    assert case_of(world, banned) is not None
    assert "Ban, lifted by Tom" in agents.card("t2").text


def test_who_why_and_when_is_kept_and_shown_without_what_is_private(
    banned: Chat, agents: Agents, world: World
) -> None:
    with world.app.database.read() as uow:
        ban = uow.bans.in_force(banned.row.id)
        assert ban is not None
        assert (ban.case_id, ban.agent_name) == (1, "Nadia")
        assert ban.reason == "insulted me, my card ••••"
        assert ban.ends_at - ban.created_at == BAN_LASTS
    agents.say("tom", "/case 1")
    assert "ended by a ban" in agents.newest()
    assert "by Nadia: insulted me, my card ••••" in agents.newest()
    agents.say("nadia", "/unban")
    banned.say(ASKS["en"])
    assert "Earlier: case 1" in agents.card("t2").text
    assert "ended by a ban" in agents.card("t2").text


def test_nothing_about_a_household_is_changed(chat: Chat, agents: Agents, world: World) -> None:
    chat.say("sign in")
    chat.sign_in("diane")
    chat.say(ASKS["en"])

    def entries() -> int:
        with world.app.database._engine.connect() as connection:
            return len(connection.execute(audit.select()).all())

    before = entries()
    agents.say("tom", "/ban swears")
    chat.work_off()
    assert entries() == before
    assert chat.say("who is on my account?")
    assert chat.templates() != ["utter_handoff_refused"], "the holder goes on with the bot"


def test_a_reason_is_asked_for(chat: Chat, agents: Agents) -> None:
    chat.say(ASKS["en"])
    agents.say("nadia", "/ban")
    assert "/ban and why" in agents.newest()
    assert agents.case().status == "queued"


def test_only_its_own_agent_ends_a_claimed_case_so_and_nobody_who_is_none(
    chat: Chat, agents: Agents
) -> None:
    chat.say(ASKS["en"])
    agents.say("eve", "/ban annoying")
    assert agents.case().status == "queued"
    agents.tap("nadia", "claim")
    agents.say("tom", "/ban annoying")
    assert agents.case().status == "claimed"
    assert "Nadia has this case" in agents.newest()


def test_another_chat_is_not_touched(banned: Chat, world: World) -> None:
    chat = world.chat("somebody else")
    chat.say(ASKS["en"])
    assert case_of(world, chat) is not None


def test_a_ban_is_kept_as_long_as_it_is_in_force_however_old_the_words(
    banned: Chat, world: World
) -> None:
    banned.work_off()
    world.clock.advance(days=3)
    with world.app.database.write() as uow:
        uow.sweeping.sweep_messages(keep=BAN_LASTS / 7)
    banned.say(ASKS["en"])
    assert banned.templates()[-1] == "utter_handoff_refused"
