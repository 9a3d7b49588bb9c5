"""Which numbers the agent who has claimed a case may read: all but those that may be a code.

An account or an order has eight digits, as our codes do. What was sealed at the intake is opened
for whoever has the case; before that a whole group would read it, and it stays closed.
"""

from collections.abc import Iterator

from bot.dialogue.message import CODE_SEALED
from bot.handoff.masking import Open
from storage.unit_of_work import UnitOfWork

_EVENTS = 400
"""Of a conversation, that are looked through for numbers."""


def opening(uow: UnitOfWork, conversation_id: int) -> Open:
    """Return what opens eight digits, unless they may be a code."""

    def opened(digest: str, sealed: str) -> str | None:
        may_be_code = uow.codes.may_be(digest, conversation_id)
        return None if may_be_code else uow.keys.open(sealed)

    return opened


def numbers_given(uow: UnitOfWork, conversation_id: int) -> list[str]:
    """Return the numbers that were hidden from the group, for the agent who has the case now."""
    return list(dict.fromkeys(_numbers_given(uow, conversation_id)))


def _numbers_given(uow: UnitOfWork, conversation_id: int) -> Iterator[str]:
    opened = opening(uow, conversation_id)
    for event in uow.conversations.events(conversation_id, limit=_EVENTS):
        said = str(event.get("text") or "") if event["event"] == "user" else ""
        for digest, sealed in CODE_SEALED.findall(said):
            number = opened(digest, sealed)
            if number is not None:
                yield number
