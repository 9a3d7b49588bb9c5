"""docs/security.md names tests as proofs: they exist, and `pytest -m asvs` runs them."""

import ast
from collections import Counter

import pytest

from tests.proofs import ROOT, Row, requirements_shown, rows

PROOFS = sorted({proof for row in rows() for proof in row.proofs})
REQUIREMENTS = [row for row in rows() if row.numbers]


@pytest.mark.parametrize(("file", "name"), PROOFS)
def test_every_proof_is_a_test_that_exists(file: str, name: str) -> None:
    tree = ast.parse((ROOT / file).read_text("utf-8"))
    assert name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("row", REQUIREMENTS, ids=lambda row: row.numbers[0])
def test_every_requirement_is_met_or_it_says_why_not(row: Row) -> None:
    assert row.met.split(",")[0] in {"yes", "partly", "no", "not met"}
    assert row.shown
    if row.met != "yes":
        assert len(row.shown.split()) > 5, "what is missing, and what an operator can do about it"


def test_no_requirement_is_judged_twice() -> None:
    counted = Counter(number for row in REQUIREMENTS for number in row.numbers)
    assert {number for number, times in counted.items() if times > 1} == set()


def test_every_proof_of_a_requirement_bears_its_number(request: pytest.FixtureRequest) -> None:
    shown = requirements_shown()
    marked = {
        item.nodeid.partition("[")[0]: tuple(mark.args)
        for item in request.session.items
        for mark in item.iter_markers("asvs")
    }
    here = {item.nodeid.partition("[")[0] for item in request.session.items}
    assert marked == {test: numbers for test, numbers in shown.items() if test in here}
