"""A reply's plain text as Telegram's HTML: escaped, and cut where one message must end.

The texts have paragraphs and lists and nothing else, so nothing in them becomes a tag: what a
person wrote reads as it was written.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from bot.channels.telegram.markup import marked_up

LONGEST = 4096
"""UTF-16 code units that Telegram takes in one message, after its HTML is parsed."""

NOTHING: Mapping[str, Any] = MappingProxyType({})

_GAPS = ("\n\n", "\n", " ")
"""Where a text is cut: between paragraphs, else between lines, else between words."""

_LIST_MARK = re.compile(r"^- ", re.MULTILINE)
_LINE_ENDS = re.compile("\r\n?|[\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""All but the line feed, and what turns the direction of the words that follow."""

_REFUSED_MARKS = re.compile("[\u030a\u0333\u033f]")
"""Telegram drops these three; a letter such as `å` keeps its ring as one character."""

_INVISIBLE = frozenset("\u034f\u115f\u1160\u2800\u3164\uffa0\ufffc") | frozenset(
    map(chr, range(0xFE00, 0xFE10))
)
"""Letters, marks and symbols that show nothing."""

_ZERO_WIDTH_JOINER = "\N{ZERO WIDTH JOINER}"


def as_html(text: str, parameters: Mapping[str, Any] = NOTHING) -> tuple[str, ...]:
    """Return the messages that say this text, none of them empty; none for a text without words.

    `parameters` say what stands out in it (`markup`).
    """
    tidied = _LIST_MARK.sub("• ", _tidy(text))
    return tuple(marked_up(part, parameters) for part in _parts(tidied) if _shows(part))


def _tidy(text: str) -> str:
    """Return only what can be sent; pairs of surrogates are joined, lone ones go."""
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")
    lines = _LINE_ENDS.sub("\n", whole).replace("\t", " ")
    composed = unicodedata.normalize("NFC", _CONTROLS.sub("", lines))
    return _REFUSED_MARKS.sub("", composed).strip()


def _parts(text: str) -> Iterator[str]:
    while text:
        end = _end(text)
        yield text[:end].rstrip()
        text = text[end:].lstrip()


def _end(text: str) -> int:
    """Return where the first message of the text ends."""
    head = text[:LONGEST].encode("utf-16-le")[: 2 * LONGEST]
    longest = len(head.decode("utf-16-le", "ignore"))  # drops half a pair at the end
    if longest == len(text):
        return longest
    ends = (end for end, resumed in _ends(text, longest) if not _continues(text, resumed))
    return next(ends, longest)


def _ends(text: str, longest: int) -> Iterator[tuple[int, int]]:
    """Where the message could end and the next one begin, the best place first."""
    for gap in _GAPS:
        end = text.rfind(gap, 1, longest + len(gap))
        while end > 0:
            yield end, end + len(gap)
            end = text.rfind(gap, 1, end + len(gap) - 1)
    yield from ((end, end) for end in range(longest, 0, -1))


def _continues(text: str, at: int) -> bool:
    """Whether the character there belongs to the one before: an accent, a skin tone, a family."""
    return at < len(text) and (
        unicodedata.category(text[at]) in {"Mn", "Mc", "Me", "Cf"}
        or "\U0001f3fb" <= text[at] <= "\U0001f3ff"
        or text[at - 1] == _ZERO_WIDTH_JOINER
    )


def _shows(part: str) -> bool:
    """Whether a reader would see anything: Telegram refuses a message of blanks."""
    return any(
        unicodedata.category(char)[0] not in "ZC" and char not in _INVISIBLE for char in part
    )
