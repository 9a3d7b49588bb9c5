"""What time has ended, and nobody has entered yet: suspensions, rights, and pauses of rights."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, select, union

from storage.households.tables import access_right, member, paused_right, service
from storage.transaction import Repository

Rights = list[tuple[str, datetime]]
"""Services by code, and when that was."""


class Ended(Repository):
    """Of people who are there; whose it is afterwards, the callers decide."""

    def homes(self, limit: int) -> Sequence[int]:
        """The households that have something of it, by number."""
        suspended = select(member.c.household_id).where(self._is_let_in_again())
        without = select(member.c.household_id).join_from(access_right, member)
        again = select(member.c.household_id).join_from(paused_right, member)
        homes = union(
            suspended, without.where(self._is_no_right()), again.where(self._is_one_again())
        ).subquery()
        statement = select(homes.c.household_id).order_by(homes.c.household_id).limit(limit)
        return self._connection.scalars(statement).all()

    def suspensions(self, household_id: int) -> list[tuple[int, datetime]]:
        """Who is no longer suspended, and since when."""
        statement = (
            select(member.c.id, member.c.suspended_until)
            .where(member.c.household_id == household_id, self._is_let_in_again())
            .order_by(member.c.suspended_until, member.c.id)
        )
        return [(row.id, row.suspended_until) for row in self._connection.execute(statement)]

    def rights(self, household_id: int) -> dict[int, Rights]:
        """Who has lost what by it."""
        statement = (
            select(access_right.c.member_id, service.c.code, access_right.c.ends_at)
            .join_from(access_right, member)
            .join(service)
            .where(member.c.household_id == household_id, self._is_no_right())
            .order_by(access_right.c.member_id, service.c.id)
        )
        ended: dict[int, Rights] = {}
        for member_id, code, ends_at in self._connection.execute(statement):
            ended.setdefault(member_id, []).append((code, ends_at))
        return ended

    def pauses(self, household_id: int) -> dict[int, Rights]:
        """Who has what again by it."""
        statement = (
            select(paused_right.c.member_id, service.c.code, paused_right.c.resumes_at)
            .join_from(paused_right, member)
            .join(service)
            .where(member.c.household_id == household_id, self._is_one_again())
            .order_by(paused_right.c.member_id, service.c.id)
        )
        over: dict[int, Rights] = {}
        for member_id, code, resumes_at in self._connection.execute(statement):
            over.setdefault(member_id, []).append((code, resumes_at))
        return over

    def forget_rights(self, member_id: int) -> None:
        over = access_right.c.ends_at <= self._clock()
        self._connection.execute(
            access_right.delete().where(access_right.c.member_id == member_id, over)
        )

    def _is_let_in_again(self) -> ColumnElement[bool]:
        return (member.c.suspended_until <= self._clock()) & member.c.deleted_at.is_(None)

    def _is_no_right(self) -> ColumnElement[bool]:
        return (access_right.c.ends_at <= self._clock()) & member.c.deleted_at.is_(None)

    def _is_one_again(self) -> ColumnElement[bool]:
        return (paused_right.c.resumes_at <= self._clock()) & member.c.deleted_at.is_(None)
