"""Names of hosts, as requests and settings give them."""

import re

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
"""What a machine is called on itself."""
_AUTHORITY = re.compile(
    r"(?:\[(?P<number>[0-9a-fA-F:.]+)\]|(?P<name>[\w.-]+))(?::\d{1,5})?", re.ASCII
)


def host_of(authority: str) -> str:
    """`"Foyer.example:8080"` → `"foyer.example"`, `"[::1]:80"` → `"::1"`; "" for anything else."""
    parts = _AUTHORITY.fullmatch(authority)
    return (parts["number"] or parts["name"]).lower() if parts else ""
