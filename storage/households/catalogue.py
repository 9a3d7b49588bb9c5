"""The services that can be granted: data, which an operator changes with `foyer services`."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import select

from storage.households.tables import service, service_name, service_word
from storage.transaction import Repository

Offered = tuple[tuple[str, tuple[str, ...]], ...]
"""Codes of services, with the words of each that no lexicon has."""


@dataclass(frozen=True, slots=True)
class Service:
    """`names` are by language; a retired one is named only where the past is told."""

    code: str
    is_retired: bool
    names: Mapping[str, str]

    def name(self, language: str) -> str:
        """What it is called there; in a language that came later, perhaps as in another."""
        return self.names.get(language) or next(iter(self.names.values()))


class Catalogue(Repository):
    def services(self, *, retired: bool = False) -> tuple[Service, ...]:
        """In the order in which they came; with the `retired` ones where they are asked for."""
        statement = (
            select(
                service.c.code, service.c.retired_at, service_name.c.language, service_name.c.name
            )
            .join_from(service, service_name)
            .order_by(service.c.id, service_name.c.language)
        )
        names: dict[tuple[str, bool], dict[str, str]] = {}
        for code, retired_at, language, name in self._connection.execute(statement):
            names.setdefault((code, retired_at is not None), {})[language] = name
        return tuple(Service(*key, by) for key, by in names.items() if retired or not key[1])

    def numbers(self) -> dict[str, int]:
        """The ids of what can be granted, by code."""
        statement = select(service.c.code, service.c.id).where(service.c.retired_at.is_(None))
        return dict(map(tuple, self._connection.execute(statement)))

    def names(self, codes: Collection[str], language: str) -> list[str]:
        """What these services are called in that language, in the catalogue's order."""
        return list(self.named(codes, language).values())

    def named(self, codes: Collection[str], language: str) -> dict[str, str]:
        """The same, by their codes."""
        known = self.services(retired=True)
        return {each.code: each.name(language) for each in known if each.code in codes}

    def offered(self) -> Offered:
        """What can be granted, and what operators say that it may be called."""
        statement = (
            select(service.c.code, service_word.c.word)
            .join_from(service, service_word, isouter=True)
            .where(service.c.retired_at.is_(None))
            .order_by(service.c.id, service_word.c.word)
        )
        words: dict[str, tuple[str, ...]] = {}
        for code, word in self._connection.execute(statement):
            words[code] = (*words.get(code, ()), *([] if word is None else [word]))
        return tuple(words.items())
