"""The commands of a chat while it waits for a person and while it has one; those of the agents."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.channels.telegram.words import read_words
from tests.e2e.telegram.scene import GROUP, Scene, opened
from tests.fakes.telegram.user import TelegramUser

pytestmark = pytest.mark.slow

NADIA = 8_000_001


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[Scene]:
    folder = tmp_path_factory.mktemp("menus")
    shutil.copy(sqlite_template, folder / "foyer.db")
    url = f"sqlite:///{folder / 'foyer.db'}"
    with opened(folder, url, "polling", {NADIA: "Nadia"}) as running:
        yield running


def menu_of(scene: Scene, person: TelegramUser) -> set[str]:
    scene.settle()
    return {name for name, _ in scene.api.methods.profile.menu(person.id) or ()}


def test_the_menu_follows_the_case(scene: Scene) -> None:
    diane = scene.person()
    diane.say("I want to talk to a person")
    diane.reads("person")
    scene.api.wait_until(lambda: "leave" in menu_of(scene, diane), what="the menu of the queue")
    assert "person" not in menu_of(scene, diane)
    diane.say("/leave")
    scene.settle()
    diane.say("yes")
    scene.api.wait_until(lambda: "leave" not in menu_of(scene, diane), what="the usual menu")


def test_the_agents_group_has_commands_of_its_own_and_each_is_known(scene: Scene) -> None:
    profile = scene.api.methods.profile
    scene.api.wait_until(lambda: profile.menu(GROUP) is not None, what="the agents' menu")
    assert {name for name, _ in profile.menu(GROUP) or ()} == set(read_words("desk_menu.yml"))
