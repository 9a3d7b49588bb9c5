"""What a task is beside its flow: how it is called, where it is shown, what it means for people."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command, and what a menu says of it."""

    name: str
    menu: Mapping[str, str] = field(default_factory=dict)
    standings: tuple[str, ...] = ()
    """How a chat stands in which menus show it (`bot.dialogue.signs`)."""

    def fits(self, standing: str) -> bool:
        """Whether a chat that stands so has it in its menu; one named nowhere is in all of them."""
        return standing in self.standings or not (self.standings or standing == "agent")


@dataclass(frozen=True, slots=True)
class Task:
    """What a flow's steps cannot say about a task; from the `task.yml` beside its flow."""

    intent: str
    title: Mapping[str, str] = field(default_factory=dict)
    """What it is called on a button, in a mail, on an agents' card, by language."""
    rank: int = 0
    """Where it stands in menus, the lowest first."""
    article: str = ""
    """The article about it: what a question about the task gets, which asks for nothing."""
    command: Command | None = None
    agents_offer: bool = False
    """Whether an agent may send the holder a button that starts it."""
    dangerous: bool = False
    """Whether the yes to its card looks like what it is: somebody goes."""
    careful: bool = False
    """Whether it needs its act said in words though no card asks."""
    on_request: bool = False
    """Whether a bare yes to its button never starts it."""
