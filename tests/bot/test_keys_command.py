"""`foyer keys`, and a start that is refused: what an operator sees of the secret keys."""

import logging
import re
import stat
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.key_checks import warn_of_weakness
from bot.key_file import KeyFileRefused, kept_secret
from bot.running import WRONG_KEY
from storage.database import Database
from storage.keys import Keys, named_keys
from tests.e2e.server import foyer
from tests.fakes.chats import World
from tests.fakes.clock import ManualClock
from tests.fakes.records import Records
from tests.fakes.worlds import SECRET

OTHER = "quite another key that nobody guesses"
HOUSEHOLDS = Path(__file__).parents[2] / "bot/demo_households.yml"
COMMANDS = [
    ("run",),
    ("chat",),
    ("import", str(HOUSEHOLDS)),
    ("inbox", "list"),
    ("outbox", "retry", "--all"),
    ("erase", "lea", "--yes"),
    ("services", "list"),
    ("audit", "verify"),
    ("keys", "rotate"),
    ("report",),
]


@pytest.fixture(autouse=True)
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def call(url: str, *words: str, key: str | None = None) -> Result:
    settings = {"FOYER_DATABASE_URL": url, "FOYER_SECRET_KEY": key}
    return CliRunner().invoke(app, words, env=settings)


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_nothing_is_done_with_a_key_that_does_not_fit(
    world: World, words: tuple[str, ...], caplog: pytest.LogCaptureFixture
) -> None:
    url = world.app.settings.database_url
    before = Records(world).bytes()
    result = call(url, *words, key=OTHER)
    assert result.exit_code == WRONG_KEY == 2
    assert "another key 0 than this database was used with" in caplog.text
    assert Records(world).bytes() == before


