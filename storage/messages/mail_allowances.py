"""How many mails one receiver gets, by the mail's cause (`docs/security.md`).

A mail that *anybody* could ask for, by typing a user name, has an allowance by the hour and the
day. One that somebody who had *proved* who they are wished for has one by the day. What has
happened, an *event*, is always told: above so many in an hour it is held, and one mail lists what
was. All of it is counted over the outbox itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Literal

from sqlalchemy import func, select

from storage.identity.tables import link, one_time_code
from storage.limits import (
    EVENTS_PER_HOUR,
    PROVED_PER_DAY,
    RESETS_PER_DAY,
    RESETS_PER_HOUR,
    SENDS_PER_ACCOUNT_DAY,
    SENDS_PER_ACCOUNT_HOUR,
)
from storage.messages.queue import is_unsent
from storage.messages.tables import outbox
from storage.statements import take_turns
from storage.transaction import Repository

Cause = Literal["anybody", "proved", "event"]

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
LAST = "_last"
"""The end of the name of a mail that says it is the last one of the day."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """Mails of one kind and cause for one receiver."""

    per_day: int
    per_hour: int | None = None


_PROVED = Allowance(PROVED_PER_DAY)
ALLOWANCES: Mapping[tuple[str, Cause], Allowance] = MappingProxyType(
    {
        ("one_time_code", "anybody"): Allowance(SENDS_PER_ACCOUNT_DAY, SENDS_PER_ACCOUNT_HOUR),
        ("password_reset", "anybody"): Allowance(RESETS_PER_DAY, RESETS_PER_HOUR),
        ("suspended", "anybody"): Allowance(RESETS_PER_DAY, RESETS_PER_HOUR),
        ("password_reset", "proved"): _PROVED,
        ("activation", "proved"): _PROVED,
        ("email_confirmation", "proved"): _PROVED,
        ("profile_changed", "proved"): _PROVED,
    }
)
"""What is asked for. A code for a chat that is known has an allowance of that chat's own."""

USUAL: Mapping[str, Cause] = MappingProxyType(
    {"one_time_code": "anybody", "password_reset": "anybody", "activation": "proved"}
)
"""The cause of a mail that names none; of all others it is an event."""

_AT_ONCE = frozenset(
    {
        "verification_notice",
        "verification_disowned",
        "password_changed",
        "passkey_added",
        "passkey_removed",
        "passkey_ended",
        "passkey_kept",
        "locked",
    }
)
"""What may tell of a theft: the first of each in an hour is never held behind other mails."""


@dataclass(frozen=True, slots=True)
class Room:
    """May one more be queued? After the `is_last` of a day there is room again at `renews_at`."""

    is_left: bool
    is_last: bool
    renews_at: datetime


class MailAllowances(Repository):
    def receivers(self, address: str) -> list[str]:
        """What may stand for an address, whatever its capitals: one for each key."""
        return self._keys.account_digests(f"mail to {address.strip().casefold()}")

    def receiver(self, address: str) -> str:
        """What stands for an address in its next mail: the first key's.

        While others wait it is what they have, whichever key made it, so that all leave in order.
        """
        first, *older = self.receivers(address)
        if not older:
            return first
        waiting = (
            select(outbox.c.receiver)
            .where(outbox.c.receiver.in_([first, *older]), is_unsent(outbox))
            .order_by(outbox.c.id.desc())
            .limit(1)
        )
        return self._connection.scalar(waiting) or first

    def room(self, kind: str, cause: Cause, to: str, member_id: int | None) -> Room:
        """What is left of an allowance."""
        allowance = ALLOWANCES.get((kind, cause))
        now = self._clock()
        if allowance is None:
            return Room(is_left=True, is_last=False, renews_at=now)
        receivers = self._in_turn(to)
        begins = max(now - _DAY, self._renewed_at(kind, member_id) or now - _DAY)
        sent = self._moments(receivers, (kind, kind + LAST), cause, begins)
        lately = [moment for moment in sent if moment > now - _HOUR]
        left = allowance.per_day - len(sent)
        is_left = left > 0 and (allowance.per_hour is None or len(lately) < allowance.per_hour)
        renews_at = min(sent, default=now) + _DAY
        return Room(is_left=is_left, is_last=is_left and left == 1, renews_at=renews_at)

    def held_until(self, kind: str, to: str) -> datetime | None:
        """When an event may be told together with others; None: at once, by itself."""
        receivers = self._in_turn(to)
        lately = self._connection.execute(
            select(outbox.c.template, outbox.c.created_at)
            .where(outbox.c.receiver.in_(receivers), outbox.c.cause == "event")
            .where(outbox.c.created_at > self._clock() - _HOUR, outbox.c.held.is_(False))
            .order_by(outbox.c.created_at)
        ).all()
        is_news = kind in _AT_ONCE and kind not in {mail.template for mail in lately}
        if len(lately) < EVENTS_PER_HOUR or is_news:
            return None
        fifth: datetime = lately[-EVENTS_PER_HOUR].created_at
        return fifth + _HOUR

    def _in_turn(self, address: str) -> list[str]:
        """What its mails are counted under, by one transaction after the other."""
        receivers = self.receivers(address)
        take_turns(self._connection, min(receivers))
        return receivers

    def _renewed_at(self, kind: str, member_id: int | None) -> datetime | None:
        """When a mailed secret was last used: who reads the mailbox renews its allowance."""
        used = {
            "password_reset": select(func.max(link.c.used_at)).where(
                link.c.member_id == member_id, link.c.kind == "reset"
            ),
            "one_time_code": select(func.max(one_time_code.c.used_at)).where(
                one_time_code.c.member_id == member_id
            ),
        }
        moment: datetime | None = self._connection.scalar(used[kind]) if kind in used else None
        return moment

    def _moments(
        self, receivers: list[str], kinds: tuple[str, ...], cause: Cause, since: datetime
    ) -> list[datetime]:
        statement = (
            select(outbox.c.created_at)
            .where(outbox.c.receiver.in_(receivers), outbox.c.created_at > since)
            .where(outbox.c.template.in_(kinds), outbox.c.cause == cause)
        )
        return list(self._connection.scalars(statement))
