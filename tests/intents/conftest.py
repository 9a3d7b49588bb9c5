import os
from pathlib import Path

import pytest
from platformdirs import user_cache_path

from intents.parser import Parser


@pytest.fixture(scope="session")
def parser() -> Parser:
    """The parser as people install it; the first run after a change of data trains it."""
    folder = os.environ.get("FOYER_CACHE_DIR")
    return Parser.load(cache=Path(folder) if folder else user_cache_path("foyer"))
