"""The icons of topics: how a case stands, seen in the list of topics.

A topic can only have an icon that Telegram offers for it. Which those are is asked once; of what
`icons.yml` wishes for, the first that there is stands for a state.
"""

from collections.abc import Iterable, Mapping, Sequence

from telegram import Bot, Sticker

from bot.yaml_files import read_yaml
from storage.handoff.handoffs import Case

Icons = Mapping[str, str]
"""The ids of custom emoji, by the label of a case."""
_VARIANT = "\ufe0f"
"""Says that a sign is to be drawn in colours; some leave it out."""


async def offered_icons(bot: Bot) -> Icons:
    """Ask which icons a topic can have.

    Raises:
        TelegramError: Telegram does not say.
    """
    wanted = read_yaml("bot.channels.telegram", "icons.yml")
    return chosen(wanted, await bot.get_forum_topic_icon_stickers())


def chosen(wanted: Mapping[str, Sequence[str]], stickers: Iterable[Sticker]) -> Icons:
    """Return the icon of each label; one without any keeps the icon that it had."""
    known = {
        (sticker.emoji or "").replace(_VARIANT, ""): sticker.custom_emoji_id for sticker in stickers
    }
    first = {
        label: next((known[sign] for sign in signs if known.get(sign)), None)
        for label, signs in wanted.items()
    }
    return {label: icon for label, icon in first.items() if icon is not None}


def icon_of(case: Case, icons: Icons) -> str | None:
    """Return the icon of a case as it stands now."""
    return icons.get(str(case.summary.get("label", "")))
