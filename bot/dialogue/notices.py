"""What a linked chat may be told without having asked.

Only somebody who has just proved who they are reads names there: telephones lie around. Anybody
else is told once that something waits, and what it is as soon as they have signed in.
"""

from collections.abc import Mapping
from typing import Any

from bot.dialogue.engine.state import DialogueState
from storage.identity.sessions import Session

SOMETHING_WAITS = "pattern_something_waits"
KEPT = "something_waits"
"""Among the slots, the notices that wait for a proof: no flow reads it, and a sign-out drops it."""
AT_SIGN_IN = frozenset({"pattern_access_request"})
"""Signing in tells what is still open of these, so that they need not be kept."""
IF_TOLD = frozenset({"pattern_access_taken_back"})
"""What only takes back something that was told: a chat that heard of nothing hears of none."""
MOST = 10

Event = Mapping[str, Any]


def may_be_told(event: Event, session: Session | None, state: DialogueState) -> Event | None:
    """Return the pattern to run and its context; None where it was said that something waits.

    Whose notice it is, its `member_id` says.
    """
    whose = event.get("member_id")
    if whose is None or (session is not None and session.member_id == whose):
        return {"pattern": event["pattern"], "context": event["context"]}
    kept: list[Event] | None = state.slots.get(KEPT)
    if kept is None and event["pattern"] in IF_TOLD:
        return None
    more = [] if event["pattern"] in AT_SIGN_IN else [dict(event)]
    state.slots[KEPT] = [*(kept or ()), *more][-MOST:]
    return {"pattern": SOMETHING_WAITS, "context": {}} if kept is None else None


def now_told(session: Session | None, state: DialogueState) -> list[Event]:
    """Return what waited for the person who has a session now; it waits no longer."""
    if session is None:
        return []
    kept: list[Event] = state.slots.pop(KEPT, None) or []
    return [event for event in kept if event["member_id"] == session.member_id]
