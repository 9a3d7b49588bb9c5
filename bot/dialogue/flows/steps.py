"""Compiles the nested steps of a flow file into a graph of steps with links."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.dialogue.flows.conditions import compile_condition
from bot.dialogue.flows.domain import (
    END,
    ActionStep,
    Call,
    Collect,
    Link,
    LinkStep,
    Noop,
    SetSlotsStep,
    Step,
)


class InvalidFlowError(ValueError):
    """A flow file says something that could not run."""


class StepCompiler:
    """Flattens `next: [{if: …, then: […]}, {else: …}]` into steps that name each other."""

    def __init__(self, flow_id: str) -> None:
        self.flow_id = flow_id
        self.steps: dict[str, Step] = {}

    def compile(self, raw: Sequence[Mapping[str, Any]]) -> str:
        """Compile a list of steps and return the id of its first.

        Raises:
            InvalidFlowError: a step is of no known kind, or a branch has no end.
        """
        if not raw:
            raise InvalidFlowError(f"{self.flow_id}: a flow needs steps")
        return self._sequence(raw, fall_through=END)

    def _sequence(self, raw: Sequence[Mapping[str, Any]], *, fall_through: str | None) -> str:
        ids = [self._new_id(step) for step in raw]
        for step, step_id, following in zip(raw, ids, [*ids[1:], fall_through], strict=True):
            self.steps[step_id] = self._step(step, step_id, following)
        return ids[0]

    def _new_id(self, raw: Mapping[str, Any]) -> str:
        kind = next((k for k in ("collect", "action", "call", "link") if k in raw), "step")
        step_id: str = raw.get("id") or f"{len(self.steps)}_{kind}_{raw.get(kind, 'noop')}"
        if step_id in self.steps:
            raise InvalidFlowError(f"{self.flow_id}: two steps are called {step_id}")
        self.steps[step_id] = Noop(step_id, ())
        return step_id

    def _step(self, raw: Mapping[str, Any], step_id: str, following: str | None) -> Step:
        if "link" in raw:
            return LinkStep(step_id, raw["link"])
        links = self._links(raw.get("next", following), step_id)
        if "collect" in raw:
            return Collect(step_id, raw["collect"], links, bool(raw.get("ask_before_filling")))
        if "action" in raw:
            return ActionStep(step_id, raw["action"], links)
        if "set_slots" in raw:
            values = {k: v for entry in raw["set_slots"] for k, v in entry.items()}
            return SetSlotsStep(step_id, values, links)
        if "call" in raw:
            return Call(step_id, raw["call"], links)
        if "noop" in raw:
            return Noop(step_id, links)
        raise InvalidFlowError(f"{self.flow_id}: no known kind of step in {dict(raw)}")

    def _links(self, raw: Any, step_id: str) -> tuple[Link, ...]:
        if raw is None:
            raise InvalidFlowError(f"{self.flow_id}: the branch that ends at {step_id} needs next")
        if isinstance(raw, str):
            return (Link(raw),)
        return tuple(self._link(branch) for branch in raw)

    def _link(self, branch: Mapping[str, Any]) -> Link:
        if "else" in branch:
            return Link(self._target(branch["else"]))
        text = branch["if"]
        return Link(self._target(branch["then"]), compile_condition(text), text)

    def _target(self, raw: Any) -> str:
        return raw if isinstance(raw, str) else self._sequence(raw, fall_through=None)
