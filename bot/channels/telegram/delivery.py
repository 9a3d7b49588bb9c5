"""One message to one chat: how it is put to Telegram, and what each answer means for it."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from telegram import Bot, LinkPreviewOptions, ReactionTypeEmoji, ReplyParameters
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
from bot.channels.telegram.keyboards import keyboard_of, used
from bot.channels.telegram.reachability import seconds_of
from bot.channels.telegram.words import read_words
from storage.handoff.desk_rows import DeskRow
from storage.messages.chat_outbox import ChatAlbum, ChatRow
from storage.messages.signs import SIGNS

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
TOAST = 200
"""Characters that pass."""
UNCHANGED = ("not modified", "TOPIC_NOT_MODIFIED")
"""Somebody, or an attempt before this one, has changed it to the same already."""
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
    parts, message_id = as_html(row.text or "", row.parameters), None
    silent = row.parameters.get("silent") is True
    for number, part in enumerate(parts, start=1):
        message_id = await say(
            bot,
            chat_id,
            part,
            _buttons(row) if number == len(parts) else (),
            protect_content=row.protected,
            disable_notification=silent or number > 1,
            reply_parameters=_answering(row) if number == 1 else None,
        )
    return message_id


def _buttons(row: ChatRow) -> Sequence[Mapping[str, str]]:
    """Return those of a message; the number of a receipt can be copied."""
    receipt = row.parameters.get("receipt")
    if not isinstance(receipt, str) or "card" in row.parameters or receipt not in (row.text or ""):
        return row.buttons
    title = read_words("words.yml")["copy_receipt"][row.language]
    return [*row.buttons, {"title": title, "copy": receipt}]


async def _act(bot: Bot, chat_id: int, row: ChatRow, act: Mapping[str, Any]) -> str | None:
    """Copy what an agent has sent, edit what an agent has said, or give a sign."""
    if act["kind"] == "keyboard":
        await _close(bot, chat_id, row, act["message"])
        return None
    if act["kind"] == "toast":
        return await _toast(bot, chat_id, row, str(act["tap"]))
    if isinstance(row, ChatAlbum):
        return await copy_album(bot, chat_id, act, row.album)
    if act["kind"] == "copy":
        caption = act["caption"]
        return await copy(bot, chat_id, act, caption, reply_parameters=_answering(row))
    if act["kind"] == "react":
        signs = [ReactionTypeEmoji(act["sign"])] if act["sign"] else []
        await bot.set_message_reaction(chat_id, int(act["message"]), signs)
        return None
    text = "".join(as_html(row.text or "")[:1])
    if act["kind"] == "caption":
        await bot.edit_message_caption(
            chat_id, int(act["message"]), caption=text, parse_mode=ParseMode.HTML
        )
    else:
        await bot.edit_message_text(text, chat_id, int(act["message"]), parse_mode=ParseMode.HTML)
    return None


def _answering(row: ChatRow) -> ReplyParameters | None:
    """Return what points at the message that is answered; gone, it is answered all the same."""
    number = row.parameters.get("answers")
    if number is None:
        return None
    return ReplyParameters(int(number), allow_sending_without_reply=True)


async def copy_album(
    bot: Bot, chat_id: int, act: Mapping[str, Any], album: Sequence[str], **rest: Any
) -> str:
    """Copy pictures that were sent together, without their captions.

    Returns the numbers of the copies, in the order of the `album`. What is protected or was deleted
    Telegram leaves out, and does not say which that was: then there are fewer.
    """
    rising, source = sorted(map(int, album)), int(act["chat"])
    copied = await bot.copy_messages(chat_id, source, rising, remove_caption=True, **rest)
    if not copied:
        raise BadRequest("none of the pictures can be copied")
    numbers = [str(copy.message_id) for copy in copied]
    if len(numbers) < len(album):
        return " ".join(numbers)
    copies = dict(zip(rising, numbers, strict=True))
    return " ".join(copies[int(number)] for number in album)


async def _close(bot: Bot, chat_id: int, row: ChatRow, message: str | None) -> None:
    """Take used buttons away; what never arrived has none."""
    if message is not None:
        left = used(row.buttons)
        await bot.edit_message_reply_markup(chat_id, int(message), reply_markup=left)


async def _toast(bot: Bot, chat_id: int, row: ChatRow, tap: str) -> str | None:
    """Answer a tap in passing; where Telegram has stopped waiting for that, say it."""
    try:
        await bot.answer_callback_query(tap, (row.text or "")[:TOAST])
    except BadRequest:
        (said,) = as_html(row.text or "")
        return await say(bot, chat_id, said, (), disable_notification=True)
    return None


async def copy(bot: Bot, chat_id: int, act: Mapping[str, Any], caption: str, **rest: Any) -> str:
    """Copy what somebody sent, under another caption or `bare`, under none; its number."""
    source = int(act["chat"]), int(act["message"])
    under = "" if act.get("bare") else caption or None
    copied = await bot.copy_message(chat_id, *source, caption=under, **rest)
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
        case BadRequest() if isinstance(row, ChatRow) and _is_courtesy(row):  # gone already, say
            return Outcome("sent", remark)
        case BadRequest() if any(sign in str(error) for sign in UNCHANGED):
            return Outcome("sent", remark)
        case BadRequest() | ChatMigrated():
            return Outcome("refused", remark)
        case _:
            return Outcome("later", remark)


def _is_courtesy(row: ChatRow) -> bool:
    """Whether nobody misses anything when Telegram does not take it."""
    return row.removes is not None or (row.act is not None and row.act["kind"] in SIGNS)
