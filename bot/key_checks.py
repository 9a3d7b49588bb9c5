"""Do the secret keys fit the database? Asked before anything is done with them."""

import logging
from collections.abc import Mapping

from bot.settings import Settings
from storage.database import Database
from storage.errors import KeyRefused

log = logging.getLogger(__name__)

_GIVEN = "FOYER_SECRET_KEY, or the file of the key,"
_REFUSED: Mapping[str, str] = {
    "misfit": f"{_GIVEN} has another key {{key}} than this database was used with; one with a colon"
    " in it is written 0:KEY. If the right one is lost: give a new one another name (1:KEY), and"
    " call `foyer keys drop {key}`",
    "missing": f"{_GIVEN} lacks key {{key}}, which this database was used with: put it behind the"
    " first one, or `foyer keys drop {key}` if it is lost",
    "reused": f"{_GIVEN} has a new key under the name {{key}}, which was another's: give it another"
    " name",
    "short": "the secret key {key} is too short for a new beginning: take 32 random characters or"
    " more, as `openssl rand -hex 32` makes them",
    "guessable": "the secret key {key} can be guessed: take a random one, as `openssl rand -hex 32`"
    " makes it",
    "published": "the secret key {key} is an example that everybody knows: take a random one, as"
    " `openssl rand -hex 32` makes it",
}
_WEAK = (
    "the secret key %s is %s: whoever guesses it opens every link and can forge the audit. Put a"
    " new one first; `foyer keys rotate` says how"
)


def refusal_of(database: Database, *, adopts: bool) -> str | None:
    """Return why the keys cannot be used with the database, or None.

    Where a command `adopts` them, the database knows them from now on.
    """
    try:
        with database.read() as uow:
            uow.known_keys.check()
            unknown = set(uow.keys.names) - {key.id for key in uow.known_keys.all()}
        if adopts and unknown:
            with database.write() as uow:
                uow.known_keys.check()
                uow.known_keys.adopt()
    except KeyRefused as refused:
        return _REFUSED[refused.reason].format(key=refused.subject)
    return None


def warn_of_weakness(database: Database) -> None:
    """Say once more what is wrong with the first key, if anything is."""
    with database.read() as uow:
        first = uow.keys.names[0]
        weakness = uow.keys.weakness(first)
    if weakness is not None:
        log.warning(_WEAK, first, weakness)


def prepare_trial(settings: Settings, database: Database) -> None:
    """Say loudly that this is a trial; a database that begins in one is marked for it."""
    if not settings.testing:
        return
    log.warning(
        "FOYER_TESTING=%s: THIS IS A TRIAL, not for real people. The clock is %+.0f seconds off",
        settings.testing,
        settings.clock_offset,
    )
    with database.read() as uow:
        is_new = uow.known_keys.is_new() and not uow.known_keys.is_for_tests()
    if is_new:
        with database.write() as uow:
            uow.known_keys.mark_for_tests()


def may_erase(settings: Settings, database: Database) -> bool:
    """Under a moved clock what is old is not: nothing is erased but in a trial from the start."""
    if not settings.clock_offset:
        return True
    if settings.testing != "erase":
        return False
    with database.read() as uow:
        return uow.known_keys.is_for_tests()
