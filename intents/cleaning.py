"""Make any string safe and cheap to understand."""

import unicodedata

LONGEST = 400
"""Characters that are read of a message; nobody asks for a household change in more."""

_REPLACEMENT = {"Cc": " ", "Zl": " ", "Zp": " ", "Cf": "", "Cs": ""}


MOST = 5000
"""Characters that are looked at for it: what is only space or invisible takes no room in it."""


def clean(text: str) -> str:
    """Return `text` in NFKC on one line, at most `LONGEST` characters; never raises.

    Lone surrogates would raise in the encoder, and one U+FDFA becomes 18 characters in NFKC: hence
    the clamp on both sides. Control characters become spaces, invisible ones (zero-width joiners,
    direction marks) go.
    """
    one_line = " ".join(unicodedata.normalize("NFKC", _visible(text)[:LONGEST]).split())
    return one_line[:LONGEST].rstrip()


def is_cut(text: str) -> bool:
    """Whether a text says more than is read of it: then it agrees to nothing."""
    return len(text) > MOST or len(_visible(text)) > LONGEST


def _visible(text: str) -> str:
    seen = (_REPLACEMENT.get(unicodedata.category(char), char) for char in text[:MOST])
    return " ".join("".join(seen).split())