def test_a_key_that_was_given_once_must_be_given_ever_after(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    url = world.app.settings.database_url
    assert call(url, "import", str(HOUSEHOLDS), key=f"1:{OTHER},0:{SECRET}").exit_code == 0
    assert call(url, "outbox", "list", key=SECRET).exit_code == WRONG_KEY
    assert "lacks key 1" in caplog.text
    assert call(url, "keys", "drop", "1", "--yes", key=SECRET).exit_code == 0
    assert call(url, "outbox", "list", key=SECRET).exit_code == 0
    assert "1  since" in call(url, "keys", "list", key=SECRET).output
    assert call(url, "keys", "drop", "1", "--yes", key=SECRET).exit_code == 1


@pytest.mark.parametrize(
    ("key", "said"),
    [("a short one, but 16", "too short"), ("x" * 50, "guessed"), ("example " * 5, "everybody")],
)
def test_a_new_database_is_not_begun_with_a_weak_key(
    tmp_path: Path, key: str, said: str, caplog: pytest.LogCaptureFixture
) -> None:
    url = f"sqlite:///{tmp_path / 'new.db'}"
    assert call(url, "import", str(HOUSEHOLDS), key=key).exit_code == WRONG_KEY
    assert said in caplog.text


def test_an_old_database_goes_on_with_a_weak_key_and_says_so_again_and_again(
    sqlite_url: str, clock: ManualClock, caplog: pytest.LogCaptureFixture
) -> None:
    weak = Database(sqlite_url, clock=clock, keys=Keys("sixteen letters!"))
    for _ in range(2):
        warn_of_weakness(weak)
    weak.close()
    lines = [it.message for it in caplog.records if it.levelno == logging.WARNING]
    assert len(lines) == 2
    assert "short" in lines[0]
    assert "foyer keys rotate" in lines[0]
    assert "sixteen" not in caplog.text


def test_asking_whether_migrating_worked_makes_no_key_known(sqlite_url: str) -> None:
    assert call(sqlite_url, "migrate", key=OTHER).exit_code == 0
    assert call(sqlite_url, "outbox", "list", key=OTHER).exit_code == 0
    assert "knows no key yet" in call(sqlite_url, "keys", "list", key=SECRET).output


def test_a_key_in_a_file_is_changed_in_two_steps_and_nothing_is_lost(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'foyer.db'}"
    file = tmp_path / "foyer.db.key"
    assert call(url, "import", str(HOUSEHOLDS)).exit_code == 0
    old = file.read_text()
    begun = call(url, "keys", "rotate")
    assert begun.exit_code == 0
    assert "Restart every `foyer run`" in begun.output
    keys = named_keys(file.read_text())
    assert list(keys) == ["1", "0"]
    assert keys["0"] == old
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    done = call(url, "keys", "rotate")
    assert done.exit_code == 0
    assert re.search(r"^heads of the audit: up to \d+, \d+ sealed anew$", done.output, re.MULTILINE)
    assert done.output.splitlines()[-1].startswith("Everything is sealed with key 1.")
    assert call(url, "audit", "verify").exit_code == 0
    assert old not in begun.output + done.output
    assert call(url, "keys", "rotate", "--new").exit_code == 0
    assert list(named_keys(file.read_text())) == ["2", "1", "0"]


def test_a_key_in_a_setting_is_the_operators_to_change(world: World) -> None:
    url = world.app.settings.database_url
    result = call(url, "keys", "rotate", key=SECRET)
    assert result.exit_code == 1
    [line] = re.findall(r"FOYER_SECRET_KEY=(.*)", result.output)
    fresh, present = line.split(",")
    assert fresh.startswith("1:")
    assert present == "0:(the key that it is)"
    assert SECRET not in result.output
    both = f"{fresh},0:{SECRET}"
    assert call(url, "keys", "rotate", key=both).exit_code == 0
    assert call(url, "audit", "verify", key=both).exit_code == 0


def test_a_code_that_was_mailed_before_still_leaves_after(world: World) -> None:
    chat = world.chat()
    chat.say("sign in")
    chat.say("diane")
    url = world.app.settings.database_url
    both = f"1:{OTHER},0:{SECRET}"
    assert call(url, "keys", "rotate", key=both).exit_code == 0
    only_new = Database(url, clock=world.clock, keys=Keys(f"1:{OTHER}"))
    with only_new.read() as uow:
        [mail] = [row for row in uow.outbox.due_mails(10) if row.template == "one_time_code"]
    only_new.close()
    assert not mail.unopened
    assert len(mail.secrets["code"]) == 8


@pytest.mark.parametrize("mode", [0o600, 0o400, 0o640, 0o440])
def test_a_key_file_of_somebody_else_may_be_read_by_a_group(tmp_path: Path, mode: int) -> None:
    file = tmp_path / "foyer.db.key"
    file.write_text(SECRET)
    file.chmod(mode)
    assert kept_secret(file) == SECRET


@pytest.mark.parametrize("mode", [0o602, 0o620, 0o660, 0o644, 0o666, 0o604])
def test_a_key_file_that_others_may_write_or_all_may_read_is_refused(
    tmp_path: Path, mode: int, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "foyer.db.key"
    file.write_text(SECRET)
    file.chmod(mode)
    with pytest.raises(KeyFileRefused):
        kept_secret(file)
    assert call(f"sqlite:///{tmp_path / 'foyer.db'}", "outbox", "list").exit_code == WRONG_KEY
    assert "is open to others" in caplog.text


def test_an_old_database_that_others_may_read_is_named(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    file = Records(world).file
    file.chmod(0o644)
    assert call(world.app.settings.database_url, "outbox", "list", key=SECRET).exit_code == 0
    assert f"others on this machine can read {file}" in caplog.text


@pytest.mark.slow
def test_no_file_that_foyer_makes_can_be_read_by_others(tmp_path: Path) -> None:
    database = tmp_path / "deep" / "foyer.db"
    database.parent.mkdir()
    result = foyer("import", str(HOUSEHOLDS), folder=tmp_path, database_url=f"sqlite:///{database}")
    assert result.returncode == 0, result.stderr
    made = list(database.parent.iterdir())
    assert made
    assert {stat.S_IMODE(file.stat().st_mode) for file in made} == {0o600}


def test_a_database_and_its_logs_are_private_whatever_the_umask_is(
    tmp_path: Path, clock: ManualClock, keys: Keys
) -> None:
    file = tmp_path / "foyer.db"
    database = Database(f"sqlite:///{file}", clock=clock, keys=keys)
    database.migrate()
    with database.write() as uow:
        uow.conversations.ensure("a", "b", "c")
    names = {it.name: stat.S_IMODE(it.stat().st_mode) for it in tmp_path.iterdir()}
    database.close()
    assert {"foyer.db", "foyer.db-wal", "foyer.db-shm"} <= set(names)
    assert set(names.values()) == {0o600}
