"""How cases went, counted: first answer, handling, satisfaction, by agent and hour."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.operating.case_report import ban_lines, case_lines
from storage.handoff.bans import Ban
from storage.handoff.case_lists import CaseTimes

TORONTO = ZoneInfo("America/Toronto")
TEN = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
WAITS = CaseTimes(TEN, None, None, None, None, None, None)
DONE = replace(
    WAITS,
    agent_name="Nadia",
    claimed_at=TEN + timedelta(minutes=2),
    first_answer_at=TEN + timedelta(minutes=3),
    closed_at=TEN + timedelta(minutes=22),
    outcome="closed",
    satisfaction=4,
)


def test_a_month_without_cases_has_none() -> None:
    assert case_lines([], TORONTO) == ["  none"]


def test_cases_are_counted_together_by_agent_and_by_hour() -> None:
    later = replace(
        DONE,
        created_at=TEN + timedelta(hours=1),
        first_answer_at=TEN + timedelta(minutes=69),
        satisfaction=5,
    )
    both = "first answer 6 min (longest 9), handling 20 min (longest 20), satisfaction 4.5 of 5 (2)"
    assert case_lines([DONE, later, WAITS], TORONTO) == [
        f"  all: 3 cases, 2 over, {both}",
        "  (nobody): 1 cases, 0 over, first answer -, handling -, satisfaction -",
        f"  Nadia: 2 cases, 2 over, {both}",
        "  by hour:",
        "    10:00     2",
        "    11:00     1",
    ]


def test_bans_are_counted_with_whoever_entered_them() -> None:
    assert ban_lines([], TEN) == ["  none"]
    ban = Ban(1, "Nadia", "swears", TEN, TEN + timedelta(days=7), None, None)
    lifted = replace(ban, agent_name="Tom", lifted_at=TEN, lifted_by="Nadia")
    over = replace(ban, ends_at=TEN - timedelta(days=1))
    assert ban_lines([ban, lifted, over], TEN) == [
        "  all: 3, 1 in force, 1 lifted",
        "  Nadia: 2",
        "  Tom: 1",
    ]
