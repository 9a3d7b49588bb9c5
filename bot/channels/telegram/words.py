"""The texts that only Telegram shows."""

from functools import cache
from importlib.resources import files

import yaml

from bot.texts import Phrases


@cache
def read_words(name: str) -> Phrases:
    """Return the texts of one of the files beside this one."""
    text = files("bot.channels.telegram").joinpath(name).read_text("utf-8")
    phrases: Phrases = yaml.safe_load(text)
    return phrases
