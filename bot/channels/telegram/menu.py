"""The commands menu, per language and scope."""

from importlib.resources import files
from typing import Any

import yaml
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
)

SCOPES = {"private": BotCommandScopeAllPrivateChats, "group": BotCommandScopeAllGroupChats}
DEFAULT = "en"
OTHERS = ("fr",)


async def set_menu(bot: Bot) -> None:
    """Tell Telegram which commands to show; those without a language are for everybody else."""
    for scope, entries in load_menu().items():
        for language in (None, *OTHERS):
            await bot.set_my_commands(
                [BotCommand(one["command"], one[language or DEFAULT]) for one in entries],
                scope=SCOPES[scope](),
                language_code=language,
            )


def load_menu() -> dict[str, list[dict[str, str]]]:
    """Return the commands of each scope, with a description in each language."""
    text = files("bot.channels.telegram").joinpath("commands.yml").read_text("utf-8")
    menu: dict[str, Any] = yaml.safe_load(text)
    return menu
