"""Plays the recorded conversations (`tests/fakes/recordings.py` says how they are written).

The replies of a turn must be exactly those written down: not one more, not one less.
"""

import pytest

from tests.fakes.chats import World
from tests.fakes.recordings import SAYS, Step, cases, fits, play


@pytest.mark.parametrize("steps", list(cases()))
def test_the_conversation_goes_as_recorded(steps: list[Step], world: World) -> None:
    chat = world.chat()
    for turn in play(steps, chat):
        expected = [step for step in turn[1:] if SAYS & step.keys()]
        said = [(reply.template, reply.text or "") for reply in chat.replies]
        assert len(said) == len(expected), f"after {turn[0]}: {said}"
        for (template, text), step in zip(said, expected, strict=True):
            assert fits(step, template, text), f"after {turn[0]}: {step} but {template}: {text}"
        mails = [step["mail"] for step in turn if "mail" in step]
        sent = [f"{row.template} to {row.recipient}" for row in world.collect_mails()]
        assert [mail for mail in mails if mail not in sent] == [], sent
