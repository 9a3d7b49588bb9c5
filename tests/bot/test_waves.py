"""An alarm where codes are guessed at many accounts."""

import logging

import pytest

from bot.waves import WaveWatch
from storage.limits import WAVE_ACCOUNTS
from tests.fakes.chats import World


def guess_at(world: World, accounts: int) -> None:
    """Guess wrong once for so many user names, from as many chats."""
    for number in range(accounts):
        with world.app.database.write() as uow:
            chat = uow.conversations.locked("rest", "rest", f"guesser {number}").id
            uow.codes.request(f"name {number}", conversation_id=chat, task="sign_in", chat="rest")
            digest = uow.keys.code_digest("00000000")
            uow.codes.redeem(digest, conversation_id=chat, person_id="somebody")


def test_a_wave_is_logged_once_and_its_end_too(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "bot.waves")
    watch = WaveWatch(world.app.database)
    guess_at(world, WAVE_ACCOUNTS - 1)
    watch.look()
    assert caplog.records == []
    guess_at(world, WAVE_ACCOUNTS)
    for _ in range(3):
        watch.look()
        WaveWatch(world.app.database).look()  # of another process
    [alarm] = caplog.records
    assert alarm.levelname == "ERROR"
    assert f"for {WAVE_ACCOUNTS} accounts" in alarm.getMessage()
    world.clock.advance(hours=1, minutes=1)
    watch.look()
    watch.look()
    assert [record.levelname for record in caplog.records] == ["ERROR", "WARNING"]
