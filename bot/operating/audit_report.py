"""What `foyer audit` shows an operator: what does not hold, what is not linked, and all of it."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.auditing import called, flaw_line, summary
from bot.operating.parked import Report
from storage.audit.verifying import Anchor, Unlinked
from storage.database import Database

BROKEN = 1
"""Exit status when a chain does not hold."""

_VALUES = ("salt", "before", "after")


def verify_audit(database: Database, anchors: Sequence[Anchor]) -> Report:
    """Report what does not hold, what is not linked yet, and how far the links reach."""
    with database.read() as uow:
        verdict = uow.audit_verifying.verify(anchors)
        accounts = uow.audit_verifying.account_numbers()
    reached = "Nothing is linked yet."
    if verdict.reach is not None:
        reached = f"Linked up to entry {verdict.reach.entry_id}; anchor {verdict.reach.link.text}"
    lines = (
        *(flaw_line(flaw, accounts) for flaw in verdict.flaws),
        *(_unlinked_line(left, accounts) for left in verdict.unlinked),
        reached,
        summary(verdict),
    )
    return Report(lines, BROKEN if verdict.flaws else 0)


def export_audit(database: Database, account: str | None, *, values: bool) -> Iterator[str]:
    """Yield every entry and every link as a line of JSON; personal values only when asked for.

    Raises LookupError when no household has that account number.
    """
    with database.read() as uow:
        accounts = uow.audit_verifying.account_numbers()
        chosen = None
        if account is not None:
            chosen = {number: home for home, number in accounts.items()}[account]
        for entry in uow.audit_verifying.entries(chosen):
            told = entry if values else {k: v for k, v in entry.items() if k not in _VALUES}
            yield _json("entry", {"account_number": accounts[entry["household_id"]], **told})
        for link_ in uow.audit_verifying.links(chosen):
            yield _json("link", link_)


def anchor_of(text: str) -> Anchor:
    """Read what the log says: "45:3f…"; raises ValueError."""
    number, _, mac = text.partition(":")
    return Anchor(int(number), mac)


def _unlinked_line(left: Unlinked, accounts: Mapping[int, str]) -> str:
    which = (
        f"entry {left.first} is"
        if left.first == left.last
        else (f"entries {left.first} to {left.last} are")
    )
    return f"{called(left.household_id, accounts)}: {which} not linked yet"


def _json(kind: str, row: Mapping[str, Any]) -> str:
    return json.dumps({"kind": kind, **row}, ensure_ascii=False, default=datetime.isoformat)
