"""What an agent can do to a case: plain values. `deciding` makes them, `acting` does them."""

from dataclasses import dataclass, field
from typing import Any, ClassVar

from bot.handoff.states import Event

OFFER = "offer:"


@dataclass(frozen=True, slots=True)
class Claim:
    """Take the case, or the conversation back from the bot."""

    event: ClassVar[Event] = "claim"


@dataclass(frozen=True, slots=True)
class Reopen:
    """Speak to the customer of a closed case again."""

    event: ClassVar[Event] = "reopen"


@dataclass(frozen=True, slots=True)
class Take:
    """Take a case over from an agent who is silent, or an agent no more."""

    event: ClassVar[Event] = "take"


@dataclass(frozen=True, slots=True)
class Release:
    """Put it back into the queue."""

    event: ClassVar[Event] = "release"


@dataclass(frozen=True, slots=True)
class Transfer:
    """Give it to a colleague, by id."""

    person_id: str

    event: ClassVar[Event] = "transfer"


@dataclass(frozen=True, slots=True)
class Stay:
    """Do not return it after all."""

    event: ClassVar[Event] = "stay"


@dataclass(frozen=True, slots=True)
class AskWord:
    """Return it, but first ask what was done."""

    event: ClassVar[Event] = "ask_word"


@dataclass(frozen=True, slots=True)
class Return:
    """Give the conversation back to the bot, with a word on what was done."""

    word: str

    event: ClassVar[Event] = "return"


@dataclass(frozen=True, slots=True)
class Close:
    """The case is over."""

    event: ClassVar[Event] = "close"


@dataclass(frozen=True, slots=True)
class Ban:
    """The case is over, and its chat may open no other one for a while."""

    reason: str

    event: ClassVar[Event] = "ban"


@dataclass(frozen=True, slots=True)
class Unban:
    """It may open cases again."""


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
    """Private: it never leaves the group; `calls` are the ids of agents who are named in it.

    `unknown` is what was said behind an @ that is nobody's name, or that of several.
    """

    text: str
    calls: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Be reminded of the case at a time that these words say; empty: call that off."""

    when: str


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
class React:
    """Show the customer a sign under what they said; empty: none any more."""

    sign: str


@dataclass(frozen=True, slots=True)
class Correct:
    """A message that may have been passed on was edited."""

    text: str


@dataclass(frozen=True, slots=True)
class Hint:
    """Nothing is passed on; `phrase` says why, in the group, and `values` what it names."""

    phrase: str
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ignore:
    """Nothing to do and nothing to say."""


Act = (
    Claim
    | Reopen
    | Take
    | Release
    | Transfer
    | Stay
    | AskWord
    | Return
    | Close
    | Ban
    | Unban
    | AskTask
    | Offer
    | Transcript
    | Note
    | FollowUp
    | Say
    | SayCanned
    | Send
    | React
    | Correct
    | Hint
    | Ignore
)
