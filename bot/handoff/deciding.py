"""What an agent's message or tap means for a case: pure, nothing is done here.

A button says what to do and never to which case: that is the case of the topic it was tapped in.
"""

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from itertools import product

from bot.handoff.acts import (
    OFFER,
    Act,
    AskTask,
    AskWord,
    Ban,
    Claim,
    Close,
    Correct,
    FollowUp,
    Hint,
    Ignore,
    Note,
    Offer,
    React,
    Release,
    Reopen,
    Return,
    Say,
    SayCanned,
    Send,
    Stay,
    Take,
    Transcript,
    Transfer,
    Unban,
)
from bot.handoff.message import DeskMessage
from bot.handoff.states import can
from storage.handoff.handoffs import Case
from storage.names import bare

NOTE = "//"
OFF = "off"
"""Behind a command: what it began ends."""
HELP = frozenset({"help", "start"})
ACTS: Mapping[str, Act] = {
    "claim": Claim(),
    "take": Take(),
    "release": Release(),
    "reopen": Reopen(),
    "cancel": Stay(),
    "close": Close(),
    "do": AskTask(),
    "transcript": Transcript(),
    "unban": Unban(),
}
"""The commands that take no words."""
TEAM = frozenset({"cases", "case", "find", "oncall", "canned", *HELP})
"""What is about all cases or the team itself, anywhere in the group."""
OF_A_CASE = frozenset({*ACTS, "return", "transfer", "note", "ban", "followup"})
COMMANDS = TEAM | OF_A_CASE
_CALLED = re.compile(r"(?<![\w.])@([\w.'’-]+)")
"""Somebody who is named in a note; an e-mail address names nobody."""
MISSPELT = 0.8
"""How much a word is like a command that was meant."""
BUTTONS: Mapping[str, Act] = {
    "claim": Claim(),
    "return": AskWord(),
    "no_word": Return(""),
    "stay": Stay(),
    "close": Close(),
    "offer": AskTask(),
    "transcript": Transcript(),
}


@dataclass(frozen=True, slots=True)
class Room:
    """What decides beside the message: who the agents are, and which words are commands."""

    agents: Mapping[str, str]
    canned: Mapping[str, Mapping[str, str]]
    """The texts of canned replies, by name and language."""
    tasks: Collection[str]
    copies: Collection[str]
    """The kinds of content that can be handed on."""
    reaches: bool = True
    """Whether there is a chat behind the case."""
    handles: Mapping[str, str] = field(default_factory=dict)
    """What agents are called behind an @, by their ids."""
    has_another: bool = False
    """Whether the customer of a closed case has another one open."""
    asks_change: bool = False
    """Whether the words of an unknown command ask for something that only the bot does."""
    is_silent: bool = False
    """Whether the agent of the case has done nothing for so long that another may take it."""
    is_banned: bool = False
    """Whether the chat of the case may call no agent at the moment."""

    def meant(self, name: str) -> list[str]:
        """Return the ids of the agents who are called so, with an @ or without.

        Accents that are left out count only where nobody is called just so.
        """
        said = name.removeprefix("@").strip()
        whole = {p: [called, self.handles.get(p, "")] for p, called in self.agents.items()}
        parts = {p: called.split() for p, called in self.agents.items()}
        for alike, names in product((str.casefold, bare), (whole, parts)):
            known = [p for p, own in names.items() if alike(said) in set(map(alike, own)) - {""}]
            if known:
                return known
        return []


def decide(message: DeskMessage, person_id: str, case: Case | None, room: Room) -> Act:
    """Return what is to be done; whoever may not do it gets a hint."""
    if message.kind == "anonymous":
        return Ignore() if case is None else Hint("anonymous")
    if person_id not in room.agents:
        silent = case is None or is_note(message) or message.kind == "reaction"
        return Ignore() if silent else Hint("not_agent")
    if case is None:
        return Ignore()
    act = _meant(message, person_id, case, room)
    if isinstance(act, Unban):
        return act if room.is_banned else Hint("not_banned")
    unchecked = isinstance(act, Note | FollowUp | Transcript | Hint | Ignore)
    return act if unchecked else _allowed(act, person_id, case, room)


def is_note(message: DeskMessage) -> bool:
    return folded(message).startswith(NOTE)


def is_command(message: DeskMessage) -> bool:
    """Whether it is a command that no agent's list has."""
    begins = message.kind == "text" and folded(message).startswith("/") and not is_note(message)
    return begins and command_of(message)[0] not in COMMANDS


def folded(message: DeskMessage) -> str:
    """Return the text with the signs that acts begin with, whatever the keyboard: "／／ liar"."""
    return unicodedata.normalize("NFKC", message.text).strip()


def is_for_team(text: str, *, in_case: bool) -> bool:
    """Whether it is a command that is no matter of the case in whose topic it was said.

    Outside of them there is no case, and any command is answered.
    """
    message = DeskMessage(text)
    known = TEAM if in_case else COMMANDS
    return folded(message).startswith("/") and command_of(message)[0] in known


def command_of(message: DeskMessage) -> tuple[str, str]:
    """Return the name of a command, without the bot's own, and the words behind it."""
    command, _, rest = folded(message).removeprefix("/").partition(" ")
    return command.partition("@")[0].lower(), rest.strip()


