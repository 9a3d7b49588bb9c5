"""An agent goes home, hands over, or changes their mind; a customer has enough: nobody is left."""

import pytest

from tests.fakes.agents import Agents
from tests.fakes.chats import Chat, World
from tests.fakes.phrases import PERSON, in_words, says, tells

THERE = {"en": "are you there?", "fr": "êtes-vous là?"}
BACK = {
    "en": (
        "back to the bot",
        "Can I go back to the bot?",
        "I'd rather talk to the bot please",
        "/bot",
        "/leave",
    ),
    "fr": (
        "retour au robot",
        "je veux parler au robot",
        "est-ce que je peux revenir au robot?",
        "/bot",
        "/leave",
    ),
}
ABOUT_THE_BOT = {
    "en": (
        "the bot told me to write to you",
        "I do not want to talk to the bot",
        "is this the bot?",
        "I went back to the bot yesterday and it did not help",
        "1",
        "just 1, please",
        "hello 1",
        "the first one",
        "cancel",
    ),
    "fr": (
        "le robot m'a dit de vous écrire",
        "je ne veux pas parler au robot",
        "c'est-tu le robot ça?",
        "je suis retourné au robot hier pis ça n'a rien donné",
        "1",
        "juste le 1 svp",
        "allo 1",
        "la première, s'il vous plaît",
        "annule",
    ),
}


def rest(world: World, minutes: int) -> None:
    world.clock.advance(minutes=minutes)
    assert world.app.rests is not None
    world.app.rests.look()


def told(chat: Chat, said: list[str], response: str, language: str) -> bool:
    return says(chat.world.app, response, language, "\n".join(said))


def test_a_claim_that_rests_goes_back_to_the_queue_and_both_are_told(
    chat: Chat, agents: Agents, world: World, language: str
) -> None:
    chat.say(PERSON[language])
    agents.tap("nadia", "claim")
    rest(world, 29)
    assert chat.row.owner == "agent"
    rest(world, 1)
    assert chat.row.owner == "queue"
    assert in_words(agents, "rested", agent="Nadia") in agents.topic()
    assert agents.card().buttons[0]["title"] == in_words(agents, "button_claim")
    said = chat.say(THERE[language])
    assert told(chat, said, "utter_handoff_released", language)
    assert told(chat, said, "utter_handoff_place", language)
    agents.tap("tom", "claim")
    assert chat.row.owner == "agent"


def test_an_agent_who_does_something_keeps_the_case(
    attended: Chat, agents: Agents, world: World
) -> None:
    for word in ("24 $?", "// 24 $!", "/more"):
        rest(world, 20)
        agents.say("nadia", word)
    rest(world, 20)
    assert attended.row.owner == "agent"


def test_a_case_does_not_stay_mute_at_night_when_its_agent_has_gone_home(
    attended: Chat, agents: Agents, world: World, language: str
) -> None:
    agents.say("nadia", "24 $?")
    rest(world, 60 * 12)
    assert attended.row.owner == "queue"
    said = attended.say(THERE[language])
    assert told(attended, said, "utter_handoff_closed_now", language)


def test_a_colleague_takes_a_case_only_from_a_silent_agent(
    attended: Chat, agents: Agents, world: World, language: str
) -> None:
    agents.say("tom", "/take")
    assert agents.newest() == in_words(agents, "others_case", agent="Nadia")
    world.clock.advance(minutes=6)
    agents.say("tom", "24 $?")
    assert agents.newest() == in_words(agents, "others_case_silent", agent="Nadia")
    agents.say("tom", "/take")
    agents.say("tom", "25 $")
    taken, words = attended.say("?")[-2:]
    assert told(attended, [taken], "utter_agent_taken", language)
    assert words == "25 $"
    agents.say("nadia", "26 $")
    assert attended.say("?") == [], "one agent at a time"


@pytest.mark.parametrize("name", ["@tommy", "Tom", "tom", "@TOMMY", "töm"])
@pytest.mark.usefixtures("attended")
def test_a_case_is_given_to_whoever_is_named(agents: Agents, world: World, name: str) -> None:
    with world.app.database.write() as uow:
        desk = uow.conversations.ensure(*agents.key)
        uow.handoffs.set_agents(desk, {"nadia": "Nadia", "tom": "Tom"}, {"tom": "tommy"})
    agents.say("nadia", f"/transfer {name}")
    agents.look()
    assert agents.case().agent_id == "tom"
    yours = in_words(agents, "ping_transferred", agent="Tom", number=1, before="Nadia")
    assert yours in "".join(row.text for row in agents.shown[""])


@pytest.mark.usefixtures("attended")
def test_somebody_without_a_handle_is_picked_from_the_list(agents: Agents) -> None:
    agents.say("nadia", "/transfer Thomas B.", mentioned="tom")
    assert agents.case().agent_id == "tom"


@pytest.mark.parametrize("name", ["", "@nobody", "Eve", "o"])
@pytest.mark.usefixtures("attended")
def test_a_case_is_given_to_nobody_who_is_no_agent(agents: Agents, name: str) -> None:
    agents.say("nadia", f"/transfer {name}")
    assert agents.case().agent_id == "nadia"
    assert tells(agents, "transfer_whom")
    assert "Nadia, Tom" in agents.newest()


@pytest.mark.usefixtures("attended")
def test_two_of_one_name_are_not_mixed_up(agents: Agents) -> None:
    agents.are({"nadia": "Nadia", "tom": "Tom", "tom2": "Tom"})
    agents.say("nadia", "/transfer Tom")
    assert agents.case().agent_id == "nadia"


