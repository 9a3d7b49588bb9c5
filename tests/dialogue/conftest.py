"""The parser as people install it; the first run after a change of its data trains it."""

import pytest

from bot.settings import Settings
from intents.parser import Parser


@pytest.fixture(scope="session")
def parser() -> Parser:
    return Parser.load(cache=Settings().cache_dir)
