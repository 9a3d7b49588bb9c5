"""In which order mails leave: what somebody waits for goes before what has only happened."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, case

from storage.messages.outbox_rows import OutboxRow
from storage.messages.tables import outbox


@dataclass(frozen=True, slots=True)
class Awaited:
    """The templates of mails that somebody waits for."""

    at_once: Collection[str] = ()
    """They go before all others."""
    in_turn: Collection[str] = ()
    """These tell of something too: what is older goes before them to the same reader."""

    @property
    def templates(self) -> tuple[str, ...]:
        return (*self.at_once, *self.in_turn)


NOBODY_WAITS = Awaited()


def rank(awaited: Awaited) -> ColumnElement[int]:
    """Of awaited rows of the outbox: how soon they leave."""
    return case((outbox.c.template.in_(awaited.at_once), 0), else_=1)


def most_awaited(limit: int) -> int:
    """Return how many of so many mails may be awaited ones; the others are the oldest of all."""
    return limit - limit // 4


def behind_older(
    awaited_rows: Sequence[OutboxRow],
    older: Iterable[OutboxRow],
    awaited: Awaited,
    reader: Callable[[OutboxRow], str],
) -> list[OutboxRow]:
    """Put what is older for the same reader before each that leaves in its turn."""
    by_reader: dict[str, list[OutboxRow]] = {}
    for row in older:
        by_reader.setdefault(reader(row), []).append(row)
    ordered: dict[int, OutboxRow] = {}
    for row in awaited_rows:
        before = by_reader.get(reader(row), []) if row.template in awaited.in_turn else []
        ordered |= {each.id: each for each in (*before, row) if each.id <= row.id}
    return list(ordered.values())
