"""The dictionaries of our languages: a word that stands in one is no slip of another.

Nor is it a name by itself where it is typed small.
"""

from simplemma import is_known
from simplemma.strategies.dictionaries.dictionary_factory import SUPPORTED_LANGUAGES

from intents.words.lexicon import languages


def is_word(text: str) -> bool:
    """Whether a dictionary of some language of ours has a word, in any of its forms."""
    return is_known(text.lower(), lang=_with_dictionary())


def open_all() -> None:
    """Read the dictionaries, so that no message has to wait for it."""
    for language in _with_dictionary():
        is_known("foyer", lang=language)


def _with_dictionary() -> tuple[str, ...]:
    return tuple(SUPPORTED_LANGUAGES.intersection(languages()))
