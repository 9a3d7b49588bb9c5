"""What holders can give access to, for an operator: `foyer services`."""

from collections.abc import Callable, Collection, Iterable, Mapping

from bot.configuring import configured
from bot.languages import LANGUAGES
from bot.operating.parked import Report, on_one_line, operate
from intents.values.phrases import Offered
from intents.values.service_words import meaning, words_for
from storage.database import Database
from storage.errors import ServiceRefused
from storage.households.actors import Operator

RETIRING = Operator("foyer services retire")
AT_A_TIME = 50
"""People whose access ends in one transaction: chats go on in between."""

_REFUSALS = {
    "known": "There is a service {subject} already; `foyer services list` shows all.",
    "retired": "{subject} is retired: its code is not used again, for the history names it.",
    "unknown": "There is no service {subject}; `foyer services list` shows all.",
    "taken": "{subject} is what {meant} is called.",
    "code": "A code is up to 40 small letters, digits and _, and begins with a letter; it is not"
    " all or none: {subject}",
    "empty": "A name has at least one letter.",
    "too_long": "A name has 60 characters at most: {subject}",
    "characters": "A name has no control characters: {subject}",
    "word": "{subject} means something else to people: take a longer name.",
    "unreadable": "{subject} has no word to recognise it by.",
    "languages": "A name is needed in every language: {subject} is missing.",
    "language": "Foyer does not speak {subject}.",
}

_NO_NAMES = frozenset({"word", "unreadable"})
"""Why a name would not be heard as one (`intents.values.service_words.meaning`)."""


def run(work: Callable[[Database], Report]) -> int:
    """Do it on the configured database, print what it says, and return the exit status."""
    return operate(configured(), work)


def list_services(database: Database) -> Report:
    with database.read() as uow:
        words = dict(uow.households.offered())
        lines = []
        for service in uow.households.services(retired=True):
            names = [f"{language}: {name}" for language, name in service.names.items()]
            also = f"also: {', '.join(words.get(service.code, ()))}"
            people = uow.services.holders(service.code)
            had = "retired" if service.is_retired else f"{people} people"
            shown = [service.code, *names, *([also] if words.get(service.code) else []), had]
            lines.append(on_one_line("  ".join(shown)))
    return Report(tuple(lines))


def add_service(
    database: Database, code: str, names: Mapping[str, str], also: Collection[str]
) -> Report:
    """Offer it from the next message on, in every chat of every process."""
    return languages_refused(names, whole=True) or _call(database, code, names, also, is_new=True)


def rename_service(
    database: Database, code: str, names: Mapping[str, str], also: Collection[str]
) -> Report:
    """Call it so from the next message on; what it was called is still understood."""
    return languages_refused(names, whole=False) or _call(database, code, names, also, is_new=False)


def retire_service(database: Database, code: str) -> Report:
    """Offer it no more, then end the access of whoever still has it, or any retired before."""
    try:
        with database.write() as uow:
            people = uow.services.holders(code)
            uow.services.retire(code)
        report = Report((f"{code} is retired; {people} people had it, and are told by mail.",))
    except ServiceRefused as refused:
        report = refused_service(refused.reason, refused.subject)
    left = AT_A_TIME
    while left:
        with database.write() as uow:
            left = uow.services.end_access(RETIRING, limit=AT_A_TIME)
    return report


def _call(
    database: Database,
    code: str,
    names: Mapping[str, str],
    also: Iterable[str],
    *,
    is_new: bool,
) -> Report:
    try:
        with database.write() as uow:
            offered = uow.households.offered()
            change = uow.services.add if is_new else uow.services.rename
            change(code, names, words_for([*names.values(), *also], offered))
            check_free((*names.values(), *also), offered, own=code)
    except ServiceRefused as refused:
        return refused_service(refused.reason, refused.subject, refused.meant)
    called = ", ".join(on_one_line(name) for name in names.values()) or "as before"
    return Report((f"{code} is called {called}. It is understood at once.",))


def languages_refused(names: Mapping[str, str], *, whole: bool) -> Report | None:
    """Refuse names in languages that are not spoken; where they are to be `whole`, gaps too."""
    missing = [language for language in LANGUAGES if whole and language not in names]
    if missing:
        return refused_service("languages", ", ".join(missing))
    strange = [language for language in names if language not in LANGUAGES]
    return refused_service("language", strange[0]) if strange else None


def check_free(words: Iterable[str], offered: Offered, *, own: str = "") -> None:
    """Raise ServiceRefused where people mean something else by one of these than `own`, a code."""
    for word in words:
        if (meant := meaning(word, offered)) not in {"", own}:
            raise ServiceRefused(meant if meant in _NO_NAMES else "taken", word, meant)


def refused_service(reason: str, subject: str, meant: str = "") -> Report:
    """Say why, and have the command fail."""
    return Report((_REFUSALS[reason].format(subject=on_one_line(subject), meant=meant),), 1)
