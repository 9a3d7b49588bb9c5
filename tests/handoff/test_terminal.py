"""The demo's other side: `/agent` in the terminal."""

import asyncio
import io
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest
import yaml

from bot.app import App
from bot.channels.terminal.desk import DESK, TerminalDesk
from bot.faces import terminal_chat
from intents.parser import Parser
from storage.keys import Keys
from tests.fakes.clock import ManualClock
from tests.fakes.worlds import product_on, world_of


@pytest.fixture(scope="module")
def demonstration(parser: Parser, sqlite_template: Path) -> App:
    """The product with the agents' desk of the terminal."""
    return product_on(sqlite_template, parser, DESK)


@pytest.fixture
def demo(demonstration: App, home_url: str, clock: ManualClock, keys: Keys) -> Iterator[App]:
    with world_of(demonstration, home_url, clock, keys) as world:
        yield world.app


def talk(demo: App, *lines: str) -> str:
    """What the terminal shows when these lines are typed."""
    texts = yaml.safe_load(files("bot").joinpath("demo.yml").read_text("utf-8"))
    channel = terminal_chat(demo, "demo", TerminalDesk(demo.answers, texts))
    screen = io.StringIO()
    typed = io.StringIO("".join(f"{line}\n" for line in lines))
    asyncio.run(channel.chat(typed, screen, _nothing))
    return screen.getvalue()


async def _nothing() -> None:
    """After a turn there is nothing else to show."""


def test_both_sides_of_a_case_are_seen_in_one_terminal(demo: App) -> None:
    shown = talk(
        demo,
        "I want to talk to a person",
        "/agent",
        "1",
        "Hello from the other side",
        "// private",
        "/customer",
        "my tv is broken",
        "/agent",
        "/close",
        "/customer",
        "5",
    )
    wanted = [
        "number 1 in the queue",
        "Case 1: waits for an agent",
        "[1] Claim",
        "Nadia has joined",
        "Hello from the other side",
        "👤 my tv is broken",
        "Nadia has closed the conversation",
        "Thank you, I have noted that",
    ]
    places = [shown.index(part) for part in wanted]
    assert places == sorted(places)
    assert "private" not in shown.replace("private note", "")


def test_the_holder_does_it_with_the_bot_in_the_terminal_too(demo: App) -> None:
    shown = talk(demo, "person", "/agent", "1", "/do", "1", "/customer", "1", "cancel")
    assert "Nadia cannot change anything on an account" in shown
    assert "Do it with the bot: Add a person" in shown
    assert "I hand you back to Nadia" in shown


def test_the_agent_of_the_terminal_has_the_commands_of_the_group(demo: App) -> None:
    shown = talk(
        demo,
        "person",
        "/agent",
        "/cases",
        "/claim",
        "/release",
        "/find person",
        "/clsoe",
        "/customer",
        "hello",
    )
    wanted = [
        "• 1 · ",
        "Nadia has joined",
        "back into the queue",
        "Did you mean /close?",
        "Nadia cannot go on right now",
    ]
    assert [part for part in wanted if part not in shown] == []


def test_the_agent_of_the_terminal_is_on_call_writes_replies_and_bans(demo: App) -> None:
    shown = talk(
        demo,
        "person",
        "/agent",
        "/oncall",
        "/canned promo = Half price, says {agent}.",
        "/claim",
        "/promo",
        "// @Nadia never mind",
        "/ban swears",
        "/customer",
        "person",
    )
    wanted = [
        "Nadia is on call from now on",
        "/promo is kept",
        "Half price, says Nadia.",
        "Nadia has ended the case",
        "Nadia has ended the conversation",
        "I cannot call a person to this chat until",
    ]
    places = [shown.index(part) for part in wanted]
    assert places == sorted(places)
    assert "never mind" not in shown
