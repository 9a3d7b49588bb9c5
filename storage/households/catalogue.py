"""The services that can be granted: data, to which an operator may add rows."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select

from storage.households.tables import service
from storage.transaction import Repository


@dataclass(frozen=True, slots=True)
class Service:
    code: str
    name_en: str
    name_fr: str

    def name(self, language: str) -> str:
        return self.name_fr if language == "fr" else self.name_en


class Catalogue(Repository):
    def services(self) -> tuple[Service, ...]:
        statement = select(service.c.code, service.c.name_en, service.c.name_fr)
        rows = self._connection.execute(statement.order_by(service.c.id))
        return tuple(Service(*row) for row in rows)

    def names(self, codes: Collection[str], language: str) -> list[str]:
        """What these services are called in that language, in the catalogue's order."""
        return [one.name(language) for one in self.services() if one.code in codes]
