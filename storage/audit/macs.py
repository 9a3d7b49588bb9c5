"""What the chains of the audit are made of: keyed hashes over entries, heads and links.

Each names its key, which the hash itself proves: under another name it does not fit. The key
called "0" stands unnamed, as it did when there was only one.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from storage.audit.tables import audit, audit_link
from storage.keys import UNNAMED, Keys

_UNCOVERED = {"mac", "key_id"}
COVERED = [column.name for column in audit.columns if column.name not in _UNCOVERED]
_LINKED = [column.name for column in audit_link.columns if column.name not in _UNCOVERED]

Values = Mapping[str, Any]


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
