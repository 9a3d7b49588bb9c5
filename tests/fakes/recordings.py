"""Recorded conversations, in Rasa's end-to-end form, and a player for them.

test_cases:
  - test_case: what happens, as a sentence
    steps:
      - user: what the person types     ({code} is the code of the newest mail)
        times: how often the text stands in the message (1 unless said)
      - tap: how a button begins
      - old: how a button of any earlier message begins
        as: whose chat it is, where more than one person talks
        wait: minutes that pass before
      - bot: the whole reply; … stands for any words
      - utter: the name of the response instead of its words
      - mail: activation to marie@example.com
      - has_passkey: diane                 from now on, by user name
      - passkey: diane                     uses it on the page that the chat was led to last
      - agent: what Nadia, an agent, types in the topic of the case
      - agent_tap: the payload of a button that she taps there
      - topic: words that stand in the topic then; … stands for any words
      - access: {hugo: [view_invoice, pay_bill]}      what there is now, by user name
      - profile: {hugo: Hugo Tremblay <hugo@example.com>, lea: locked}
      - people: [Diane Tremblay, Hugo Tremblay]       who is on the account of Diane now
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.channels.telegram.formatting import as_html
from tests.fakes.chats import Chat, World
from tests.fakes.passkeys import URL, give_passkey, use_passkey
from tests.fakes.tdlib import has_tdlib, visible
from tests.fakes.yaml_files import read_yaml

FOLDER = Path(__file__).parent.parent / "conversations"
STAFFED = "handoff_with_agents"
"""The folder of the conversations in which agents are connected."""
DOES = {"user", "tap", "old", "has_passkey", "passkey", "agent", "agent_tap"}
SAYS = {"bot", "utter"}

Step = dict[str, Any]


def cases(*, with_agents: bool = False) -> Iterator[Any]:
    """Every recorded conversation without agents, or with them, as a parameter of a test."""
    for path in sorted(FOLDER.rglob("*.yml")):
        if (path.parent.name == STAFFED) != with_agents:
            continue
        for case in read_yaml(path)["test_cases"]:
            name = f"{path.parent.name}/{path.stem}: {case['test_case']}"
            yield pytest.param(case["steps"], id=name)


def play(steps: list[Step], world: World) -> Iterator[tuple[Chat, list[Step]]]:
    """Do what the people do, and after each turn hand out its chat and its steps."""
    chats: dict[str, Chat] = {}
    buttons: dict[str, list[dict[str, str]]] = {}
    for turn in turns(steps):
        name = turn[0].get("as", "chat-1")
        chat = chats.setdefault(name, world.chat(name))
        seen = buttons.setdefault(name, [])
        perform(turn[0], chat, seen)
        seen += [button for reply in chat.replies for button in reply.buttons]
        yield chat, turn


def turns(steps: list[Step]) -> Iterator[list[Step]]:
    """Part the steps where somebody does something."""
    turn: list[Step] = []
    for step in steps:
        if DOES & step.keys() and turn:
            yield turn
            turn = []
        turn.append(step)
    yield turn


def perform(step: Step, chat: Chat, buttons: list[dict[str, str]]) -> None:
    chat.world.clock.advance(minutes=step.get("wait", 0))
    if "has_passkey" in step:
        give(chat.world, step["has_passkey"])
    elif "passkey" in step:
        use(chat, step["passkey"])
    elif "tap" in step:
        chat.tap(step["tap"])
    elif "old" in step:
        chosen = [one["payload"] for one in buttons if one["title"].startswith(step["old"])]
        chat.post(chosen[-1])
    else:
        text = str(step["user"]) * step.get("times", 1)
        chat.say(text.replace("{code}", chat.world.code()) if "{code}" in text else text)


def give(world: World, username: str) -> None:
    give_passkey(world.app.database, member_id(world, username))


def use(chat: Chat, username: str) -> None:
    """On the page; in the chat nothing is said meanwhile."""
    database, led = chat.world.app.database, "\n".join(str(reply.text) for reply in chat.replies)
    token = re.findall(rf"{re.escape(URL)}(\w+)", led)[-1]
    with database.read() as uow:
        [used, *_] = uow.passkeys.of(member_id(chat.world, username))
    use_passkey(database, token, used)
    chat.replies = []


def member_id(world: World, username: str) -> int:
    with world.app.database.read() as uow:
        known = uow.sign_in.candidate(username).member_id
    assert known is not None
    return known


def says_what_is_written(chat: Chat, turn: list[Step]) -> None:
    """Not one reply more and not one less, and each as Telegram's own parser lets it be seen."""
    expected = [step for step in turn[1:] if SAYS & step.keys()]
    said = [(reply.template, reply.text or "") for reply in chat.replies]
    assert len(said) == len(expected), f"after {turn[0]}: {said}"
    for (template, text), step in zip(said, expected, strict=True):
        assert fits(step, template, text), f"after {turn[0]}: {step} but {template}: {text}"
        if has_tdlib:
            telegram_shows(text)


def telegram_shows(text: str) -> None:
    """Whether a reader on Telegram sees what was said, all of it and nothing else."""
    messages = [visible(message) for message in as_html(text)]
    assert messages
    assert "\n\n".join(messages) == re.sub("^- ", "• ", text.strip(), flags=re.MULTILINE)


def fits(step: Step, template: str, text: str) -> bool:
    """Whether a reply is the one that is written down."""
    if "utter" in step:
        return bool(step["utter"] == template)
    return re.fullmatch(pattern(step["bot"]), typed(text), re.DOTALL) is not None


def pattern(written: Any) -> str:
    return ".*".join(map(re.escape, typed(str(written)).split("…")))


def typed(text: str) -> str:
    """Without the no-break spaces that nobody sees."""
    return text.replace("\N{NO-BREAK SPACE}", " ").strip()
