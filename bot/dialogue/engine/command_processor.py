"""Carries commands out on the stack of flows, then lets the executor run."""

from collections.abc import Collection, Mapping
from typing import Any

from bot.dialogue.engine.commands import (
    DROPPING,
    CancelFlow,
    CannotHandle,
    Command,
    CorrectSlots,
    GoBack,
    QueueFlow,
    RepeatBotMessages,
    Restart,
    SetSlots,
    StartFlow,
    StartPattern,
    SwitchLanguage,
)
from bot.dialogue.engine.executor import VERIFICATION, FlowExecutor
from bot.dialogue.engine.stack import FrameType
from bot.dialogue.engine.state import DialogueState
from bot.dialogue.flows.domain import Call, Collect
from bot.dialogue.responses.replies import Replies

UNREAD = "unread"
"""Of a frame: it was begun by words that were read without knowing the household."""


class CommandProcessor:
    """Carries out the commands of one turn.

    `proved`: whether the message was given in a session that is still live. A yes to a change
    counts in no other: without a session proof is asked for, and then the card is shown again.
    """

    def __init__(self, executor: FlowExecutor, replies: Replies, *, proved: bool) -> None:
        self._executor = executor
        self._replies = replies
        self._proved = proved
        self.lapsed = False
        """Whether the session that a task began with is over."""

    @property
    def _state(self) -> DialogueState:
        return self._executor.state

    def carry_out(self, command: Command) -> None:  # noqa: C901, PLR0912 -- a match over all commands
        """Change the stack as the command says and run what then stands on it."""
        match command:
            case StartFlow():
                self._start(command)
            case QueueFlow():
                self._queue(command)
                return
            case SetSlots(values=values) if values.get(DROPPING):
                self._drop()
            case SetSlots():
                self._set_slots(command)
            case CorrectSlots():
                self._correct(command)
            case CancelFlow(quiet=quiet):
                self._executor.drop_task(None if quiet else "pattern_cancel_flow")
            case GoBack():
                self._go_back()
            case Restart():
                self._restart()
            case SwitchLanguage(language=language):
                self._replies.language = language
                self._pattern("pattern_switch_language")
            case RepeatBotMessages() if self._state.last_language == self._replies.language:
                self._replies.again()
                return
            case RepeatBotMessages():
                if self._state.question is None:
                    self._pattern("pattern_help")
            case CannotHandle():
                self._executor.climb_ladder()
            case StartPattern(pattern=pattern, context=context):
                self._executor.push(pattern, "regular", context)
        if self.lapsed and not _declines(command):
            self._verify_again()
        self._executor.run()

    def mark_unread(self, known: Collection[str]) -> None:
        """Mark the tasks that have begun since: their words will be read once more."""
        for frame in self._state.stack:
            if frame.id not in known and self._executor.flow(frame).triggers:
                frame.context[UNREAD] = True

    def drop_unread(self) -> bool:
        """Take the marked tasks off the stack, to be read better now; false if not yet."""
        if not self._executor.must_read_again:
            return False
        self._executor.must_read_again = False
        if not any(UNREAD in frame.context for frame in self._state.stack):
            self._state.unread.clear()  # a task that was taken up again is not what was typed last
            self.go_on()
            return False
        self._state.stack.drop_where(lambda frame: UNREAD in frame.context)
        return True

    def go_on(self) -> None:
        """Run what stands on the stack."""
        self._executor.run()

    def announce(self, pattern: str, context: Mapping[str, Any]) -> None:
        """Say something that nobody asked for; what was open stays open and is not asked again."""
        before = self._state.stack.top
        self._pattern(pattern, **context)
        self._executor.run(down_to=before)

    def _pattern(self, name: str, **context: object) -> None:
        self._executor.push(name, "regular", context)

    def _start(self, command: StartFlow) -> None:
        if any(frame.flow == command.flow for frame in self._state.stack):
            self._start_again(command)
            return
        verifying = any(frame.flow == VERIFICATION for frame in self._state.stack)
        if verifying and self._verifies(command.flow):
            self._executor.push_below(command.flow, command.slots)
            names = self._executor.domain.flows[command.flow].names
            self._pattern("pattern_queued", verifying=True, task=names)
            return
        if command.later and self._state.stack:
            self._executor.push_below(command.flow, command.slots)
            self._pattern("pattern_queued", task=self._executor.domain.flows[command.flow].names)
            return
        for name, value in command.slots.items():
            self._executor.tracker.set_slot(name, value)
        kind: FrameType = "interrupt" if self._state.stack else "regular"
        context = {"about": self._about(command.flow, command.slots)}
        self._executor.push(command.flow, kind, context)

    def _start_again(self, command: StartFlow) -> None:
        """The task in hand is asked for again: for somebody else, or more, it waits its turn."""
        said = self._about(command.flow, command.slots)
        same = [frame for frame in self._state.stack if frame.flow == command.flow]
        again = any(said == frame.context.get("about", said) for frame in same)
        if not said or (again and not self._says_more(command)):
            self._pattern("pattern_already_started")
            return
        self._executor.push_below(command.flow, command.slots)
        self._pattern("pattern_queued", task=self._executor.domain.flows[command.flow].names)

    def _says_more(self, command: StartFlow) -> bool:
        """Whether what was filled in already is wanted otherwise: "and take the TV from her"."""
        filled = self._state.slots
        return any(
            value is not None and filled.get(name) is not None and filled[name] != value
            for name, value in command.slots.items()
        )

    def _about(self, flow: str, given: Mapping[str, Any]) -> list[Any]:
        """Return whom a wish for a task is about."""
        slots = self._executor.domain.slots
        return [value for name, value in given.items() if slots[name].takes_relations]

    def _drop(self) -> None:
        """Do what was asked about: a yes to losing several answers."""
        frame = self._state.stack.top
        if frame is not None and frame.context.get("restarts"):
            self._restart()
        else:
            self._executor.drop_task("pattern_cancel_flow")

    def _restart(self) -> None:
        self._state.clear()
        self._pattern("pattern_restart")

    def _queue(self, command: QueueFlow) -> None:
        """Put a task under all others; what it was given stays with it until it runs."""
        self._executor.push_below(command.flow, command.slots, command.position)
        if len(self._state.stack) == 1:
            self._executor.run()

    def _verifies(self, flow: str) -> bool:
        steps = self._executor.domain.flows[flow].steps.values()
        called = [step.flow for step in steps if isinstance(step, Call)]
        return VERIFICATION in called or any(map(self._verifies, called))

    def _verify_again(self) -> None:
        """Before a task goes on that showed the household: who is there must be proved anew."""
        for index, frame in reversed(list(enumerate(self._state.stack, start=1))):
            flow = self._executor.flow(frame)
            if frame.step == flow.first or not self._verifies(flow.id):
                continue
            if frame.returning is None:
                self._executor.insert(index, VERIFICATION, "pattern_session_lapsed")
            return

    def _set_slots(self, command: SetSlots) -> None:
        frame, question = self._state.stack.top, self._state.question
        if frame is not None and question is not None and question.slot in command.values:
            step = self._executor.flow(frame).steps[frame.step]
            assert isinstance(step, Collect)
            confirms = step.ask_before_filling and command.values[question.slot] is not False
            if confirms and not self._proved and self._verifies(frame.flow):
                self.lapsed = True
                return
            if confirms and not self._executor.stands(frame, step.slot, question.digest):
                return
            frame.answered.append(step.id)
        for name, value in command.values.items():
            self._executor.tracker.set_slot(name, value)

    def _correct(self, command: CorrectSlots) -> None:
        """Take new values for old answers and walk again from the first of them."""
        frame = self._state.stack.top
        assert frame is not None
        steps = self._executor.flow(frame).steps
        for name, value in command.values.items():
            self._executor.tracker.set_slot(name, value)
        changed = [
            step_id
            for step_id in frame.passed
            if isinstance(step := steps[step_id], Collect) and step.slot in command.values
        ]
        if changed:
            frame.step = changed[0]
            del frame.passed[frame.passed.index(changed[0]) :]
        frame.context["corrected"] = list(command.values)

    def _go_back(self) -> None:
        frame = self._state.stack.top
        if frame is None or not frame.passed:
            self._pattern("pattern_go_back")
            return
        asked = [step_id for step_id in frame.passed if step_id in frame.answered]
        target = (asked or frame.passed)[-1]
        since = frame.passed.index(target)
        for step_id in frame.passed[since:]:
            step = self._executor.flow(frame).steps[step_id]
            assert isinstance(step, Collect)
            self._executor.tracker.set_slot(step.slot, None)
        del frame.passed[since:]
        frame.step = target


def _declines(command: Command) -> bool:
    """Whether it says no to a card: nobody needs to be verified for nothing to happen."""
    return isinstance(command, SetSlots) and False in command.values.values()
