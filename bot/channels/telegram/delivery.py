"""One message to one chat: how it is put to Telegram, and what each answer means for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal, TypeVar

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions
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

from bot.channels.telegram.formatting import as_html
from bot.channels.telegram.messenger import seconds_of
from storage.handoff.desk_outbox import DeskRow
from storage.messages.chat_outbox import ChatRow
from storage.messages.queue import Queue
from storage.unit_of_work import UnitOfWork

Row = TypeVar("Row", ChatRow, DeskRow)

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
OUTAGE_PAUSE = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an attempt; `gone` is about the whole chat, `lost` about a case's topic."""

    kind: Literal["sent", "later", "refused", "gone", "lost"]
    remark: str | None = None
    wait: timedelta | None = None
    """How long Telegram wants to be left alone."""
    sent_as: str | None = None
    """Telegram's number of what was sent."""

    def record(self, uow: UnitOfWork, row: ChatRow | DeskRow) -> None:
        """Write down what came of a row."""
        if isinstance(row, ChatRow) and self.kind == "gone":
            uow.chat_outbox.kill_chat(row.conversation_id, self.remark or "")
        elif isinstance(row, ChatRow):
            self._settle(uow.chat_outbox, row)
        elif self.kind == "lost":
            uow.desk_outbox.lost_topic(row, self.remark or "")
        else:
            self._settle(uow.desk_outbox, row)

    def _settle(self, lane: Queue[Row], row: Row) -> None:
        match self.kind:
            case "sent":
                lane.sent(row, self.remark, self.sent_as)
            case "later":
                lane.postpone(row, self.remark or "", self.wait)
            case _:
                lane.kill(row, self.remark or "")


SENT = Outcome("sent")


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
    for part in parts[:-1]:
        await _say(bot, chat_id, part, row, None)
    for part in parts[-1:]:
        message_id = await _say(bot, chat_id, part, row, keyboard_of(row.buttons))
    return message_id


async def _act(bot: Bot, chat_id: int, row: ChatRow, act: Mapping[str, Any]) -> str | None:
    """Copy what an agent has sent, or edit what an agent has said."""
    if act["kind"] == "copy":
        copied = await bot.copy_message(
            chat_id, int(act["chat"]), int(act["message"]), caption=act["caption"] or None
        )
        return str(copied.message_id)
    text = "".join(as_html(row.text or "")[:1])
    if act["kind"] == "caption":
        await bot.edit_message_caption(
            chat_id, int(act["message"]), caption=text, parse_mode=ParseMode.HTML
        )
    else:
        await bot.edit_message_text(text, chat_id, int(act["message"]), parse_mode=ParseMode.HTML)
    return None


async def _say(
    bot: Bot, chat_id: int, html: str, row: ChatRow, buttons: InlineKeyboardMarkup | None
) -> str:
    sent = await bot.send_message(
        chat_id,
        html,
        parse_mode=ParseMode.HTML,
        reply_markup=buttons,
        protect_content=row.protected,
        link_preview_options=NO_PREVIEW,
    )
    return str(sent.message_id)


def keyboard_of(buttons: Sequence[Mapping[str, str]]) -> InlineKeyboardMarkup | None:
    """Return the buttons, one below the other: their titles are sentences."""
    if not buttons:
        return None
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(one["title"], callback_data=one["payload"])] for one in buttons]
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
