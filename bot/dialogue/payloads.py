"""Rasa's button payloads: `/SetSlots(a=b, c=d)` and `/intent{"entity": "value"}`.

They are read from our own files and actions only; what a person types that looks like one
is text, and grants nothing (`docs/decisions/0004-buttons.md`).
"""

import json
import re
from typing import Any

_SET_SLOTS = re.compile(r"/SetSlots\((?P<body>.*)\)")
_INTENT = re.compile(r"/(?P<intent>[a-z_/]+)(?P<entities>\{.*\})?")
_CONSTANTS: dict[str, Any] = {"true": True, "false": False, "null": None}


def set_slots(payload: str) -> dict[str, Any] | None:
    """Return the slots that a payload sets, or None when it is of another kind."""
    match = _SET_SLOTS.fullmatch(payload)
    if not match:
        return None
    pairs = (pair.split("=", 1) for pair in match["body"].split(","))
    return {name.strip(): _CONSTANTS.get(v.strip(), v.strip()) for name, v in pairs}


def intent_of(payload: str) -> tuple[str, dict[str, Any]]:
    """Return the intent and the entities of a payload.

    Raises:
        ValueError: the payload is of no known kind; a mistake in our own files.
    """
    match = _INTENT.fullmatch(payload)
    if not match:
        raise ValueError(f"not a payload: {payload!r}")
    return match["intent"], json.loads(match["entities"] or "{}")
