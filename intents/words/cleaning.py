"""Make any string safe and cheap to understand."""

import unicodedata
from collections.abc import Iterator

from intents.words.signs import with_signs

LONGEST = 400
"""Characters that are read of a message; nobody asks for a household change in more."""
MOST = 5000
"""Characters that are looked at for it: what is only space or invisible takes no room in it."""
_UNCOMPOSED = 4 * LONGEST
"""Visible characters that are put together for it: an "ế" may have been typed as three."""
_MARKS = 30
"""Marks on one letter (UAX #15, stream-safe text); ordering thousands of them takes a while."""
_REPLACEMENT = {"Cc": " ", "Zl": " ", "Zp": " ", "Cf": "", "Cs": ""}


def clean(text: str) -> str:
    """Return `text` in NFKC on one line, at most `LONGEST` characters; never raises.

    Punctuation that was dictated is written as such.

    The clamp is behind NFKC, which makes 18 characters of one U+FDFA. Lone surrogates, which would
    raise in the encoder, and invisible characters (zero-width joiners, direction marks) go; control
    characters become spaces.
    """
    return clean_part(text)[0]


def clean_part(text: str) -> tuple[str, bool]:
    """Return what is read of a text, and whether there was more: then it agrees to nothing."""
    looked_at = text[:MOST]
    plain = looked_at.isprintable() and not any(map(unicodedata.combining, looked_at))
    visible = " ".join((looked_at if plain else "".join(_seen(looked_at))).split())
    one_line = " ".join(unicodedata.normalize("NFKC", visible[:_UNCOMPOSED]).split())
    is_cut = len(text) > MOST or len(visible) > _UNCOMPOSED or len(one_line) > LONGEST
    return with_signs(one_line[:LONGEST].rstrip()), is_cut


def _seen(text: str) -> Iterator[str]:
    marks = 0
    for char in text:
        if kept := _REPLACEMENT.get(unicodedata.category(char), char):
            marks = marks + 1 if unicodedata.combining(kept) else 0
            if marks <= _MARKS:
                yield kept
