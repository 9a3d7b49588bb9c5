"""Every reply of the recorded conversations, read by Telegram's own parser."""

import re

import pytest

from bot.channels.telegram.formatting import as_html
from tests.fakes.chats import World
from tests.fakes.recordings import Step, cases, play
from tests.fakes.tdlib import needs_tdlib, visible


@needs_tdlib
@pytest.mark.parametrize("steps", list(cases()))
def test_telegram_shows_every_reply_as_it_was_said(steps: list[Step], world: World) -> None:
    for chat, _ in play(steps, world):
        for reply in chat.replies:
            said = reply.text or ""
            messages = [visible(message) for message in as_html(said)]
            assert messages, f"{reply.template} says nothing"
            assert "\n\n".join(messages) == with_round_marks(said)


def with_round_marks(text: str) -> str:
    return re.sub("^- ", "• ", text.strip(), flags=re.MULTILINE)
