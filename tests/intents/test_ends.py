"""Until when: what people say of it, as a moment on the clock on their wall."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intents.spans.ends import End, end_of, ends_said
from intents.words.tokens import tokenize

TORONTO = ZoneInfo("America/Toronto")
WEDNESDAY = datetime(2026, 3, 4, 14, 20, tzinfo=TORONTO)
ZONES = st.sampled_from(["America/Toronto", "America/Vancouver", "America/St_Johns", "Asia/Tokyo"])
START = WEDNESDAY.replace(tzinfo=None)
MOMENTS = st.datetimes(START, START + timedelta(days=1000))


def ended(said: str, now: datetime = WEDNESDAY) -> str:
    """The moment as people read it, or why there is none."""
    end = end_of(said, now)
    return f"{end.at.astimezone(now.tzinfo):%a %d %b %Y %H:%M}" if end.at else end.outcome


@pytest.mark.parametrize(
    ("said", "means"),
    [
        (["until Sunday", "till sun", "jusqu'à dimanche", "jusqu'à dimanche prochain"],
         "Sun 08 Mar 2026 23:59"),
        (["until Sunday at 6pm", "until Sunday, March 8, at 6 p.m.", "til 6 pm on Sunday",
          "jusqu'à dimanche 18 h", "jusqu'au 8 mars à 18h00", "jusqu'à dimanche 6h du soir"],
         "Sun 08 Mar 2026 18:00"),
        (["for another week", "for one more week", "4 a week", "pendant encore une semaine",
          "for teh week", "pour la semaine", "se termine dans sept jours"],
         "Wed 11 Mar 2026 14:20"),
        (["until the end of April", "jusqu'à la fin d'avril", "jusqu'à la fin du mois d'avril"],
         "Thu 30 Apr 2026 23:59"),
        (["for thirty days", "pendant trente jours"], "Fri 03 Apr 2026 14:20"),
        (["for the rest of the month", "pour le reste du mois"], "Tue 31 Mar 2026 23:59"),
        (["permanently", "remove the end date", "enlève la date de fin"], "open"),
        (["for the weekend", "until the end of the weekend", "pour la fin de semaine"],
         "Sun 08 Mar 2026 23:59"),
        (["till tomorrow 6pm", "jusqu'à demain 18 h"], "Thu 05 Mar 2026 18:00"),
        (["until tmrw", "until tomorrow night", "jusqu'à demain soir"], "Thu 05 Mar 2026 23:59"),
        (["until monday morning", "jusqu'à lundi matin", "jusqu'à lundi midi"],
         "Mon 09 Mar 2026 12:00"),
        (["for a week", "pour une semaine", "until wednesday at 2:20 pm"],
         "Wed 11 Mar 2026 14:20"),
        (["for two weeks", "for 2 weeks", "pendant deux semaines"], "Wed 18 Mar 2026 14:20"),
        (["for 3 days", "pour trois jours"], "Sat 07 Mar 2026 14:20"),
        (["until August 3", "until the 3rd of August", "jusqu'au 3 août", "until 2026-08-03"],
         "Mon 03 Aug 2026 23:59"),
        (["until the 15th", "jusqu'au 15"], "Sun 15 Mar 2026 23:59"),
        (["until March 1", "jusqu'au 1er mars"], "Mon 01 Mar 2027 23:59"),
        (["until the end of the month", "jusqu'à la fin du mois"], "Tue 31 Mar 2026 23:59"),
        (["until Christmas", "jusqu'à Noël"], "Fri 25 Dec 2026 23:59"),
        (["until wednesday", "jusqu'à mercredi"], "Wed 11 Mar 2026 23:59"),
        (["until tonight", "until midnight", "jusqu'à minuit", "jusqu'à ce soir"],
         "Wed 04 Mar 2026 23:59"),
        (["until 6:30 pm", "jusqu'à 18h30"], "Wed 04 Mar 2026 18:30"),
        (["until 9 am", "jusqu'à 9 h"], "Thu 05 Mar 2026 09:00"),
        (["until January 5 2020", "jusqu'au 5 janvier 2020"], "past"),
        (["for 2 years", "until March 5 2027", "pendant deux ans"], "far"),
        (["until May", "until 6", "until 8/3", "until February 30", "until Sunday the 9th",
          "jusqu'en mai"], "unreadable"),
        (["for good", "until further notice", "for now", "jusqu'à nouvel ordre", "pour de bon"],
         "open"),
    ],
)  # fmt: skip
def test_what_people_say_is_the_moment_that_they_mean(said: list[str], means: str) -> None:
    assert {words: ended(words) for words in said} == dict.fromkeys(said, means)


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("block Kevin until Sunday, he was rude", ["until Sunday"]),
        ("TV until Sunday, March 8, at 6 p.m. please", ["until Sunday, March 8, at 6 p.m"]),
        ("Kevin until Sunday and Jo for a week", ["until Sunday", "for a week"]),
        ("bloque Kevin jusqu'à dimanche prochain s'il te plaît", ["jusqu'à dimanche prochain"]),
        ("not until Monday", []),
        ("wait until tomorrow", []),
        ("attends jusqu'à demain", []),
        ("until he says sorry", []),
        ("pay for the bill for two people", []),
        ("pour h2@example.com", []),
        ("Théo n'a jamais reçu son invitation", []),
        ("is it for me or for Jo?", []),
    ],
)  # fmt: skip
def test_an_end_is_found_where_one_is_said_and_nowhere_else(text: str, ends: list[str]) -> None:
    tokens = tokenize(text)
    said = [text[tokens[a].start : tokens[b - 1].end] for a, b, _ in ends_said(tokens, asked=False)]
    assert said == ends


@settings(deadline=None)
@given(moment=MOMENTS, zone=ZONES)
def test_an_hour_is_one_of_the_clock_on_the_wall_in_summer_and_winter(
    moment: datetime, zone: str
) -> None:
    now = moment.replace(tzinfo=ZoneInfo(zone))
    for said in ("until Sunday at 6pm", "jusqu'à dimanche 18 h"):
        at = end_of(said, now).at
        assert at is not None
        local = at.astimezone(now.tzinfo)
        assert (local.weekday(), local.time()) == (6, time(18))
        assert timedelta() < at - now.astimezone(UTC) <= timedelta(days=7, hours=1)


@settings(deadline=None)
@given(moment=MOMENTS, zone=ZONES)
def test_days_end_at_the_same_hour_and_hours_are_hours(moment: datetime, zone: str) -> None:
    now = moment.replace(tzinfo=ZoneInfo(zone), hour=12, second=0, microsecond=0)
    days, hours = end_of("for 3 days", now).at, end_of("for 36 hours", now).at
    assert days is not None
    assert days.astimezone(now.tzinfo).time() == now.time()
    assert hours == now.astimezone(UTC) + timedelta(hours=36)


@settings(deadline=None)
@given(text=st.text(max_size=60), moment=MOMENTS)
def test_nothing_that_is_typed_breaks_it_or_ends_in_the_past(text: str, moment: datetime) -> None:
    now = moment.replace(tzinfo=TORONTO)
    for said in (text, f"until {text}", f"for {text}", f"jusqu'au {text}"):
        for asked in (False, True):
            list(ends_said(tokenize(said), asked=asked))
        end = end_of(said, now)
        assert end.at is None or end.at > now.astimezone(UTC)


def test_an_accent_that_stands_alone_breaks_nothing() -> None:
    said = tokenize("until Sunday \u0301 please")
    assert [how for _, _, how in ends_said(said, asked=False)] == ["until"]


@settings(deadline=None)
@given(
    number=st.integers(0, 99_999),
    word=st.sampled_from(["days", "weeks", "hours", "semaines", "mois", "h", "March", "th", ":61"]),
)
def test_any_number_is_read_or_asked_about(number: int, word: str) -> None:
    for said in (f"until {number} {word}", f"for {number} {word}", f"until {word} {number}"):
        assert isinstance(end_of(said, WEDNESDAY), End)
