"""The drawing of the flows: docs/flows.md, by `foyer graph`."""

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.dialogue.flows.domain import END, Domain, Flow
from bot.dialogue.flows.graph import chart, draw
from bot.dialogue.flows.steps import StepCompiler
from bot.registry import domain_of

PAGE = Path(__file__).parents[2] / "docs" / "flows.md"
LABEL = r'"(?:[^"#]|#35;|#quot;|#lt;)*"'
SHAPES = (
    rf"\(\[{LABEL}\]\)",
    r"\(\[end\]\)",
    rf"\(({LABEL})\)",
    rf"\{{\{{{LABEL}\}}\}}(:::card)?",
    rf"\[\[{LABEL}\]\]",
    rf"\[{LABEL}\]",
    rf">{LABEL}\]",
    r"\{ \}",
)
NODE = re.compile(rf"(?:begin|done|s\d+)(?:{'|'.join(SHAPES)})")
EDGE = re.compile(rf"(?:begin\(\[{LABEL}\]\)|s\d+) -->(\|(?:else|{LABEL})\|)? (?:s\d+|done)")


@pytest.fixture(scope="module")
def domain() -> Domain:
    return domain_of()


def test_the_page_of_the_flows_is_current(domain: Domain) -> None:
    assert PAGE.read_text("utf-8") == draw(domain), "run `foyer graph`"


def test_the_command_writes_the_page_where_it_is_told(domain: Domain, tmp_path: Path) -> None:
    page = tmp_path / "flows.md"
    result = CliRunner().invoke(app, ["graph", "--output", str(page)])
    assert result.exit_code == 0, result.output
    assert str(page) in result.output
    assert page.read_text("utf-8") == draw(domain)


def test_every_flow_is_on_the_page_with_both_its_names(domain: Domain) -> None:
    page = draw(domain)
    for flow in domain.flows.values():
        assert f"### {flow.id}\n" in page or f"| `{flow.id}` |" in page
        assert f"{flow.names['en']} · {flow.names['fr']}" in page
        assert flow.description in page


def test_every_link_leads_to_a_section(domain: Domain) -> None:
    page = draw(domain)
    for target in re.findall(r"\]\(#(\w+)\)", page):
        assert f"### {target}\n" in page


def test_charts_hold_to_the_part_of_mermaid_that_was_checked_with_its_parser(
    domain: Domain,
) -> None:
    for flow in domain.flows.values():
        head, style, *lines = [line.strip() for line in chart(flow).splitlines()]
        assert (head, style) == ("flowchart TD", "classDef card stroke-width:4px")
        for line in lines:
            assert NODE.fullmatch(line) or EDGE.fullmatch(line), (flow.id, line)


def test_every_way_out_of_a_step_is_an_edge_with_its_condition(domain: Domain) -> None:
    for flow in domain.flows.values():
        ways = [link for step in flow.steps.values() for link in step.next]
        edges = [line for line in chart(flow).splitlines() if re.match(r" *s\d+ -->", line)]
        assert len(edges) == len(ways)
        for link in ways:
            assert any(link.text.replace('"', "#quot;") in edge for edge in edges)
        assert any(edge.endswith(" done") for edge in edges)
        assert END not in flow.steps


def test_signs_that_mean_something_to_mermaid_stand_in_a_label_as_entities() -> None:
    compiler = StepCompiler("odd")
    first = compiler.compile(
        [
            {
                "set_slots": [{"a": '<b>"x"#'}],
                "next": [{"if": "slots.a < 3", "then": "END"}, {"else": "END"}],
            }
        ]
    )
    flow = Flow("odd", {"en": "odd"}, "Odd.", (), True, frozenset(), first, compiler.steps)
    drawn = chart(flow)
    assert 's0["a = #lt;b>#quot;x#quot;#35;"]' in drawn
    assert '|"slots.a #lt; 3"|' in drawn
