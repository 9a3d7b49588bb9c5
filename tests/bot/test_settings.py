"""The settings, and the secret key that is made once and kept in a file."""

import stat
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr, ValidationError

from bot.key_file import kept_secret
from bot.settings import Settings
from tests.fakes.threads import in_parallel


@pytest.fixture(autouse=True)
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to be in: no `.env` of the developer's."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_secret_is_made_once(tmp_path: Path) -> None:
    file = tmp_path / "foyer.db.key"
    first = kept_secret(file)
    assert len(first) >= 32
    assert kept_secret(file) == first


def test_only_its_owner_may_read_the_secret(tmp_path: Path) -> None:
    file = tmp_path / "foyer.db.key"
    kept_secret(file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [one.name for one in tmp_path.iterdir()] == [file.name], "no draft is left"


def test_two_secrets_are_two(tmp_path: Path) -> None:
    assert kept_secret(tmp_path / "a.key") != kept_secret(tmp_path / "b.key")


def test_threads_that_start_at_once_agree(tmp_path: Path) -> None:
    file = tmp_path / "deeper" / "foyer.db.key"
    assert len(set(in_parallel(16, lambda _: kept_secret(file)))) == 1


@pytest.mark.slow
def test_processes_that_start_at_once_agree(tmp_path: Path) -> None:
    files = [tmp_path / "foyer.db.key"] * 8
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        assert len(set(pool.map(kept_secret, files))) == 1


def test_the_secret_lies_beside_the_database(tmp_path: Path) -> None:
    settings = Settings(database_url=f"sqlite:///{tmp_path}/household.db")
    assert settings.secret() == kept_secret(tmp_path / "household.db.key")


def test_a_secret_that_is_set_wins_and_is_written_nowhere(tmp_path: Path) -> None:
    settings = Settings(
        database_url=f"sqlite:///{tmp_path}/household.db", secret_key=SecretStr("sixteen letters!")
    )
    assert settings.secret() == "sixteen letters!"
    assert not list(tmp_path.iterdir())


def test_secrets_are_not_printed() -> None:
    secret = SecretStr("tell nobody this")
    settings = Settings(secret_key=secret, api_token=secret, smtp_url=secret)
    assert "tell nobody" not in repr(settings)
    assert "tell nobody" not in str(settings.model_dump())


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOYER_PORT", "9090")
    monkeypatch.setenv("FOYER_CLOCK_OFFSET", "3600")
    monkeypatch.setenv("FOYER_TESTING", "1")
    settings = Settings()
    assert settings.port == 9090
    assert settings.clock_offset == 3600
    assert settings.address == "http://127.0.0.1:9090"


def test_settings_come_from_a_file_and_others_lines_are_let_be(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("FOYER_HOST=0.0.0.0\nOTHER=1\n")
    assert Settings().host == "0.0.0.0"


def test_a_public_address_has_no_slash_at_its_end() -> None:
    assert Settings(public_url="https://foyer.example.com/").address == "https://foyer.example.com"


def test_nobody_changes_a_setting_on_the_way() -> None:
    settings = Settings()
    with pytest.raises(ValidationError):
        settings.port = 1


def test_a_wrong_setting_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOYER_PORT", "many")
    with pytest.raises(ValidationError):
        Settings()


def test_hours_that_nobody_can_read_are_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("FOYER_AGENTS_HOURS", "from nine to five")
    with pytest.raises(ValueError, match="no opening hours"):
        Settings()


@pytest.mark.parametrize(
    ("settings", "hosts"),
    [
        ({}, {"127.0.0.1", "localhost", "::1"}),
        ({"host": "0.0.0.0"}, {"0.0.0.0", "127.0.0.1", "localhost", "::1"}),
        (
            {"public_url": "https://Foyer.example:8443/a/"},
            {"foyer.example", "127.0.0.1", "localhost", "::1"},
        ),
        ({"public_url": "https://foyer.example", "host": "0.0.0.0"}, {"foyer.example"}),
        ({"public_url": "http://localhost:80"}, {"127.0.0.1", "localhost", "::1"}),
        (
            {"allowed_hosts": "foyer.example, WWW.foyer.example:8443"},
            {"foyer.example", "www.foyer.example"},
        ),
    ],
)
def test_requests_are_answered_under_the_names_that_people_know(
    settings: dict[str, Any], hosts: set[str]
) -> None:
    assert Settings(**settings).hosts == hosts


@pytest.mark.parametrize("name", ["FOYER_ALLOWED_HOSTS", "FOYER_TRUSTED_PROXIES"])
@pytest.mark.parametrize("value", ["a b", "10.0.0.0/99", "proxy.example,://"])
def test_a_list_with_something_wrong_in_it_is_refused(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ValidationError):
        Settings()


def test_lists_are_separated_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOYER_TRUSTED_PROXIES", "10.0.0.0/8, 192.0.2.1")
    assert Settings().trusted_proxies == ("10.0.0.0/8", "192.0.2.1")
    monkeypatch.setenv("FOYER_TRUSTED_PROXIES", "")
    assert Settings().trusted_proxies == ()
