"""Carries commands out on the stack of flows, then lets the executor run."""

from collections.abc import Mapping
from typing import Any

from bot.dialogue.commands import (
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
from bot.dialogue.domain import Call, Collect
from bot.dialogue.executor import FlowExecutor
from bot.dialogue.replies import Replies
from bot.dialogue.state import DialogueState, Frame

VERIFICATION = "verify_identity"


class Stack:
    """The stack of one conversation for one turn."""

    def __init__(self, executor: FlowExecutor, replies: Replies) -> None:
        self._executor = executor
        self._replies = replies

    @property
    def _state(self) -> DialogueState:
        return self._executor.state

    def carry_out(self, command: Command) -> None:
        """Change the stack as the command says and run what then stands on it."""
        match command:
            case StartFlow():
                self._start(command)
            case QueueFlow(flow=flow, slots=slots):
                self._queue(flow, slots)
                return
            case SetSlots():
                self._set_slots(command)
            case CorrectSlots():
                self._correct(command)
            case CancelFlow():
                self._executor.drop_task("pattern_cancel_flow")
            case GoBack():
                self._go_back()
            case Restart():
                self._state.clear()
                self._pattern("pattern_restart")
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
        self._executor.run()

    def announce(self, pattern: str, context: Mapping[str, Any]) -> None:
        """Say something that nobody asked for; what was open stays open and is not asked again."""
        before = self._state.top
        self._pattern(pattern, **context)
        self._executor.run(down_to=before)

    def _pattern(self, name: str, **context: object) -> None:
        self._executor.push(name, "regular", context)

    def _start(self, command: StartFlow) -> None:
        if any(frame.flow == command.flow for frame in self._state.stack):
            self._pattern("pattern_already_started")
            return
        for name, value in command.slots.items():
            self._executor.tracker.set_slot(name, value)
        if any(frame.flow == VERIFICATION for frame in self._state.stack) and self._verifies(
            command.flow
        ):
            self._executor.push_below(command.flow)
            self._pattern("pattern_queued")
            return
        self._executor.push(command.flow, "interrupt" if self._state.stack else "regular")

    def _queue(self, flow: str, slots: Mapping[str, Any]) -> None:
        """Put a task under all others; what it was given stays with it until it runs."""
        if any(frame.flow == flow for frame in self._state.stack):
            return
        for name, value in slots.items():
            self._executor.tracker.set_slot(name, value)
        self._executor.push_below(flow)
        if len(self._state.stack) == 1:
            self._executor.run()

    def _verifies(self, flow: str) -> bool:
        steps = self._executor.domain.flows[flow].steps.values()
        return any(isinstance(step, Call) and step.flow == VERIFICATION for step in steps)

    def _set_slots(self, command: SetSlots) -> None:
        frame, question = self._state.top, self._state.question
        if frame is not None and question is not None and question.slot in command.values:
            step = self._executor.flow(frame).steps[frame.step]
            assert isinstance(step, Collect)
            if step.ask_before_filling and not self._executor.shows_the_same(question):
                self._look_again(frame)
                return
            frame.answered.append(step.id)
        for name, value in command.values.items():
            self._executor.tracker.set_slot(name, value)

    def _look_again(self, frame: Frame) -> None:
        """Walk again from the last answer: what the card stood on may be gone by now."""
        if frame.passed:
            frame.step = frame.passed[-1]
        frame.context["announced_by"] = "pattern_card_changed"

    def _correct(self, command: CorrectSlots) -> None:
        """Take new values for old answers and walk again from the first of them."""
        frame = self._state.top
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
        frame = self._state.top
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
