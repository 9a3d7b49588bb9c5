"""Words of a message with their places, and the key by which words are compared."""

import re
import unicodedata
from functools import lru_cache
from itertools import filterfalse
from typing import NamedTuple

# Everything but spaces, ASCII and typographic punctuation, CJK punctuation and pictographs, so that
# combining vowels (Devanagari, Thai) stay inside their word, which `\w` would break.
_WORD = re.compile(
    r"[^\s!-/:-@\[-`{-~\u00a1\u00ab\u00b7\u00bb\u00bf\u2000-\u206f\u2190-\u2bff\u3000-\u303f"
    r"\ufe0f\U0001f000-\U0001faff]+"
)
_PICTURE = re.compile(r"[\u2190-\u2bff\U0001f000-\U0001f3fa\U0001f400-\U0001faff]")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ł": "l", "ø": "o", "’": "'"})
_PLURALS = "sx"
_SHORTEST_PLURAL = 4
REMEMBERED = 4096
"""Names whose words are remembered: those of the households that write at the same time."""
FRESH = 16
"""Texts whose tokens are remembered: the forms of a message that is being looked at."""


class Token(NamedTuple):
    """One word (a tuple, since every message makes hundreds); hyphens and apostrophes part words.

    `gap` is what stands before the word; `follows` names the entity that was taken out there.
    """

    text: str
    key: str
    start: int
    end: int
    gap: str
    follows: str = ""

    @property
    def capital(self) -> bool:
        return self.text[0].isupper() or self.text[0].istitle()

    @property
    def starts_sentence(self) -> bool:
        return self.start == 0 or any(mark in self.gap for mark in '.!?:;«»"“”()•')


def fold(text: str) -> str:
    """Return `text` without case, accents and ligatures: "Œuvre d’Été" becomes "oeuvre d'ete"."""
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFD", text.lower().translate(_LIGATURES))
    return "".join(filterfalse(unicodedata.combining, parts))


def stem(key: str) -> str:
    """Return the folded word without its plural mark ("factures" and "facture" are one name)."""
    return key[:-1] if len(key) >= _SHORTEST_PLURAL and key[-1] in _PLURALS else key


@lru_cache(maxsize=REMEMBERED)
def keys_of(text: str) -> tuple[str, ...]:
    """Return the words of a name or a title, folded; those of people and buttons come often."""
    return tuple(token.key for token in tokenize(text))


def with_pictures(text: str) -> tuple[Token, ...]:
    """Return the words of `text` and its pictographs, in order."""
    words = tokenize(text)
    pictures = [
        Token(picture.group(), picture.group()[0], picture.start(), picture.end(), " ")
        for picture in _PICTURE.finditer(text)
    ]
    return tuple(sorted([*words, *pictures], key=lambda token: token.start)) if pictures else words


@lru_cache(maxsize=FRESH)
def tokenize(text: str) -> tuple[Token, ...]:
    """Return the words of `text` in order; each finder asks for those of the same message."""
    tokens: list[Token] = []
    end = 0
    for match in _WORD.finditer(text):
        word = match.group()
        tokens.append(
            Token(word, fold(word), match.start(), match.end(), text[end : match.start()])
        )
        end = match.end()
    return tuple(tokens)
