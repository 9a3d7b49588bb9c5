"""What people say was not agreed, for an operator: `foyer objections`."""

from bot.handoff.masking import masked
from bot.operating.parked import Report, on_one_line
from storage.database import Database
from storage.handoff.objections import Objection

NOBODY = "somebody erased"


def list_objections(database: Database) -> Report:
    """Show those that are open, oldest first; where agents have a group, each is a case there."""
    with database.read() as uow:
        open_ = uow.objections.open()
    lines = tuple(map(_line, open_))
    return Report(lines or ("Nobody objects to anything.",))


def close_objection(database: Database, number: int) -> Report:
    with database.write() as uow:
        if uow.objections.close(number):
            return Report((f"Objection {number} is closed.",))
    return Report((f"There is no open objection {number}.",), status=1)


def _line(objection: Objection) -> str:
    name = f"{objection.first_name} {objection.last_name}" if objection.role else NOBODY
    who = f"{name} ({objection.role}, {objection.username or 'no user name yet'})"
    told = f"{objection.template} of {objection.told_at:%Y-%m-%d %H:%M}Z"
    said = f"said {objection.objected_at:%Y-%m-%d %H:%M}Z"
    parts = [str(objection.id), who if objection.role else NOBODY, told, said]
    parts += [f"“{masked(objection.words)}”"] if objection.words else []
    return on_one_line("  ".join(parts))
