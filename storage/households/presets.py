"""Sets of services under one name, that an operator defines: "bill helper", "aide-facture"."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import select

from storage.errors import ServiceRefused
from storage.households.catalogue import Catalogue, Offered
from storage.households.tables import (
    service,
    service_preset,
    service_preset_name,
    service_preset_service,
)
from storage.limits import NAME_LENGTH
from storage.statements import insert_row
from storage.transaction import Repository, part

SEVERAL = "+"
"""What stands between the codes of a name for several services."""


@dataclass(frozen=True, slots=True)
class Preset:
    """`names` are by language; `services` are those of it that are offered, by code."""

    code: str
    names: Mapping[str, str]
    services: tuple[str, ...]


class Presets(Repository):
    """A preset is a way to say something, and no right: nobody *has* one."""

    _catalogue = part(Catalogue)

    def all(self) -> tuple[Preset, ...]:
        """In the order in which they came."""
        names = (
            select(
                service_preset.c.code, service_preset_name.c.language, service_preset_name.c.name
            )
            .join_from(service_preset, service_preset_name)
            .order_by(service_preset.c.id, service_preset_name.c.language)
        )
        called: dict[str, dict[str, str]] = {}
        for code, language, name in self._connection.execute(names):
            called.setdefault(code, {})[language] = name
        members = (
            select(service_preset.c.code, service.c.code)
            .join_from(service_preset, service_preset_service)
            .join(service, service.c.id == service_preset_service.c.service_id)
            .where(service.c.retired_at.is_(None))
            .order_by(service_preset.c.id, service.c.id)
        )
        services: dict[str, tuple[str, ...]] = {}
        for code, offered in self._connection.execute(members):
            services[code] = (*services.get(code, ()), offered)
        return tuple(Preset(code, by, services.get(code, ())) for code, by in called.items())

    def offered(self) -> Offered:
        """What people may say for several services at once: their codes, and the words."""
        return tuple(
            (SEVERAL.join(preset.services), tuple(preset.names.values()))
            for preset in self.all()
            if preset.services
        )

    def define(self, code: str, names: Mapping[str, str], services: Collection[str]) -> None:
        """Have this name stand for these services from now on, whatever it stood for before.

        Raises ServiceRefused: empty, too_long, unknown (a service).
        """
        numbers = self._catalogue.numbers()
        if unknown := [each for each in services if each not in numbers]:
            raise ServiceRefused("unknown", unknown[0])
        for name in names.values():
            if not name.strip() or not services:
                raise ServiceRefused("empty", name)
            if len(name) > NAME_LENGTH:
                raise ServiceRefused("too_long", name)
        self.drop(code)
        preset = insert_row(self._connection, service_preset, code=code)
        for language, name in names.items():
            row = {"preset_id": preset, "language": language, "name": " ".join(name.split())}
            self._connection.execute(service_preset_name.insert(), row)
        for each in dict.fromkeys(services):
            row = {"preset_id": preset, "service_id": numbers[each]}
            self._connection.execute(service_preset_service.insert(), row)

    def drop(self, code: str) -> bool:
        """Forget the name; what was given under it stays. False where there is none."""
        which = select(service_preset.c.id).where(service_preset.c.code == code)
        number = self._connection.scalar(which)
        if number is None:
            return False
        for table in (service_preset_name, service_preset_service):
            self._connection.execute(table.delete().where(table.c.preset_id == number))
        self._connection.execute(service_preset.delete().where(service_preset.c.id == number))
        return True
