"""What a secret key is worth. A key that is guessed opens every link and forges the audit."""

from collections import Counter
from math import log2
from typing import Literal

LENGTH = 32
"""Characters: 128 bits in hexadecimal."""
BITS = 80
"""An estimate over the letters of a key; 32 random hexadecimal digits have 93 at the very least."""
EXAMPLES = ("change-me", "changeme", "change_me", "example", "secret-key-here", "your-secret")
"""What documents, ours and others', put where a key belongs."""

Weakness = Literal["short", "guessable", "published"]


def weakness(key: str) -> Weakness | None:
    """Return why a new database must not be begun with the key, or None."""
    if len(key) < LENGTH:
        return "short"
    if any(example in key.casefold() for example in EXAMPLES):
        return "published"
    return "guessable" if entropy(key) < BITS else None


def entropy(key: str) -> float:
    """Return Shannon's entropy in bits; what only repeats adds nothing."""
    part = _repeated_part(key)
    shares = [count / len(part) for count in Counter(part).values()]
    return -len(part) * sum(share * log2(share) for share in shares)


def _repeated_part(key: str) -> str:
    """Return the shortest piece that the key is made of: "abab" is "ab" twice, "aba" nearly."""
    for length in range(1, len(key)):
        if key.startswith(key[length:]):
            return key[:length]
    return key
