"""What time alone changes: columns of a person and a right, as they are at the moment of reading.

So whatever ends does at its minute, for every reader, whether it is entered yet or not
(`storage.households.ending`).
"""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, bindparam, case, func

from storage.households.tables import access_right, member, paused_right
from storage.table_base import Moment

_NOW = bindparam("of_now", type_=Moment())
_IS_COUNTING = member.c.confirmed_email.is_(None) | (member.c.email_counts_at <= _NOW)
_STOOD = func.coalesce(member.c.status_before, member.c.status)
_IS_OVER = member.c.suspended_until <= _NOW

AT_MOMENT: Mapping[str, ColumnElement[Any]] = MappingProxyType(
    {
        "proved_email": case((_IS_COUNTING, member.c.email), else_=member.c.confirmed_email),
        "status": case((_IS_OVER, _STOOD), else_=member.c.status),
        "suspended_until": case((_IS_OVER, None), else_=member.c.suspended_until),
        "stood": _STOOD,
    }
)
"""Fields of a `Member` that are more than a column; the moment is bound as `of_now`."""

COUNTS = access_right.c.ends_at.is_(None) | (access_right.c.ends_at > _NOW)
"""A right that has not ended at the moment bound as `of_now`."""

LASTS = paused_right.c.ends_at.is_(None) | (paused_right.c.ends_at > _NOW)
"""A paused right that has not ended at the moment bound as `of_now`."""

IS_PAUSED = case((paused_right.c.resumes_at <= _NOW, None), else_=paused_right.c.resumes_at)
"""Until when it is paused at that moment; None where it is a right again."""


def is_let_in(now: datetime | ColumnElement[datetime]) -> ColumnElement[bool]:
    """Whether somebody is there and not suspended: nothing of anybody else's opens anything."""
    is_over = member.c.suspended_until <= now
    return member.c.deleted_at.is_(None) & ((member.c.status != "suspended") | is_over)
