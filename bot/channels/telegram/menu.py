"""What Telegram shows of the bot before anybody has written: its description, and commands."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
)
from telegram.error import BadRequest, Forbidden

from bot.channels.telegram.words import read_words
from bot.dialogue.flows.tasks import Command
from bot.languages import DEFAULT, LANGUAGES
from bot.texts import Texts

log = logging.getLogger(__name__)

AT_THE_BEGINNING = "new"
"""How a chat stands to which nothing has happened yet."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What people see of the bot; without a language of ours they see the default one's."""

    commands: Sequence[Command]
    texts: Texts
    agents: tuple[int, str] | None = None
    """The agents' group, and their language."""

    async def show(self, bot: Bot) -> None:
        """Say who the bot is, and which commands there are."""
        words = read_words("words.yml")
        for language in LANGUAGES:
            code = _code(language)
            description, short = (
                self.texts.fill(words[name][language], language, {}, _no_other)
                for name in ("description", "short_description")
            )
            await bot.set_my_description(description, language_code=code)
            await bot.set_my_short_description(short, language_code=code)
            for scope, entries in self._menus():
                commands = _in(entries, language)
                await bot.set_my_commands(commands, scope=scope, language_code=code)
        if self.agents is not None:
            await self._show_agents(bot, *self.agents)

    async def _show_agents(self, bot: Bot, group: int, language: str) -> None:
        """A group that the bot is not in gets its commands at the next start."""
        desk = _in(read_words("desk_menu.yml"), language)
        try:
            await bot.set_my_commands(desk, scope=BotCommandScopeChat(group))
        except (BadRequest, Forbidden) as error:
            log.warning("the agents' group has no menu of commands: %s", error)

    async def fit(self, bot: Bot, chat_id: int, standing: str, language: str) -> None:
        """Show the commands of a chat that stands so; the usual ones are everybody's."""
        scope, commands = BotCommandScopeChat(chat_id), _in(self._standing(standing), language)
        if standing == AT_THE_BEGINNING or not commands:
            await bot.delete_my_commands(scope)
        else:
            await bot.set_my_commands(commands, scope=scope)

    def _menus(self) -> Iterator[tuple[BotCommandScope, Mapping[str, Mapping[str, str]]]]:
        yield BotCommandScopeAllPrivateChats(), self._standing(AT_THE_BEGINNING)
        yield BotCommandScopeAllGroupChats(), read_words("group_menu.yml")

    def _standing(self, standing: str) -> Mapping[str, Mapping[str, str]]:
        return {command.name: command.menu for command in self.commands if command.fits(standing)}


def _code(language: str) -> str | None:
    return None if language == DEFAULT else language


def _in(entries: Mapping[str, Mapping[str, str]], language: str) -> list[BotCommand]:
    return [BotCommand(name, texts[language]) for name, texts in entries.items()]


def _no_other(name: str, _: str, __: Mapping[str, object]) -> str:
    raise KeyError(name)
