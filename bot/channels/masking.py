"""Masking at the intake: no one-time code is ever written down as it was typed.

Every string of an update, after NFKC, loses its eight-digit codes before the first write. What
stands in their place is a keyed digest, enough to verify with (`docs/decisions/0005-masking.md`).
"""

import re
import unicodedata

from storage.keys import Keys

_GAP = r"[\s\-‐-―.·_]{0,3}"
_CODE = re.compile(rf"(?<!\d)\d{{4}}{_GAP}\d{{4}}(?!\d)")
_ONLY_DIGITS = re.compile(rf"\d(?:{_GAP}\d){{2,11}}")
_ONE_NUMBER = re.compile(rf"(?:\D*\W)?(\d{{3}}{_GAP}\d{{3}})(?:\W\D*)?")
"""Six digits that are the only ones of a message: the number of the sign-in page."""
_AROUND = " .!,;:«»\"'"
_BRACKETS = str.maketrans({"⟨": "<", "⟩": ">"})


def mask(text: str, keys: Keys, *, code_awaited: bool = False) -> str:
    """Return the text with every code replaced by `⟨code:DIGEST⟩`.

    While a code is awaited, a message of nothing but three to twelve digits (a half, a slip)
    becomes `⟨digits:SEALED⟩`, and eight digits count as a code however they are spaced; so does
    one with six digits and words around them.
    The brackets of a mask cannot be typed: they are replaced first.
    """
    plain = unicodedata.normalize("NFKC", text).translate(_BRACKETS)
    whole = plain.strip().strip(_AROUND)
    if code_awaited and _ONLY_DIGITS.fullmatch(whole):
        digits = ascii_digits(whole)
        if len(digits) == 8:  # noqa: PLR2004 -- the length of a code
            return f"⟨code:{keys.code_digest(digits)}⟩"
        return f"⟨digits:{keys.seal(digits)}⟩"
    if code_awaited and (number := _ONE_NUMBER.fullmatch(plain)):
        return f"⟨digits:{keys.seal(ascii_digits(number[1]))}⟩"
    return _CODE.sub(lambda m: f"⟨code:{keys.code_digest(ascii_digits(m[0]))}⟩", plain)


def ascii_digits(text: str) -> str:
    """Return the digits of any script as ASCII: `"١٢٣٤ 5678"` → `"12345678"`."""
    return "".join(str(unicodedata.decimal(c)) for c in text if c.isdecimal())
