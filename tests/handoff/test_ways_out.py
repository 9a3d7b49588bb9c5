"""An agent goes home, hands over, or changes their mind; a customer has enough: nobody is left."""

import pytest

from tests.fakes.agents import Agents
from tests.fakes.chats import Chat, World


@pytest.fixture
def talking(chat: Chat, agents: Agents) -> Chat:
    """A customer whom Nadia has."""
    chat.say("I want to talk to a person")
    agents.tap("nadia", "claim")
    chat.say("hello")
    return chat


def rest(world: World, minutes: int) -> None:
    world.clock.advance(minutes=minutes)
    assert world.app.rests is not None
    world.app.rests.look()


WORDS = {
    "en": ("quiet here for a while", "number 1 in the queue"),
    "fr": ("silencieux ici depuis un moment", "rang 1 de la file"),
}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_claim_that_rests_goes_back_to_the_queue_and_both_are_told(
    chat: Chat, agents: Agents, world: World, language: str
) -> None:
    chat.say({"en": "I want to talk to a person", "fr": "je veux parler à une personne"}[language])
    agents.tap("nadia", "claim")
    rest(world, 29)
    assert chat.row.owner == "agent"
    rest(world, 1)
    assert chat.row.owner == "queue"
    assert "has done nothing here for a while" in agents.topic()
    assert agents.card().buttons[0]["title"] == "Claim"
    said = " ".join(chat.say({"en": "are you there?", "fr": "êtes-vous là?"}[language]))
    assert all(part in said for part in WORDS[language])
    agents.tap("tom", "claim")
    assert chat.row.owner == "agent"


def test_an_agent_who_does_something_keeps_the_case(
    talking: Chat, agents: Agents, world: World
) -> None:
    for word in ("one moment", "// looks into it", "/more"):
        rest(world, 20)
        agents.say("nadia", word)
    rest(world, 20)
    assert talking.row.owner == "agent"


def test_a_case_does_not_stay_mute_at_night_when_its_agent_has_gone_home(
    talking: Chat, agents: Agents, world: World
) -> None:
    agents.say("nadia", "I will look into it.")
    rest(world, 60 * 12)
    assert talking.row.owner == "queue"
    said = " ".join(talking.say("anybody?"))
    assert "Nobody is here to chat right now; they are back on" in said


def test_a_colleague_takes_a_case_only_from_a_silent_agent(
    talking: Chat, agents: Agents, world: World
) -> None:
    agents.say("tom", "/take")
    assert "Nadia has this case" in agents.newest()
    world.clock.advance(minutes=6)
    agents.say("tom", "and now?")
    assert "/take makes it yours" in agents.newest()
    agents.say("tom", "/take")
    agents.say("tom", "I am Tom")
    assert talking.say("and?")[-2:] == [
        "Tom takes over from Nadia and answers you from here on. Everything you wrote is there.",
        "I am Tom",
    ]
    agents.say("nadia", "I am back")
    assert talking.say("and?") == [], "one agent at a time"


@pytest.mark.parametrize("name", ["@tommy", "Tom", "tom", "@TOMMY"])
def test_a_case_is_given_to_whoever_is_named(
    talking: Chat, agents: Agents, world: World, name: str
) -> None:
    with world.app.database.write() as uow:
        desk = uow.conversations.ensure(*agents.key)
        uow.handoffs.set_agents(desk, {"nadia": "Nadia", "tom": "Tom"}, {"tom": "tommy"})
    agents.say("nadia", f"/transfer {name}")
    agents.look()
    assert agents.case().agent_id == "tom"
    assert "case 1 is yours now" in "".join(row.text for row in agents.shown[""])


def test_somebody_without_a_handle_is_picked_from_the_list(talking: Chat, agents: Agents) -> None:
    agents.say("nadia", "/transfer Thomas B.", mentioned="tom")
    assert agents.case().agent_id == "tom"


@pytest.mark.parametrize("name", ["", "@nobody", "Eve", "o"])
def test_a_case_is_given_to_nobody_who_is_no_agent(
    talking: Chat, agents: Agents, name: str
) -> None:
    agents.say("nadia", f"/transfer {name}")
    assert agents.case().agent_id == "nadia"
    assert "Agents: Nadia, Tom" in agents.newest()


def test_two_of_one_name_are_not_mixed_up(talking: Chat, agents: Agents) -> None:
    agents.are({"nadia": "Nadia", "tom": "Tom", "tom2": "Tom"})
    agents.say("nadia", "/transfer Tom")
    assert agents.case().agent_id == "nadia"


def test_a_return_that_was_called_off_returns_nothing(talking: Chat, agents: Agents) -> None:
    agents.tap("nadia", "return")
    agents.say("nadia", "/cancel")
    agents.say("nadia", "so, where were we?")
    assert talking.say("and?") == ["so, where were we?"]
    assert talking.row.owner == "agent"
    agents.say("nadia", "/cancel")
    assert "nothing to cancel" in agents.newest()


