"""Whoever waits for a long import sees how far it is, apart from what it says at the end."""

import pytest

from bot.importing.watching import watching


def test_without_a_terminal_there_is_a_line_now_and_then(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with watching() as watch:
        watch.begin("checking", None, 0)
        for _ in range(25):
            watch.go_on(1000)
        watch.begin("importing", 25_000, 12_000)
        watch.go_on(9000)
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.splitlines() == [
        "checking: 10,000 households",
        "checking: 20,000 households",
        "importing: goes on after 12,000 of 25,000 households",
        "importing: 21,000 of 25,000 households",
    ]


def test_on_a_terminal_there_is_a_bar(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    with watching() as watch:
        watch.begin("checking", None, 0)
        watch.go_on(1)
        watch.begin("importing", 25_000, 12_000)
        watch.go_on(9000)
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "21000/25000" in printed.err
