"""The Bot API of the tests: its faults, its webhook, and the shapes of its updates."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
from aiohttp import web
from telegram import Bot, BotCommand, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.error import (
    BadRequest,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TimedOut,
)
from telegram.request import HTTPXRequest

from tests.fakes.telegram.faults import Fault
from tests.fakes.telegram.server import TOKEN, BotApi
from tests.fakes.telegram.strange import strange_updates
from tests.fakes.telegram.updates import SECRET_HEADER
from tests.fakes.telegram.user import TelegramUser, group

Work = Callable[[Bot], Awaitable[Any]]


@pytest.fixture(autouse=True)
def durations(monkeypatch: pytest.MonkeyPatch) -> None:
    """As the library's next version gives them: its warning is an error here."""
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


@pytest.fixture
def api() -> Iterator[BotApi]:
    with BotApi() as running:
        yield running


@pytest.fixture
def zoe(api: BotApi) -> TelegramUser:
    return TelegramUser(api, 42, first_name="Zoé", language="fr")


def with_bot(api: BotApi, work: Work) -> Any:
    """What `work` returns, done with a bot of this API."""

    async def run() -> Any:
        polling = HTTPXRequest(connection_pool_size=2)  # of one, a second poll only queues
        async with Bot(TOKEN, base_url=f"{api.url}/bot", get_updates_request=polling) as bot:
            return await work(bot)

    return asyncio.run(run())


def send(text: str, chat_id: int = 42, **rest: Any) -> Work:
    return lambda bot: bot.send_message(chat_id, text, **rest)


def keyboard(data: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton("Yes, add", callback_data=data)]])


def test_a_bot_that_does_not_wait_is_counted(api: BotApi, zoe: TelegramUser) -> None:
    leo = TelegramUser(api, 43)
    api.faults.plan(Fault.TOO_MANY, chat_id=42, retry_after=60)
    for _ in range(2):
        with pytest.raises(RetryAfter):
            with_bot(api, send("hello"))
    with_bot(api, send("hello", 43))
    assert (api.faults.impatient, zoe.texts, leo.texts) == (1, [], ["hello"])
    api.faults.plan(Fault.TOO_MANY, retry_after=60)
    for chat_id in (43, 44):
        with pytest.raises(RetryAfter):
            with_bot(api, send("hello", chat_id))
    api.faults.forget()
    with_bot(api, send("hello"))
    assert (api.faults.impatient, zoe.texts) == (2, ["hello"])


@pytest.mark.parametrize(
    ("fault", "error", "arrives"),
    [
        (Fault.ERROR, NetworkError, False),
        (Fault.BAD_GATEWAY, NetworkError, False),
        (Fault.DELIVERED_BUT_SILENT, TimedOut, True),
        (Fault.DELIVERED_BUT_CUT, NetworkError, True),
        (Fault.CUT, NetworkError, False),
    ],
)
def test_a_message_may_or_may_not_have_arrived(
    api: BotApi,
    zoe: TelegramUser,
    fault: Fault,
    error: type[Exception],
    arrives: bool,
) -> None:
    api.faults.plan(fault)
    with pytest.raises(error):
        with_bot(api, send("hello", read_timeout=0.5))
    assert zoe.texts == ["hello"] * arrives
    with_bot(api, send("again"))
    assert zoe.texts[-1] == "again"


def test_other_methods_tokens_and_words_are_refused(api: BotApi, zoe: TelegramUser) -> None:
    async def work(bot: Bot) -> None:
        assert (await bot.get_me()).username == "foyer_test_bot"
        await bot.send_chat_action(42, "typing")
        await bot.set_my_commands([BotCommand("start", "Begin")], language_code="fr")
        with pytest.raises(BadRequest, match=r"(?i)action"):
            await bot.send_chat_action(42, "dancing")
        with pytest.raises(BadRequest, match=r"(?i)command_invalid"):
            await bot.set_my_commands([BotCommand("Start!", "Begin")])
        with pytest.raises(InvalidToken):
            await bot.send_dice(42)

    with_bot(api, work)
    assert zoe.chat.actions == ["typing"]
    assert api.methods.profile.commands == {("default", "fr"): [("start", "Begin")]}
    assert httpx.get(f"{api.url}/bot1:abc/getMe").status_code == 401


