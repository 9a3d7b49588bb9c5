"""A tap that was answered in words is not answered once more, and is not remembered for ever."""

from dataclasses import replace

from bot.channels.telegram.channel import TAPS_KNOWN
from storage.messages.chat_outbox import ChatRow
from tests.fakes.telegram.lane import Lane


def toast(lane: Lane, tap: str) -> ChatRow:
    act = {"kind": "toast", "tap": tap}
    now = lane.world.clock()
    row = ChatRow(1, 0, now, 1, "41", "sign", "Done", "en", {}, [], False, None, act)
    lane.api.methods.open_queries[tap] = 41
    return replace(row, act=act)


def test_what_was_answered_in_words_is_answered_once(lane: Lane) -> None:
    lane.chat("41")
    lane.runner.run(lane.channel.deliver(toast(lane, "q1")))
    lane.runner.run(lane.channel.acknowledge("q1"))
    assert lane.api.methods.answered == [("q1", "Done")]


def test_taps_that_nobody_asks_about_any_more_are_forgotten(lane: Lane) -> None:
    lane.chat("41")
    for number in range(TAPS_KNOWN + 1):
        lane.runner.run(lane.channel.deliver(toast(lane, f"q{number}")))
    lane.api.methods.open_queries["q0"] = 41
    lane.runner.run(lane.channel.acknowledge("q0"))
    assert lane.api.methods.answered[-1] == ("q0", ""), "it is taken for one that was not answered"
