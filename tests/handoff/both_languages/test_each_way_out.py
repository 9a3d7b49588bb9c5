"""Every way out of the hands of an agent, and whatever is not done, is told in both languages."""

from collections.abc import Callable

import pytest

from tests.fakes.agents import Agents
from tests.fakes.chats import Chat
from tests.fakes.phrases import arrives, says, tells

BACK = {"en": "I'd rather talk to the bot please", "fr": "je veux retourner au robot"}
Does = Callable[[Chat, Agents], object]


def rest(chat: Chat, _: Agents) -> None:
    chat.world.clock.advance(minutes=31)
    assert chat.world.app.rests is not None
    chat.world.app.rests.look()


def is_taken(chat: Chat, agents: Agents) -> None:
    chat.world.clock.advance(minutes=6)
    agents.say("tom", "/take")


def is_reopened(chat: Chat, agents: Agents) -> None:
    agents.tap("nadia", "close")
    agents.say("tom", "/reopen")


def writes(*texts: str) -> Does:
    """Nadia writes these, one after the other."""
    return lambda _, agents: [agents.say("nadia", text) for text in texts]


def taps(*buttons: str) -> Does:
    """Nadia taps these, one after the other."""

    def does(_: Chat, agents: Agents) -> None:
        for button in buttons:
            agents.tap("nadia", button)

    return does


def back_in_words(chat: Chat, _: Agents) -> None:
    chat.say(BACK[chat.row.language or ""])


WAYS_OUT: dict[str, tuple[Does, str, str | None]] = {
    "released": (writes("/release"), "released", "utter_handoff_released"),
    "rested": (rest, "rested", "utter_handoff_released"),
    "transferred": (writes("/transfer Tom"), "transferred", "utter_agent_transferred"),
    "taken": (is_taken, "taken", "utter_agent_taken"),
    "left, in words": (back_in_words, "left_agent", "utter_back_to_bot"),
    "left, by a command": (lambda chat, _: chat.say("/bot"), "left_agent", "utter_back_to_bot"),
    "returned": (writes("/return OK"), "returned", "utter_handoff_returned"),
    "returned, asked": (taps("return", "no_word"), "returned", "utter_handoff_returned"),
    "called off": (lambda *who: (taps("return")(*who), writes("/cancel")(*who)), "stays", None),
    "closed": (taps("close"), "closed", "utter_handoff_closed"),
    "banned": (writes("/ban !"), "banned", "utter_handoff_banned"),
    "unbanned": (writes("/ban !", "/unban"), "unbanned", "utter_handoff_unbanned"),
    "reopened": (is_reopened, "claimed", "utter_agent_reopened"),
    "with the bot": (taps("offer:create_user"), "offered", "utter_with_the_bot"),
}


@pytest.mark.parametrize("way", WAYS_OUT)
def test_every_way_out_is_told_to_both_sides(
    talking: Chat, agents: Agents, language: str, way: str
) -> None:
    out, told, said = WAYS_OUT[way]
    out(talking, agents)
    talking.work_off()
    assert tells(agents, told)
    read = arrives(talking)
    assert says(talking.world.app, said, language, read) if said else not read


HINTS = {
    "/clsoe": "misspelt_command",
    "/xyzzy": "unknown_command",
    "@bot ?": "cannot_change",
    "/transfer @nobody": "transfer_whom",
    "/transfer Nadia": "yours_already",
    "/cancel": "nothing_to_cancel",
    "/reopen": "still_open",
    "/unban": "not_banned",
    "/ban": "ban_why",
    "/followup": "follow_up_when",
    "// @nobody": "named_nobody",
}


@pytest.mark.parametrize("typed", HINTS)
def test_whatever_is_not_done_is_told_to_whoever_asked(
    talking: Chat, agents: Agents, typed: str
) -> None:
    agents.say("nadia", typed)
    assert tells(agents, HINTS[typed])
    assert arrives(talking) == ""


@pytest.mark.parametrize(("who", "hint"), [("eve", "not_agent"), ("tom", "others_case")])
def test_who_may_not_speak_is_told(talking: Chat, agents: Agents, who: str, hint: str) -> None:
    agents.say(who, "ok")
    assert tells(agents, hint)
    assert arrives(talking) == ""
