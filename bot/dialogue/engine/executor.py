"""Walks the flows: runs steps from the top of the stack until a question waits."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.dialogue.engine.in_process import InProcessActions, Utterance
from bot.dialogue.engine.progress import answered, forget_from, look_again, reopen
from bot.dialogue.engine.stack import Frame, FrameType
from bot.dialogue.engine.state import Question
from bot.dialogue.engine.topics import note_topic
from bot.dialogue.engine.tracker import Tracker
from bot.dialogue.flows.domain import (
    END,
    ActionStep,
    Call,
    Collect,
    Domain,
    Flow,
    LinkStep,
    Noop,
    SetSlotsStep,
    Step,
)
from bot.dialogue.responses.replies import Card, Replies

VERIFICATION = "verify_identity"
LADDER = 3
"""Rungs of the help ladder: explain, offer choices, offer a person."""

MAX_STEPS = 200
"""More steps than that in one turn is a flow that loops: a mistake in a file, not a person."""


class FlowLoopError(RuntimeError):
    """A flow went round without ever asking anything."""


class FlowExecutor:
    """Runs the stack of one conversation for one turn."""

    def __init__(
        self, domain: Domain, tracker: Tracker, actions: InProcessActions, replies: Replies
    ) -> None:
        self.domain = domain
        self.tracker = tracker
        self.state = tracker.state
        self._actions = actions
        self._replies = replies
        self.discreet = False
        """Whether the person spoke of danger: before a card, it is said who would hear of it."""
        self.must_read_again = False
        """Whether somebody has just proved who they are, and has wishes that wait to be read."""

    def push(self, flow: str, kind: FrameType, context: Mapping[str, Any] | None = None) -> None:
        """Put a flow on the stack, at its first step."""
        self.state.stack.push(self._frame(flow, kind, context))

    def push_below(
        self, flow: str, given: Mapping[str, Any], position: Mapping[str, Any] | None = None
    ) -> None:
        """Put a flow under all others: it runs when they are done, with what it was given."""
        frame = self._frame(flow, "regular", {"place": dict(position)} if position else {})
        frame.given = dict(given)
        self.state.stack.push_below(frame)

    def insert(self, index: int, flow: str, announced_by: str) -> None:
        """Put a flow that others call into the stack, to run when what lies above it is done."""
        self.state.stack.insert(index, self._frame(flow, "call", {"announced_by": announced_by}))

    def _frame(self, flow: str, kind: FrameType, context: Mapping[str, Any] | None) -> Frame:
        first = self.domain.flows[flow].first
        return Frame(self.state.new_id("f"), flow, first, kind, dict(context or {}))

    def run(self, *, down_to: Frame | None = None) -> None:
        """Run until a question waits, nothing is left to do, or `down_to` is on top again.

        Raises:
            FlowLoopError: no question came within `MAX_STEPS` steps.
        """
        for _ in range(MAX_STEPS):
            frame = self.state.stack.top
            if frame is None:
                self.state.question = None
                return
            if frame is down_to or self.must_read_again:
                return
            self._begin(frame)
            if self.state.stack.top is not frame:
                continue
            if frame.step == END:
                self._finish(frame)
            elif self._walk(frame, self.flow(frame).steps[frame.step]):
                return
        raise FlowLoopError(str([f.flow for f in self.state.stack]))

    def _begin(self, frame: Frame) -> None:
        """Take what a flow that waited was given, and say that its turn has come."""
        for name, value in frame.given.items():
            self.tracker.set_slot(name, value)
        frame.given.clear()
        if (position := frame.context.pop("place", None)) is not None:
            self.push("pattern_next_request", "regular", position)

    def flow(self, frame: Frame) -> Flow:
        return self.domain.flows[frame.flow]

    def utter(self, name: str, context: Mapping[str, Any]) -> None:
        """Run an action or say a response."""
        self._replies.say(self._perform(name), context)

    def stands(self, frame: Frame, slot: str, digest: str) -> bool:
        """Whether asking now would show what a card showed; if not, what became of it is told."""
        known = self._answers(frame)
        utterances = self._perform_ask(slot)
        if self._replies.digest(utterances) == digest:
            return True
        if not self._is_settled(frame, slot, known, utterances):
            look_again(frame)
        return False

    def _walk(self, frame: Frame, step: Step) -> bool:  # noqa: C901, PLR0912 -- a match over all steps
        """Do one step; true when the conversation now waits for the person."""
        match step:
            case Collect():
                if not self._is_filled(frame, step):
                    return frame.step == step.id and self._ask(frame, step)
                self.state.refusals = 0
                if step.id not in frame.passed:
                    frame.passed.append(step.id)
                self._advance(frame, step)
            case ActionStep(action=action):
                self.utter(action, frame.context)
                if self.state.stack.top is frame:
                    self._advance(frame, step)
            case SetSlotsStep(values=values):
                for name, value in values.items():
                    self.tracker.set_slot(name, value)
                self._advance(frame, step)
            case Call(flow=called):
                frame.returning = step.id
                self.push(called, "call")
            case LinkStep(flow=other):
                self.state.stack.remove(frame)
                self.push(other, frame.type)
            case Noop():
                self._advance(frame, step)
        return False

    def _is_filled(self, frame: Frame, step: Collect) -> bool:
        """Whether the slot has a value, one that its validator (run once) lets stand."""
        value = self.state.slots.get(step.slot)
        must_be_seen = step.ask_before_filling and value is not False  # a no harms nobody
        if value is None or (must_be_seen and step.id not in frame.answered):
            return False
        validator = f"validate_{step.slot}"
        if self._actions.knows(validator) and frame.validated.get(step.slot) != value:
            self._replies.say(self._actions.run(validator, self.tracker), frame.context)
            value = self.state.slots.get(step.slot)
            if value is None and self._replies.repeats_itself():
                self.climb_ladder()
            if value is None or self.state.stack.top is not frame:
                return False
            frame.validated[step.slot] = value
        return True

    def climb_ladder(self) -> None:
        """Help in three steps: explain, offer choices, offer a person; then stop asking."""
        self.state.refusals += 1
        asked = self.state.question
        if self.state.refusals > LADDER and asked is not None:
            self.state.refusals = 0
            self.drop_task("pattern_gave_up")
            return
        rung = (self.state.refusals - 1) % LADDER + 1
        explains = asked.explained_by if asked else None
        self.push("pattern_cannot_handle", "regular", {"rung": rung, "explains": explains})

    def drop_task(self, farewell: str | None) -> None:
        """Drop the task in hand with all that it called; what it interrupted goes on."""
        dropped = self._pop_task()
        below = self.state.stack.top
        if below is not None and farewell is not None:
            self.come_back_to(below)
        names = dict(self.flow(dropped).names) if dropped else None
        if farewell is not None:
            self.push(farewell, "regular", {"task": names})

    def _pop_task(self) -> Frame | None:
        while (frame := self.state.stack.top) is not None:
            self.drop(frame)
            if frame.type != "call" and not self.flow(frame).is_pattern:
                return frame
        return None

    def _ask(self, frame: Frame, step: Collect) -> bool:
        """Ask; false when nothing waits, because the question answered itself or is gone."""
        if self.state.stack.top is not frame:
            return False
        corrected = frame.context.pop("corrected", ())
        if corrected and step.slot not in corrected:
            self.push("pattern_correction", "regular")
            return False
        if (pattern := frame.context.pop("announced_by", None)) is not None:
            self.push(pattern, "regular")
            return False
        if step.ask_before_filling:
            reopen(frame, step.id)
        known = self._answers(frame)
        utterances = self._perform_ask(step.slot)
        if self._is_settled(frame, step.slot, known, utterances):
            return False
        before = self.state.question
        again = before is not None and (before.frame, before.slot) == (frame.id, step.slot)
        digest = self._replies.digest(utterances)
        question = Question(self.state.new_id("q"), frame.id, step.slot, digest)
        self.state.question = question
        context = {**frame.context, "asked_again": again}
        card: Card = "" if not step.ask_before_filling else "card"
        if card and self.discreet and self.flow(frame).has_card and not again:
            self._replies.say([_who_would_hear(utterances)], context)
        if card and self.domain.is_dangerous(self.flow(frame)):
            card = "dangerous"
        self._replies.say(utterances, context, question, card=card)
        return True

    def _is_settled(
        self, frame: Frame, slot: str, known: list[str], utterances: list[Utterance]
    ) -> bool:
        """Whether the asking action gave the answer itself, or took an earlier one back."""
        if self.state.slots.get(slot) is None:
            if len(self._answers(frame)) == len(known):
                return False
            forget_from(
                frame, known, self._answers(frame)
            )  # whoever was chosen has left the account
        self._replies.say(utterances, frame.context)
        return True

    def _answers(self, frame: Frame) -> list[str]:
        return answered(frame, self.flow(frame), self.state.slots)

    def _perform_ask(self, slot: str) -> list[Utterance]:
        action = f"action_ask_{slot}"
        return self._perform(action if self._actions.knows(action) else f"utter_ask_{slot}")

    def _perform(self, name: str) -> list[Utterance]:
        if self._replies.knows(name):
            self.tracker.ran(name)
            return [Utterance(name, {})]
        return self._actions.run(name, self.tracker)

    def _advance(self, frame: Frame, step: Step) -> None:
        names = {"slots": self.state.slots, "context": frame.context}
        frame.step = next(
            (ln.target for ln in step.next if ln.condition is None or ln.condition(names)), END
        )

    def _finish(self, frame: Frame) -> None:
        self.drop(frame)
        self.state.is_done(frame.flow)
        proved = frame.flow == VERIFICATION and bool(self.state.slots.get("verified"))
        self.must_read_again = proved and bool(self.state.unread)
        below = self.state.stack.top
        if below is None:
            return
        if frame.type == "call" and below.returning is not None:
            step = self.flow(below).steps[below.returning]
            below.returning = None
            self._advance(below, step)
        elif frame.type == "interrupt":
            self.come_back_to(below)

    def come_back_to(self, frame: Frame) -> None:
        """Say which task goes on, before its question is asked again."""
        task = next((f for f in reversed(self.state.stack) if f.type != "call"), frame)
        if "place" in task.context:  # it has not begun, and says itself that its turn has come
            return
        self.push("pattern_continue_interrupted", "regular", {"task": dict(self.flow(task).names)})

    def drop(self, frame: Frame) -> None:
        """Take a flow off the stack; of what it asked, only whom it was about is remembered."""
        self.state.stack.remove(frame)
        note_topic(self.domain, self.state, frame)
        for name in self.flow(frame).forgotten():
            self.tracker.set_slot(name, None)


def _who_would_hear(card: Sequence[Utterance]) -> Utterance:
    """Return what is said before a card to somebody who spoke of danger."""
    told = next((u.parameters["told"] for u in card if "told" in u.parameters), None)
    return Utterance("utter_who_would_hear", {"says_who": told is not None, "told": told or ""})
