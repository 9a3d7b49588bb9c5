"""Whatever is posted to the HTTP interface, within its OpenAPI and beside it: never a 5xx."""

from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from pydantic import SecretStr

from bot.app import build
from bot.faces import web_app
from bot.settings import Settings
from tests.fakes.clock import ManualClock

TOKEN = "a token for the tests alone"


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Any:
    """The OpenAPI of the running application."""
    file = tmp_path_factory.mktemp("openapi") / "foyer.db"
    file.write_bytes(sqlite_template.read_bytes())
    app = build(
        Settings(
            _env_file=None,  # type: ignore[call-arg]  # taken by pydantic-settings, unknown to mypy
            database_url=f"sqlite:///{file}",
            secret_key=SecretStr("a secret key for the tests alone"),
            api_token=SecretStr(TOKEN),
        ),
        clock=ManualClock(),
    )
    served = web_app(app)
    described = schemathesis.openapi.from_dict(served.openapi())  # no page shows it
    described.app = served
    return described


def test_nothing_breaks_the_interface(api: Any, subtests: pytest.Subtests) -> None:
    for found in api.get_all_operations():
        operation = found.ok()

        @given(case=operation.as_strategy())
        @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
        def attack(case: Any) -> None:
            answer = case.call(headers={"Authorization": f"Bearer {TOKEN}", "Host": "localhost"})
            assert answer.status_code != HTTPStatus.MISDIRECTED_REQUEST
            assert answer.status_code < 500

        with subtests.test(operation.label):
            attack()
