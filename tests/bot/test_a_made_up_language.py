"""A language is a folder and a line: Pig Latin, of which no Python says that it is spoken."""

import json
import os
import subprocess
import sys

import pytest

from tests.bot.made_up_language.pig_latin import CODE, NAME, pig, settle

Told = dict[str, list[str]]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    """What was said in two chats with a Foyer that has it: a process of its own, trained first."""
    tree, folder = (tmp_path_factory.mktemp(name) for name in ("tree", "folder"))
    settle(tree)
    subprocess.run(
        [sys.executable, "-m", "tests.bot.made_up_language.talk", str(folder)],
        cwd=tree,
        env={**os.environ, "PYTHONPATH": str(tree)},
        check=True,
    )
    told: Told = json.loads((folder / "told.json").read_text("utf-8"))
    return told


def test_a_task_is_understood_confirmed_and_carried_out_in_it(told: Told) -> None:
    asked, card, yes, no, done, language = told["unlocking"]
    assert asked.startswith(pig("First I need to know who you are."))
    assert pig("Please check before I unlock this person") in card
    assert yes.startswith(pig("Yes"))
    assert no.startswith(pig("No"))
    assert done.startswith(pig("Done"))
    assert language == CODE


def test_who_names_no_language_is_offered_the_others(told: Told) -> None:
    french, other, _, switched, language, back, last = told["switching"]
    assert [french, other] == ["French", NAME]
    assert switched == pig("Of course, we go on in English.")
    assert language == CODE
    assert back == "Of course, we go on in English."
    assert last == "en"
