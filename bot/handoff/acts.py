"""What an agent's message or tap means for a case: pure, nothing is done here.

A button says what to do and never to which case: that is the case of the topic it was tapped in.
"""

import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from bot.handoff.message import DeskMessage
from storage.handoff.handoffs import Case

NOTE = "//"
OFFER = "offer:"


@dataclass(frozen=True, slots=True)
class Claim:
    """Take the case, or the conversation back from the bot."""


@dataclass(frozen=True, slots=True)
class AskWord:
    """Return it, but first ask what was done."""


@dataclass(frozen=True, slots=True)
class Return:
    """Give the conversation back to the bot, with a word on what was done."""

    word: str


@dataclass(frozen=True, slots=True)
class Close:
    """The case is over."""


@dataclass(frozen=True, slots=True)
class AskTask:
    """Show for which tasks the customer can be sent a button."""


@dataclass(frozen=True, slots=True)
class Offer:
    """Send the customer the button that does a task with the bot."""

    task: str


@dataclass(frozen=True, slots=True)
class Transcript:
    """Show what was said so far."""


@dataclass(frozen=True, slots=True)
class Note:
    """Private: it never leaves the group."""

    text: str


@dataclass(frozen=True, slots=True)
class Say:
    """Tell the customer."""

    text: str


@dataclass(frozen=True, slots=True)
class SayCanned:
    """Tell the customer what stands in the canned replies under a name."""

    name: str


@dataclass(frozen=True, slots=True)
class Send:
    """Copy a picture or a file to the customer; `text` is its caption."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Correct:
    """A message that may have been passed on was edited."""

    text: str


@dataclass(frozen=True, slots=True)
class Hint:
    """Nothing is passed on; `phrase` says why, in the group."""

    phrase: str


@dataclass(frozen=True, slots=True)
class Ignore:
    """Nothing to do and nothing to say."""


Act = (
    Claim
    | AskWord
    | Return
    | Close
    | AskTask
    | Offer
    | Transcript
    | Note
    | Say
    | SayCanned
    | Send
    | Correct
    | Hint
    | Ignore
)


@dataclass(frozen=True, slots=True)
class Room:
    """What decides beside the message: who the agents are, and which words are commands."""

    agents: Mapping[str, str]
    canned: Collection[str]
    tasks: Collection[str]
    copies: Collection[str]
    """The kinds of content that can be handed on."""
    reaches: bool = True
    """Whether there is a chat behind the case."""


def decide(message: DeskMessage, person_id: str, case: Case | None, room: Room) -> Act:
    """Return what is to be done; whoever may not do it gets a hint."""
    if message.kind == "anonymous":
        return Ignore() if case is None else Hint("anonymous")
    if person_id not in room.agents:
        return Ignore() if case is None or _is_note(message) else Hint("not_agent")
    if case is None:
        return Ignore()
    act = _meant(message, case, room)
    return (
        act
        if isinstance(act, Note | Transcript | Hint | Ignore)
        else _allowed(act, person_id, case, room)
    )


def _is_note(message: DeskMessage) -> bool:
    return _folded(message).startswith(NOTE)


def _folded(message: DeskMessage) -> str:
    """Return the text with the signs that acts begin with, whatever the keyboard: "／／ liar"."""
    return unicodedata.normalize("NFKC", message.text).strip()


def _meant(message: DeskMessage, case: Case, room: Room) -> Act:
    text, folded = message.text.strip(), _folded(message)
    if message.button is not None:
        return _button(message.button, room)
    if _is_note(message):
        return Note(folded.removeprefix(NOTE).strip())
    if message.kind == "edited":
        return Correct(text)
    if message.kind != "text":
        return Send(message.kind, text) if message.kind in room.copies else Hint("cannot_copy")
    if folded.startswith("/"):
        return _command(folded, room)
    if folded.startswith("@"):
        return Hint("cannot_change")
    if not text:
        return Ignore()
    return Return(text) if case.awaits_word else Say(text)


def _button(data: str, room: Room) -> Act:
    if data.startswith(OFFER) and data.removeprefix(OFFER) in room.tasks:
        return Offer(data.removeprefix(OFFER))
    acts: Mapping[str, Act] = {
        "claim": Claim(),
        "return": AskWord(),
        "no_word": Return(""),
        "close": Close(),
        "offer": AskTask(),
        "transcript": Transcript(),
    }
    return acts.get(data, Ignore())


def _command(text: str, room: Room) -> Act:
    command, _, rest = text[1:].partition(" ")
    name = command.partition("@")[0].lower()
    acts: Mapping[str, Act] = {
        "claim": Claim(),
        "return": Return(rest.strip()),
        "close": Close(),
        "do": AskTask(),
        "transcript": Transcript(),
        "note": Note(rest.strip()),
    }
    if name in room.canned:
        return SayCanned(name)
    if name in acts:
        return acts[name]
    return Hint("commands" if name in {"help", "canned", "start"} else "cannot_change")


def _allowed(act: Act, person_id: str, case: Case, room: Room) -> Act:
    if case.status == "closed":
        return Hint("case_closed")
    if isinstance(act, Claim):
        return _claim(person_id, case, room)
    if not room.reaches:
        return Close() if isinstance(act, Close | Return | AskWord) else Hint("no_chat")
    if case.status == "queued":
        return Hint("claim_first")
    if case.agent_id != person_id:
        return Hint("others_case")
    speaks = isinstance(act, Say | SayCanned | Send | Correct)
    return Hint("with_the_bot") if speaks and case.lent_at else act


def _claim(person_id: str, case: Case, room: Room) -> Act:
    """A case that nobody has, that one has lent, or whose agent is an agent no more."""
    if case.status == "queued" or case.agent_id not in room.agents:
        return Claim()
    if case.agent_id != person_id:
        return Hint("others_case")
    return Claim() if case.lent_at else Ignore()
