"""The pace of a chat: whatever comes when, no more than the bucket allows, and never too little."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from storage.messages.pace import NO_WAIT, Pace
from tests.fakes.clock import ManualClock

SECOND = timedelta(seconds=1)
START = ManualClock()()
GAPS = st.lists(st.sampled_from([0, 0, 0, 0.2, 0.9, 1, 3, 30]), max_size=200)
PACES = st.builds(Pace, st.integers(1, 10), st.sampled_from([SECOND, SECOND / 4, 5 * SECOND]))


@given(pace=PACES, gaps=GAPS)
def test_in_no_stretch_of_time_more_is_done_than_the_burst_and_one_each_interval(
    pace: Pace, gaps: list[float]
) -> None:
    now, full_at, done = START, None, []
    for gap in gaps:
        now += gap * SECOND
        now += pace.wait(full_at, now)
        assert pace.wait(full_at, now) == NO_WAIT, "whoever waited may go on"
        full_at = pace.spend(full_at, now)
        done.append(now)
    for first in range(len(done)):
        for last in range(first, len(done)):
            allowed = pace.burst + (done[last] - done[first]) / pace.interval
            assert last - first + 1 <= allowed + 1e-6


@given(pace=PACES, times=st.integers(1, 30))
def test_a_burst_never_waits_and_each_message_ahead_counts(pace: Pace, times: int) -> None:
    full_at = None
    for done in range(times):
        ahead = times - done - 1
        assert pace.wait(full_at, START, ahead=ahead) == pace.wait(None, START, ahead=times - 1)
        full_at = pace.spend(full_at, START)
    assert (pace.wait(full_at, START) == NO_WAIT) == (times < pace.burst)


@given(pace=PACES)
def test_who_keeps_the_pace_never_waits(pace: Pace) -> None:
    now, full_at = START, None
    for _ in range(100):
        assert pace.wait(full_at, now) == NO_WAIT
        full_at = pace.spend(full_at, now)
        now += pace.interval
