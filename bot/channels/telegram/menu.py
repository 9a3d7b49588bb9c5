"""The commands menu, per language and scope."""

from collections.abc import Mapping, Sequence
from importlib.resources import files

import yaml
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
)

from bot.dialogue.flows.domain import Command
from bot.languages import DEFAULT, LANGUAGES


async def set_menu(bot: Bot, commands: Sequence[Command]) -> None:
    """Tell Telegram which commands to show; those without a language are for everybody else."""
    text = files("bot.channels.telegram").joinpath("group_menu.yml").read_text("utf-8")
    in_groups: Mapping[str, Mapping[str, str]] = yaml.safe_load(text)
    scopes = {
        BotCommandScopeAllPrivateChats: {command.name: command.menu for command in commands},
        BotCommandScopeAllGroupChats: in_groups,
    }
    for scope, entries in scopes.items():
        for language in LANGUAGES:
            await bot.set_my_commands(
                [BotCommand(name, texts[language]) for name, texts in entries.items()],
                scope=scope(),
                language_code=None if language == DEFAULT else language,
            )
