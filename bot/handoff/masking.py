"""What neither side of a relay may read: codes, passwords, card numbers and e-mail addresses.

The intake has masked what is private already (`bot/channels/masking.py`). What is left of it, and
what looks like the number of a card (13 to 19 digits, ISO/IEC 7812) or an address, becomes dots.
"""

import re
from collections.abc import Callable

DOTS = "••••"

_MASKS = re.compile(r"⟨(?:code:([^:⟩]+)(?::([^⟩]+))?|digits[^⟩]*|password|card|sin)⟩")
Open = Callable[[str, str], str | None]
"""What eight digits were, by their digest and sealed, if whoever reads along may know."""
_GAP = r"[\s\-‐-―.·_/]{0,3}"
_CARD = re.compile(rf"(?<!\d)\d(?:{_GAP}\d){{12,18}}(?!\d)")
_CODE = re.compile(rf"(?<!\d)\d{{4}}{_GAP}\d{{4}}(?!\d)")
_RUN = re.compile(rf"{DOTS}(?:{_GAP}(?:{DOTS}|\d+))+")
"""Halves of a card's number that the intake took for codes."""
_ADDRESS = re.compile(r"([^\s@<>(),;:\"]+)\s?@\s?[^\s@<>(),;:\"]+\.\w+")


def masked(text: str, opened: Open | None = None) -> str:
    """Return the text with dots for what is private: `"j•••@•••"`, `"••••"`.

    `opened`: of what the intake took for a code, what may be read after all.
    """
    known: set[str] = set()

    def shown(mask: re.Match[str]) -> str:
        digits = opened(mask[1], mask[2]) if opened and mask[2] else None
        known.update([digits] if digits else [])
        return digits or DOTS

    text = _CARD.sub(DOTS, _MASKS.sub(shown, text))
    text = _CODE.sub(lambda code: code[0] if code[0] in known else DOTS, text)
    text = _RUN.sub(DOTS, text)
    return _ADDRESS.sub(lambda address: f"{address[1][0]}•••@•••", text)
