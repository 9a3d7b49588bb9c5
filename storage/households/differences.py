"""What differs about a person before and after a change: what its mails are sent for."""

from collections.abc import Callable

from storage.households.members import Member, is_unconfirmed
from storage.names import folded

When = Callable[[Member | None, Member | None], bool]


def always(_before: Member | None, _after: Member | None) -> bool:
    return True


def is_suspended(before: Member | None, after: Member | None) -> bool:
    """Newly, or until another moment."""
    if after is None or after.status != "suspended":
        return False
    if before is None or before.status != "suspended":
        return True
    return before.suspended_until != after.suspended_until


def is_resumed(before: Member | None, after: Member | None) -> bool:
    if before is None or after is None:
        return False
    return before.status == "suspended" != after.status


def is_invited_anew(before: Member | None, after: Member | None) -> bool:
    if after is None or after.status != "invited":
        return False
    return before is None or folded(before.email) != folded(after.email)


def is_back(before: Member | None, after: Member | None) -> bool:
    return before is None and after is not None and after.status not in {"invited", "suspended"}


def is_gone(_before: Member | None, after: Member | None) -> bool:
    return after is None


def differ(*fields: str) -> When:
    """Somebody who is there before and after has another value in one of these fields."""

    def has_other(before: Member | None, after: Member | None) -> bool:
        if before is None or after is None:
            return False
        return any(getattr(before, name) != getattr(after, name) for name in fields)

    return has_other


def is_unconfirmed_anew(before: Member | None, after: Member | None) -> bool:
    """There is an address at which nobody has said yet that they read it."""
    if after is None or not is_unconfirmed(after):
        return False
    return before is None or folded(before.email) != folded(after.email)


def is_mailbox_lost(before: Member | None, after: Member | None) -> bool:
    if after is None or after.email_counts_at is None:
        return False
    return before is None or before.email_counts_at != after.email_counts_at


def is_locked(before: Member | None, after: Member | None) -> bool:
    return after is not None and after.status == "locked" and not _was_locked(before)


def is_unlocked(before: Member | None, after: Member | None) -> bool:
    return after is not None and after.status != "locked" and _was_locked(before)


def _was_locked(before: Member | None) -> bool:
    return before is not None and before.status == "locked"
