"""`kill -9` during a burst of updates: each has its one turn, in order, and its answers."""

import re
import time
from bisect import bisect
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest

from tests.e2e.ledger import Ledger
from tests.e2e.server import Server
from tests.e2e.telegram.scene import MODES, UNFINISHED_TURNS, UNSENT, server_for
from tests.fakes.scale import SCALE
from tests.fakes.telegram.chats import Post
from tests.fakes.telegram.server import BotApi
from tests.fakes.telegram.user import TelegramUser

pytestmark = [pytest.mark.slow, pytest.mark.soak]

KILLS = max(1, round(50 * SCALE))
SPREAD, AT_ONCE, MEANWHILE = 2, 6, 2
"""Updates of each life: one by one, all at once just before the kill, and while nobody is there."""
UPDATES_PER_KILL = SPREAD + AT_ONCE + MEANWHILE
PEOPLE = 12
SEED = 20260305
LIFE = (0.0, 1.5)
"""Seconds between being ready and being killed, with the burst going on."""
LAST_BREATH = (0.0, 0.06)
"""Seconds between the last of them and the kill: in the middle of its turns and messages."""
DRAINED_WITHIN = 120.0
"""Seconds; a message whose sender was killed is taken up again after ten."""
QUESTIONS = ("How many users can I have?", "What are the rules for a password?")
"""Asked in turns, so that two answers in a row are never the same."""


@dataclass(slots=True)
class Burst:
    """People who keep asking; what each has said, in order."""

    people: Sequence[TelegramUser]
    random: Random
    said: dict[int, list[str]] = field(default_factory=dict)

    def go_on(self, times: int) -> None:
        for _ in range(times):
            person = self.random.choice(self.people)
            said = self.said.setdefault(person.id, [])
            said.append(QUESTIONS[len(said) % len(QUESTIONS)])
            person.say(said[-1])

    @property
    def updates(self) -> int:
        return sum(map(len, self.said.values()))


@pytest.mark.parametrize("mode", MODES)
def test_killed_during_a_burst_every_update_has_one_turn_and_its_answers(
    tmp_path: Path,
    sqlite_url: str,
    mode: str,
    record_testsuite_property: Callable[[str, object], None],
) -> None:
    ledger = Ledger(sqlite_url)
    with BotApi() as api:
        people = [TelegramUser(api, 6_000_001 + number) for number in range(PEOPLE)]
        burst = Burst(people, Random(SEED))
        with server_for(tmp_path, sqlite_url, mode, api.url) as server:
            kills, interrupted = live_and_die(server, burst, ledger)
            drain(api, ledger)
            server.stop()
        assert "Traceback" not in server.log
        assert interrupted, "no kill hit anything: the test shows nothing"
        assert burst.updates == KILLS * UPDATES_PER_KILL
        check_turns(ledger, burst)
        doubled = [check_answers(ledger, person, kills) for person in people]
    record_testsuite_property(f"doubled by {mode}", sum(doubled))
    record_testsuite_property(f"kills that interrupted something by {mode}", interrupted)


def live_and_die(server: Server, burst: Burst, ledger: Ledger) -> tuple[list[float], int]:
    """Kill again and again; some of what is said comes while nobody is there.

    When each kill was, and how many of them left turns or messages undone.
    """
    kills = []
    interrupted = 0
    for _ in range(KILLS):
        for _ in range(SPREAD):
            burst.go_on(1)
            time.sleep(burst.random.uniform(*LIFE) / SPREAD)
        burst.go_on(AT_ONCE)
        time.sleep(burst.random.uniform(*LAST_BREATH))
        server.kill()
        kills.append(time.monotonic())
        interrupted += any(map(ledger.number, (UNFINISHED_TURNS, UNSENT)))
        burst.go_on(MEANWHILE)
        server.start()
    return kills, interrupted


def drain(api: BotApi, ledger: Ledger) -> None:
    deadline = time.monotonic() + DRAINED_WITHIN
    while api.undelivered() or any(map(ledger.number, (UNFINISHED_TURNS, UNSENT))):
        assert time.monotonic() < deadline, f"not drained in {DRAINED_WITHIN} s"
        time.sleep(0.1)


def check_turns(ledger: Ledger, burst: Burst) -> None:
    assert ledger.number("SELECT count(*) FROM inbox") == burst.updates
    assert ledger.number("SELECT count(*) FROM inbox WHERE parked_at IS NOT NULL") == 0
    for person, said in burst.said.items():
        heard = (
            "SELECT json_extract(e.event, '$.text') FROM conversation_event e "
            f"JOIN conversation c ON c.id = e.conversation_id WHERE c.chat_id = '{person}' "
            "AND json_extract(e.event, '$.event') = 'user' ORDER BY e.id"
        )
        assert ledger.column(heard) == said


def check_answers(ledger: Ledger, person: TelegramUser, kills: Sequence[float]) -> int:
    """Everything came, in order; a message came again only across a kill. How many did."""
    answers = "SELECT o.text FROM outbox o JOIN conversation c ON c.id = o.conversation_id"
    mine = f"{answers} WHERE c.chat_id = '{person.id}' AND o.kind = 'chat' ORDER BY o.id"
    expected = [words(text) for text in ledger.column(mine)]
    groups = list(in_a_row(person.heard))
    assert [words(group[0].text) for group in groups] == expected
    for group in groups:
        for first, again in pairwise(group):
            assert bisect(kills, first.at) < bisect(kills, again.at), "doubled without a kill"
    return sum(len(group) - 1 for group in groups)


def in_a_row(posts: Sequence[Post]) -> Iterator[list[Post]]:
    """The same message, once or several times."""
    group: list[Post] = []
    for post in posts:
        if group and post.text != group[0].text:
            yield group
            group = []
        group.append(post)
    if group:
        yield group


def words(text: str) -> str:
    """What is said, without how it is set: list marks and stars differ."""
    return " ".join(re.findall(r"\w+", text))
