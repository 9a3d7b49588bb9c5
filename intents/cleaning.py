"""Make any string safe and cheap to understand."""

import unicodedata

LONGEST = 400
"""Characters that are read of a message; nobody asks for a household change in more."""

_REPLACEMENT = {"Cc": " ", "Zl": " ", "Zp": " ", "Cf": "", "Cs": ""}


def clean(text: str) -> str:
    """Return `text` in NFKC on one line, at most `LONGEST` characters; never raises.

    Lone surrogates would raise in the encoder, and one U+FDFA becomes 18 characters in NFKC: hence
    the clamp on both sides. Control characters become spaces, invisible ones (zero-width joiners,
    direction marks) go.
    """
    head = text.lstrip()[:LONGEST]
    visible = "".join(_REPLACEMENT.get(unicodedata.category(char), char) for char in head)
    one_line = " ".join(unicodedata.normalize("NFKC", visible).split())
    return one_line[:LONGEST].rstrip()
