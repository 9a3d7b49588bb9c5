"""One message to one chat: how it is put to Telegram, and what each answer means for it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

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
from storage.chat_outbox import ChatOutbox, ChatRow

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
OUTAGE_PAUSE = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an attempt; `gone` is about the whole chat."""

    kind: Literal["sent", "later", "refused", "gone"]
    remark: str | None = None
    wait: timedelta | None = None
    """How long Telegram wants to be left alone."""

    def record(self, box: ChatOutbox, row: ChatRow) -> None:
        match self.kind:
            case "sent":
                box.sent(row, self.remark)
            case "later":
                box.postpone(row, self.remark or "", self.wait)
            case "refused":
                box.kill(row.id, self.remark or "")
            case "gone":
                box.kill_chat(row.conversation_id, self.remark or "")


SENT = Outcome("sent")


async def deliver(bot: Bot, row: ChatRow) -> None:
    """Put a message to Telegram.

    Raises:
        TelegramError: as the library says; `outcome_of` tells what it means.
    """
    chat_id = int(row.chat_id)
    if row.removes is not None:
        await bot.delete_message(chat_id, int(row.removes))
        return
    parts = as_html(row.text or "")
    for part in parts[:-1]:
        await _say(bot, chat_id, part, row, None)
    for part in parts[-1:]:
        await _say(bot, chat_id, part, row, keyboard(row))


async def _say(
    bot: Bot, chat_id: int, html: str, row: ChatRow, buttons: InlineKeyboardMarkup | None
) -> None:
    await bot.send_message(
        chat_id,
        html,
        parse_mode=ParseMode.HTML,
        reply_markup=buttons,
        protect_content=row.protected,
        link_preview_options=NO_PREVIEW,
    )


def keyboard(row: ChatRow) -> InlineKeyboardMarkup | None:
    """Return the buttons, one below the other: their titles are sentences."""
    if not row.buttons:
        return None
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(one["title"], callback_data=one["payload"])] for one in row.buttons]
    )


def outcome_of(error: TelegramError, row: ChatRow) -> Outcome:
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
        case BadRequest() if row.removes is not None:  # too old, or gone already
            return Outcome("sent", remark)
        case BadRequest() | ChatMigrated():
            return Outcome("refused", remark)
        case _:
            return Outcome("later", remark)
