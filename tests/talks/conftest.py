"""What plays the talks of a file, on a database of their own."""

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from intents.parser import Parser
from tests.talks.player import Result, Stage
from tests.talks.talk import load_talks


@pytest.fixture(scope="session")
def play(
    parser: Parser, sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[Path], Sequence[Result]]:
    def results(talks: Path) -> Sequence[Result]:
        database = tmp_path_factory.mktemp("talks") / "foyer.db"
        shutil.copy(sqlite_template, database)
        chosen = load_talks([talks])
        stage = Stage.on(database, parser, chosen)
        try:
            return [stage.play(talk) for talk in chosen]
        finally:
            stage.close()

    return results
