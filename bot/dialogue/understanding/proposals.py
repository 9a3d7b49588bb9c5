"""A proposal: commands, and how much of the message they account for."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.dialogue.engine.commands import Command
from bot.dialogue.understanding.situation import Situation


@dataclass(frozen=True, slots=True)
class Proposal:
    """What one reader makes of a message.

    `explained` is the share of its content words that the commands account for, `confidence` how
    sure the reader is; both 0 to 1.
    """

    commands: Sequence[Command]
    explained: float = 1.0
    confidence: float = 1.0


Reader = Callable[[Situation], Proposal | None]


def propose(*commands: Command) -> Proposal:
    return Proposal(commands)


def choose(ranks: Sequence[Sequence[Reader]], s: Situation) -> Proposal | None:
    """Return the best proposal of the first rank that has one: explained first, then confidence."""
    for readers in ranks:
        proposals = [proposal for reader in readers if (proposal := reader(s)) is not None]
        if proposals:
            return max(proposals, key=lambda proposal: (proposal.explained, proposal.confidence))
    return None
