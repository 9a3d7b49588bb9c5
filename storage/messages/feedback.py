"""Was an answer helpful, and what had none."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, func, select

from storage.limits import GAP_TEXT_LENGTH
from storage.messages.tables import faq_feedback
from storage.statements import insert_row
from storage.transaction import Repository


@dataclass(frozen=True, slots=True)
class Helpfulness:
    """What people said about one article in one language."""

    article_id: str
    language: str
    helped: int
    asked: int


@dataclass(frozen=True, slots=True)
class Gap:
    """A question that had no answer, in the masked words of whoever asked it."""

    text: str
    language: str
    times: int
    newest: datetime


class Feedback(Repository):
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

    def helpfulness(self, since: datetime) -> list[Helpfulness]:
        """Of every article that was judged since then, the least helpful first."""
        helped = func.sum(case((faq_feedback.c.helpful, 1), else_=0))
        asked = func.count()
        statement = (
            select(faq_feedback.c.article_id, faq_feedback.c.language, helped, asked)
            .where(faq_feedback.c.kind == "helpful", faq_feedback.c.at > since)
            .group_by(faq_feedback.c.article_id, faq_feedback.c.language)
        )
        rates = [Helpfulness(*row) for row in self._connection.execute(statement)]
        return sorted(
            rates, key=lambda rate: (rate.helped / rate.asked, rate.article_id, rate.language)
        )

    def gaps(self, since: datetime, limit: int) -> list[Gap]:
        """What had no answer since then, the most frequent first."""
        times, newest = func.count(), func.max(faq_feedback.c.at)
        said = func.lower(faq_feedback.c.text)
        statement = (
            select(func.min(faq_feedback.c.text), faq_feedback.c.language, times, newest)
            .where(faq_feedback.c.kind == "gap", faq_feedback.c.at > since)
            .where(faq_feedback.c.text.is_not(None))
            .group_by(said, faq_feedback.c.language)
            .order_by(times.desc(), newest.desc())
            .limit(limit)
        )
        return [Gap(*row) for row in self._connection.execute(statement)]
