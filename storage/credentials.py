"""Passwords: argon2id, always outside any transaction (a hash takes tens of milliseconds)."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError


def hash_password(password: str) -> str:
    """An argon2id hash with the library's parameters (RFC 9106, low memory)."""
    return PasswordHasher().hash(password)


def verify(password_hash: str, password: str) -> bool:
    try:
        return PasswordHasher().verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False