def _meant(message: DeskMessage, person_id: str, case: Case, room: Room) -> Act:
    text = message.text.strip()
    if message.button is not None:
        return _button(message.button, case, room)
    if is_note(message):
        return _note(message, folded(message).removeprefix(NOTE).strip(), person_id, room)
    if message.kind != "text":
        return _beside_words(message, text, room)
    if folded(message).startswith("/"):
        return _command(message, person_id, room)
    if folded(message).startswith("@"):
        return Hint("cannot_change")
    if not text:
        return Ignore()
    return Return(text) if case.awaits_word else Say(text)


def _beside_words(message: DeskMessage, text: str, room: Room) -> Act:
    """Return what an edit, a sign, or something that was sent instead of text means."""
    if message.kind == "edited":  # a command is done once; its words are none for the customer
        return Hint("not_sent_then") if folded(message).startswith("/") else Correct(text)
    if message.kind == "reaction":
        return React(text)
    return Send(message.kind, text) if message.kind in room.copies else Hint("cannot_copy")


def _button(data: str, case: Case, room: Room) -> Act:
    if data == "no_word" and not case.awaits_word:
        return Hint("nothing_asked")
    if data.startswith(OFFER) and data.removeprefix(OFFER) in room.tasks:
        return Offer(data.removeprefix(OFFER))
    return BUTTONS.get(data, Ignore())


def _command(message: DeskMessage, person_id: str, room: Room) -> Act:
    name, rest = command_of(message)
    if name in ACTS:
        return ACTS[name]
    if name in room.canned:
        return SayCanned(name)
    if name == "ban":
        return Ban(rest) if rest else Hint("ban_why")
    if name == "followup":
        return FollowUp("" if rest.casefold() == OFF else rest) if rest else Hint("follow_up_when")
    if name == "transfer":
        return _transfer(message.mentioned, rest, room)
    if name == "return":
        return Return(rest)
    if name == "note":
        return _note(message, rest, person_id, room)
    return unknown(name, person_id, room)


def unknown(name: str, person_id: str, room: Room) -> Hint:
    """Return the hint for a command that there is not, with the one that may be meant."""
    values = {"who": room.agents[person_id], "command": name}
    alike = get_close_matches(name, sorted({*COMMANDS, *room.canned}), n=1, cutoff=MISSPELT)
    if alike:
        return Hint("misspelt_command", {**values, "meant": alike[0]})
    return Hint("cannot_change" if room.asks_change else "unknown_command", values)


def _note(message: DeskMessage, text: str, person_id: str, room: Room) -> Note:
    """Return a note with the agents who are named in it; one that was changed calls nobody."""
    if message.kind == "edited":
        return Note(text)
    called, unknown = {message.mentioned: None} if message.mentioned in room.agents else {}, []
    for name in (match[1].rstrip(".'’-") for match in _CALLED.finditer(text)):
        known = room.meant(name)
        if len(known) == 1:
            called[known[0]] = None
        elif name:
            unknown.append(name)
    calls = tuple(person for person in called if person not in {None, person_id})
    return Note(text, calls, tuple(unknown))


def _transfer(mentioned: str | None, name: str, room: Room) -> Act:
    known = [mentioned] if mentioned in room.agents else room.meant(name) if name else []
    if len(known) != 1 or known[0] is None:
        return Hint("transfer_whom", {"agents": ", ".join(sorted(room.agents.values()))})
    return Transfer(known[0])


def _allowed(act: Act, person_id: str, case: Case, room: Room) -> Act:
    if isinstance(act, React) and (case.status != "claimed" or case.agent_id != person_id):
        return Ignore()  # a sign among colleagues
    if case.status == "closed":
        return _closed(act, room)
    if isinstance(act, Reopen):
        return Hint("still_open")
    if isinstance(act, Claim | Take):
        return _claim(act, person_id, case, room)
    if not room.reaches and not isinstance(act, Release | Transfer):
        return Close() if isinstance(act, Close | Return | AskWord) else Hint("no_chat")
    if case.status == "queued":
        return act if isinstance(act, Ban) else Hint("claim_first")
    if case.agent_id != person_id:
        return Hint("others_case_silent" if room.is_silent else "others_case")
    return _of_the_agent(act, person_id, case)


def _closed(act: Act, room: Room) -> Act:
    """A case that is over can be opened again, where its customer has no other one."""
    if not isinstance(act, Reopen):
        return Hint("case_closed")
    if not room.reaches:
        return Hint("no_chat")
    if room.is_banned:
        return Hint("unban_first")
    return Hint("has_another_case") if room.has_another else act


def _of_the_agent(act: Act, person_id: str, case: Case) -> Act:
    """What the agent of a case may do in it now."""
    if isinstance(act, Stay) and not case.awaits_word:
        return Hint("nothing_to_cancel")
    if isinstance(act, Transfer) and act.person_id == person_id:
        return Hint("yours_already")
    speaks = isinstance(act, Say | SayCanned | Send | React | Correct)
    return Hint("with_the_bot") if speaks and case.lent_at else act


def _claim(act: Claim | Take, person_id: str, case: Case, room: Room) -> Act:
    """A case that nobody has, that one has lent, or whose agent is silent, or no agent any more."""
    if case.status == "queued":
        return Claim()
    if case.agent_id == person_id:
        again = Ignore() if isinstance(act, Claim) else Hint("yours_already")
        return Claim() if can(case, "claim") else again
    if case.agent_id not in room.agents or (room.is_silent and isinstance(act, Take)):
        return Take()
    return Hint("others_case_silent" if room.is_silent else "others_case")