def test_parameters_may_come_as_json_form_or_query(api: BotApi, zoe: TelegramUser) -> None:
    url = f"{api.url}/bot{TOKEN}/sendMessage"
    buttons = {"inline_keyboard": [[{"text": "Yes", "callback_data": "1"}]]}
    httpx.post(url, json={"chat_id": 42, "text": "a", "reply_markup": buttons}).raise_for_status()
    httpx.post(url, data={"chat_id": "42", "text": "b"}).raise_for_status()
    httpx.get(url, params={"chat_id": "42", "text": "c"}).raise_for_status()
    httpx.post(url, files={"chat_id": (None, "42"), "text": (None, "d")}).raise_for_status()
    assert zoe.texts == ["a", "b", "c", "d"]
    assert zoe.heard[0].titles == ["Yes"]


@asynccontextmanager
async def webhook(answers: list[int]) -> AsyncIterator[tuple[str, list[tuple[int, str, Any]]]]:
    """A webhook that gives these answers, then 200; its URL, and what it was sent."""
    received: list[tuple[int, str, Any]] = []

    async def take(request: web.Request) -> web.Response:
        update = await request.json()
        status = answers.pop(0) if answers else 200
        received.append((status, request.headers[SECRET_HEADER], update))
        assert request.content_type == "application/json"
        return web.Response(status=status)

    app = web.Application()
    app.router.add_post("/hook", take)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/hook", received
    await runner.cleanup()


def test_a_webhook_is_told_again_until_it_says_200_in_the_order_of_each_chat(
    api: BotApi, zoe: TelegramUser
) -> None:
    leo = TelegramUser(api, 43)

    async def work(bot: Bot) -> list[tuple[int, str, Any]]:
        zoe.say("before")
        async with webhook([500, 503]) as (url, received):
            await bot.set_webhook(url, secret_token="a-secret")
            for number in range(5):
                zoe.say(f"z{number}")
                leo.say(f"l{number}")
            await asyncio.to_thread(api.wait_until, lambda: api.undelivered() == 0)
        return received

    received = with_bot(api, work)
    assert {secret for _, secret, _ in received} == {"a-secret"}
    done = [update["message"] for status, _, update in received if status == 200]
    texts = {who: [m["text"] for m in done if m["chat"]["id"] == who] for who in (42, 43)}
    assert texts == {42: ["before", *(f"z{n}" for n in range(5))], 43: [f"l{n}" for n in range(5)]}
    assert len(received) == 11 + 2


def test_updates_of_everyday_have_shapes_that_the_library_reads(
    api: BotApi, zoe: TelegramUser
) -> None:
    zoe.say("hello")
    zoe.edit("hello!")
    for act in (zoe.photo, zoe.voice, zoe.sticker, zoe.location, zoe.contact, zoe.poll):
        act()
    zoe.document("a bill")
    zoe.forward("look")
    zoe.album(2, "two")
    zoe.within(group(api)).say("in the group")
    updates: tuple[Update, ...] = with_bot(api, lambda bot: bot.get_updates())
    seen = [update.effective_message for update in updates]
    assert len(seen) == 13
    assert all(message is not None and message.from_user is not None for message in seen)
    kinds = ["photo", "voice", "sticker", "location", "contact", "poll", "document"]
    assert [bool(getattr(m, k)) for m, k in zip(seen[2:], kinds, strict=False)] == [True] * 7


def test_strange_updates_are_given_out_like_any_other(api: BotApi, zoe: TelegramUser) -> None:
    strange = strange_updates(zoe)
    assert len(strange) >= 20
    ids = [api.raw_update(update) for update in strange.values()]
    answer = httpx.get(f"{api.url}/bot{TOKEN}/getUpdates").json()
    assert [update["update_id"] for update in answer["result"]] == ids


def test_kinds_that_were_not_asked_for_are_kept_back(api: BotApi, zoe: TelegramUser) -> None:
    with_bot(api, lambda bot: bot.get_updates(allowed_updates=["message"]))
    zoe.say("hello")
    zoe.edit("hello!")
    updates: tuple[Update, ...] = with_bot(api, lambda bot: bot.get_updates())
    assert [update.message is not None for update in updates] == [True]


def test_a_person_waits_for_words_and_reads_what_came_before_them(
    api: BotApi, zoe: TelegramUser
) -> None:
    for text in ("one", "two", "three"):
        with_bot(api, send(text))
    assert [post.text for post in zoe.reads("two")] == ["one", "two"]
    assert zoe.reads_next().text == "three"
    with pytest.raises(TimeoutError, match=r"(?i)four"):
        zoe.reads("four", seconds=0.05)
