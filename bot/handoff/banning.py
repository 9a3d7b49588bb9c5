"""A chat that may call no agent for a while, and how that ends.

The bot goes on answering there. Words of danger reach a person all the same
(`bot/patterns/private.py`), and nothing about a household changes by it.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.handoff.acts import Ban, Unban
from bot.handoff.desk import AgentsDesk
from bot.handoff.exits import bot_speaks, over
from bot.handoff.masking import masked
from storage.handoff.handoffs import Case
from storage.unit_of_work import UnitOfWork


def carry_out(
    uow: UnitOfWork,
    desk: AgentsDesk,
    case: Case,
    act: Ban | Unban,
    *,
    agents: Mapping[str, str],
    by: str,
) -> None:
    """Do what an agent has decided; both sides are told."""
    if isinstance(act, Ban):
        _ban(uow, desk, case, person_id=by, name=agents[by], reason=masked(act.reason))
    else:
        _unban(uow, desk, case, agents[by])


def _ban(
    uow: UnitOfWork, desk: AgentsDesk, case: Case, *, person_id: str, name: str, reason: str
) -> None:
    """The case is over, and its chat may open no other one for a while."""
    ends_at = uow.bans.enter(case, person_id, name, reason)
    over(uow, desk, case, "banned", agent=name, **until(ends_at))
    context = {"agent": name, "until": ends_at.isoformat()}
    bot_speaks(uow, desk, case, "pattern_handoff_banned", context)


def _unban(uow: UnitOfWork, desk: AgentsDesk, case: Case, name: str) -> None:
    """Its chat may open cases again."""
    uow.bans.lift(case.conversation_id, name)
    desk.tell(uow, case, "unbanned", agent=name)
    desk.redraw(uow, case)
    uow.chat_events.put(case.conversation_id, "pattern_handoff_unbanned", {})


def until(ends_at: datetime) -> dict[str, Any]:
    """Return when it ends, as values of texts."""
    moment = ends_at.isoformat()
    return {"day": {"date": moment}, "at": {"time": moment}}
