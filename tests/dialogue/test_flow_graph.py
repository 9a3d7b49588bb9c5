"""What holds for every flow, whatever people say: proved on the graphs of `docs/flows.md`.

Proofs by removal: an edge that every way to a step must take is one without which the step
cannot be reached (it dominates the step).
"""

from collections.abc import Callable
from functools import partial
from graphlib import TopologicalSorter
from pathlib import Path

import pytest
import yaml

from bot.dialogue.flows.domain import (
    END,
    ActionStep,
    Call,
    Collect,
    Flow,
    Link,
    LinkStep,
    SetSlotsStep,
    Step,
)
from bot.dialogue.flows.steps import StepCompiler
from bot.registry import domain_of
from storage.database import Database
from storage.keys import Keys
from tests.fakes.clock import ManualClock
from tests.fakes.household_writes import changing_actions, writes

Edge = Callable[[Step, Link], bool]

DOMAIN = domain_of()
FLOWS = [pytest.param(flow, id=flow.id) for flow in DOMAIN.flows.values()]
VERIFYING = {"slots.verified": "verify_identity", "slots.is_holder": "verify_holder"}
"""What a task asks of the flow that it calls to know who is there."""
ASKING = {
    ("requests", name) for name in ("ask", "extend", "reduce", "add_note", "remind", "withdraw")
} | {("leaving", "ask")}
"""Grants nothing, so that whoever is verified may do it; all else is the holder's."""


def reached(flow: Flow, start: str, *, without: Edge = lambda *_: False) -> set[str]:
    """Every step (and END) that can come after `start`, over other edges than those."""
    found, waiting = set[str](), [start]
    while waiting:
        step_id = waiting.pop()
        if step_id in found:
            continue
        found.add(step_id)
        step = flow.steps.get(step_id)
        if isinstance(step, LinkStep):
            found.add(END)
        elif step is not None:
            waiting += [link.target for link in step.next if not without(step, link)]
    return found


def is_proof(condition: str) -> Edge:
    def proves(step: Step, link: Link) -> bool:
        called = isinstance(step, Call) and step.flow == VERIFYING[condition]
        return called and link.text == condition

    return proves


def is_yes(step: Step, link: Link) -> bool:
    """Whether it is the way that a confirmed card takes."""
    card = isinstance(step, Collect) and step.ask_before_filling
    return card and link.text == f"slots.{getattr(step, 'slot', '')}"


def leaves(card: Step, step: Step, _: Link) -> bool:
    """Whether it is a way on from that card."""
    return step is card


def unproved(flow: Flow, changes: dict[str, str]) -> list[str]:
    """What is wrong with a flow, given the actions that change a household and who may do it."""
    problems = []
    for step in flow.steps.values():
        if isinstance(step, ActionStep) and step.action in changes:
            proof = is_proof(changes[step.action])
            problems += [f"{step.action}: {p}" for p in _of_change(flow, step.id, proof)]
    return problems


def _of_change(flow: Flow, change: str, proof: Edge) -> list[str]:
    problems = []
    if change in reached(flow, flow.first, without=proof):
        problems.append("a way leads there without a proof")
    if change in reached(flow, flow.first, without=is_yes):
        problems.append("a way leads there without a yes")
    unseen = reached(flow, flow.first, without=proof)
    for step in flow.steps.values():
        for link in step.next:
            if is_yes(step, link) and change in reached(flow, link.target):
                if step.id in unseen:
                    problems.append(f"{step.id} is shown before the proof")
                # Whoever comes back to the card says yes to it again: that way begins anew.
                beyond = reached(flow, link.target, without=partial(leaves, step))
                between = (one for one in beyond if one in flow.steps and one != step.id)
                on_the_way = [one for one in between if change in reached(flow, one)]
                if any(isinstance(flow.steps[one], Collect | Call) for one in on_the_way):
                    problems.append(f"something is asked between the yes of {step.id} and it")
    return problems


