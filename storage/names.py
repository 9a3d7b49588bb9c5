"""Which names are accepted, and when two spellings mean the same."""

import unicodedata
from collections.abc import Iterable
from typing import Protocol

from storage.errors import InvalidName, InvalidUsername
from storage.limits import NAME_LENGTH, USERNAME_LENGTH


class Somebody(Protocol):
    """Whoever has, or had, a place in a household."""

    @property
    def id(self) -> int: ...
    @property
    def first_name(self) -> str: ...
    @property
    def last_name(self) -> str: ...
    @property
    def email(self) -> str: ...
    @property
    def username(self) -> str | None: ...


_IN_NAMES = frozenset(" '’-.")
_IN_USERNAMES = frozenset("._-@")


def clean_name(text: str) -> str:
    """A person's name in NFC with single spaces.

    Letters, marks, spaces and `'’-.`, at most 60 characters, at least one letter: a name
    stands in mails that we send to strangers, so it must not carry a message or an address.
    Raises InvalidName with the reason "empty", "too_long" or "characters".
    """
    name = " ".join(unicodedata.normalize("NFC", text).split())
    if not name:
        raise InvalidName("empty")
    if len(name) > NAME_LENGTH:
        raise InvalidName("too_long")
    kinds = {unicodedata.category(char)[0] for char in name if char not in _IN_NAMES}
    if "L" not in kinds or kinds - {"L", "M"}:
        raise InvalidName("characters")
    return name


def bare(name: str) -> str:
    """A name without accents, capitals and hyphens: how it is often typed."""
    words = name.replace("-", " ")
    if words.isascii():
        return words.casefold()
    letters = unicodedata.normalize("NFD", words)
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).casefold()


def called(
    person: Somebody, people: Iterable[Somebody], *, whole: bool = False, private: bool = False
) -> str:
    """What to call somebody so that nobody else of `people` is meant.

    The first name (unless the `whole` name is asked for), else the whole name, else that with the
    address; in `private`, where no address may be read, with the user name if there is one.
    """
    full = _whole(person)
    others = [peer for peer in people if peer.id != person.id]
    if not whole and bare(person.first_name) not in {bare(peer.first_name) for peer in others}:
        return person.first_name
    if bare(full) not in {bare(_whole(peer)) for peer in others}:
        return full
    mark = person.username if private else person.email or person.username
    return f"{full} ({mark})" if mark else full


def _whole(person: Somebody) -> str:
    return f"{person.first_name} {person.last_name}"


def is_poorer(name: str, on_file: str) -> bool:
    """Is it the name on file, only typed without its accents, hyphens or capitals?"""
    if bare(name) != bare(on_file):
        return False
    lost = _adornments(on_file) - _adornments(name)
    return lost > 0 or (lost == 0 and name in {name.lower(), name.upper()})


def _adornments(name: str) -> int:
    marks = [unicodedata.combining(letter) for letter in unicodedata.normalize("NFD", name)]
    return sum(map(bool, marks)) + name.count("-")


def clean_username(text: str) -> str:
    """3 to 40 letters, digits and `._-@`; raises InvalidUsername ("length", "characters")."""
    name = unicodedata.normalize("NFKC", text).strip()
    if len(name) not in USERNAME_LENGTH:
        raise InvalidUsername("length")
    if not all(char.isalnum() or char in _IN_USERNAMES for char in name):
        raise InvalidUsername("characters")
    return name


def folded(text: str) -> str:
    """The key under which user names and addresses are compared, whatever their case."""
    if text.isascii():  # most are, and have no other form
        return text.strip().casefold()
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).strip().casefold())
