"""A running Foyer with Telegram, for all tests of a file: once by polling, once by webhook."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.telegram.scene import MODES, Scene, opened


@pytest.fixture(scope="module", params=MODES)
def scene(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path
) -> Iterator[Scene]:
    folder = tmp_path_factory.mktemp(request.param)
    shutil.copy(sqlite_template, folder / "foyer.db")
    with opened(folder, f"sqlite:///{folder / 'foyer.db'}", request.param) as running:
        yield running
        assert "Traceback" not in running.server.log
