"""`FOYER_ADMIN_PORT` as an operator types it: what cannot be is said, and nothing begins."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.configuring import WRONG_SETTING
from bot.settings import Settings


@pytest.fixture(autouse=True)
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def call(command: str, **settings: str) -> Result:
    return CliRunner().invoke(app, [command], env=settings)


def refused(result: Result) -> str:
    assert result.exit_code == WRONG_SETTING == 2
    assert not list(Path().iterdir()), "nothing was begun"
    return result.stderr.strip()


@pytest.mark.parametrize("command", ["run", "serve", "worker"])
@pytest.mark.parametrize("port", ["", "many", "0", "-1", "65536", "9090.5", "127.0.0.1:9090"])
def test_what_is_no_port_is_refused_and_named(command: str, port: str) -> None:
    said = refused(call(command, FOYER_ADMIN_PORT=port))
    assert said.startswith("FOYER_ADMIN_PORT: Input should be ")
    assert len(said.splitlines()) == 1


@pytest.mark.parametrize("command", ["run", "serve", "worker"])
@pytest.mark.parametrize(
    "settings",
    [
        {"FOYER_ADMIN_PORT": "8080"},
        {"FOYER_ADMIN_PORT": "9090", "FOYER_PORT": "9090"},
        {"FOYER_ADMIN_PORT": "8080", "FOYER_PORT": "tcp://10.0.0.1:80"},
    ],
)
def test_the_customers_port_is_refused(command: str, settings: dict[str, str]) -> None:
    said = refused(call(command, **settings))
    assert f"FOYER_ADMIN_PORT={settings['FOYER_ADMIN_PORT']} is FOYER_PORT too" in said


def test_what_kubernetes_says_of_a_service_of_that_name_is_no_setting() -> None:
    assert Settings(admin_port="tcp://10.0.0.1:80").admin_port is None  # type: ignore[arg-type]


def test_links_for_people_lead_to_the_customers_port(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOYER_ADMIN_PORT", "9090")
    assert Settings().address == "http://127.0.0.1:8080"
