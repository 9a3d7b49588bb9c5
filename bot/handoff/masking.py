"""What neither side of a relay may read: codes, card numbers and e-mail addresses.

The intake has masked the codes already (`bot/channels/masking.py`). What is left of them here, and
what looks like the number of a card (13 to 19 digits, ISO/IEC 7812) or an address, becomes dots.
"""

import re

DOTS = "••••"

_MASKS = re.compile(r"⟨(?:code|digits):[^⟩]*⟩")
_GAP = r"[\s\-‐-―.·_/]{0,3}"
_CARD = re.compile(rf"(?<!\d)\d(?:{_GAP}\d){{12,18}}(?!\d)")
_CODE = re.compile(rf"(?<!\d)\d{{4}}{_GAP}\d{{4}}(?!\d)")
_RUN = re.compile(rf"{DOTS}(?:{_GAP}(?:{DOTS}|\d+))+")
"""Halves of a card's number that the intake took for codes."""
_ADDRESS = re.compile(r"([^\s@<>(),;:\"]+)\s?@\s?[^\s@<>(),;:\"]+\.\w+")


def masked(text: str) -> str:
    """Return the text with dots for what is private: `"j•••@•••"`, `"••••"`."""
    for private in (_MASKS, _CARD, _CODE, _RUN):
        text = private.sub(DOTS, text)
    return _ADDRESS.sub(lambda address: f"{address[1][0]}•••@•••", text)
