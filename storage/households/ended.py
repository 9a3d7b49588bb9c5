"""What time has ended, and nobody has entered yet: suspensions, rights, and pauses of rights."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Column, ColumnElement, select, union

from storage.households.tables import access_right, member, paused_right, service
from storage.transaction import Repository

Rights = list[tuple[str, datetime]]
"""Services by code, and when that was."""


class Ended(Repository):
    """Of people who are there; whose it is afterwards, the callers decide."""

    def homes(self, limit: int) -> Sequence[int]:
        """The households that have something of it, by number."""
        suspended = select(member.c.household_id).where(self._is_over(member.c.suspended_until))
        without = select(member.c.household_id).join_from(access_right, member)
        again = select(member.c.household_id).join_from(paused_right, member)
        homes = union(
            suspended,
            without.where(self._is_over(access_right.c.ends_at)),
            again.where(self._is_over(paused_right.c.resumes_at)),
        ).subquery()
        statement = select(homes.c.household_id).order_by(homes.c.household_id).limit(limit)
        return self._connection.scalars(statement).all()

    def suspensions(self, household_id: int) -> list[tuple[int, datetime]]:
        """Who is no longer suspended, and since when."""
        statement = (
            select(member.c.id, member.c.suspended_until)
            .where(member.c.household_id == household_id, self._is_over(member.c.suspended_until))
            .order_by(member.c.suspended_until, member.c.id)
        )
        return [(row.id, row.suspended_until) for row in self._connection.execute(statement)]

    def rights(self, household_id: int) -> dict[int, Rights]:
        """Who has lost what by it."""
        return self._passed(household_id, access_right.c.ends_at)

    def pauses(self, household_id: int) -> dict[int, Rights]:
        """Who has what again by it."""
        return self._passed(household_id, paused_right.c.resumes_at)

    def _passed(self, household_id: int, at: Column[Any]) -> dict[int, Rights]:
        """Whose moments are over: by person, each service and when, in the catalogue's order."""
        rows = at.table
        statement = (
            select(rows.c.member_id, service.c.code, at)
            .join_from(rows, member)
            .join(service, service.c.id == rows.c.service_id)
            .where(member.c.household_id == household_id, self._is_over(at))
            .order_by(rows.c.member_id, service.c.id)
        )
        passed: dict[int, Rights] = {}
        for member_id, code, moment in self._connection.execute(statement):
            passed.setdefault(member_id, []).append((code, moment))
        return passed

    def forget_rights(self, member_id: int) -> None:
        over = access_right.c.ends_at <= self._clock()
        self._connection.execute(
            access_right.delete().where(access_right.c.member_id == member_id, over)
        )

    def _is_over(self, at: Column[Any]) -> ColumnElement[bool]:
        return (at <= self._clock()) & member.c.deleted_at.is_(None)
