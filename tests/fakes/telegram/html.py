"""Telegram's HTML, as its documentation allows it.

Stricter than the server in one point: a bare `&` and an entity other than the four named ones
pass there and stand in the text as typed; the documentation forbids them, and so does this.
"""

import re

from tests.fakes.telegram.refusals import Refusal, bad_request

_TAGS = {
    *("a", "b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "code", "pre"),
    *("blockquote", "span", "tg-spoiler", "tg-emoji"),
}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_ATTRIBUTES = r"(?:\s+[\w-]+(?:\s*=\s*(?:\"[^\"<]*\"|'[^'<]*'|[\w.-]+))?)*"
_TOKEN = re.compile(
    rf"<(?P<start>[a-zA-Z][\w-]*)(?P<attributes>{_ATTRIBUTES})\s*>"
    r"|</(?P<end>[a-zA-Z][\w-]*)\s*>"
    r"|&(?:(?P<named>\w+)|#x(?P<hex>[0-9a-fA-F]+)|#(?P<decimal>[0-9]+));"
    r"|(?P<bad>[<&])"
    r"|(?P<text>[^<&]+)"
)


def visible(html: str) -> str:
    """Return the text that a person sees; what Telegram would not parse is refused."""
    seen: list[str] = []
    opened: list[str] = []
    for token in _TOKEN.finditer(html):
        at = len(html[: token.start()].encode("utf-8", "surrogatepass"))
        if token["start"]:
            opened.append(_start(token["start"].lower(), token["attributes"], at))
        elif token["end"]:
            _end(token["end"].lower(), opened, at)
        elif token["bad"]:
            what = "Unexpected start of a tag" if token["bad"] == "<" else "Unescaped &"
            raise _unparsable(f"{what} at byte offset {at}")
        else:
            seen.append(token["text"] or _character(token, at))
    if opened:
        raise _unparsable(f'Can\'t find end tag corresponding to start tag "{opened[-1]}"')
    return "".join(seen)


def _start(tag: str, attributes: str, at: int) -> str:
    if tag not in _TAGS:
        raise _unparsable(f'Unsupported start tag "{tag}" at byte offset {at}')
    if tag == "span" and "tg-spoiler" not in attributes:
        raise _unparsable(f'Tag "span" must have class "tg-spoiler" at byte offset {at}')
    return tag


def _end(tag: str, opened: list[str], at: int) -> None:
    if not opened:
        raise _unparsable(f"Unexpected end tag at byte offset {at}")
    if (expected := opened.pop()) != tag:
        raise _unparsable(
            f'Unmatched end tag at byte offset {at}, expected "</{expected}>", found "</{tag}>"'
        )


def _character(token: re.Match[str], at: int) -> str:
    if token["named"]:
        if token["named"] not in _NAMED:
            raise _unparsable(f'Unsupported entity "&{token["named"]};" at byte offset {at}')
        return _NAMED[token["named"]]
    code = int(token["hex"], 16) if token["hex"] else int(token["decimal"])
    if not 0 < code <= 0x10FFFF:
        raise _unparsable(f"Unsupported character at byte offset {at}")
    return chr(code)


def _unparsable(reason: str) -> Refusal:
    return bad_request(f"can't parse entities: {reason}")
