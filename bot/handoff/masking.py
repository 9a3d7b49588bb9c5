"""What neither side of a relay may read: codes, passwords, numbers of cards and banks, addresses.

They hide what is secret, not digits: what the numbers of an order, an account, a telephone or a
device are for is that somebody reads them. The intake has masked what is private already
(`bot/channels/masking.py`). What is left of it, and e-mail addresses, becomes dots.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from intents.secrets.numbers import GAP
from intents.secrets.private import find_numbers

DOTS = "••••"

_MASKS = re.compile(r"⟨(?:code:([^:⟩]+)(?::([^⟩]+))?|digits[^⟩]*|password|card|sin|bank|token)⟩")
_CODE = re.compile(rf"(?<!\d)\d{{4}}{GAP}\d{{4}}(?!\d)")
_RUN = re.compile(rf"{DOTS}(?:{GAP}(?:{DOTS}|\d+))+")
"""Halves of a number that the intake took for codes."""
_ADDRESS = re.compile(
    r"(?P<link>\w{2,12}://[^\s/@]{0,64}@)|"
    r"(?P<name>[^\s@<>(),;:\"/=?&#]{1,64})\s?@\s?[^\s@<>(),;:\"/?&#]+\.\w+"
)
"""Of an e-mail, not what stands before the host of a link: where it leads is to be read."""
Open = Callable[[str, str], str | None]
"""What eight digits were, by their digest and sealed, if whoever reads along may know."""


def hides(private: str, typed: str) -> bool:
    """Whether a text that was masked reads otherwise than it was typed."""
    return private.count(DOTS[0]) > typed.count(DOTS[0])


@dataclass(frozen=True, slots=True)
class Shown:
    """A text as it may be read, and whether something secret is hidden in it."""

    text: str
    hides: bool


def masked(text: str, opened: Open | None = None) -> str:
    """Return the text with dots for what is private: `"j•••@•••"`, `"••••"`.

    `opened`: of what the intake took for a code, what may be read after all.
    """
    return shown(text, opened).text


def shown(text: str, opened: Open | None = None) -> Shown:
    """Return the same, and whether dots stand for something secret."""
    known: set[str] = set()

    def of_mask(mask: re.Match[str]) -> str:
        typed = opened(mask[1], mask[2]) if opened and mask[2] else None
        known.update([typed] if typed else [])
        return typed or DOTS

    bare = "".join(_without_numbers(_MASKS.sub(of_mask, text)))
    bare = _CODE.sub(lambda code: code[0] if code[0] in known else DOTS, bare)
    bare = _RUN.sub(DOTS, bare)
    hidden = _ADDRESS.sub(_hidden, bare)
    return Shown(hidden, bare.count(DOTS) > text.count(DOTS))


def _hidden(address: re.Match[str]) -> str:
    """Return an e-mail address with all but its beginning hidden; of a link its password."""
    if address["link"]:
        return re.sub(r"(?<=\w):[^/@]*@", f":{DOTS}@", address["link"])
    return f"{address['name'][0]}•••@•••"


def _without_numbers(text: str) -> Iterator[str]:
    """Yield the parts of a text, with dots for the private numbers that are left in it."""
    end = 0
    for number in find_numbers(text):
        if number.start >= end:
            yield from (text[end : number.start], DOTS)
            end = number.end
    yield text[end:]
