"""The whole Foyer of the tests of the conversation, for those of its Telegram messages."""

from tests.bot.conftest import parser, product, world

__all__ = ["parser", "product", "world"]
