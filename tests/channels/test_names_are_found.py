"""The house rule that no room names a channel (tests/test_architecture.py) has eyes."""

from pathlib import Path

import pytest

from tests.channel_names import named_channels


@pytest.mark.parametrize(
    "planted",
    [
        'if conversation.channel == "telegram": pass',
        'IMMEDIATE = frozenset({"rest"})',
        'DESK = "terminal_desk"',
        'sender = f"rest:{chat}"',
        "from bot.channels.telegram.updates import KINDS",
        "import telegram",
    ],
)
def test_a_planted_name_of_a_channel_is_found(tmp_path: Path, planted: str) -> None:
    (tmp_path / "planted.py").write_text(planted, "utf-8")
    assert named_channels(tmp_path / "planted.py")
