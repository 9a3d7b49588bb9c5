"""Draws the flows as Mermaid charts, in one Markdown page (`foyer graph`).

A chart's nodes are what a flow does (a question, a card, an action, a call), its edges say
under which condition they are taken. Patterns that ask nothing and choose nothing are a table.
"""

from collections.abc import Iterable, Iterator

from bot.dialogue.flows.domain import (
    END,
    ActionStep,
    Call,
    Collect,
    Domain,
    Flow,
    Link,
    LinkStep,
    Noop,
    SetSlotsStep,
    Step,
)

_INTRODUCTION = """\
# Flows

Drawn by `foyer graph` from `bot/tasks/` and `bot/patterns/`; a test holds that this page is
current. What must hold for every flow (no dead end, no change without a proof and a yes) is
proved in `tests/dialogue/test_flow_graph.py`.

In the charts a hexagon is a question, and one with a thick border a card that must be confirmed;
a rounded box is an action, or what is said; a box with double sides is another flow, which is
called and comes back.
"""


def draw(domain: Domain) -> str:
    """Return the page: tasks first, then what they call, then the patterns."""
    flows = domain.flows.values()
    tasks = [flow for flow in flows if flow.startable and not flow.is_pattern]
    called = [flow for flow in flows if not flow.startable and not flow.is_pattern]
    patterns = [flow for flow in flows if flow.is_pattern]
    branching = [flow for flow in patterns if not _is_plain(flow)]
    plain = [flow for flow in patterns if _is_plain(flow)]
    parts = [
        _INTRODUCTION,
        "## Tasks\n",
        *(_section(flow) for flow in tasks),
        "## What tasks call\n",
        *(_section(flow) for flow in called),
        "## Patterns\n",
        *(_section(flow) for flow in branching),
        _table(plain),
    ]
    return "\n".join(parts)


def _is_plain(flow: Flow) -> bool:
    """Whether a flow goes straight on and asks nothing: a line of a table shows all of it."""
    steps = flow.steps.values()
    return all(isinstance(step, ActionStep) and len(step.next) == 1 for step in steps)


def _section(flow: Flow) -> str:
    triggers = ", ".join(f"`{intent}`" for intent in flow.triggers)
    called = dict.fromkeys(s.flow for s in flow.steps.values() if isinstance(s, Call | LinkStep))
    facts = [
        f"Begins with {triggers}." if triggers else "",
        f"Calls {', '.join(f'[{name}](#{name})' for name in called)}." if called else "",
    ]
    said = " ".join(filter(None, [flow.description, *facts]))
    return f"### {flow.id}\n\n*{_names(flow)}*\n\n{said}\n\n```mermaid\n{chart(flow)}\n```\n"


def _names(flow: Flow) -> str:
    return " · ".join(flow.names.values())


def _table(flows: Iterable[Flow]) -> str:
    rows = [
        f"| `{flow.id}` | {_names(flow)} | {flow.description} | {_said(flow)} |" for flow in flows
    ]
    return "\n".join(["| pattern | name | when, why | does |", "|---|---|---|---|", *rows, ""])


def _said(flow: Flow) -> str:
    return ", ".join(f"`{s.action}`" for s in flow.steps.values() if isinstance(s, ActionStep))


def chart(flow: Flow) -> str:
    """Return the Mermaid flowchart of one flow."""
    nodes = {step_id: f"s{number}" for number, step_id in enumerate(flow.steps)} | {END: "done"}
    lines = [
        "flowchart TD",
        "    classDef card stroke-width:4px",
        f"    begin([{_quoted(flow.id)}]) --> {nodes[flow.first]}",
    ]
    for step_id, step in flow.steps.items():
        lines.append(f"    {nodes[step_id]}{_shape(step)}")
        lines += [f"    {nodes[step_id]} {edge}" for edge in _edges(step, nodes)]
    return "\n".join([*lines, "    done([end])"])


def _shape(step: Step) -> str:
    """Return a node's form and label. Brackets of Mermaid's are safe around a quoted label."""
    match step:
        case Collect(slot=slot, ask_before_filling=True):
            return f"{{{{{_quoted(f'{slot}?')}}}}}:::card"
        case Collect(slot=slot):
            return f"{{{{{_quoted(f'{slot}?')}}}}}"
        case ActionStep(action=action):
            return f"({_quoted(action)})"
        case Call(flow=other):
            return f"[[{_quoted(other)}]]"
        case LinkStep(flow=other):
            return f">{_quoted(other)}]"
        case SetSlotsStep(values=values):
            return f"[{_quoted(', '.join(f'{n} = {_as_yaml(v)}' for n, v in values.items()))}]"
        case Noop():
            return "{ }"


def _as_yaml(value: object) -> str:
    return "null" if value is None else str(value)


def _edges(step: Step, nodes: dict[str, str]) -> Iterator[str]:
    for link in step.next:
        yield f"-->{_label(link, step)} {nodes[link.target]}"


def _label(link: Link, step: Step) -> str:
    if link.text:
        return f"|{_quoted(link.text)}|"
    return "|else|" if len(step.next) > 1 else ""


def _quoted(text: str) -> str:
    """Return a Mermaid label: quoted, with Mermaid's own entities for what would end it."""
    escaped = text.replace("#", "#35;").replace('"', "#quot;").replace("<", "#lt;")
    return f'"{escaped}"'
