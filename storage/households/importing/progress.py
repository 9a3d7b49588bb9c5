"""How far the import of a file has come: written with each of its transactions."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import func, select

from storage.households.tables import import_progress
from storage.limits import IMPORT_GOES_ON_FOR
from storage.transaction import Repository

_LOCK = 0x_F0_7E_15  # any number of our own: names the advisory lock of the imports


@dataclass(frozen=True, slots=True)
class Progress:
    """`position` of so many `households` are dealt with; those in `refused` did not fit in."""

    households: int
    position: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)
    refused: tuple[int, ...] = ()


class ImportProgress(Repository):
    """`file` is what is remembered of a file: its digest, and what it may overwrite."""

    def of(self, file: str) -> Progress | None:
        """None for a file that is new, done, or was left too long ago."""
        row = self._connection.execute(
            select(
                import_progress.c.households,
                import_progress.c.position,
                import_progress.c.counts,
                import_progress.c.refused,
            ).where(
                import_progress.c.file == self._name(file),
                import_progress.c.at > self._clock() - IMPORT_GOES_ON_FOR,
            )
        ).one_or_none()
        return None if row is None else Progress(*row[:3], tuple(row.refused))

    def note(self, file: str, progress: Progress) -> None:
        """Write how far it is now."""
        self.forget(file)
        row = {
            "file": self._name(file),
            "position": progress.position,
            "households": progress.households,
            "counts": dict(progress.counts),
            "refused": list(progress.refused),
            "at": self._clock(),
        }
        self._connection.execute(import_progress.insert(), row)

    def forget(self, file: str) -> None:
        """It is done; and so is whatever was left too long ago."""
        stale = import_progress.c.at <= self._clock() - IMPORT_GOES_ON_FOR
        self._connection.execute(
            import_progress.delete().where((import_progress.c.file == self._name(file)) | stale)
        )

    def _name(self, file: str) -> str:
        """Keyed: of a short file with a password in it, a plain digest would tell guesses."""
        return self._keys.account_digest(f"import of {file}")

    def take_turns(self) -> None:
        """Two imports write one after the other; SQLite has one writer anyway."""
        if self._connection.dialect.name == "postgresql":
            self._connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))
