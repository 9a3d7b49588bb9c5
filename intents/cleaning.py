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
    return clean_part(text)[0]


def clean_part(text: str) -> tuple[str, bool]:
    """Return what is read of a text, and whether there was more: then it agrees to nothing."""
    seen = (_REPLACEMENT.get(unicodedata.category(char), char) for char in text[:MOST])
    visible = " ".join("".join(seen).split())
    one_line = " ".join(unicodedata.normalize("NFKC", visible[:LONGEST]).split())
    return one_line[:LONGEST].rstrip(), len(text) > MOST or len(visible) > LONGEST
