"""What is installed: one name, and everything that the rooms in the checkout hold."""

import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parent.parent.parent
ROOMS = ("bot", "faq", "intents", "storage")
RUN = """
import sys, foyer
sys.argv[1:] = ["--version"]
try:
    foyer.main()
finally:
    import bot
    print(bot.__file__)
"""

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = (sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", folder)
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    with ZipFile(wheel) as archive:
        archive.extractall(folder / "installed")
    return folder / "installed"


def test_an_installation_takes_the_name_foyer_and_no_other(installed: Path) -> None:
    taken = {path.name for path in installed.iterdir() if path.suffix != ".dist-info"}
    assert taken == {"foyer"}


@pytest.mark.parametrize("room", ROOMS)
def test_every_file_of_a_room_is_installed(installed: Path, room: str) -> None:
    assert _files(installed / "foyer" / room) == _files(ROOT / room)


def test_what_runs_is_what_is_installed_and_says_its_version(
    installed: Path, tmp_path: Path
) -> None:
    told = subprocess.run(
        (sys.executable, "-c", RUN),
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(installed)},
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split()
    assert told == [version("foyer"), str(installed / "foyer" / "bot" / "__init__.py")]


def _files(folder: Path) -> set[str]:
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
