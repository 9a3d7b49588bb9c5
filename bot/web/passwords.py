"""Which passwords are accepted: OWASP ASVS 5.0, section 6.2.

No rule about kinds of characters and no expiry; long enough, not the person's own name, and
not among the most common ones (`common_passwords.txt`).
"""

import unicodedata
from dataclasses import dataclass
from importlib.resources import files
from typing import Literal, Self

MIN_LENGTH = 8
MAX_LENGTH = 128
"""Characters, not bytes; both ends are allowed."""

Refusal = Literal["too_short", "too_long", "own_name", "common"]


def normalised(password: str) -> str:
    """The form that is judged and hashed: NFC, so that every keyboard types the same (RFC 8265)."""
    return unicodedata.normalize("NFC", password)


@dataclass(frozen=True, slots=True)
class PasswordRules:
    """`common` holds the refused passwords, casefolded."""

    common: frozenset[str]

    @classmethod
    def load(cls) -> Self:
        lines = files("bot.web").joinpath("common_passwords.txt").read_text("utf-8").splitlines()
        return cls(frozenset(line.casefold() for line in lines if not line.startswith("# ")))

    def refusal(self, password: str, *names: str) -> Refusal | None:
        """Why this password is refused, or None; `names` are the person's own."""
        plain = normalised(password)
        if len(plain) < MIN_LENGTH:
            return "too_short"
        if len(plain) > MAX_LENGTH:
            return "too_long"
        if plain.casefold() in {normalised(name).casefold() for name in names}:
            return "own_name"
        return "common" if plain.casefold() in self.common else None
