"""One request to the agents' group, and what each answer means for it."""

from telegram import Bot
from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

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
OF_THE_GROUP = ("topic_closed", "not enough rights", "have no rights", "chat not found", "forum")
REFUSALS = 5
"""So often something is tried that the group does not take; then it is dead."""
UNCHANGED = ("not modified", "TOPIC_NOT_MODIFIED")


async def deliver_to_desk(bot: Bot, group: int, row: DeskRow) -> str | None:
    """Make the request where the group is now; its number there, if what came of it has one.

    Raises:
        TelegramError: as the library says; `outcome_at_desk` tells what it means.
    """
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
        case "reopen":
            await bot.reopen_forum_topic(group, topic_id)
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
    if isinstance(error, Forbidden | ChatMigrated) or tells_of_group(error, row):
        return Outcome("later", remark, OUTAGE_PAUSE)
    if isinstance(error, BadRequest) and row.attempts < REFUSALS:
        return Outcome("later", remark)
    return outcome_of(error, row)


def tells_of_group(error: TelegramError, row: DeskRow) -> bool:
    """Whether an error is about the group, or its topics, and not about what was to be shown."""
    signs = any(sign in str(error).lower() for sign in OF_THE_GROUP)
    return isinstance(error, BadRequest) and (row.needs_topic or signs)
