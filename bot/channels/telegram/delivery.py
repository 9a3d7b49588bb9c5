"""One message to one chat: how it is put to Telegram, and what each answer means for it."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    WebAppInfo,
)
from telegram.constants import ParseMode
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.channels.channel import Outcome
from bot.channels.telegram.formatting import as_html
from bot.channels.telegram.reachability import seconds_of
from storage.handoff.desk_outbox import DeskRow
from storage.messages.chat_outbox import ChatRow

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
OUTAGE_PAUSE = timedelta(seconds=30)


async def deliver(bot: Bot, row: ChatRow) -> str | None:
    """Put a message to Telegram; its number there, if it has one.

    Raises:
        TelegramError: as the library says; `outcome_of` tells what it means.
    """
    chat_id = int(row.chat_id)
    if row.removes is not None:
        await bot.delete_message(chat_id, int(row.removes))
        return None
    if row.act is not None:
        return await _act(bot, chat_id, row, row.act)
    parts, message_id = as_html(row.text or ""), None
    for number, part in enumerate(parts, start=1):
        buttons = row.buttons if number == len(parts) else ()
        message_id = await say(bot, chat_id, part, buttons, protect_content=row.protected)
    return message_id


async def _act(bot: Bot, chat_id: int, row: ChatRow, act: Mapping[str, Any]) -> str | None:
    """Copy what an agent has sent, or edit what an agent has said."""
    if act["kind"] == "copy":
        return await copy(bot, chat_id, act, act["caption"])
    text = "".join(as_html(row.text or "")[:1])
    if act["kind"] == "caption":
        await bot.edit_message_caption(
            chat_id, int(act["message"]), caption=text, parse_mode=ParseMode.HTML
        )
    else:
        await bot.edit_message_text(text, chat_id, int(act["message"]), parse_mode=ParseMode.HTML)
    return None


async def copy(bot: Bot, chat_id: int, act: Mapping[str, Any], caption: str, **rest: Any) -> str:
    """Copy what somebody sent, under another caption; its number."""
    source = int(act["chat"]), int(act["message"])
    copied = await bot.copy_message(chat_id, *source, caption=caption or None, **rest)
    return str(copied.message_id)


async def say(
    bot: Bot, chat_id: int, html: str, buttons: Sequence[Mapping[str, str]], **rest: Any
) -> str:
    """Send one message; its number."""
    sent = await bot.send_message(
        chat_id,
        html,
        parse_mode=ParseMode.HTML,
        reply_markup=keyboard_of(buttons),
        link_preview_options=NO_PREVIEW,
        **rest,
    )
    return str(sent.message_id)


def keyboard_of(buttons: Sequence[Mapping[str, str]]) -> InlineKeyboardMarkup | None:
    """Return the buttons, one below the other: their titles are sentences."""
    if not buttons:
        return None
    return InlineKeyboardMarkup([[_button(button)] for button in buttons])


def _button(button: Mapping[str, str]) -> InlineKeyboardButton:
    return InlineKeyboardButton(
        button["title"],
        callback_data=button.get("payload"),
        url=button.get("url"),
        web_app=WebAppInfo(button["app"]) if "app" in button else None,
    )


def outcome_of(error: TelegramError, row: ChatRow | DeskRow) -> Outcome:
    """Return what an error means for the message that met it."""
    remark = f"{type(error).__name__}: {error}"
    match error:
        case TimedOut():  # it may be there: better missed than read twice
            return Outcome("sent", remark)
        case RetryAfter():
            return Outcome("later", remark, timedelta(seconds=seconds_of(error)))
        case Forbidden():  # blocked, or the account is gone: nobody reads on
            return Outcome("gone", remark)
        case InvalidToken():
            return Outcome("later", remark, OUTAGE_PAUSE)
        case BadRequest() if isinstance(row, ChatRow) and row.removes:  # too old, or gone already
            return Outcome("sent", remark)
        case BadRequest() | ChatMigrated():
            return Outcome("refused", remark)
        case _:
            return Outcome("later", remark)
