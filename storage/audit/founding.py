"""The first entries of many chains at once: those of households that an import makes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from storage.audit.chain import Signature
from storage.audit.macs import Sealed, Values, receipt_of, sealed
from storage.audit.tables import audit, audit_detail
from storage.bulk import insert_rows, next_ids
from storage.transaction import Repository


@dataclass(frozen=True, slots=True)
class First:
    """What a chain begins with: about whom, and how they are now."""

    target: int | None = None
    after: Values | None = None


class Founding(Repository):
    def seal(
        self, by: Signature, action: str, chains: Mapping[int, Sequence[First]]
    ) -> dict[int, list[Sealed]]:
        """The entries of each new household, by its id, in their order; the last has the head."""
        ids = iter(next_ids(self._connection, audit, sum(map(len, chains.values()))))
        common = {
            "actor_kind": by.kind,
            "actor_member_id": by.member_id,
            "session_id": by.session_id,
            "action": action,
            "outcome": "done",
            "reason": None,
            "request_id": self.transaction.request_id,
            "at": self._clock(),
        }
        return {
            household_id: self._chain(household_id, firsts, ids, common)
            for household_id, firsts in chains.items()
        }

    def write(self, chains: Mapping[int, Sequence[Sealed]]) -> None:
        """Once their households are there."""
        entries = [entry for chain in chains.values() for entry in chain]
        insert_rows(self._connection, audit, [entry.row for entry in entries])
        details = [entry.detail for entry in entries if entry.detail is not None]
        insert_rows(self._connection, audit_detail, details)

    def _chain(
        self, household_id: int, firsts: Sequence[First], ids: Any, common: Mapping[str, Any]
    ) -> list[Sealed]:
        chain: list[Sealed] = []
        for seq, first in enumerate(firsts, 1):
            number = next(ids)
            entry = {
                **common,
                "id": number,
                "household_id": household_id,
                "seq": seq,
                "receipt": receipt_of(number),
                "target_member_id": first.target,
                "prev_mac": chain[-1].row["mac"] if chain else "",
            }
            chain.append(sealed(self._keys, entry, after=first.after))
        return chain
