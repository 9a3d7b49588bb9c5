"""Passwords: argon2id, always outside any transaction (a hash takes tens of milliseconds)."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

NOBODYS = (
    "$argon2id$v=19$m=19456,t=2,p=1$8oRefL5KFW8MLmLpyqdsaA"
    "$WMQfEq1WvChWm7cblQKDjQt1RO64uBlzowGFpU8oiwM"
)
"""Of a random password that was thrown away: a name that nobody has costs the same time."""


def hash_password(password: str) -> str:
    return _hasher().hash(password)


def verify(password_hash: str | None, password: str) -> bool:
    """Does the password fit? Without a hash it never does, after the same time."""
    try:
        fits = _hasher().verify(password_hash or NOBODYS, password)
    except (VerificationError, InvalidHashError):
        return False
    return fits and password_hash is not None


def _hasher() -> PasswordHasher:
    """OWASP's password storage cheat sheet: 19 MiB, two passes, one lane."""
    return PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
