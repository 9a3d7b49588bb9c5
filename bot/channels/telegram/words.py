"""The texts that only Telegram shows."""

from functools import cache

from bot.texts import Phrases
from bot.yaml_files import read_yaml


@cache
def read_words(name: str) -> Phrases:
    """Return the texts of one of the files beside this one."""
    phrases: Phrases = read_yaml("bot.channels.telegram", name)
    return phrases
