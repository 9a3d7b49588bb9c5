"""One request to the agents' group, and what each answer means for it."""

from telegram import Bot
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.channels.channel import Outcome
from bot.channels.telegram.delivery import (
    NO_PREVIEW,
    OUTAGE_PAUSE,
    copy,
    outcome_of,
    say,
)
from bot.channels.telegram.formatting import as_html
from bot.channels.telegram.keyboards import keyboard_of
from storage.handoff.desk_outbox import DeskRow

LOST_TOPIC = ("thread not found", "TOPIC_DELETED", "TOPIC_ID_INVALID")
UNCHANGED = ("not modified", "TOPIC_NOT_MODIFIED")


async def deliver_to_desk(bot: Bot, row: DeskRow) -> str | None:
    """Make the request; the messenger's number of what came of it, if it has one.

    Raises:
        TelegramError: as the library says; `outcome_at_desk` tells what it means.
    """
    group = int(row.chat_id)
    if row.needs_topic:
        topic = await bot.create_forum_topic(group, str(row.case.summary["title"]))
        return str(topic.message_thread_id)
    topic_id = int(row.case.topic_id) if row.case.topic_id else 0
    match row.kind:
        case "refresh":
            return await _refresh(bot, group, topic_id, row)
        case "rename":
            await bot.edit_forum_topic(group, topic_id, name=str(row.case.summary["title"]))
        case "close":
            await bot.close_forum_topic(group, topic_id)
        case "copy":
            return await copy(bot, group, row.act, row.text, message_thread_id=topic_id)
        case "ping":
            return await _say(bot, group, None, row)
        case _:
            return await _say(bot, group, topic_id, row)
    return None


async def _say(bot: Bot, group: int, topic_id: int | None, row: DeskRow) -> str | None:
    message_id = None
    for part in as_html(row.text):  # one: the rows are cut to size when they are written
        message_id = await say(bot, group, part, row.buttons, message_thread_id=topic_id)
    return message_id


async def _refresh(bot: Bot, group: int, topic_id: int, row: DeskRow) -> str | None:
    """Edit the card; where there is none, because its topic was deleted, show it anew."""
    if row.case.card_id is None:
        return await _say(bot, group, topic_id, row)
    await bot.edit_message_text(
        "".join(as_html(row.text)),
        group,
        int(row.case.card_id),
        parse_mode="HTML",
        reply_markup=keyboard_of(row.buttons),
        link_preview_options=NO_PREVIEW,
    )
    return row.case.card_id


def outcome_at_desk(error: TelegramError, row: DeskRow) -> Outcome:
    """Return what an error means: a case waits until the group is there again."""
    remark = f"{type(error).__name__}: {error}"
    if isinstance(error, BadRequest) and any(sign in str(error) for sign in LOST_TOPIC):
        return Outcome("lost", remark)
    if isinstance(error, BadRequest) and any(sign in str(error) for sign in UNCHANGED):
        return Outcome("sent", remark)
    if isinstance(error, Forbidden) or (isinstance(error, BadRequest) and row.needs_topic):
        return Outcome("later", remark, OUTAGE_PAUSE)
    return outcome_of(error, row)
