"""What Telegram shows of the bot: its descriptions, and the menus of commands."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from tests.fakes.telegram.parameters import Parameters
from tests.fakes.telegram.refusals import bad_request

COMMAND = re.compile(r"[a-z0-9_]{1,32}")
MAX_DESCRIPTION = 256
MAX_COMMANDS = 100
MAX_ABOUT = {"description": 512, "short_description": 120}
LANGUAGE = re.compile(r"([a-z]{2})?")

Menu = list[tuple[str, str]]


@dataclass(slots=True)
class Profile:
    commands: dict[tuple[str, str], Menu] = field(default_factory=dict)
    """The menus by scope and language: name and description. A chat's scope has its id behind."""
    about: dict[tuple[str, str], str] = field(default_factory=dict)
    """"description" and "short_description", by language."""

    def named(self) -> dict[str, Callable[[Parameters], Awaitable[Any]]]:
        return {
            "setmycommands": self.set_commands,
            "deletemycommands": self.delete_commands,
            "setmydescription": self.set_description,
            "setmyshortdescription": self.set_short_description,
        }

    def menu(self, chat_id: int) -> Menu | None:
        """The commands of one chat, where it has its own."""
        return self.commands.get((f"chat {chat_id}", ""))

    async def set_commands(self, given: Parameters) -> Any:
        listed = given.json("commands") or []
        if len(listed) > MAX_COMMANDS:
            raise bad_request("BOT_COMMANDS_TOO_MUCH")
        for command in listed:
            if not COMMAND.fullmatch(command.get("command", "")):
                raise bad_request("BOT_COMMAND_INVALID")
            if not 0 < len(command.get("description", "")) <= MAX_DESCRIPTION:
                raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
        menu = [(command["command"], command["description"]) for command in listed]
        self.commands[self._key(given)] = menu
        return True

    async def delete_commands(self, given: Parameters) -> Any:
        self.commands.pop(self._key(given), None)
        return True

    async def set_description(self, given: Parameters) -> Any:
        return self._say("description", given)

    async def set_short_description(self, given: Parameters) -> Any:
        return self._say("short_description", given)

    def _say(self, name: str, given: Parameters) -> bool:
        text = given.text(name)
        if len(text) > MAX_ABOUT[name]:
            raise bad_request(f"{name} is too long")
        self.about[name, self._language(given)] = text
        return True

    def _key(self, given: Parameters) -> tuple[str, str]:
        scope = given.json("scope") or {"type": "default"}
        chat = f" {scope['chat_id']}" if "chat_id" in scope else ""
        return f"{scope['type']}{chat}", self._language(given)

    @staticmethod
    def _language(given: Parameters) -> str:
        code = given.text("language_code")
        if not LANGUAGE.fullmatch(code):
            raise bad_request("invalid language code specified")
        return code
