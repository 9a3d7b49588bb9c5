"""Plays the recorded conversations, in Rasa's end-to-end form.

    test_cases:
      - test_case: what happens, as a sentence
        steps:
          - user: what the person types     ({code} is the code of the newest mail)
            times: how often the text stands in the message (1 unless said)
          - tap: how a button begins
          - old: how a button of any earlier message begins
          - bot: the whole reply; … stands for any words
          - utter: the name of the response instead of its words
          - mail: activation to marie@example.com
          - wait: minutes that pass

The replies of a turn must be exactly those written down: not one more, not one less.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.fakes.chats import Chat, World

FOLDER = Path(__file__).parent.parent / "conversations"
SAYS = {"bot", "utter"}
DOES = {"user", "tap", "old"}


def cases() -> Iterator[Any]:
    for path in sorted(FOLDER.rglob("*.yml")):
        for case in yaml.safe_load(path.read_text("utf-8"))["test_cases"]:
            name = f"{path.parent.name}/{path.stem}: {case['test_case']}"
            yield pytest.param(case["steps"], id=name)


@pytest.mark.parametrize("steps", list(cases()))
def test_the_conversation_goes_as_recorded(steps: list[dict[str, Any]], world: World) -> None:
    chat = world.chat()
    buttons: list[dict[str, str]] = []
    for turn in turns(steps):
        perform(turn[0], chat, buttons)
        buttons += [button for reply in chat.replies for button in reply.buttons]
        expected = [step for step in turn[1:] if SAYS & step.keys()]
        said = [(reply.template, reply.text or "") for reply in chat.replies]
        assert len(said) == len(expected), f"after {turn[0]}: {said}"
        for (template, text), step in zip(said, expected, strict=True):
            assert fits(step, template, text), f"after {turn[0]}: {step} but {template}: {text}"
        mails = [step["mail"] for step in turn if "mail" in step]
        sent = [f"{row.template} to {row.recipient}" for row in world.collect_mails()]
        assert [mail for mail in mails if mail not in sent] == [], sent


def turns(steps: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """Part the steps where the person does something."""
    turn: list[dict[str, Any]] = []
    for step in steps:
        if DOES & step.keys() and turn:
            yield turn
            turn = []
        turn.append(step)
    yield turn


def perform(step: dict[str, Any], chat: Chat, buttons: list[dict[str, str]]) -> None:
    chat.world.clock.advance(minutes=step.get("wait", 0))
    if "tap" in step:
        chat.tap(step["tap"])
    elif "old" in step:
        chosen = [one["payload"] for one in buttons if one["title"].startswith(step["old"])]
        chat.post(chosen[-1])
    else:
        text = str(step["user"]) * step.get("times", 1)
        chat.say(text.replace("{code}", chat.world.code()) if "{code}" in text else text)


def fits(step: dict[str, Any], template: str, text: str) -> bool:
    if "utter" in step:
        return bool(step["utter"] == template)
    wanted = ".*".join(map(re.escape, typed(str(step["bot"])).split("…")))
    return re.fullmatch(wanted, typed(text), re.DOTALL) is not None


def typed(text: str) -> str:
    """Without the no-break spaces that nobody sees."""
    return text.replace("\N{NO-BREAK SPACE}", " ").strip()
