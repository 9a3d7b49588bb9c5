"""The conditions of flows, in the part of pypred's syntax that Rasa's flows use."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.flows.conditions import InvalidConditionError, compile_condition

NAMES: dict[str, dict[str, Any]] = {
    "slots": {
        "confirmed": True,
        "refused": False,
        "role": "holder",
        "count": 2,
        "services": ["view_invoice"],
        "nothing": None,
    },
    "context": {"rung": 1},
}


@pytest.mark.parametrize(
    "text",
    [
        "slots.confirmed",
        "not slots.refused",
        "not slots.missing",
        'slots.role is "holder"',
        "slots.role is 'holder'",
        'slots.role = "holder"',
        'slots.role is not "secondary"',
        'slots.role != "secondary"',
        "slots.confirmed is true",
        "slots.nothing is null",
        "slots.missing is null",
        "slots.count > 1",
        "slots.count < 3",
        "slots.count is 2",
        "slots.count > -1",
        'slots.services contains "view_invoice"',
        "not slots.missing contains 'x'",
        "context.rung is 1",
        "slots.refused or slots.confirmed",
        "slots.confirmed and not slots.refused",
        "slots.refused and slots.refused or slots.confirmed",
        "slots.confirmed or slots.refused and slots.refused",
        "not (slots.refused or slots.nothing)",
        "TRUE AND NOT FALSE",
        "  slots.confirmed  ",
    ],
)
def test_a_condition_that_holds(text: str) -> None:
    assert compile_condition(text)(NAMES)
    assert not compile_condition(f"not ({text})")(NAMES)


@pytest.mark.parametrize(
    "text",
    [
        "slots.nothing > 0",
        'slots.role > "a"',
        'slots.role is "Holder"',
        "slots.role is null",
        'slots.missing contains "x"',
        "elsewhere.confirmed",
    ],
)
def test_a_condition_that_does_not_hold(text: str) -> None:
    assert not compile_condition(text)(NAMES)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "slots",
        "slots.",
        "slots.a.b",
        "slots.confirmed and",
        "slots.role is",
        "(slots.confirmed",
        'slots.role is "holder',
        "slots.role == 'holder'",
        "__import__('os').system('true')",
        "slots.confirmed; slots.refused",
        "lambda: 1",
        "slots['confirmed']",
    ],
)
def test_what_is_no_condition_is_refused_with_its_text(text: str) -> None:
    with pytest.raises(InvalidConditionError) as refused:
        compile_condition(text)
    assert repr(text) in str(refused.value)


@given(st.text(max_size=40))
def test_any_text_is_a_condition_or_refused(text: str) -> None:
    try:
        condition = compile_condition(text)
    except InvalidConditionError:
        return
    assert condition(NAMES) in {True, False}


@given(st.text(st.characters(exclude_characters='"', exclude_categories=["Cs"]), max_size=20))
def test_a_quoted_text_is_compared_as_it_stands(value: str) -> None:
    assert compile_condition(f'slots.role is "{value}"')({"slots": {"role": value}})


@given(st.integers(-10_000, 10_000), st.integers(-10_000, 10_000))
def test_numbers_compare_as_numbers(one: int, other: int) -> None:
    names = {"slots": {"count": one}}
    assert compile_condition(f"slots.count > {other}")(names) is (one > other)
    assert compile_condition(f"slots.count < {other}")(names) is (one < other)
    assert compile_condition(f"slots.count = {other}")(names) is (one == other)
