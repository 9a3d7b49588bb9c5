"""The audit: linked every minute, looked at every day.

What the log says of the newest link is an anchor outside of the database: whoever sets the whole
database back to an older state cannot set the log back with it.
"""

import logging
from collections.abc import Mapping, Sequence
from datetime import timedelta

from storage.audit.judging import Flaw, Kind
from storage.audit.verifying import Verdict
from storage.database import Database

log = logging.getLogger(__name__)

CHECK_EVERY = timedelta(days=1)

_FLAWS: Mapping[Kind, str] = {
    "entry": "entry {number} was changed, removed, inserted or moved",
    "detail": "the values of entry {number} are not those that were entered",
    "head": "the entries end at {number}, but not as they were sealed",
    "empty": "all entries are gone",
    "lost": "entry {number} is not the one that was linked",
    "key": "entry {number} needs a secret key that is not given",
    "link": "link {number} was changed, removed, inserted or moved",
    "anchor": "link {number} is not there as it was written down",
}


def link(database: Database) -> bool:
    """Link what was entered since; True when there is more to link at once."""
    with database.write() as uow:
        reach, flaws, more = uow.audit_links.link_new()
    if reach is not None:
        log.info("the audit is linked up to entry %s; anchor %s", reach.entry_id, reach.link.text)
    _alarm(database, flaws)
    return more


def check(database: Database) -> None:
    """Look at every chain, when the last look was a day ago; an alarm where one does not hold."""
    with database.read() as uow:
        last = uow.audit_checks.last()
        if last is not None and uow.clock() - last.at < CHECK_EVERY:
            return
        verdict = uow.audit_verifying.verify(fewest_links=0 if last is None else last.links)
    with database.write() as uow:
        uow.audit_checks.note(verdict)
    _alarm(database, verdict.flaws)
    log.info("%s", summary(verdict))


def _alarm(database: Database, flaws: Sequence[Flaw]) -> None:
    if not flaws:
        return
    with database.read() as uow:
        accounts = uow.audit_verifying.account_numbers()
    for flaw in flaws:
        log.error("the audit does not hold: %s", flaw_line(flaw, accounts))


def summary(verdict: Verdict) -> str:
    looked = f"{verdict.households} households, {verdict.entries} entries"
    if verdict.flaws:
        return f"{looked}: {len(verdict.flaws)} chains do not hold."
    return f"{looked}: every chain holds."


def flaw_line(flaw: Flaw, accounts: Mapping[int, str]) -> str:
    said = _FLAWS[flaw.kind].format(number=flaw.number)
    if flaw.household_id is None:
        return f"all households: {said}"
    return f"{called(flaw.household_id, accounts)}: {said}"


def called(household_id: int, accounts: Mapping[int, str]) -> str:
    return f"household {accounts.get(household_id, f'number {household_id}')}"
