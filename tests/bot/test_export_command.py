"""`foyer export`: two files that only whoever runs it may read."""

import json
import stat
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.constants import constants
from bot.exporting.command import export_person
from bot.exporting.page import DataPage
from bot.texts import Texts
from faq.organisation import Organisation
from storage.households.declared import CHANGES
from tests.fakes.chats import World


def told(world: World, folder: Path, username: str) -> tuple[int, Any, str]:
    """The exit status, and what stands in the two files."""
    report = export_person(world.app.settings, world.app.database, username, folder)
    files = [folder / f"{username}.json", folder / f"{username}.html"]
    if report.status:
        return report.status, None, "\n".join(report.lines)
    for file in files:
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert f"Written: {file}" in report.lines
    return 0, json.loads(files[0].read_text("utf-8")), files[1].read_text("utf-8")


@pytest.mark.parametrize(
    ("username", "words"),
    [
        ("diane", ['<html lang="en">', "Your data at Foyer", "account holder"]),
        ("hugo", ['<html lang="fr">', "Vos données chez Foyer", "utilisateur secondaire"]),
    ],
)
def test_a_file_for_programs_and_a_page_in_the_language_of_the_person(
    world: World, tmp_path: Path, username: str, words: list[str]
) -> None:
    chat = world.chat()
    chat.say("what can I use?")
    chat.sign_in(username)
    status, data, page = told(world, tmp_path, username)
    assert status == 0
    assert data["username"] == username
    assert data["profile"][0]["email"] == f"{username}@example.com"
    assert "what can I use?" in [message["text"] for message in data["messages"]]
    assert not [word for word in words if word not in page]
    assert "<script" not in page


def test_what_people_wrote_is_no_markup_on_the_page(world: World, tmp_path: Path) -> None:
    chat = world.chat()
    chat.say("what can I use?")
    chat.sign_in("hugo")
    chat.say("<b>bold</b> & more")
    _, _, page = told(world, tmp_path, "hugo")
    assert "<b>bold" not in page
    assert "&lt;b&gt;bold&lt;/b&gt; &amp; more" in page


def test_no_code_that_was_typed_is_in_either(world: World, tmp_path: Path) -> None:
    chat = world.chat()
    chat.say("what can I use?")
    chat.sign_in("hugo")
    code = world.code()
    _, data, page = told(world, tmp_path, "hugo")
    for text in (json.dumps(data, ensure_ascii=False), page):
        assert code not in text
        assert "⟨code:" not in text


def test_nothing_is_written_over_and_nobody_unknown_is_made_up(
    world: World, tmp_path: Path
) -> None:
    assert told(world, tmp_path, "hugo")[0] == 0
    status, _, said = told(world, tmp_path, "hugo")
    assert (status, "is there already" in said) == (1, True)
    assert told(world, tmp_path, "nobody")[::2] == (1, "Nobody has that user name.")
    assert told(world, tmp_path / "nowhere", "lea")[0] == 1


def test_every_kind_of_change_and_every_part_has_words() -> None:
    page = DataPage(Texts(ZoneInfo("America/Toronto"), constants(Organisation.load(), 90)), {})
    actions = {change.entered_as or name for name, change in CHANGES.items()}
    assert not [action for action in actions if f"value_{action}" not in page._words]
    assert not [kind for kind in page._kinds.values() if f"value_{kind}" not in page._words]