def test_whoever_goes_on_talking_is_not_waiting_to_return(talking: Chat, agents: Agents) -> None:
    agents.tap("nadia", "return")
    agents.say("nadia", "/more")
    agents.say("nadia", "and the bill?")
    assert talking.row.owner == "agent"
    assert talking.say("and?")[-1] == "and the bill?"


BACK = {
    "en": [
        "back to the bot",
        "Can I go back to the bot?",
        "I'd rather talk to the bot please",
        "/bot",
        "/leave",
    ],
    "fr": [
        "retour au robot",
        "je veux parler au robot",
        "est-ce que je peux revenir au robot?",
        "/bot",
    ],
}


@pytest.mark.parametrize("words", [*BACK["en"], *BACK["fr"]])
def test_the_customer_gets_back_to_the_bot_in_words(
    talking: Chat, agents: Agents, words: str
) -> None:
    talking.say(words)
    assert talking.templates() == ["utter_back_to_bot"]
    assert talking.row.owner == "bot"
    assert "went back to the bot" in agents.topic()
    agents.say("nadia", "wait")
    assert "this case is over" in agents.newest()


@pytest.mark.parametrize(
    "words",
    [
        "the bot told me to write to you",
        "I do not want to talk to the bot",
        "is this the bot?",
        "I went back to the bot yesterday and it did not help",
        "1",
        "just 1, please",
        "hello 1",
        "the first one",
        "la première, s'il vous plaît",
        "cancel",
        "le robot m'a dit de vous écrire",
        "je ne veux pas parler au robot",
    ],
)
def test_words_about_the_bot_are_for_the_agent(talking: Chat, agents: Agents, words: str) -> None:
    assert talking.say(words) == []
    assert talking.row.owner == "agent"
    assert words in agents.topic()


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("/clsoe", "Nadia: there is no command /clsoe, and nothing was passed on. Did you mean"),
        ("/xyzzy", "Nadia: there is no command /xyzzy, and nothing was passed on. /help"),
        ("/delete Léa", "only its holder can"),
        ("/helpp", "Did you mean /help?"),
    ],
)
def test_an_unknown_command_gets_a_hint_that_fits(
    talking: Chat, agents: Agents, typed: str, hint: str
) -> None:
    agents.say("nadia", typed)
    assert hint in agents.newest()
    assert talking.say("and?") == []


def test_an_agent_comes_back_to_the_customer_of_a_closed_case(
    talking: Chat, agents: Agents
) -> None:
    agents.tap("nadia", "close")
    talking.work_off()
    talking.say("5")
    agents.say("tom", "/reopen")
    agents.say("tom", "It works now.")
    assert talking.say("and?") == [
        "Tom comes back to you about your request and answers you from here on.",
        "It works now.",
    ]
    assert "reopen" in [row.kind for row in agents.shown["t1"]]
    talking.say("back to the bot")
    assert talking.row.owner == "bot"


@pytest.mark.parametrize(
    ("ends", "never"),
    [("/close", "I am back"), ("/return", "hands you back"), ("/ban swears", "cannot call")],
)
def test_whoever_comes_back_at_once_is_not_talked_over(
    talking: Chat, agents: Agents, ends: str, never: str
) -> None:
    """The bot is slow: what it had to say of the end is not true any more."""
    agents.say("nadia", ends)
    agents.say("nadia", "/unban")
    agents.say("tom", "/reopen")
    said = " ".join(talking.say("and?"))
    assert "Tom comes back to you" in said
    assert never not in said


def test_the_word_on_what_was_done_is_read_however_soon_somebody_comes_back(
    talking: Chat, agents: Agents
) -> None:
    agents.say("nadia", "/return Your bill is settled.")
    agents.say("tom", "/reopen")
    said = talking.say("and?")
    assert [text for text in said if "Your bill is settled." in text] == said[:1]
    assert "Tom comes back to you" in said[1]


def test_nothing_that_is_no_words_is_called_unread(world: World, agents: Agents) -> None:
    chat = world.chat("42", channel="telegram")
    chat.say("I want to talk to a person")
    agents.tap("nadia", "claim")
    unread = [line for line in agents.topic().split("\n") if "did not get to read" in line]
    assert unread
    assert not any(line.endswith(": ") for line in unread)


def test_a_closed_case_stays_closed_while_its_customer_has_another(
    talking: Chat, agents: Agents
) -> None:
    agents.tap("nadia", "close")
    talking.work_off()
    talking.say("I want to talk to a person")
    agents.say("nadia", "/reopen", "t1")
    assert "another open case" in agents.newest("t1")
    assert talking.row.owner == "queue"


def test_an_old_nothing_to_add_does_nothing_when_nothing_is_asked(
    talking: Chat, agents: Agents
) -> None:
    agents.tap("nadia", "return")
    agents.tap("nadia", "stay")
    agents.tap("nadia", "no_word")
    assert agents.case().status == "claimed"
    assert "not asked for a word any more" in agents.newest()
    agents.tap("nadia", "return")
    agents.tap("nadia", "no_word")
    assert agents.case().outcome == "returned"
