"""Telegram's own parser of HTML, from its own library; it needs no login and no network."""

import json
import os
from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from typing import Any

import pytest

has_tdlib = find_spec("tdjson") is not None or os.environ.get("CI") == "true"
needs_tdlib = pytest.mark.skipif(
    not has_tdlib,
    reason="tdjson has no wheel for this machine, so Telegram's own parser cannot be asked",
)


class HtmlRefusedError(ValueError):
    """Telegram would not take this text."""


def visible(html: str) -> str:
    """The text that a reader sees, without its tags.

    Raises HtmlRefusedError for what Telegram cannot parse.
    """
    mode = {"@type": "textParseModeHTML"}
    parsed = _execute({"@type": "parseTextEntities", "text": html, "parse_mode": mode})
    return str(parsed["text"])


def shown(html: str) -> str:
    """The same after Telegram has dropped the characters that it does not show."""
    text = {"@type": "formattedText", "text": visible(html), "entities": []}
    return str(_execute({"@type": "parseMarkdown", "text": text})["text"])


@cache
def _library() -> Callable[[bytes], bytes | None]:
    """It writes each request down, unless it is told not to."""
    from tdjson import td_execute

    quiet = {"@type": "setLogVerbosityLevel", "new_verbosity_level": 0}
    td_execute(json.dumps(quiet).encode())
    execute: Callable[[bytes], bytes | None] = td_execute
    return execute


def _execute(request: dict[str, Any]) -> dict[str, Any]:
    answer = _library()(json.dumps(request).encode())
    assert answer is not None, "this request is answered at once"
    found: dict[str, Any] = json.loads(answer)
    if found["@type"] == "error":
        raise HtmlRefusedError(found["message"])
    return found
