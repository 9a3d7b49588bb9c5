"""How a chat is named to people in mails and on pages: its kind, and its id as a reference."""

import re
from collections.abc import Container
from typing import Any

PLAIN_REFERENCE = re.compile(r"[A-Za-z0-9_-]{1,40}")
"""A chat id that people may be shown: no words and no address that somebody chose for it."""


def chat_in_words(chat: str, known: Container[str]) -> dict[str, Any]:
    """Return "telegram 123" as a value of a text; `known` are the names of the texts there are."""
    channel, _, reference = chat.partition(" ")
    name = f"chat_{channel.lower()}"
    words = {"response": name if name in known else "chat_other"}
    if not PLAIN_REFERENCE.fullmatch(reference):
        return words
    parameters = {"channel": words, "reference": reference}
    return {"response": "chat_with_reference", "parameters": parameters}
