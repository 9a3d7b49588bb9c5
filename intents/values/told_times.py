"""What the words of an end name: a length, a day, an hour. Which moment that is: `ends.py`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time

from dateutil.relativedelta import relativedelta

from intents.values.times import DIGITS, JOINT, Item, Times

OPEN = "open"
"""Nothing ends by itself."""
_UNITS = {
    "minutes": relativedelta(minutes=1),
    "hours": relativedelta(hours=1),
    "days": relativedelta(days=1),
    "weeks": relativedelta(weeks=1),
    "months": relativedelta(months=1),
    "years": relativedelta(years=1),
}
_NOON, _YEARS = 12, 1000
_LATE_HOURS = range(1, 8)
"""An hour without a mark is meant in the afternoon: "at 6"."""


@dataclass(slots=True)
class Told:
    """What the words of an end name."""

    length: relativedelta | None = None
    named: str = ""
    weekday: int | None = None
    month: int | None = None
    number: int | None = None
    year: int | None = None
    hour: time | None = None
    part: time | None = None
    is_day: bool = False
    """Whether a number by itself is a day: "the 15th"."""
    is_last: bool = False
    """Whether it is the last day of a month: "the end of April"."""
    left: list[int] = field(default_factory=list)


def moment_of(held: str) -> datetime | None:
    """Return the moment that a slot holds for an end; None where it holds words, or no end."""
    try:
        moment = datetime.fromisoformat(held)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None


def read(atoms: Sequence[str], known: Times) -> Told | str | None:
    """Return what the words name, or that nothing ends; None where they are no end."""
    if known.begun("open", atoms) or list(atoms) == [OPEN]:
        return OPEN
    limited = known.begun("limiting", atoms)
    lasting = known.begun("lasting", atoms) or limited
    begun = max(known.begun("until", atoms), lasting)
    items, end = [], 0
    for meant, behind in known.items(atoms[begun:]):
        items.append(meant)
        end = behind
    if not items or begun + end != len(atoms):
        return None
    told = _told(items, lasting=bool(lasting))
    is_day = begun and atoms[begun - 1] in known.articles  # "jusqu'au 15"
    told.is_day = told.is_day or bool(is_day)
    return told if _place(told) else None


def _told(items: Sequence[frozenset[Item]], *, lasting: bool) -> Told:
    told, at = Told(), 0
    while at < len(items):
        kinds = {item.kind: item.value for item in items[at]}
        following = [{item.kind: item.value for item in meant} for meant in items[at + 1 : at + 4]]
        number = _number(kinds)
        counts = following and "units" in following[0]
        if number is not None and counts and (lasting or "hour" not in following[0]):
            told.length, at = _length(following[0]["units"], number), at + 2
        elif DIGITS in kinds:
            at += _digits(told, int(kinds[DIGITS]), following)
        else:
            _word(told, kinds)
            at += 1
    return told


def _length(unit: str, number: int) -> relativedelta:
    return _UNITS[unit] * number


def _number(kinds: Mapping[str, str]) -> int | None:
    said = kinds.get(DIGITS) or kinds.get("numbers")
    return int(said) if said and int(said) < _YEARS else None


def _digits(told: Told, number: int, following: Sequence[Mapping[str, str]]) -> int:
    """Take in a number with what follows it; return how many words that are."""
    after = [next(iter(kinds.items())) for kinds in following]
    kinds = [kind for kind, _ in after]
    if kinds[:1] == [JOINT] and kinds[1:2] == [DIGITS] and after[0][1] in {":", "."}:
        told.hour = _clock(number, int(after[1][1]))
        return 3 + _half(told, following[2:])
    if following and "hour" in following[0]:
        minutes = int(after[1][1]) if kinds[1:2] == [DIGITS] else 0
        told.hour = _clock(number, minutes)
        used = 3 if kinds[1:2] == [DIGITS] else 2
        return used + _half(told, following[used - 1 :])
    if following and {"am", "pm"} & following[0].keys():
        told.hour = _clock(number, 0)
        return 1 + _half(told, following)
    told.left.append(number)
    return 1


def _half(told: Told, following: Sequence[Mapping[str, str]]) -> int:
    """Take in which half of the day an hour is in, if that is said; return how many words."""
    half = following[0].keys() & {"am", "pm"} if following else set()
    if not half or told.hour is None:
        return 0
    shift = _NOON if half == {"pm"} else 0
    told.hour = told.hour.replace(hour=told.hour.hour % _NOON + shift)
    return 1


def _clock(hour: int, minute: int) -> time | None:
    try:
        return time(hour, minute)
    except ValueError:
        return None


def _word(told: Told, kinds: Mapping[str, str]) -> None:
    if kinds.keys() & {"article", "ordinal"}:
        told.is_day = True
    told.is_last = told.is_last or "last" in kinds
    if "at" in kinds and "numbers" not in kinds:
        told.left.append(-1)
    elif "days" in kinds:
        told.named = kinds["days"]
    if "weekdays" in kinds:
        told.weekday = int(kinds["weekdays"])
    if "months" in kinds:
        told.month = int(kinds["months"])
    if "parts" in kinds:
        told.part = time.fromisoformat(kinds["parts"])


def _place(told: Told) -> bool:
    """Say what the numbers are that no mark explains; False where one stays unexplained."""
    numbers = [number for number in told.left if number >= 0]
    dated = told.month is not None or told.weekday is not None or bool(told.named)
    if len(numbers) == len("ymd") and numbers[0] >= _YEARS:  # 2026-08-03
        told.year, told.month, told.number = numbers
        return True
    for at, number in enumerate(told.left):
        marked = at > 0 and told.left[at - 1] == -1 and told.hour is None
        if number < 0:
            continue
        if number >= _YEARS and told.year is None:
            told.year = number
        elif marked and (told.number is not None or told.month is None or not dated):
            told.hour = _clock(number + _NOON * (number in _LATE_HOURS), 0)
        elif told.number is None and (dated or told.is_day):
            told.number = number
        else:
            return False
    return True
