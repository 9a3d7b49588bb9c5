"""A chat, for rooms that know no channel: where it is, what can be done there, its name."""

import re
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from bot.texts import Phrases
from bot.yaml_files import read_yaml

PLAIN_REFERENCE = re.compile(r"[A-Za-z0-9_-]{1,40}")
"""A chat id that people may be shown: no words and no address that somebody chose for it."""


class ChatKey(NamedTuple):
    """Which conversation: a chat with one bot on one channel."""

    channel: str
    bot_id: str
    chat_id: str


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a channel can do beside carrying words. What it cannot is done without, or in words."""

    taps: bool = False
    """Its buttons can be tapped; elsewhere they are numbered lines below the text."""
    links: bool = False
    """A button can lead to a page of ours; elsewhere its address stands below the text."""
    apps: bool = False
    """A page of ours can open inside of it, and it vouches for who has opened it."""
    edits: bool = False
    """What was said can be changed; elsewhere it is said again."""
    toasts: bool = False
    """A tap can be answered with words that pass."""
    styles: bool = False
    """A button can look dangerous."""
    silence: bool = False
    """What is said can come without a sound."""
    menus: bool = False
    """It shows each chat the commands that fit how it stands."""
    quotes: bool = False
    """What is said can point at a message that it answers."""
    reacts: bool = False
    """A sign can stand under a message."""
    deletes: bool = False
    """A message of the person can be taken out of the chat."""
    typing: bool = False
    """It can show that an answer is being written."""
    paced: bool = True
    """Whoever floods it waits; not where the one person sits at the machine itself."""
    answers_at_once: bool = False
    """Replies are the answer to the request; nothing is sent from the outbox."""
    reaches: bool = True
    """What is said there reaches somebody; a page was left behind."""
    captions: int = 1024
    """Characters that can stand under a picture; what is longer is said by itself."""
    labels: bool = False
    """The topic of a case can show a sign of how the case stands."""
    copies: frozenset[str] = frozenset()
    """The kinds of content that it can copy from one of its chats to another."""


Can = Callable[[str], Capabilities]
"""What the channel of that name can do; one that is unknown carries words."""


def chat_in_words(chat: str, known: Container[str]) -> dict[str, Any]:
    """Return "CHANNEL 123" as a value of a text; `known` are the names of the texts there are."""
    channel, _, reference = chat.partition(" ")
    name = f"chat_{channel.lower()}"
    words = {"response": name if name in known else "chat_other"}
    if not PLAIN_REFERENCE.fullmatch(reference):
        return words
    parameters = {"channel": words, "reference": reference}
    return {"response": "chat_with_reference", "parameters": parameters}


@cache
def content_called(kind: str) -> Mapping[str, str]:
    """Return what people call a kind of content, by language: a value of a text."""
    raw: Phrases = read_yaml("bot.channels", "kinds.yml")
    return raw.get(kind) or {code: text.format(kind=kind) for code, text in raw["other"].items()}


def chat_names() -> Phrases:
    """Return the texts that `chat_in_words` names: what people call a chat of each channel."""
    raw: Phrases = read_yaml("bot.channels", "names.yml")
    return {f"chat_{channel}": name for channel, name in raw.items()}
