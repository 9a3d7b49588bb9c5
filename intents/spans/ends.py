"""Until when: where a message says it, and which moment that is, seen from another.

"Until Sunday" is to the end of that day, with an hour to that minute; days and hours are those of
the clock on the wall. "For a week" begins at the moment of asking. Pure: the moment is handed in.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from typing import Literal

from dateutil.easter import easter
from dateutil.relativedelta import relativedelta

from intents.spans.span import SENTENCE_MARKS
from intents.values.times import (
    DIGITS,
    JOINT,
    Item,
    Times,
    atoms_of,
    counts,
    first_atom,
    placed_atoms,
    times,
)
from intents.values.told_times import OPEN, Told, read
from intents.words.tokens import Token

BARE = "bare"
FARTHEST = relativedelta(years=1)
LAST_MINUTE = time(23, 59)
_LONGEST = 16
"""Words that an end is looked for in."""
_BEFORE = 2
"""Words before an end that may say that something begins there: "not until Sunday"."""
_LEADING = frozenset({"idle", "article", "at", "last"})
"""What leads on to something: an end does not stop with it."""
_PAST = Item("days", "yesterday")
_DAYS = frozenset({"days", "parts", "weekdays"})
_ANCHORS = frozenset({"days", "parts", "weekdays", "months", "units", "am", "pm", "hour"})


@dataclass(frozen=True, slots=True)
class End:
    """`at` in UTC, None where nothing ends by itself, or it could not be read, is past, or far."""

    outcome: Literal["open", "at", "unreadable", "past", "far"]
    at: datetime | None = None


def ends_said(tokens: Sequence[Token], *, asked: bool) -> Iterator[tuple[int, int, str]]:
    """Yield where a message says until when: the first token, the one behind, and how it is said.

    That is "until", "lasting" ("for a week") or "open"; where it is `asked`, or stands on a card,
    also BARE: "tomorrow at 6".
    """
    behind, asked = 0, asked and any(atom in _anchoring() for atom, _ in placed_atoms(tokens))
    languages = times().values()
    for first, token in enumerate(tokens):
        if first < behind:
            continue
        atom = first_atom(token.key)
        led = [known for known in languages if atom in known.first]
        bare = [known for known in languages if known.may_name(atom)] if asked else []
        if not (led or bare) or _is_delayed(tokens, first):
            continue
        placed = [(atom, first + at) for atom, at in placed_atoms(_of_one_sentence(tokens, first))]
        end, how = max((_extent(placed, known) for known in led), default=(0, ""))
        if not end:
            end, how = _bare(placed, bare)
        if end > first:
            yield first, end, how
            behind = end


def end_of(said: str, now: datetime) -> End:
    """Return which moment some words mean; `now` is in the household's time zone."""
    atoms = atoms_of(said)
    named = [told for known in times().values() if (told := read(atoms, known)) is not None]
    if OPEN in named:
        return End("open")
    moments = [at for told in named if isinstance(told, Told) and (at := _moment(told, now))]
    if not moments:
        return End("unreadable")
    at = moments[0].astimezone(UTC)
    if at <= now:
        return End("past")
    return End("far") if at > (now + FARTHEST).astimezone(UTC) else End("at", at)


def is_length(said: str) -> bool:
    """Whether some words are a length of time: "3 days", not "Monday"."""
    return any(known.is_length(atoms_of(said)) for known in times().values())


def _is_delayed(tokens: Sequence[Token], first: int) -> bool:
    before = [token.key for token in tokens[max(0, first - _BEFORE) : first]]
    if any(tuple(before) in known.begins["limiting"] for known in times().values()):
        return False  # "rien que jusqu'à lundi"
    said = {(key,) for key in before} | {tuple(before)}
    return any(said & known.delays for known in times().values())


def _extent(placed: Sequence[tuple[str, int]], known: Times) -> tuple[int, str]:
    """Return the token behind an end that the atoms begin with, and its kind; 0 where none does."""
    atoms = [atom for atom, _ in placed]
    if begun := known.begun("open", atoms):
        return placed[begun - 1][1] + 1, "open"
    begins = ((name, known.begun(name, atoms)) for name in ("until", "lasting", "limiting"))
    reading, begun = next((each for each in begins if each[1]), ("", 0))
    if not begun or tuple(atoms[: begun + 1]) in known.leads_on:
        return 0, ""
    last, items = begun, []
    for meant, end in known.items(atoms[begun:]):
        items.append(meant)
        if not any(item.kind in _LEADING for item in meant):
            last = begun + end
    kinds = {item.kind for meant in items for item in meant}
    counted = any(counts(*pair) for pair in pairwise(items))
    is_end = kinds & _ANCHORS or _is_date(items) if reading == "until" else counted
    is_end = is_end or (reading == "lasting" and "days" in kinds)
    if reading == "limiting":  # "only this weekend"; "just twelve years" is an age
        is_end = bool(kinds & _DAYS) and not any(_PAST in meant for meant in items)
    return (placed[last - 1][1] + 1, reading) if is_end and last > begun else (0, "")


