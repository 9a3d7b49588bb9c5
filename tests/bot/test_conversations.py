"""Plays the recorded conversations (`tests/fakes/recordings.py` says how they are written).

The replies of a turn must be exactly those written down, and Telegram must be able to show them.
"""

import pytest

from tests.fakes.chats import World
from tests.fakes.recordings import Step, cases, play, says_what_is_written
from tests.fakes.records import Records


@pytest.mark.parametrize("steps", list(cases()))
def test_the_conversation_goes_as_recorded(steps: list[Step], world: World) -> None:
    for chat, turn in play(steps, world):
        says_what_is_written(chat, turn)
        mails = [step["mail"] for step in turn if "mail" in step]
        sent = [f"{row.template} to {row.recipient}" for row in world.collect_mails()]
        assert [mail for mail in mails if mail not in sent] == [], sent
        for step in turn:
            is_so_now(step, Records(world), after=turn[0])


def is_so_now(step: Step, records: Records, *, after: Step) -> None:
    """Whether the household is as a step says: its people, their access, their profiles."""
    if "people" in step:
        assert records.names() == step["people"], f"after {after}"
    for username, wanted in step.get("access", {}).items():
        assert records.access(username) == set(wanted), f"after {after}: {username}"
    for username, wanted in step.get("profile", {}).items():
        assert wanted in records.profile(username), f"after {after}: {username}"
