"""The Bot API that the tests play is as strict as Telegram's: tried with a library's own `Bot`."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, WebAppInfo
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
)
from telegram.request import HTTPXRequest

from tests.fakes.telegram.server import TOKEN, BotApi
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


def test_updates_are_given_again_until_a_later_one_is_asked_for(
    api: BotApi, zoe: TelegramUser
) -> None:
    async def work(bot: Bot) -> None:
        first, second = zoe.say("/start bills"), zoe.say("allô")
        for _ in range(2):
            updates = await bot.get_updates()
            assert [update.update_id for update in updates] == [first, second]
        message = updates[0].message
        assert message is not None
        assert [(e.type, e.length) for e in message.entities] == [("bot_command", 6)]
        assert message.from_user is not None
        assert message.from_user.language_code == "fr"
        assert [u.update_id for u in await bot.get_updates(offset=second)] == [second]
        assert len(await bot.get_updates(limit=1)) == 1
        assert await bot.get_updates(offset=second + 1) == ()

    with_bot(api, work)
    assert api.undelivered() == 0


def test_a_long_poll_ends_as_soon_as_something_is_said(api: BotApi, zoe: TelegramUser) -> None:
    async def work(bot: Bot) -> None:
        polling = asyncio.create_task(bot.get_updates(timeout=30))
        await asyncio.to_thread(api.wait_until, lambda: bool(api.called("getUpdates")))
        zoe.say("hello")
        (update,) = await asyncio.wait_for(polling, 10)
        assert update.message is not None
        assert update.message.text == "hello"

    with_bot(api, work)


def test_of_two_who_poll_at_once_the_earlier_is_told_of_the_conflict(api: BotApi) -> None:
    async def work(bot: Bot) -> None:
        first = asyncio.create_task(bot.get_updates(timeout=30))
        await asyncio.to_thread(api.wait_until, lambda: len(api.called("getUpdates")) == 1)
        second = asyncio.create_task(bot.get_updates(timeout=0))
        with pytest.raises(Conflict, match=r"(?i)terminated by other getUpdates"):
            await first
        assert await second == ()

    with_bot(api, work)


def test_with_a_webhook_there_is_no_polling(api: BotApi) -> None:
    async def work(bot: Bot) -> None:
        await bot.set_webhook("https://example.com/hook", secret_token="s-1")
        with pytest.raises(Conflict, match=r"(?i)webhook is active"):
            await bot.get_updates()
        assert (await bot.get_webhook_info()).url == "https://example.com/hook"
        await bot.delete_webhook()
        assert await bot.get_updates() == ()
        with pytest.raises(BadRequest, match=r"(?i)secret token"):
            await bot.set_webhook("https://example.com/hook", secret_token="a b")
        with pytest.raises(BadRequest, match=r"(?i)HTTPS"):
            await bot.set_webhook("http://example.com/hook")

    with_bot(api, work)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "message text is empty"),
        ("<b> </b>", "text must be non-empty"),
        ("x" * 4097, "message is too long"),
        ("🙂" * 2049, "message is too long"),
        ("<b>x", "Can't find end tag"),
        ("x</b>", "Unexpected end tag"),
        ("<b><i>x</b></i>", "Unmatched end tag"),
        ("<p>x</p>", "Unsupported start tag"),
        ("<span>x</span>", "tg-spoiler"),
        ("1 < 2", "Unexpected start"),
        ("bed & breakfast", "Unescaped &"),
        ("x&nbsp;y", "Unsupported entity"),
    ],
    ids=lambda value: value[:20],
)
def test_what_telegram_would_not_show_is_refused(
    api: BotApi, zoe: TelegramUser, text: str, said: str
) -> None:
    with pytest.raises(BadRequest, match=f"(?i){said}"):
        with_bot(api, send(text, parse_mode="HTML"))
    assert zoe.heard == []


def test_a_message_is_read_as_telegram_shows_it(api: BotApi, zoe: TelegramUser) -> None:
    html = '<b>Zoé</b> &lt;Roy&gt; &amp; co &#233;<a href="https://example.com/?a=1">here</a>'
    sent = with_bot(api, send(html, parse_mode="HTML", protect_content=True))
    (post,) = zoe.heard
    assert post.text == sent.text == "Zoé <Roy> & co éhere"
    assert (post.html, post.protected, sent.message_id) == (html, True, post.id)
    with_bot(api, send("x" * 4096))
    with_bot(api, send("<b>" + "&amp;" * 4096 + "</b>", parse_mode="HTML"))


def test_buttons_carry_at_most_sixty_four_bytes(api: BotApi, zoe: TelegramUser) -> None:
    with_bot(api, send("Add?", reply_markup=keyboard("é" * 32)))
    with pytest.raises(BadRequest, match=r"(?i)button_data_invalid"):
        with_bot(api, send("Add?", reply_markup=keyboard("é" * 32 + "x")))
    assert zoe.heard[-1].titles == ["Yes, add"]


def test_what_a_method_does_not_know_is_refused(api: BotApi, zoe: TelegramUser) -> None:
    with pytest.raises(BadRequest, match=r"(?i)no parameter icon"):
        with_bot(api, send("hello", api_kwargs={"icon": "5001"}))


@pytest.mark.parametrize("url", ["http://localhost:8000/x", "javascript:alert(1)", "nowhere"])
def test_a_button_leads_to_an_address_and_nowhere_else(
    api: BotApi, zoe: TelegramUser, url: str
) -> None:
    leading = InlineKeyboardMarkup([[InlineKeyboardButton("Our page", url=url)]])
    with pytest.raises(BadRequest, match=r"(?i)wrong http url"):
        with_bot(api, send("Sign in", reply_markup=leading))


def test_pages_open_inside_of_private_chats_alone(api: BotApi) -> None:
    page = InlineKeyboardButton("Sign in", web_app=WebAppInfo("https://example.com/app"))
    with pytest.raises(BadRequest, match=r"(?i)button_type_invalid"):
        with_bot(api, send("Sign in", group(api).id, reply_markup=InlineKeyboardMarkup([[page]])))


def test_what_stands_below_a_picture_is_short(api: BotApi, zoe: TelegramUser) -> None:
    async def work(bot: Bot) -> None:
        zoe.photo("x")
        [picture] = zoe.screen
        for caption in ("x" * 1024, "😀" * 512):
            await bot.copy_message(42, 42, picture.id, caption=caption)
        for caption in ("x" * 1025, "😀" * 513):
            with pytest.raises(BadRequest, match=r"(?i)caption is too long"):
                await bot.copy_message(42, 42, picture.id, caption=caption)

    with_bot(api, work)


@pytest.mark.parametrize("ids", [[], [5, 4], [5, 5], [*range(1, 102)]])
def test_what_is_copied_together_is_in_order_and_not_too_much(
    api: BotApi, zoe: TelegramUser, ids: list[int]
) -> None:
    with pytest.raises(BadRequest, match=r"(?i)strictly increasing"):
        with_bot(api, lambda bot: bot.copy_messages(42, 42, ids))


def test_topics_have_names_and_icons_that_there_are(api: BotApi) -> None:
    api.methods.forum.open(-1009, {7: "Nadia"})

    async def work(bot: Bot) -> None:
        known = (await bot.get_forum_topic_icon_stickers())[0].custom_emoji_id
        topic = await bot.create_forum_topic(-1009, "x" * 128, icon_custom_emoji_id=known)
        for name in ("", " ", "x" * 129):
            with pytest.raises(BadRequest, match=r"(?i)topic"):
                await bot.create_forum_topic(-1009, name)
        with pytest.raises(BadRequest, match=r"(?i)document_invalid"):
            await bot.edit_forum_topic(-1009, topic.message_thread_id, icon_custom_emoji_id="1")
        await bot.close_forum_topic(-1009, topic.message_thread_id)
        with pytest.raises(BadRequest, match=r"(?i)not_modified"):
            await bot.close_forum_topic(-1009, topic.message_thread_id)
        await bot.reopen_forum_topic(-1009, topic.message_thread_id)
        with pytest.raises(BadRequest, match=r"(?i)not_modified"):
            await bot.reopen_forum_topic(-1009, topic.message_thread_id)

    with_bot(api, work)


def test_a_tap_is_answered_once(api: BotApi, zoe: TelegramUser) -> None:
    async def work(bot: Bot) -> None:
        await bot.send_message(42, "Add?", reply_markup=keyboard("abc"))
        zoe.tap("Yes")
        (update,) = await bot.get_updates()
        query = update.callback_query
        assert query is not None
        assert query.data == "abc"
        assert query.message is not None
        assert query.message.message_id == zoe.heard[0].id
        await query.answer()
        with pytest.raises(BadRequest, match=r"(?i)query is too old"):
            await query.answer()
        await query.edit_message_reply_markup(None)
        assert zoe.heard[0].titles == []
        with pytest.raises(BadRequest, match=r"(?i)not modified"):
            await query.edit_message_reply_markup(None)

    with_bot(api, work)


def test_messages_can_be_edited_and_deleted_once(api: BotApi, zoe: TelegramUser) -> None:
    async def work(bot: Bot) -> None:
        zoe.say("1234 5678")
        mine = next(iter(zoe.chat.posts.values()))
        with pytest.raises(BadRequest, match=r"(?i)can't be edited"):
            await bot.edit_message_text("x", 42, mine.id)
        await bot.delete_message(42, mine.id)
        assert zoe.screen == []
        with pytest.raises(BadRequest, match=r"(?i)not found"):
            await bot.delete_message(42, mine.id)
        sent = await bot.send_message(42, "one")
        await bot.edit_message_text("two", 42, sent.message_id)
        assert [(post.text, post.edited) for post in zoe.screen] == [("two", True)]
        await bot.delete_messages(42, [sent.message_id, 9999])
        assert zoe.screen == []

    with_bot(api, work)


def test_closed_doors_say_why(api: BotApi, zoe: TelegramUser) -> None:
    family = group(api)
    with pytest.raises(BadRequest, match=r"(?i)chat not found"):
        with_bot(api, send("hello", 43))
    zoe.block()
    with pytest.raises(Forbidden, match=r"(?i)bot was blocked by the user"):
        with_bot(api, send("hello"))
    zoe.chat.deactivate()
    with pytest.raises(Forbidden, match=r"(?i)user is deactivated"):
        with_bot(api, send("hello"))
    zoe.unblock()
    with_bot(api, send("hello"))
    family.migrate(-100_777)
    with pytest.raises(ChatMigrated) as migrated:
        with_bot(api, send("hello", family.id))
    assert migrated.value.new_chat_id == -100_777
