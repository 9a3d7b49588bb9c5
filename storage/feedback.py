"""Was an answer helpful, and what had none."""

from sqlalchemy import Connection

from storage.clock import Clock
from storage.limits import GAP_TEXT_LENGTH
from storage.statements import insert_row
from storage.tables import faq_feedback


class Feedback:
    def __init__(self, connection: Connection, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock

    def record(
        self, *, article_id: str, language: str, helpful: bool, conversation_id: int
    ) -> None:
        insert_row(
            self._connection,
            faq_feedback,
            kind="helpful",
            article_id=article_id,
            language=language,
            helpful=helpful,
            conversation_id=conversation_id,
            at=self._clock(),
        )

    def gap(
        self, *, intent: str, language: str, text: str, conversation_id: int | None = None
    ) -> None:
        """Remember a question without an answer; `text` is the masked one."""
        insert_row(
            self._connection,
            faq_feedback,
            kind="gap",
            intent=intent,
            language=language,
            text=text[:GAP_TEXT_LENGTH],
            conversation_id=conversation_id,
            at=self._clock(),
        )
