"""Plays the recorded conversations with agents (`tests/fakes/recordings.py`)."""

import re

import pytest

from tests.fakes.agents import Agents
from tests.fakes.chats import Chat
from tests.fakes.recordings import (
    Step,
    cases,
    pattern,
    perform,
    says_what_is_written,
    turns,
    typed,
)


@pytest.mark.parametrize("steps", list(cases(with_agents=True)))
def test_the_case_goes_as_recorded(steps: list[Step], chat: Chat, agents: Agents) -> None:
    buttons: list[dict[str, str]] = []
    for turn in turns(steps):
        if {"agent", "agent_tap"} & turn[0].keys():
            act(turn[0], agents)
            chat.work_off()
        else:
            perform(turn[0], chat, buttons)
            buttons += [button for reply in chat.replies for button in reply.buttons]
            says_what_is_written(chat, turn)
        for step in turn:
            if "topic" in step:
                topic = typed(agents.topic())
                assert re.search(pattern(step["topic"]), topic, re.DOTALL), f"{step}: {topic}"


def act(step: Step, agents: Agents) -> None:
    if "agent" in step:
        agents.say("nadia", step["agent"])
    else:
        agents.tap("nadia", step["agent_tap"])
