"""What the chains of the audit are made of: keyed hashes over entries, heads and links.

Each names its key, which the hash itself proves: under another name it does not fit. The key
called "0" stands unnamed, as it did when there was only one.
"""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from storage.audit.tables import audit, audit_link
from storage.keys import UNNAMED, Keys

_UNCOVERED = {"mac", "key_id"}
COVERED = [column.name for column in audit.columns if column.name not in _UNCOVERED]
_LINKED = [column.name for column in audit_link.columns if column.name not in _UNCOVERED]

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Sealed:
    """An entry as it is written, its personal values if it has any, and the new head."""

    row: dict[str, Any]
    detail: dict[str, Any] | None
    head: str


def sealed(
    keys: Keys, entry: Values, before: Values | None = None, after: Values | None = None
) -> Sealed:
    """Seal an entry that has everything but its digest and its hash."""
    key, salt = keys.names[0], secrets.token_hex(16)
    has_values = before is not None or after is not None
    digest = detail_digest(keys, key, salt, before, after) if has_values else None
    row = {**entry, "digest": digest}
    mac = entry_mac(keys, key, row)
    head = head_of(keys, key, entry["household_id"], entry["seq"], mac)
    detail = {"audit_id": entry["id"], "before": before, "after": after, "salt": salt}
    named = None if key == UNNAMED else key
    return Sealed({**row, "mac": mac, "key_id": named}, detail if has_values else None, head)


def receipt_of(number: int) -> str:
    """What people are told of the entry with that id."""
    return f"F-{number:06d}"


def entry_mac(keys: Keys, key: str, entry: Values) -> str:
    """Covers everything of an entry, the hash of the one before included."""
    return keys.audit_mac(_canonical([entry[name] for name in COVERED]), key)


def detail_digest(
    keys: Keys, key: str, salt: str, before: Values | None, after: Values | None
) -> str:
    """Holds the personal values, which are erased without breaking the chain."""
    return keys.audit_mac(_canonical(["detail", salt, before, after]), key)


def head_of(keys: Keys, key: str, household_id: int, seq: int, mac: str) -> str:
    """Seals the number and the hash of a household's newest entry."""
    seal = keys.audit_mac(_canonical(["head", household_id, seq, mac]), key)
    return seal if key == UNNAMED else f"{seal}:{key}"


def key_of_head(head: str) -> str:
    return head.partition(":")[2] or UNNAMED


def link_mac(keys: Keys, key: str, link: Values) -> str:
    """Covers a link of the chain over all households, the one before included."""
    return keys.audit_mac(_canonical(["link", *(link[name] for name in _LINKED)]), key)


def _canonical(value: object) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), default=datetime.isoformat)
