"""What stands out in a reply: the labels of a card, its lines as a quote, a receipt to copy.

Tags are set around whole pieces of one message that are escaped here, so that nothing that a
person wrote becomes one, and what is read stays the same.
"""

import html
import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

LONG = 500
"""Characters from which the middle of an answer is folded away."""
ENDS = 2
"""Paragraphs of a long answer that stay: how it begins, and what is asked below it."""

_BULLET = "• "
_LABEL = re.compile(r"(?P<label>• [^:\n]{1,40}?\u00a0?:) (?P<value>.+)")


def marked_up(text: str, parameters: Mapping[str, Any]) -> str:
    """Return one message as Telegram's HTML; `parameters` are those of its row."""
    receipt = parameters.get("receipt")
    if parameters.get("card") is True:
        return "\n".join(_blocks(text.split("\n")))
    if isinstance(receipt, str) and receipt:
        return escaped(receipt).join(("<code>", "</code>")).join(map(escaped, text.split(receipt)))
    if "article_id" in parameters and len(text) > LONG:
        return _folded(text.split("\n\n"))
    return escaped(text)


def escaped(text: str) -> str:
    return html.escape(text, quote=False)


def _blocks(lines: Iterable[str]) -> Iterable[str]:
    """The lines of a card that say what will be stand in a quote, each with its label."""
    for is_detail, block in groupby(lines, lambda line: line.startswith(_BULLET)):
        if is_detail:
            yield f"<blockquote>{chr(10).join(map(_labelled, block))}</blockquote>"
        else:
            yield from map(escaped, block)


def _labelled(line: str) -> str:
    parts = _LABEL.fullmatch(line)
    if parts is None:
        return escaped(line)
    return f"<b>{escaped(parts['label'])}</b> {escaped(parts['value'])}"


def _folded(paragraphs: Sequence[str]) -> str:
    """All but the ends is shown when it is asked for."""
    if len(paragraphs) <= ENDS:
        return escaped("\n\n".join(paragraphs))
    first, *middle, last = map(escaped, paragraphs)
    quoted = f"<blockquote expandable>{(chr(10) * 2).join(middle)}</blockquote>"
    return f"{first}\n\n{quoted}\n\n{last}"
