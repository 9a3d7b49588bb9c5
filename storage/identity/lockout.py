"""Lockout from the sign-in page: five failed tries in a row, and what frees an account again.

A lock closes that page alone, and only to browsers that are not known (`browsers.py`): codes,
live sessions of chats and the own reset go on, so that nobody can be kept out of the account by
somebody who guesses (`docs/security.md`).
"""

from sqlalchemy import func, select

from storage.households.actors import System
from storage.households.changing import Changing
from storage.households.members import Member, Members
from storage.households.tables import household, member
from storage.identity.tables import sign_in_attempt
from storage.limits import FAILED_SIGN_INS
from storage.names import folded
from storage.transaction import Repository, part

_RULE = System("failed_sign_ins")


class Lockout(Repository):
    _members = part(Members)
    _change = part(Changing)

    def free(self, member_id: int) -> bool:
        """Open the sign-in page to the member again, with all their tries; were they locked?

        Whoever calls it has checked the actor, and enters it in the audit.
        """
        self._forget_failures(member_id)
        locked = (member.c.id == member_id) & (member.c.status == "locked")
        freed = self._connection.execute(member.update().where(locked).values(status="active"))
        return freed.rowcount == 1

    def failed(self, username: str, member_id: int | None) -> None:
        """Count a try that let nobody in; the fifth in a row locks, and the member is told.

        Names that nobody has are counted too, so that they cost the same.
        """
        person = self._held(member_id)
        self._count(username, member_id, succeeded=False)
        failures = self._failures(username, member_id)
        if person is not None and person.status == "active" and failures >= FAILED_SIGN_INS:
            self._lock(person)

    def succeeded(self, username: str, member_id: int) -> None:
        """Somebody signed in: what failed before no longer counts."""
        self._forget_failures(member_id)
        self._count(username, member_id, succeeded=True)

    def impose(self, username: str, member_id: int) -> None:
        """Count as many failed tries as lock an account: somebody else has locked it already."""
        self._count(username, member_id, succeeded=False, times=FAILED_SIGN_INS)

    def is_locked(self, member_id: int | None) -> bool:
        """Asked in the transaction that would let them in: a lock that was faster counts."""
        person = self._held(member_id)
        return person is None or person.status == "locked"

    def _lock(self, person: Member) -> None:
        with self._change(_RULE, "lock", person.id, household_id=person.household_id) as done:
            self._members.change(person.id, status="locked")
            done.note()

    def _held(self, member_id: int | None) -> Member | None:
        """One judgement at a time in a household: its row is held, as for every change of it."""
        home = select(member.c.household_id).where(member.c.id == member_id).scalar_subquery()
        self._connection.execute(
            select(household.c.id).where(household.c.id == home).with_for_update()
        )
        return self._members.get(member_id)

    def _count(
        self, username: str, member_id: int | None, *, succeeded: bool, times: int = 1
    ) -> None:
        attempt = {
            "account_digest": self._keys.account_digest(folded(username)),
            "member_id": member_id,
            "succeeded": succeeded,
            "at": self._clock(),
        }
        self._connection.execute(sign_in_attempt.insert(), [attempt] * times)

    def _failures(self, username: str, member_id: int | None) -> int:
        """At most as many as lock: a thousand guesses take no longer to count than five."""
        enough = select(sign_in_attempt.c.id).where(
            sign_in_attempt.c.account_digest == self._keys.account_digest(folded(username)),
            sign_in_attempt.c.member_id == member_id,
            sign_in_attempt.c.succeeded.is_(False),
        )
        counted = select(func.count()).select_from(enough.limit(FAILED_SIGN_INS).subquery())
        return self._connection.execute(counted).scalar_one()

    def _forget_failures(self, member_id: int) -> None:
        person = self._members.get(member_id)
        if person is None or person.username is None:
            return  # nobody without a user name has ever tried
        digest = self._keys.account_digest(folded(person.username))
        self._connection.execute(
            sign_in_attempt.delete().where(
                sign_in_attempt.c.account_digest == digest, sign_in_attempt.c.succeeded.is_(False)
            )
        )
