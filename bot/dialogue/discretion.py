"""How long somebody who spoke of danger is treated with discretion."""

from collections.abc import Sequence
from datetime import datetime

from bot.dialogue.agents import Agents
from bot.dialogue.engine.commands import Command, StartPattern
from bot.dialogue.engine.state import DialogueState
from storage.handoff.handoffs import Case
from storage.unit_of_work import UnitOfWork

PRIVATE, OVER = "pattern_private_handoff", "pattern_private_over"


def keep_private(state: DialogueState, commands: Sequence[Command], now: datetime) -> None:
    """Keep that danger was spoken of, or that it is over."""
    begun = {command.pattern for command in commands if isinstance(command, StartPattern)}
    if PRIVATE in begun:
        state.private_since = now.isoformat()
    elif OVER in begun:
        state.private_since = None


def warn_agents(agents: Agents, uow: UnitOfWork, case: Case, state: DialogueState) -> None:
    """Tell the agent who has the word, and keep that danger was spoken of."""
    agents.warn(uow, case)
    state.private_since = uow.clock().isoformat()
