"""Every state of a case, what can happen in it, and what comes of that: data, with its proof.

`tests/handoff/both_languages/test_states.py` walks all of it: no state without a way out for
whoever is there, and the bot silent exactly where an agent has the word.
"""

from collections.abc import Mapping
from typing import Literal

from storage.handoff.handoffs import Case

State = Literal["none", "queued", "claimed", "asked", "lent"]
"""No open case; waits; an agent has the word; the same, asked for a word on what was done; the
holder does a task with the bot."""
Owner = Literal["bot", "queue", "agent"]
Actor = Literal["customer", "agent", "colleague", "clock", "group"]
Event = Literal[
    "asks",
    "leaves",
    "does_it_with_the_bot",
    "is_done",
    "claim",
    "release",
    "transfer",
    "ask_word",
    "stay",
    "return",
    "close",
    "ban",
    "take",
    "reopen",
    "rests",
    "away",
    "ended",
]

OWNER: Mapping[State, Owner] = {
    "none": "bot",
    "queued": "queue",
    "claimed": "agent",
    "asked": "agent",
    "lent": "bot",
}
"""Who has the word; the bot is silent where that is an agent."""

BY: Mapping[Event, Actor] = {
    "asks": "customer",
    "leaves": "customer",
    "does_it_with_the_bot": "customer",
    "is_done": "customer",
    "claim": "agent",
    "release": "agent",
    "transfer": "agent",
    "ask_word": "agent",
    "stay": "agent",
    "return": "agent",
    "close": "agent",
    "ban": "agent",
    "reopen": "agent",
    "take": "colleague",
    "rests": "clock",
    "away": "group",
    "ended": "group",
}
"""Whose doing it is. An agent is the one of the case; `away`: the group is out of reach; `ended`:
there are no agents any more."""

_OVER: Mapping[Event, State] = {"return": "none", "close": "none", "ban": "none"}
_ANYWHERE: Mapping[Event, State] = {"leaves": "none", "ended": "none"}
_HAD: Mapping[Event, State] = {
    **_ANYWHERE,
    **_OVER,
    "release": "queued",
    "away": "queued",
}
_WITH_AGENT: Mapping[Event, State] = {
    **_HAD,
    "transfer": "claimed",
    "take": "claimed",
    "does_it_with_the_bot": "lent",
    "rests": "queued",
}
MOVES: Mapping[State, Mapping[Event, State]] = {
    "none": {"asks": "queued", "reopen": "claimed"},
    "queued": {**_ANYWHERE, "claim": "claimed", "away": "queued", "ban": "none"},
    "claimed": {**_WITH_AGENT, "ask_word": "asked"},
    "asked": {**_WITH_AGENT, "ask_word": "asked", "stay": "claimed"},
    "lent": {
        **_HAD,
        **dict.fromkeys(("transfer", "take", "ask_word", "stay"), "lent"),
        "claim": "claimed",
        "is_done": "claimed",
    },
}


def state_of(case: Case | None) -> State:
    """Return the state that a conversation's newest case is in."""
    if case is None or case.status == "closed":
        return "none"
    if case.status == "queued":
        return "queued"
    if case.lent_at is not None:
        return "lent"
    return "asked" if case.awaits_word else "claimed"


def can(case: Case | None, event: Event) -> bool:
    """Whether that can happen to a case as it is."""
    return event in MOVES[state_of(case)]
