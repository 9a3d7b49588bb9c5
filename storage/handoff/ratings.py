"""How satisfied customers were with a case that is over, and what they add to that."""

from sqlalchemy import select

from storage.handoff.handoffs import Case, Handoffs
from storage.handoff.tables import handoff
from storage.transaction import Repository, part


class Ratings(Repository):
    _handoffs = part(Handoffs)

    def rate(self, case_id: int, conversation_id: int, satisfaction: int) -> bool:
        """Keep how satisfied the customer of a closed case was, 1 to 5.

        The first answer since it was closed counts: who is asked again, because the case was opened
        again, may say something else.
        """
        closed = handoff.update().where(
            handoff.c.id == case_id,
            handoff.c.conversation_id == conversation_id,
            handoff.c.closed_at.is_not(None),
            handoff.c.rated_at.is_(None) | (handoff.c.rated_at < handoff.c.closed_at),
        )
        rated = closed.values(satisfaction=satisfaction, rated_at=self._clock())
        return self._connection.execute(rated).rowcount == 1

    def rated_last(self, conversation_id: int) -> Case | None:
        """The case of a chat that was rated last, if any was; there may be a newer one."""
        rated = select(handoff.c.id).where(
            handoff.c.conversation_id == conversation_id, handoff.c.satisfaction.is_not(None)
        )
        newest = rated.order_by(handoff.c.rated_at.desc(), handoff.c.id.desc()).limit(1)
        case_id = self._connection.scalar(newest)
        return None if case_id is None else self._handoffs.get(case_id)

    def comment(self, case_id: int, words: str) -> None:
        """Keep what the customer of a closed case adds to the rating."""
        rated = handoff.update().where(handoff.c.id == case_id)
        self._connection.execute(rated.values(comment=words))
