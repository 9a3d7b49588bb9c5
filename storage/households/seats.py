"""The places of a household: whoever sits down takes the lowest that is free."""

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from storage.errors import EmailTaken, HouseholdFull, UsernameTaken
from storage.households.tables import member, one_per_email, one_per_seat, one_per_username
from storage.limits import SEATS
from storage.statements import violates
from storage.transaction import Repository

Taken = TypeVar("Taken")


class Seats(Repository):
    def take(self, household_id: int, role: str, take: Callable[[int], Taken]) -> Taken:
        """The unique seat decides, not a count: whoever loses a race tries the next one."""
        for seat in self._free(household_id, role):
            try:
                with self._connection.begin_nested():
                    return take(seat)
            except IntegrityError as error:
                if not violates(error, one_per_seat):
                    raise refusal(error) from error
        raise HouseholdFull

    def _free(self, household_id: int, role: str) -> list[int]:
        of_role = range(1, 2) if role == "holder" else range(2, SEATS + 1)
        statement = select(member.c.seat).where(
            member.c.household_id == household_id, member.c.seat.is_not(None)
        )
        return sorted(set(of_role) - set(self._connection.scalars(statement)))


def refusal(error: IntegrityError) -> Exception:
    """What a violated key means to people; any other error stays itself."""
    if violates(error, one_per_email):
        return EmailTaken()
    if violates(error, one_per_username):
        return UsernameTaken()
    return error
