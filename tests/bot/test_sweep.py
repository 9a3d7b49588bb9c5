"""`foyer run` sweeps by itself, and `foyer erase` erases at once."""

import asyncio
from dataclasses import replace

import pytest

from bot.running import background, sweep
from tests.fakes.chats import World
from tests.fakes.operators import Operator
from tests.fakes.records import Records


def secondary(records: Records) -> str:
    return next(str(one.username) for one in records.household().members if one.seat == 2)


def test_the_process_sweeps_while_it_runs(world: World, records: Records) -> None:
    chat = world.chat()
    chat.say("hello")
    world.clock.advance(days=91)

    async def run() -> None:
        async with background(world.app):
            for _ in range(100):
                if not records.rows("SELECT 1 FROM conversation_event"):
                    return
                await asyncio.sleep(0.05)

    asyncio.run(run())
    assert records.rows("SELECT count(*) FROM conversation_event") == [(0,)]
    assert chat.say("hello")


def test_how_long_conversations_are_kept_is_a_setting(world: World, records: Records) -> None:
    world.chat().say("hello")
    settings = world.app.settings.model_copy(update={"conversation_days": 7})
    world.clock.advance(days=8)
    assert not sweep(replace(world.app, settings=settings))
    assert records.rows("SELECT count(*) FROM conversation_event") == [(0,)]


def test_an_operator_erases_a_person(world: World, records: Records, operator: Operator) -> None:
    name = secondary(records)
    asked = operator.foyer("erase", name, typed="n\n")
    assert asked.exit_code == 1
    assert secondary(records) == name
    result = operator.foyer("erase", name, "--yes")
    assert (result.exit_code, result.output[:18]) == (0, "Erased. Receipt F-")
    assert records.rows(f"SELECT count(*) FROM member WHERE username = '{name}'") == [(0,)]


@pytest.mark.parametrize(
    ("name", "said"),
    [("nobody", "Nobody has that user name."), ("diane", "That is an account holder")],
)
def test_who_cannot_be_erased_is_said(
    world: World, records: Records, operator: Operator, name: str, said: str
) -> None:
    before = records.household()
    result = operator.foyer("erase", name, "--yes")
    assert result.exit_code == 1
    assert said in result.output
    assert records.household() == before
