"""The ways out of an agent's hands: each leaves the bot with the word, and both sides told.

The caller holds the conversation's row: a way out comes before a message or after it.
"""

from collections.abc import Mapping
from typing import Any, Literal

from bot.handoff.desk import AgentsDesk
from storage.handoff.handoffs import Case, Outcome
from storage.messages.conversations import ConversationRow
from storage.unit_of_work import UnitOfWork

Why = Literal["released", "rested", "away", "moved"]
"""The agent put it back; did nothing for too long; the group is out of reach; or another one."""


def to_queue(uow: UnitOfWork, desk: AgentsDesk, case: Case, why: Why) -> None:
    """The case waits again, and the bot answers meanwhile."""
    had = case.status == "claimed"
    uow.handoffs.release(case)
    if had and why != "moved":
        desk.tell(uow, case, why, agent=case.agent_name)
    if had:
        desk.refresh(uow, case)
    context = {"agent": case.agent_name, "why": why, "had": had}
    bot_speaks(uow, desk, case, "pattern_handoff_released", context)


def over(uow: UnitOfWork, desk: AgentsDesk, case: Case, outcome: Outcome, **values: Any) -> None:
    """The case is at its end, in the group and for the conversation."""
    uow.handoffs.close(case, outcome)
    had = outcome == "left" and case.status == "claimed"
    desk.tell(uow, case, "left_agent" if had else outcome, **values)
    desk.end(uow, case, outcome)


def bot_speaks(
    uow: UnitOfWork, desk: AgentsDesk, case: Case, pattern: str, context: Mapping[str, Any]
) -> None:
    """Have the bot say who speaks now, and then what it kept while an agent had the word."""
    chat = uow.handoffs.chat_of(case.conversation_id)
    if not desk.channels(chat.channel).reaches:
        return
    resumed(uow, case)
    uow.chat_events.put(case.conversation_id, pattern, context)
    for event in case.held:
        uow.chat_events.put(case.conversation_id, **event)


def resumed(uow: UnitOfWork, case: Case) -> None:
    """Note in the tracker that the bot is not paused any more."""
    if case.status == "claimed" and case.lent_at is None:
        event = {"event": "resume", "timestamp": uow.clock().timestamp()}
        uow.conversations.append(case.conversation_id, [event])


def held(uow: UnitOfWork, case: Case) -> ConversationRow:
    """Hold the conversation of a case, as everything that changes its owner does."""
    chat = uow.handoffs.chat_of(case.conversation_id)
    return uow.conversations.locked(chat.channel, chat.bot_id, chat.chat_id)
