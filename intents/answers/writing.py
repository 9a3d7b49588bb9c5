"""How a name is written that was typed all small, or all in capitals."""

import re

from intents.answers.stated import listed
from intents.words.tokens import fold

_LETTERS = re.compile(r"[^\W\d_]+")
_VOWEL = re.compile(r"[aeiouy]")
_INITIALS = 2
_ROMAN = re.compile(r"i{2,3}|iv|vi{0,3}")


def written(name: str) -> str:
    """Return a name as names are written, where it was typed all small or all in capitals.

    A name in mixed case is kept as it was typed.
    """
    if not (name.islower() or name.isupper()):
        return name
    words = name.split()
    return " ".join(_in_case(word, n, last=n == len(words) - 1) for n, word in enumerate(words))


def _in_case(word: str, at: int, *, last: bool) -> str:
    key = fold(word).strip(".")
    if at and last and _ROMAN.fullmatch(key):
        return word.upper()
    if key in listed("small") and not last:
        return word.lower()
    if word.isupper() and len(key) <= _INITIALS and not _VOWEL.search(key):
        return word  # initials: "JP"
    return _LETTERS.sub(lambda part: part[0].capitalize(), word)
