"""What every way out of the outbox has in common: what waits, when again, and what is noted."""

from datetime import timedelta

from storage.limits import CHAT_FIRST_RETRY, CHAT_LAST_RETRY, ERROR_LENGTH
from storage.messages.tables import outbox

IS_UNSENT = outbox.c.sent_at.is_(None) & outbox.c.dead_at.is_(None)
IS_UNSENT_CHAT = (outbox.c.kind == "chat") & IS_UNSENT


def chat_pause(attempts: int) -> timedelta:
    """How long to wait before the next attempt in a chat, after so many."""
    return min(CHAT_FIRST_RETRY * (1 << min(attempts, 10)), CHAT_LAST_RETRY)


def cut(error: str | None) -> str | None:
    """As much of an error or a remark as is kept."""
    return None if error is None else error[:ERROR_LENGTH]
