"""How the cases for people went, for whoever plans a team: a part of `foyer report`."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime
from statistics import fmean, median
from zoneinfo import ZoneInfo

from bot.operating.parked import on_one_line
from storage.handoff.bans import Ban
from storage.handoff.case_lists import CaseTimes

NOBODY = "(nobody)"


def case_lines(cases: Sequence[CaseTimes], time_zone: ZoneInfo) -> list[str]:
    """Return the lines: all together, by agent, and by the hour in which cases began."""
    if not cases:
        return ["  none"]
    agents = sorted({case.agent_name or NOBODY for case in cases})
    hours = Counter(case.created_at.astimezone(time_zone).hour for case in cases)
    return [
        _line("all", cases),
        *(_line(name, [c for c in cases if (c.agent_name or NOBODY) == name]) for name in agents),
        "  by hour:",
        *(f"    {hour:02}:00  {hours[hour]:4}" for hour in sorted(hours)),
    ]


def ban_lines(bans: Sequence[Ban], now: datetime) -> list[str]:
    """Return the lines: how many chats were banned, how many still are, and by whom."""
    if not bans:
        return ["  none"]
    lifted = sum(ban.lifted_at is not None for ban in bans)
    in_force = sum(ban.lifted_at is None and ban.ends_at > now for ban in bans)
    agents = Counter(ban.agent_name for ban in bans)
    return [
        f"  all: {len(bans)}, {in_force} in force, {lifted} lifted",
        *(f"  {on_one_line(name)}: {agents[name]}" for name in sorted(agents)),
    ]


def _line(name: str, cases: Sequence[CaseTimes]) -> str:
    rated = [case.satisfaction for case in cases if case.satisfaction is not None]
    stars = f"{fmean(rated):.1f} of 5 ({len(rated)})" if rated else "-"
    closed = sum(case.closed_at is not None for case in cases)
    return (
        f"  {on_one_line(name)}: {len(cases)} cases, {closed} over,"
        f" first answer {_minutes(cases, _until_answer)},"
        f" handling {_minutes(cases, _handled)}, satisfaction {stars}"
    )


def _minutes(cases: Sequence[CaseTimes], took: Callable[[CaseTimes], float | None]) -> str:
    """Return the median and the longest, in minutes."""
    known = [minutes for case in cases if (minutes := took(case)) is not None]
    return f"{median(known):.0f} min (longest {max(known):.0f})" if known else "-"


def _until_answer(case: CaseTimes) -> float | None:
    return _between(case.created_at, case.first_answer_at)


def _handled(case: CaseTimes) -> float | None:
    return _between(case.claimed_at, case.closed_at)


def _between(start: datetime | None, end: datetime | None) -> float | None:
    return None if start is None or end is None else (end - start).total_seconds() / 60
