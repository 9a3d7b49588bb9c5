"""A setting that is misspelt is refused, because left out it would be left at its default."""

import string
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.configuring import WRONG_SETTING, _say_unknown
from bot.setting_names import names_given
from bot.settings import Settings

SETTINGS = sorted(f"FOYER_{name}".upper() for name in Settings.model_fields)
INJECTED = {
    "FOYER_SERVICE_HOST": "10.0.0.1",
    "FOYER_SERVICE_PORT": "80",
    "FOYER_SERVICE_PORT_HTTP": "80",
    "FOYER_PORT": "tcp://10.0.0.1:80",
    "FOYER_PORT_80_TCP": "tcp://10.0.0.1:80",
    "FOYER_PORT_80_TCP_ADDR": "10.0.0.1",
}
LETTERS = string.ascii_uppercase + "_"


@pytest.fixture(autouse=True)
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    _say_unknown.cache_clear()
    return tmp_path


def call(*words: str, **settings: str) -> Result:
    given = {"FOYER_DATABASE_URL": "sqlite:///foyer.db", **settings}
    return CliRunner().invoke(app, words or ("outbox", "list"), env=given)


def slips_of(name: str) -> Iterable[str]:
    """Everything that one slip makes of a name."""
    for at in range(len(name)):
        yield name[:at] + name[at + 1 :]
        yield name[:at] + name[at : at + 2][::-1] + name[at + 2 :]
        for letter in LETTERS:
            yield name[:at] + letter + name[at:]
            yield name[:at] + letter + name[at + 1 :]


@given(st.sampled_from(SETTINGS), st.data())
def test_up_to_two_slips_in_the_name_of_a_setting_are_found(name: str, data: st.DataObject) -> None:
    slipped = name
    for _ in range(data.draw(st.integers(1, 2))):
        slipped = data.draw(st.sampled_from(sorted(set(slips_of(slipped)))))
    names = names_given([slipped], SETTINGS)
    assert bool(names.slips) != (slipped in SETTINGS)


@pytest.mark.parametrize("name", SETTINGS)
def test_no_setting_is_taken_for_a_slip(name: str) -> None:
    assert not names_given([name, name.lower()], SETTINGS).slips
    assert not names_given([name], SETTINGS).unknown


@given(st.text(string.ascii_letters + string.digits + "_", min_size=1, max_size=4))
def test_what_is_nothing_like_a_setting_is_let_be(name: str) -> None:
    names = names_given([name, f"TEST_FOYER_{name}"], SETTINGS)
    assert (names.slips, names.unknown) == ({}, ())


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("FOYER_VERFIY", "FOYER_VERIFY"),
        ("FOYER_VERIFIY", "FOYER_VERIFY"),
        ("FOYR_VERIFY", "FOYER_VERIFY"),
        ("FOYER_SECRETKEY", "FOYER_SECRET_KEY"),
        ("foyer_api_tokn", "FOYER_API_TOKEN"),
    ],
)
def test_a_misspelt_setting_stops_the_start_and_is_named(name: str, meant: str) -> None:
    result = call(**{name: "both"})
    assert result.exit_code == WRONG_SETTING == 2
    assert f"{name.upper()} is no setting: is it {meant}?" in result.stderr
    assert not Path("foyer.db").exists(), "nothing was begun"


def test_a_misspelt_line_of_the_file_stops_it_too() -> None:
    Path(".env").write_text("FOYER_VERFIY=both\n", "utf-8")
    result = call()
    assert result.exit_code == WRONG_SETTING
    assert "FOYER_VERFIY is no setting" in result.stderr


def test_another_unknown_name_is_said_once(caplog: pytest.LogCaptureFixture) -> None:
    for _ in range(2):
        assert call(FOYER_OF_THE_NEIGHBOURS="1", TEST_FOYER_SOAK="1", OTHER="1").exit_code == 0
    said = [it.message for it in caplog.records if "is no setting" in it.message]
    assert said == ["FOYER_OF_THE_NEIGHBOURS is no setting, and means nothing here"]


def test_what_kubernetes_injects_is_nobodys_setting(caplog: pytest.LogCaptureFixture) -> None:
    assert call(**INJECTED).exit_code == 0
    assert "is no setting" not in caplog.text


def test_the_port_is_not_what_kubernetes_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOYER_PORT", INJECTED["FOYER_PORT"])
    assert Settings().port == 8080


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"FOYER_PORT": "many"}, "FOYER_PORT: "),
        ({"FOYER_VERIFY": "booth"}, "FOYER_VERIFY: "),
        ({"FOYER_SECRET_KEY": "my little secret"[:15]}, "at least 16 characters"),
        ({"FOYER_HOST": "0.0.0.0", "FOYER_API_TOKEN": "t0ken-of-23-characters!"}, "at least 24"),
        ({"FOYER_HOST": "foyer.lan", "FOYER_API_TOKEN": "x"}, "at least 24"),
        ({"FOYER_CLOCK_OFFSET": "5"}, "FOYER_TESTING=1"),
        ({"FOYER_TESTING": "yes"}, "FOYER_TESTING: "),
    ],
)
def test_a_wrong_value_is_said_without_the_value(settings: dict[str, str], said: str) -> None:
    result = call(**settings)
    assert result.exit_code == WRONG_SETTING
    assert said in result.stderr
    assert "t0ken" not in result.output + result.stderr
    assert "my little" not in result.output + result.stderr


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "localhost"])
def test_a_token_may_be_short_where_nobody_else_can_reach_it(host: str) -> None:
    assert call(FOYER_HOST=host, FOYER_API_TOKEN="x").exit_code == 0