def _bare(placed: Sequence[tuple[str, int]], languages: Iterable[Times]) -> tuple[int, str]:
    """Return the same of a moment or a length that nothing leads to."""
    atoms = [atom for atom, _ in placed]
    meanings = {tuple(known.items(atoms)): known for known in languages}  # often the same
    end = max((_last_of_time(atoms, items, known) for items, known in meanings.items()), default=0)
    return (placed[end - 1][1] + 1, BARE) if end else (0, "")


def _last_of_time(
    atoms: Sequence[str], items: Sequence[tuple[frozenset[Item], int]], known: Times
) -> int:
    """Return how many atoms name a moment or a length, as many as can be; 0 where none do."""
    kinds = ({item.kind for item in meant} for meant, _ in items)
    anchor = next((at for at, kind in enumerate(kinds) if kind & _ANCHORS), len(items))
    ends = (end for _, end in reversed(items[anchor:]))
    return next((end for end in ends if isinstance(read(atoms[:end], known), Told)), 0)


@cache
def _anchoring() -> frozenset[str]:
    """Return the last atoms of words that no time is named without: the first may be "the"."""
    words = [(said, meant) for known in times().values() for said, meant in known.words.items()]
    return frozenset(said[-1] for said, meant in words if {item.kind for item in meant} & _ANCHORS)


def _of_one_sentence(tokens: Sequence[Token], first: int) -> Sequence[Token]:
    """Return the tokens up to where a sentence ends; "6 p.m." goes on."""
    last = min(first + _LONGEST, len(tokens))
    for at in range(first + 1, last):
        gap = tokens[at].gap
        is_short = len(tokens[at - 1].key) == 1 or " " not in gap
        if not (SENTENCE_MARKS.isdisjoint(gap) or is_short):
            return tokens[first:at]
    return tokens[first:last]


def _is_date(items: Sequence[frozenset[Item]]) -> bool:
    kinds = [next(iter(meant)).kind for meant in items]
    return JOINT in kinds or (DIGITS in kinds and "ordinal" in kinds) or kinds == [DIGITS]


def _moment(told: Told, now: datetime) -> datetime | None:
    """Return the moment on the wall clock that is meant; None where the words name none."""
    if told.length is not None:
        return _after(told, now)
    hour = told.hour or told.part
    day = _day(told, now, hour)
    if day is None and hour is None:
        return None
    if day is None:
        today = datetime.combine(now, hour or LAST_MINUTE, now.tzinfo)
        return today if today > now else today + timedelta(days=1)
    return datetime.combine(day, hour or LAST_MINUTE, now.tzinfo)


def _after(told: Told, now: datetime) -> datetime:
    """Days and longer end at the same hour of the wall clock; hours are hours."""
    length, start = told.length or relativedelta(), now.replace(second=0, microsecond=0)
    if length.hours or length.minutes:
        return start.astimezone(UTC) + length
    end = start + length
    return datetime.combine(end, told.hour or told.part or end.time(), now.tzinfo)


def _day(told: Told, now: datetime, hour: time | None) -> date | None:
    today = now.date()
    if told.month is not None or told.number is not None:
        return _dated(told, now, hour)
    if told.weekday is not None:
        ahead = relativedelta(days=(told.weekday - today.weekday()) % 7)
        is_today = not ahead.days and hour is not None and hour > now.time()
        return today + (ahead if ahead.days or is_today else relativedelta(weeks=1))
    return _named(told.named, today) if told.named else None


def _dated(told: Told, now: datetime, hour: time | None) -> date | None:
    """Return a day of a month: the next one where no year is said."""
    if told.number is None and not told.is_last:
        return None  # "until May": its beginning, or its end?
    step = relativedelta(years=1) if told.month is not None else relativedelta(months=1)
    year, month = told.year or now.year, told.month or now.month
    try:
        day = date(year, month, told.number or 1)
    except ValueError:
        return None
    day += relativedelta(day=31) if told.number is None else relativedelta()
    past = datetime.combine(day, hour or LAST_MINUTE, now.tzinfo) <= now
    day = day + step if past and told.year is None else day
    fits = told.weekday is None or told.weekday == day.weekday()
    return day if fits else None


def _named(name: str, today: date) -> date:
    """Return a day that has a name of its own."""
    if name == "easter":
        days = (easter(year) for year in (today.year, today.year + 1))
        return next(day for day in days if day >= today)
    sunday = today + relativedelta(days=6 - today.weekday())
    if name[0].isdigit():
        month, number = map(int, name.split("-"))
        day = date(today.year, month, number)
        return day if day >= today else day + relativedelta(years=1)
    return {
        "yesterday": today - relativedelta(days=1),
        "today": today,
        "tomorrow": today + relativedelta(days=1),
        "after_tomorrow": today + relativedelta(days=2),
        "weekend": sunday,
        "next_weekend": sunday + relativedelta(weeks=1),
        "next_week": today + relativedelta(weeks=1),
        "month": today + relativedelta(day=31),
        "next_month": today + relativedelta(months=1, day=31),
        "year": today + relativedelta(month=12, day=31),
    }[name]