@pytest.mark.usefixtures("attended")
def test_of_two_whose_names_differ_by_an_accent_the_one_is_meant_who_is_written(
    agents: Agents,
) -> None:
    agents.are({"nadia": "Nadia", "zoe": "Zoe Roy", "zoé": "Zoé Roy"})
    agents.say("nadia", "/transfer Zoé")
    assert agents.case().agent_id == "zoé"


def test_a_return_that_was_called_off_returns_nothing(attended: Chat, agents: Agents) -> None:
    agents.tap("nadia", "return")
    agents.say("nadia", "/cancel")
    agents.say("nadia", "24 $?")
    assert attended.say("?") == ["24 $?"]
    assert attended.row.owner == "agent"
    agents.say("nadia", "/cancel")
    assert agents.newest() == in_words(agents, "nothing_to_cancel")


def test_whoever_goes_on_talking_is_not_waiting_to_return(attended: Chat, agents: Agents) -> None:
    agents.tap("nadia", "return")
    agents.say("nadia", "/more")
    agents.say("nadia", "24 $?")
    assert attended.row.owner == "agent"
    assert attended.say("?")[-1] == "24 $?"


@pytest.mark.parametrize("nth", range(5))
def test_the_customer_gets_back_to_the_bot_in_words(
    attended: Chat, agents: Agents, language: str, nth: int
) -> None:
    said = attended.say(BACK[language][nth])
    assert told(attended, said, "utter_back_to_bot", language)
    assert attended.row.owner == "bot"
    assert in_words(agents, "left_agent") in agents.topic()
    agents.say("nadia", "24 $?")
    assert agents.newest() == in_words(agents, "case_closed")


@pytest.mark.parametrize("nth", range(9))
def test_words_about_the_bot_are_for_the_agent(
    attended: Chat, agents: Agents, language: str, nth: int
) -> None:
    words = ABOUT_THE_BOT[language][nth]
    assert attended.say(words) == []
    assert attended.row.owner == "agent"
    assert words in agents.topic()


@pytest.mark.parametrize(
    ("typed", "hint", "meant"),
    [
        ("/clsoe", "misspelt_command", "/close?"),
        ("/helpp", "misspelt_command", "/help?"),
        ("/xyzzy", "unknown_command", "/help"),
        ("/delete Léa", "cannot_change", ""),
    ],
)
def test_an_unknown_command_gets_a_hint_that_fits(
    attended: Chat, agents: Agents, typed: str, hint: str, meant: str
) -> None:
    agents.say("nadia", typed)
    assert tells(agents, hint)
    assert meant in agents.newest()
    assert attended.say("?") == []


def test_an_agent_comes_back_to_the_customer_of_a_closed_case(
    attended: Chat, agents: Agents, language: str
) -> None:
    agents.tap("nadia", "close")
    attended.work_off()
    attended.say("5")
    agents.say("tom", "/reopen")
    agents.say("tom", "24 $!")
    again, words = attended.say("?")
    assert told(attended, [again], "utter_agent_reopened", language)
    assert words == "24 $!"
    assert "reopen" in [row.kind for row in agents.shown["t1"]]
    attended.say(BACK[language][0])
    assert attended.row.owner == "bot"


@pytest.mark.parametrize(
    ("ends", "never"),
    [
        ("/close", "utter_handoff_closed"),
        ("/return", "utter_handoff_returned"),
        ("/ban !", "utter_handoff_banned"),
    ],
)
def test_whoever_comes_back_at_once_is_not_talked_over(
    attended: Chat, agents: Agents, language: str, ends: str, never: str
) -> None:
    """The bot is slow: what it had to say of the end is not true any more."""
    agents.say("nadia", ends)
    agents.say("nadia", "/unban")
    agents.say("tom", "/reopen")
    said = attended.say("?")
    assert told(attended, said, "utter_agent_reopened", language)
    assert not told(attended, said, never, language)


def test_the_word_on_what_was_done_is_read_however_soon_somebody_comes_back(
    attended: Chat, agents: Agents, language: str
) -> None:
    agents.say("nadia", "/return 24 $.")
    agents.say("tom", "/reopen")
    said = attended.say("?")
    assert [text for text in said if "24 $." in text] == said[:1]
    assert told(attended, said[:1], "utter_handoff_returned", language)
    assert told(attended, said[1:], "utter_agent_reopened", language)


def test_nothing_that_is_no_words_is_called_unread(queued: Chat, agents: Agents) -> None:
    agents.tap("nadia", "claim")
    head = in_words(agents, "superseded", text="")
    unread = [line for line in agents.topic().split("\n") if line.startswith(head.strip())]
    assert unread
    assert not any(line.strip() == head.strip() for line in unread)
    assert queued.row.owner == "agent"


def test_a_closed_case_stays_closed_while_its_customer_has_another(
    attended: Chat, agents: Agents, language: str
) -> None:
    agents.tap("nadia", "close")
    attended.work_off()
    attended.say(PERSON[language])
    agents.say("nadia", "/reopen", "t1")
    assert agents.newest("t1") == in_words(agents, "has_another_case")
    assert attended.row.owner == "queue"


@pytest.mark.usefixtures("attended")
def test_an_old_nothing_to_add_does_nothing_when_nothing_is_asked(agents: Agents) -> None:
    agents.tap("nadia", "return")
    agents.tap("nadia", "stay")
    agents.tap("nadia", "no_word")
    assert agents.case().status == "claimed"
    assert agents.newest() == in_words(agents, "nothing_asked")
    agents.tap("nadia", "return")
    agents.tap("nadia", "no_word")
    assert agents.case().outcome == "returned"
