"""Whole conversations, judged by what they leave behind (`talk.py` says how they are written).

`.venv/bin/python -m tests.talks.play --show FILE` shows those that do not reach their goal.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.talks import homes
from tests.talks.player import Result

FOLDER = Path(__file__).parent
FLOORS = {"practice_en.yml": 81, "practice_fr.yml": 75}
"""How many talks of each file reach their goal at least; who makes it better raises it."""


@dataclass(frozen=True, slots=True)
class Played:
    floor: int
    results: Sequence[Result]

    def that_are(self, *outcomes: str) -> list[Result]:
        return [result for result in self.results if result.outcome in outcomes]


@pytest.fixture(scope="module", params=FLOORS)
def played(request: pytest.FixtureRequest, play: Callable[[Path], Sequence[Result]]) -> Played:
    """All talks of a file, played once for all tests."""
    return Played(FLOORS[request.param], play(FOLDER / request.param))


def test_nothing_happens_that_nobody_asked_for(played: Played) -> None:
    faults = played.that_are("WRONG", "crash")
    if faults:
        told = "\n\n".join(result.told() for result in faults)
        pytest.fail(f"{len(faults)} of {len(played.results)} talks:\n\n{told}", pytrace=False)


def test_as_many_talks_reach_their_goal_as_ever(played: Played) -> None:
    reached = len(played.that_are("ok"))
    if reached < played.floor:
        others = played.that_are("miss", "WRONG", "crash")
        named = "\n".join(result.summary() for result in others)
        pytest.fail(
            f"{reached} reach it, not {played.floor}; these do not:\n{named}", pytrace=False
        )


def test_every_file_of_talks_has_a_floor() -> None:
    files = {path.name for path in FOLDER.glob("*.yml")}
    assert files - {homes.FILE.name} == FLOORS.keys()
