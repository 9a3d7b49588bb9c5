"""Access until Sunday at six ends then, by itself: whatever the clocks on the wall do that day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.app import App
from bot.running import end_what_is_over
from intents.parser import Parser
from storage.keys import Keys
from tests.fakes.chats import World
from tests.fakes.clock import ManualClock
from tests.fakes.worlds import product_on, world_of

MINUTE = timedelta(minutes=1)
SUMMER_TIME_BEGINS = datetime(2026, 3, 6, 17, 0, tzinfo=UTC)
"""The Friday before, at noon or thereabouts; so is the next one."""
SUMMER_TIME_ENDS = datetime(2026, 10, 30, 17, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Sunday:
    """When it is six in the evening on a Sunday, in a household of that time zone."""

    zone: str
    friday: datetime
    six: datetime

    def __str__(self) -> str:
        return f"{self.zone}, {self.six:%B}"


SUNDAYS = (
    Sunday("America/Toronto", SUMMER_TIME_BEGINS, datetime(2026, 3, 8, 22, 0, tzinfo=UTC)),
    Sunday("America/Toronto", SUMMER_TIME_ENDS, datetime(2026, 11, 1, 23, 0, tzinfo=UTC)),
    Sunday("America/Vancouver", SUMMER_TIME_ENDS, datetime(2026, 11, 2, 2, 0, tzinfo=UTC)),
    Sunday("America/St_Johns", SUMMER_TIME_ENDS, datetime(2026, 11, 1, 21, 30, tzinfo=UTC)),
    Sunday("Europe/Paris", SUMMER_TIME_ENDS, datetime(2026, 11, 1, 17, 0, tzinfo=UTC)),
)
GIVEN = "give Hugo the TV until Sunday 6pm"
SUSPENDED = "suspend Hugo until Sunday 6pm"
TOLD = {
    GIVEN: ("access_ended", "rights_changed"),
    SUSPENDED: ("suspension_ended", "resumed"),
}
"""The mails about an end: to the holder, and to the person."""
TELLING = {kind for kinds in TOLD.values() for kind in kinds}


@pytest.fixture(params=SUNDAYS, ids=str)
def sunday(request: pytest.FixtureRequest) -> Sunday:
    chosen: Sunday = request.param
    return chosen


@pytest.fixture
def product(parser: Parser, sqlite_template: Path, sunday: Sunday) -> App:
    """Foyer as somebody runs it whose households are in that time zone."""
    return product_on(sqlite_template, parser, time_zone=ZoneInfo(sunday.zone))


@pytest.fixture
def clock(sunday: Sunday) -> ManualClock:
    clock = ManualClock()
    move_to(clock, sunday.friday)
    return clock


@pytest.fixture
def lives(product: App, home_url: str, clock: ManualClock, keys: Keys) -> Iterator[World]:
    """The same household, in a program that was started afresh each time."""

    def live() -> Iterator[World]:
        while True:
            with world_of(product, home_url, clock, keys) as world:
                yield world

    return live()


def move_to(clock: ManualClock, moment: datetime) -> None:
    clock.advance(seconds=(moment - clock()).total_seconds())


def say_as_diane(world: World, words: str) -> str:
    """What the card says to which she then says yes."""
    chat = world.chat("Diane's own")
    chat.say(words)
    chat.sign_in("diane")
    card = str(chat.replies[-1].text)
    chat.say("yes")
    assert chat.templates() in (["utter_rights_changed"], ["utter_user_suspended"])
    world.collect_mails()
    return card


def own_access(world: World) -> str:
    chat = world.chat(f"Hugo at {world.clock()}")
    chat.say("what can I use?")
    chat.sign_in("hugo")
    return str(chat.replies[-1].text).partition("You cannot")[0].partition("Vous n'avez pas")[0]


def is_suspended(world: World) -> bool:
    chat = world.chat(f"Hugo at {world.clock()}")
    chat.say("what can I use?")
    chat.sign_in("hugo")
    return chat.templates() == ["utter_suspended_self"]


def told(world: World) -> list[tuple[str, str]]:
    """Who was mailed since the last look, but for codes and proofs."""
    mails = [(mail.template, str(mail.recipient)) for mail in world.collect_mails()]
    return sorted(mail for mail in mails if mail[0] in TELLING)


def test_it_counts_until_that_minute_though_nothing_runs(
    lives: Iterator[World], sunday: Sunday, clock: ManualClock
) -> None:
    card = say_as_diane(next(lives), GIVEN)
    assert "Sunday" in card
    assert "6:00" in card
    move_to(clock, sunday.six - MINUTE)
    assert "illico" in own_access(next(lives))
    move_to(clock, sunday.six)
    assert "illico" not in own_access(next(lives))


def test_a_suspension_lasts_until_that_minute_though_nothing_runs(
    lives: Iterator[World], sunday: Sunday, clock: ManualClock
) -> None:
    say_as_diane(next(lives), SUSPENDED)
    move_to(clock, sunday.six - MINUTE)
    assert is_suspended(next(lives))
    move_to(clock, sunday.six)
    assert not is_suspended(next(lives))


@pytest.mark.parametrize("words", TOLD)
def test_whatever_comes_to_it_first_tells_both_of_them_and_nothing_tells_them_again(
    lives: Iterator[World],
    sunday: Sunday,
    clock: ManualClock,
    words: str,
) -> None:
    say_as_diane(next(lives), words)
    move_to(clock, sunday.six - MINUTE)
    world = next(lives)
    end_what_is_over(world.app.database)
    assert told(world) == []
    move_to(clock, sunday.six)
    mails = []
    for _ in range(3):  # as after every start
        world = next(lives)
        end_what_is_over(world.app.database)
        mails += told(world)
    to_holder, to_person = TOLD[words]
    expected = [(to_holder, "diane@example.com"), (to_person, "hugo@example.com")]
    assert sorted(mails) == sorted(expected)
