"""How long somebody who spoke of danger is treated with discretion."""

from collections.abc import Sequence
from datetime import datetime

from bot.dialogue.engine.commands import Command, StartPattern
from bot.dialogue.engine.state import DialogueState

PRIVATE, OVER = "pattern_private_handoff", "pattern_private_over"


def keep_private(state: DialogueState, commands: Sequence[Command], now: datetime) -> None:
    """Keep that danger was spoken of, or that it is over."""
    begun = {command.pattern for command in commands if isinstance(command, StartPattern)}
    if PRIVATE in begun:
        state.private_since = now.isoformat()
    elif OVER in begun:
        state.private_since = None