@pytest.fixture(scope="module")
def changes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The actions that change a household, with what must be known of who is there."""
    file = tmp_path_factory.mktemp("empty") / "foyer.db"
    database = Database(f"sqlite:///{file}", clock=ManualClock(), keys=Keys("for tests only " * 2))
    with database.read() as uow:
        used = changing_actions(writes(uow))
    database.close()
    return {
        action: "slots.verified" if what <= ASKING else "slots.is_holder"
        for action, what in used.items()
    }


def test_the_changes_of_the_tasks_are_found_in_the_code(changes: dict[str, str]) -> None:
    tasks = {"create_user", "change_rights", "edit_profile", "reset_password", "unlock_user"}
    rest = {"delete_user", "undo_change", "approve_request", "decline_request", "request_access"}
    rest |= {"resend_invitation", "withdraw_request"}
    assert {f"action_{name}" for name in tasks | rest} <= changes.keys()
    assert changes["action_request_access"] == "slots.verified"
    assert changes["action_withdraw_request"] == "slots.verified"
    assert changes["action_approve_request"] == "slots.is_holder"


@pytest.mark.parametrize("flow", FLOWS)
def test_every_change_comes_after_a_proof_and_straight_after_a_yes(
    flow: Flow, changes: dict[str, str]
) -> None:
    assert not unproved(flow, changes)


def test_changes_are_steps_that_are_seen_never_validators_or_questions(
    changes: dict[str, str],
) -> None:
    assert not [name for name in changes if name.startswith(("validate_", "action_ask_"))]


def test_no_text_button_or_step_can_say_who_somebody_is() -> None:
    facts = {condition.removeprefix("slots.") for condition in VERIFYING}
    for name in facts:
        assert [m.type for m in DOMAIN.slots[name].mappings] == ["controlled"]
        assert not [f for f in DOMAIN.flows.values() if name in f.collected()]
    for variations in DOMAIN.responses.values():
        payloads = [b.payload for variation in variations for b in variation.buttons]
        assert not [p for p in payloads if any(name in p for name in facts)]
    for flow in DOMAIN.flows.values():
        sets = [s.values for s in flow.steps.values() if isinstance(s, SetSlotsStep)]
        assert not [v for v in sets if any(v.get(name) is not None for name in facts)]


WRONG = {
    "a way leads there without a yes": """
        - {call: verify_holder, next: [{if: slots.is_holder, then: ask}, {else: END}]}
        - {id: ask, collect: sure, next: [{if: slots.sure, then: do}, {else: END}]}
        - {id: do, action: action_do, next: END}
    """,
    "a way leads there without a proof": """
        - {noop: true, next: [{if: slots.known, then: ask}, {else: prove}]}
        - {id: prove, call: verify_holder, next: [{if: slots.is_holder, then: ask}, {else: END}]}
        - {id: ask, collect: sure, ask_before_filling: true,
           next: [{if: slots.sure, then: do}, {else: END}]}
        - {id: do, action: action_do, next: END}
    """,
    "ask is shown before the proof": """
        - {id: ask, collect: sure, ask_before_filling: true,
           next: [{if: slots.sure, then: prove}, {else: END}]}
        - {id: prove, call: verify_holder, next: [{if: slots.is_holder, then: do}, {else: END}]}
        - {id: do, action: action_do, next: END}
    """,
    "something is asked between the yes of ask and it": """
        - {call: verify_holder, next: [{if: slots.is_holder, then: ask}, {else: END}]}
        - {id: ask, collect: sure, ask_before_filling: true,
           next: [{if: slots.sure, then: more}, {else: END}]}
        - {id: more, collect: whom}
        - {id: do, action: action_do, next: END}
    """,
}


@pytest.mark.parametrize(("problem", "steps"), WRONG.items(), ids=WRONG)
def test_the_proof_sees_a_way_around_it(problem: str, steps: str) -> None:
    compiler = StepCompiler("wrong")
    first = compiler.compile(yaml.safe_load(steps))
    flow = Flow("wrong", {}, "", (), True, frozenset(), first, compiler.steps)
    assert f"action_do: {problem}" in unproved(flow, {"action_do": "slots.is_holder"})


@pytest.mark.parametrize("flow", FLOWS)
def test_every_step_can_be_reached_and_left(flow: Flow) -> None:
    assert set(flow.steps) <= reached(flow, flow.first), "never reached"
    assert not [one for one in flow.steps if END not in reached(flow, one)], "no way to the end"


@pytest.mark.parametrize("flow", FLOWS)
def test_every_choice_has_an_else_and_it_comes_last(flow: Flow) -> None:
    for step in flow.steps.values():
        if not isinstance(step, LinkStep):
            *choices, last = step.next
            assert not last.text, step.id
            assert all(choice.text for choice in choices), step.id


@pytest.mark.parametrize("flow", FLOWS)
def test_whoever_goes_round_in_a_flow_is_asked_something_each_time(flow: Flow) -> None:
    emptied = {
        name
        for step in flow.steps.values()
        if isinstance(step, SetSlotsStep)
        for name, value in step.values.items()
        if value is None
    }
    silent = {
        step.id: {link.target for link in step.next}
        for step in flow.steps.values()
        if not (isinstance(step, Collect) and step.slot in emptied)
    }
    TopologicalSorter(silent).prepare()  # raises where there is a circle


def test_no_flow_calls_itself_however_far_around() -> None:
    calls = {
        flow.id: {s.flow for s in flow.steps.values() if isinstance(s, Call | LinkStep)}
        for flow in DOMAIN.flows.values()
    }
    TopologicalSorter(calls).prepare()


def test_the_flows_that_verify_say_so_by_a_fact_that_only_they_state() -> None:
    folder = Path(__file__).parents[2] / "bot"
    stating = {
        path.parent.name
        for path in folder.rglob("*.py")
        for name in VERIFYING
        if f'SlotSet("{name.removeprefix("slots.")}"' in path.read_text("utf-8")
    }
    assert stating == {"verify_identity"}
