"""The wall that keeps languages out of Python, and the rooms that speak the same ones."""

from pathlib import Path

import pytest

from bot.languages import LANGUAGES
from faq import articles
from intents.words.lexicon import languages
from tests.languages_named import languages_named

ROOT = Path(__file__).parent.parent


def test_every_room_speaks_the_same_languages_and_the_same_first() -> None:
    assert set(languages()) == set(articles.languages()) == set(LANGUAGES)
    assert languages()[0] == next(iter(LANGUAGES))


SPEAKING = ("bot", "faq", "intents", "storage")
LINES = ("bot/languages.py", "storage/migrations/versions/")
"""Where a language has its line; and what was, which is never written anew."""


@pytest.mark.parametrize("room", SPEAKING)
def test_no_python_says_which_languages_there_are(room: str) -> None:
    for path in (ROOT / room).rglob("*.py"):
        relative = path.relative_to(ROOT).as_posix()
        if not relative.startswith(LINES):
            named = languages_named(path.read_text("utf-8"))
            assert not named, relative


@pytest.mark.parametrize(
    "planted",
    [
        'OTHER = {"en": "fr"}',
        "def f(language): return language == 'fr'",
        'def f(intent):\n    match intent:\n        case "switch_to_fr": return 1',
        "def f(service): return service.name_fr",
        "def f(french): return french",
        "say(en=1)",
    ],
)
def test_a_planted_language_is_found(planted: str) -> None:
    assert languages_named(planted)
