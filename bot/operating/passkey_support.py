"""Passkeys of people who have lost them, for support: `foyer passkeys`."""

from collections.abc import Collection
from datetime import datetime

from bot.operating.parked import Report, on_one_line
from storage.database import Database
from storage.errors import NoSuchMember, NoSuchPasskey
from storage.households.actors import Operator
from storage.identity.passkey_rows import Passkey

OPERATOR = Operator("foyer passkeys remove")

_NOBODY = Report(("Nobody has that user name.",), 1)
_NONE = Report(("They have no passkey.",))


def list_passkeys(database: Database, username: str) -> Report:
    try:
        with database.read() as uow:
            passkeys = uow.passkeys.of_username(username)
    except NoSuchMember:
        return _NOBODY
    return Report(tuple(map(_line, passkeys))) if passkeys else _NONE


def remove_passkeys(database: Database, username: str, only: Collection[int]) -> Report:
    """End those numbers, or all; each is entered in the audit, and its owner told by mail."""
    try:
        with database.write() as uow:
            count = uow.passkeys.end(OPERATOR, username, only)
    except NoSuchMember:
        return _NOBODY
    except NoSuchPasskey:
        return Report(("They have no such passkey; `foyer passkeys list` shows all.",), 1)
    if not count:
        return _NONE
    what = "1 passkey is" if count == 1 else f"{count} passkeys are"
    return Report((f"{what} removed, and {username} is told by mail.",))


def _line(passkey: Passkey) -> str:
    ends = f"  ends {_day(passkey.removed_at)}" if passkey.removed_at else ""
    used = _day(passkey.used_at) if passkey.used_at else "never"
    added = _day(passkey.created_at)
    return on_one_line(f"{passkey.id}  {passkey.name}  added {added}  used {used}{ends}")


def _day(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d}"
