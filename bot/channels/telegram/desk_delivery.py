"""One request to the agents' group, and what each answer means for it."""

import html

from telegram import Bot
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

from bot.channels.channel import Outcome
from bot.channels.telegram.delivery import (
    NO_PREVIEW,
    OUTAGE_PAUSE,
    UNCHANGED,
    copy,
    copy_album,
    outcome_of,
    say,
)
from bot.channels.telegram.formatting import as_html
from bot.channels.telegram.icons import Icons, icon_of
from bot.channels.telegram.keyboards import keyboard_of
from storage.handoff.desk_rows import DeskRow

LOST_TOPIC = ("thread not found", "TOPIC_DELETED", "TOPIC_ID_INVALID")
OF_THE_GROUP = ("topic_closed", "not enough rights", "have no rights", "chat not found", "forum")
REFUSALS = 5
"""So often something is tried that the group does not take; then it is dead."""
SUPERGROUP = "-100"
"""What the id of such a group begins with; links to its messages leave it out."""


async def deliver_to_desk(bot: Bot, group: int, row: DeskRow, icons: Icons) -> str | None:
    """Make the request where the group is now; its number there, if what came of it has one.

    `icons` are those that a topic can have, by what they say of its case.

    Raises:
        TelegramError: as the library says; `outcome_at_desk` tells what it means.
    """
    if row.needs_topic:
        title, icon = str(row.case.summary["title"]), icon_of(row.case, icons)
        return await _new_topic(bot, group, title, icon)
    topic_id = int(row.case.topic_id) if row.case.topic_id else None
    match row.kind:
        case "refresh" | "redraw":
            return await _refresh(bot, group, topic_id, row)
        case "rename" | "label" | "close" | "reopen":
            await _change_topic(bot, group, topic_id or 0, row, icon_of(row.case, icons))
        case "copy" if row.album:
            return await copy_album(bot, group, row.act, row.album, message_thread_id=topic_id)
        case "copy":
            return await copy(bot, group, row.act, row.text, message_thread_id=topic_id)
        case "call" | "ping":
            return await _say(bot, group, None, row, _reminders(group, row))
        case _:
            return await _say(bot, group, topic_id, row, "\n".join(as_html(row.shown)))
    return None


async def _new_topic(bot: Bot, group: int, title: str, icon: str | None) -> str:
    """Make a topic; one that cannot have the icon is made without: the case matters more."""
    try:
        topic = await bot.create_forum_topic(group, title, icon_custom_emoji_id=icon)
    except BadRequest:
        if icon is None:
            raise
        topic = await bot.create_forum_topic(group, title)
    return str(topic.message_thread_id)


async def _change_topic(
    bot: Bot, group: int, topic_id: int, row: DeskRow, icon: str | None
) -> None:
    """Give the topic of a case its name and icon, close it, or open it again."""
    match row.kind:
        case "rename":
            name = str(row.case.summary["title"])
            await bot.edit_forum_topic(group, topic_id, name=name, icon_custom_emoji_id=icon)
        case "label":
            if icon is not None:
                await bot.edit_forum_topic(group, topic_id, icon_custom_emoji_id=icon)
        case "close":
            await bot.close_forum_topic(group, topic_id)
        case _:
            await bot.reopen_forum_topic(group, topic_id)


async def _say(bot: Bot, group: int, topic_id: int | None, row: DeskRow, text: str) -> str | None:
    """Say it in one message: the rows are cut to size when they are put together."""
    if not text:
        return None
    called = "".join(f"\n{line}" for line in [_mentions(row)] if line)
    return await say(bot, group, f"{text}{called}", row.buttons, message_thread_id=topic_id)


def _mentions(row: DeskRow) -> str:
    """Return links to people, which call them."""
    return " ".join(
        f'<a href="tg://user?id={person}">{html.escape(name, quote=False)}</a>'
        for person, name in row.mentions.items()
    )


def _reminders(group: int, row: DeskRow) -> str:
    """Return what is said of each case; the first line of it leads to its topic."""
    public = str(group).removeprefix(SUPERGROUP)
    lines = []
    for reminder in row.reminders:
        first, *rest = "\n".join(as_html(reminder.text)).split("\n")
        link = f"https://t.me/c/{public}/{reminder.topic_id}"
        lines += [f'<a href="{link}">{first}</a>' if reminder.topic_id else first, *rest]
    return "\n".join(lines)


async def _refresh(bot: Bot, group: int, topic_id: int | None, row: DeskRow) -> str | None:
    """Edit the card; where there is none, because its topic was deleted, show it anew."""
    text = "\n".join(as_html(row.shown))
    if row.case.card_id is None:
        return await _say(bot, group, topic_id, row, text)
    await bot.edit_message_text(
        text,
        group,
        int(row.case.card_id),
        parse_mode=ParseMode.HTML,
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
    if isinstance(error, BadRequest) and row.kind == "label":
        return Outcome("sent", remark)  # a sign that cannot be shown is done without
    if isinstance(error, BadRequest) and row.attempts < REFUSALS and not row.has_other_way:
        return Outcome("later", remark)
    return outcome_of(error, row)


def tells_of_group(error: TelegramError, row: DeskRow) -> bool:
    """Whether an error is about the group, or its topics, and not about what was to be shown."""
    signs = any(sign in str(error).lower() for sign in OF_THE_GROUP)
    return isinstance(error, BadRequest) and (row.needs_topic or signs)
