"""All that decides what a message means, in one value."""

from dataclasses import dataclass

from bot.dialogue.domain import Collect, Domain
from bot.dialogue.reading import Heard
from bot.dialogue.state import DialogueState
from bot.dialogue.words import Words


@dataclass(frozen=True, slots=True)
class Situation:
    """All that a rule may look at."""

    heard: Heard
    state: DialogueState
    domain: Domain
    words: Words
    language: str
    waits: bool = False
    """Whether the person is in the queue for an agent."""
    after_silence: bool = False

    def open_collect(self) -> Collect | None:
        """Return the collect step that waits for an answer, if one does."""
        frame, question = self.state.top, self.state.question
        if frame is None or question is None or question.frame != frame.id:
            return None
        step = self.domain.flows[frame.flow].steps.get(frame.step)
        return step if isinstance(step, Collect) and step.slot == question.slot else None
