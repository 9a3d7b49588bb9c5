"""Names for several services at once, for an operator: `foyer services presets`."""

from collections.abc import Collection, Mapping

from bot.operating.offering import check_free, languages_refused, refused_service
from bot.operating.parked import Report, on_one_line
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
    if refused_languages := languages_refused(names, whole=True):
        return refused_languages
    try:
        with database.write() as uow:
            uow.presets.drop(code)
            offered = uow.households.offered()
            check_free(names.values(), offered)
            uow.presets.define(code, names, services)
    except ServiceRefused as refused:
        return refused_service(refused.reason, refused.subject, refused.meant)
    called = ", ".join(on_one_line(name) for name in names.values())
    return Report((f"{called}: {', '.join(services)}. It is understood at once.",))


def drop_preset(database: Database, code: str) -> Report:
    with database.write() as uow:
        if uow.presets.drop(code):
            return Report((f"{code} is dropped; what was given under it stays.",))
    return Report((f"There is no preset {code}; `foyer services presets` shows all.",), 1)
