"""What the agents read of a customer's message: its words, and all that came beside them."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from bot.chats import content_called
from bot.handoff.words import DeskWords

Hide = Callable[[str], str]
"""Takes out of a text what its reader may not see."""


def heard(words: DeskWords, text: str, about: Mapping[str, Any], hide: Hide) -> Iterator[str]:
    """Return the lines that show a message; `about` is what a tracker keeps of it (`noted`)."""
    beside: Mapping[str, str] = about.get("beside") or {}
    if "quoted" in beside:
        yield words.say("said_quoting", text=hide(beside["quoted"]))
    elif "quoted_media" in beside:
        yield words.say("said_quoting", text=content_called(beside["quoted_media"]))
    if "origin" in beside:
        source = {"response": _known(words, "origin", beside["origin"])}
        who = hide(beside.get("forwarded_from", ""))
        said = hide(beside.get("forwarded", ""))
        yield words.say("said_forwarded", source=source, whom=who, text=said)
    if "reaction" in beside:
        sign, whole = beside["reaction"], hide(about.get("answered") or "")
        yield words.say("said_reaction" if sign else "said_no_reaction", sign=sign, text=whole)
    if about.get("button"):
        title = hide(beside.get("title", ""))
        yield words.say("said_tapped", title=title) if title else words.say("said_button")
    if text.strip():
        kind = "said_edited" if about.get("kind") == "edited" else "said_customer"
        yield words.say(kind, text=hide(text))


def sent(words: DeskWords, about: Mapping[str, Any], hide: Hide) -> str | None:
    """Return a line for what was sent beside the words and cannot be seen here."""
    media = about.get("media")
    holds = (about.get("beside") or {}).get("holds")
    if media is None:
        return None
    said = "said_holding" if holds else "said_media"
    return words.say(said, kind=content_called(media), text=hide(holds or ""))


def _known(words: DeskWords, family: str, name: str) -> str:
    """Return the phrase for a name of the messenger's, or the one for any other."""
    return f"{family}_{name}" if f"{family}_{name}" in words.phrases else f"{family}_other"
