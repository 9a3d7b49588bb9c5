"""Names of hosts, as requests and settings give them."""

import re
from ipaddress import ip_address
from urllib.parse import urlsplit

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
"""What a machine is called on itself."""
_AUTHORITY = re.compile(
    r"(?:\[(?P<number>[0-9a-fA-F:.]+)\]|(?P<name>[\w.-]+))(?::\d{1,5})?", re.ASCII
)


def host_of(authority: str) -> str:
    """`"Foyer.example:8080"` → `"foyer.example"`, `"[::1]:80"` → `"::1"`; "" for anything else."""
    parts = _AUTHORITY.fullmatch(authority)
    return (parts["number"] or parts["name"]).lower() if parts else ""


def is_loopback(host: str) -> bool:
    """Whether a host, without its port, is the machine itself."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host in LOOPBACK


def named(address: str) -> str:
    """`"http://127.0.0.1:80"` → `"http://localhost:80"`; any other address as it is."""
    parts = urlsplit(address)
    if not is_loopback(parts.hostname or ""):
        return address
    port = f":{parts.port}" if parts.port else ""
    return parts._replace(netloc=f"localhost{port}").geturl()


def is_public(address: str) -> bool:
    """Whether others than this machine can be led to an address: it is a name with a dot."""
    host = urlsplit(address).hostname or ""
    return "." in host and not is_loopback(host)
