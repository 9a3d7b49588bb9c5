"""Names for several services at once, for an operator: `foyer services presets`."""

from collections.abc import Collection, Iterable, Mapping

from bot.languages import LANGUAGES
from bot.offering import refused_service
from bot.parked import Report, on_one_line
from intents.phrases import Offered
from intents.service_words import meaning
from storage.database import Database
from storage.errors import ServiceRefused


def list_presets(database: Database) -> Report:
    with database.read() as uow:
        presets = uow.presets.all()
    lines = [
        on_one_line(
            "  ".join(
                [preset.code]
                + [f"{language}: {name}" for language, name in preset.names.items()]
                + [f"gives: {', '.join(preset.services) or 'nothing that is offered'}"]
            )
        )
        for preset in presets
    ]
    return Report(tuple(lines) or ("There are no presets.",))


def define_preset(
    database: Database, code: str, names: Mapping[str, str], services: Collection[str]
) -> Report:
    """Have a name stand for several services, from the next message on, in every process."""
    missing = [language for language in LANGUAGES if language not in names]
    if missing:
        return refused_service("languages", ", ".join(missing))
    if strange := [language for language in names if language not in LANGUAGES]:
        return refused_service("language", strange[0])
    try:
        with database.write() as uow:
            uow.presets.drop(code)
            offered = uow.households.offered()
            _check_free(names.values(), offered)
            uow.presets.define(code, names, services)
    except ServiceRefused as refused:
        return refused_service(refused.reason, refused.subject, refused.meant)
    called = ", ".join(on_one_line(name) for name in names.values())
    return Report((f"{called}: {', '.join(services)}. It is understood at once.",))


def _check_free(names: Iterable[str], offered: Offered) -> None:
    """Raise ServiceRefused where people mean something else by one of these already."""
    for name in names:
        if meant := meaning(name, offered):
            reason = meant if meant in {"word", "unreadable"} else "taken"
            raise ServiceRefused(reason, name, meant)


def drop_preset(database: Database, code: str) -> Report:
    with database.write() as uow:
        if uow.presets.drop(code):
            return Report((f"{code} is dropped; what was given under it stays.",))
    return Report((f"There is no preset {code}; `foyer services presets` shows all.",), 1)
