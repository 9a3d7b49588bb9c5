"""A chat that is flooded: its messages wait, none is lost, others notice nothing."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import SecretStr

from bot.faces import web_app
from storage.limits import REFUSED_TOKENS
from tests.fakes.chats import Chat, World
from tests.fakes.worlds import on_database

BURST = 40
TOKEN = "a token that only tests have"
WEBHOOK = "/webhooks/rest/webhook"


@pytest.fixture
def flooding(world: World) -> Chat:
    """Sixty messages at once, worked off as far as it goes."""
    chat = world.chat("flooding", channel="telegram")
    for number in range(60):
        chat.receive_text(f"hello {number}")
    chat.work_off()
    return chat


def heard(chat: Chat) -> list[str]:
    with chat.world.app.database.read() as uow:
        events = uow.conversations.events(chat.row.id)
    return [event["text"] for event in events if event["event"] == "user"]


def told_to_wait(chat: Chat) -> int:
    with chat.world.app.database.read() as uow:
        row = uow.chat_outbox
        said = row._connection.exec_driver_sql(
            "SELECT count(*) FROM outbox WHERE template = 'utter_slow_down'"
        )
        return int(said.scalar_one())


def test_what_comes_too_fast_is_worked_off_later_whole_and_in_order(flooding: Chat) -> None:
    assert len(heard(flooding)) == BURST
    for second in range(1, 21):
        flooding.world.clock.advance(seconds=1)
        flooding.work_off()
        assert len(heard(flooding)) == BURST + second
    assert heard(flooding) == [f"hello {number}" for number in range(60)]


def test_the_person_is_told_once_and_again_only_when_it_has_been_quiet(flooding: Chat) -> None:
    assert told_to_wait(flooding) == 1
    for _ in range(30):
        flooding.world.clock.advance(seconds=1)
        flooding.receive_text("more")
        flooding.work_off()
    assert told_to_wait(flooding) == 1
    flooding.world.clock.advance(minutes=5)
    flooding.work_off()
    for _ in range(100):
        flooding.receive_text("again")
    flooding.work_off()
    assert told_to_wait(flooding) == 2


def test_others_notice_nothing(flooding: Chat) -> None:
    bystander = flooding.world.chat("bystander", channel="telegram")
    assert bystander.say("how many users can I have?")


def test_another_process_keeps_the_same_pace(flooding: Chat) -> None:
    """The bucket is in the database, and survives a restart."""
    app = flooding.world.app
    elsewhere = on_database(
        app,
        app.settings.database_url,
        flooding.world.clock,
        app.database._transaction.keywords["keys"],
    )
    Chat(
        World(elsewhere, flooding.world.clock), "flooding", "flooding", channel="telegram"
    ).work_off()
    elsewhere.database.close()
    assert len(heard(flooding)) == BURST


def test_a_notice_takes_nothing_from_the_persons_allowance(world: World) -> None:
    chat = world.chat("noticed", channel="telegram")
    for number in range(BURST):
        chat.receive_text(f"hello {number}")
    chat.work_off()
    conversation = chat.row
    with world.app.database.write() as uow:
        uow.chat_events.put(conversation.id, "pattern_help", {})
    chat.work_off()
    assert chat.row.paced_until == conversation.paced_until


def test_at_the_machine_itself_nobody_has_to_wait(world: World) -> None:
    chat = world.chat("at home", channel="terminal")
    for _ in range(3 * BURST):
        chat.receive_text("hello")
    chat.work_off()
    assert len(heard(chat)) == 3 * BURST


async def posted(world: World, *bodies: dict[str, Any], token: str = TOKEN) -> list[httpx.Response]:
    """Post to the REST channel, all at once."""
    settings = world.app.settings.model_copy(update={"api_token": SecretStr(TOKEN)})
    transport = httpx.ASGITransport(web_app(replace(world.app, settings=settings)))
    headers = {"Authorization": f"Bearer {token}"}
    async with httpx.AsyncClient(
        transport=transport, base_url="http://localhost", headers=headers
    ) as client:
        return await asyncio.gather(*(client.post(WEBHOOK, json=body) for body in bodies))


def said(sender: str, numbers: Sequence[int]) -> list[dict[str, Any]]:
    return [{"sender": sender, "message": "hello", "message_id": str(n)} for n in numbers]


def statuses(answers: Sequence[httpx.Response]) -> list[int]:
    return [answer.status_code for answer in answers]


def test_over_rest_a_sender_who_is_too_fast_is_asked_to_come_again(world: World) -> None:
    first = asyncio.run(posted(world, *said("s1", range(70))))
    assert sorted(statuses(first)) == [200] * BURST + [429] * 30
    refused = next(answer for answer in first if answer.status_code == 429)
    assert int(refused.headers["retry-after"]) == 1
    assert statuses(asyncio.run(posted(world, *said("s2", range(BURST))))) == [200] * BURST
    world.clock.advance(seconds=3)
    later = asyncio.run(posted(world, *said("s1", range(100, 110))))
    assert sorted(statuses(later)) == [200] * 3 + [429] * 7


def test_over_rest_a_copy_of_what_was_answered_is_answered_again_however_fast(world: World) -> None:
    first = asyncio.run(posted(world, *said("s1", range(BURST))))
    again = asyncio.run(posted(world, *said("s1", range(BURST))))
    assert statuses(again) == [200] * BURST
    assert [answer.json() for answer in again] == [answer.json() for answer in first]


def test_over_rest_what_was_refused_is_not_kept_and_can_be_sent_again(world: World) -> None:
    asyncio.run(posted(world, *said("s1", range(BURST))))
    [refused] = asyncio.run(posted(world, *said("s1", [BURST])))
    assert refused.status_code == 429
    world.clock.advance(seconds=1)
    [answered] = asyncio.run(posted(world, *said("s1", [BURST])))
    assert answered.status_code == 200
    assert answered.json()


def test_wrong_tokens_are_held_off_and_the_right_one_is_not(world: World, tmp_path: Path) -> None:
    body = said("s1", [1])[0]
    wrong = asyncio.run(posted(world, *[body] * REFUSED_TOKENS, token="wrong"))
    assert statuses(wrong) == [401] * REFUSED_TOKENS
    [held_off] = asyncio.run(posted(world, body, token="wrong"))
    assert held_off.status_code == 429
    assert 0 < int(held_off.headers["retry-after"]) <= 60
    assert statuses(asyncio.run(posted(world, body))) == [200]
    world.clock.advance(seconds=61)
    assert statuses(asyncio.run(posted(world, body, token="wrong"))) == [401]
