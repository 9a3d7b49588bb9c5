"""What is this machine, and what others can be led to."""

import pytest

from bot.hosts import is_loopback, named
from bot.web.passkeys import RelyingParty


@pytest.mark.parametrize(
    ("address", "as_named"),
    [
        ("http://127.0.0.1:8080", "http://localhost:8080"),
        ("http://127.8.8.8", "http://localhost"),
        ("http://[::1]:80", "http://localhost:80"),
        ("http://localhost:8080", "http://localhost:8080"),
        ("https://foyer.example/help", "https://foyer.example/help"),
        ("http://10.0.0.1:8080", "http://10.0.0.1:8080"),
    ],
)
def test_a_page_with_passkeys_has_a_name_for_its_address(address: str, as_named: str) -> None:
    assert named(address) == as_named
    assert as_named.startswith(RelyingParty.at(address).origin)


@pytest.mark.parametrize("host", ["", "localhost.example", "127.0.0.1.example", "10.0.0.1"])
def test_what_only_looks_like_this_machine_is_not(host: str) -> None:
    assert not is_loopback(host)
