"""Passwords that people had before a test begins."""

from argon2 import PasswordHasher

_QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


def quickly_hashed(password: str) -> str:
    """A hash that costs next to nothing to check: how dear one is stands in the hash itself."""
    return _QUICK.hash(password)
