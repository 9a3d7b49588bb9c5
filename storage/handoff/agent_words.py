"""What an agent says to a customer: it leaves as the agent's own, and can be corrected."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, or_, select

from storage.messages.conversations import ConversationRow
from storage.messages.outbox import Outbox
from storage.messages.queue import sending
from storage.messages.tables import outbox
from storage.transaction import Repository, part

TOLD = "told"
"""Of what could not reach a customer: its agent knows."""
_IS_UNREACHED = (
    outbox.c.speaker == "agent",
    outbox.c.source.is_not(None),
    outbox.c.sent_at.is_(None),
    outbox.c.dead_at.is_not(None),
    outbox.c.dropped_at.is_(None),
)
_UNREACHED = select(outbox.c.id, outbox.c.text, outbox.c.parameters, outbox.c.act).where(
    *_IS_UNREACHED
)
ANSWERS = "answers"
"""The parameter with the messenger's number of what a message answers."""


@dataclass(frozen=True, slots=True)
class Unreached:
    """What an agent said; `kind` is "say", or that of its `act`: a copy, an edit, a sign."""

    text: str
    kind: str


class AgentWords(Repository):
    _rows = part(Outbox)

    def say(
        self,
        conversation: ConversationRow,
        text: str,
        *,
        language: str,
        template: str = "agent",
        source: str | None = None,
        act: dict[str, Any] | None = None,
        buttons: Sequence[dict[str, str]] = (),
        answers: str | None = None,
        due: datetime | None = None,
    ) -> None:
        """Have a text leave for the customer; `source` is the agent's message that it relays.

        Where replies leave with a turn (REST), the customer gets it with their next message.
        """
        self._rows.reply(
            conversation_id=conversation.id,
            inbox_id=None,
            channel=conversation.channel,
            template=template,
            text=text,
            language=language,
            parameters={ANSWERS: answers} if answers else {},
            buttons=list(buttons),
            sent=False,
            speaker="agent",
            act=act,
            source=source,
            due=due,
        )

    def unreached(self, conversation_id: int, *, comes_back: bool) -> list[Unreached]:
        """What agents said that can reach nobody now, in order; each is told once.

        `comes_back`: it is kept until the customer writes again.
        """
        dead = _UNREACHED.where(outbox.c.conversation_id == conversation_id, ~outbox.c.held)
        rows = self._connection.execute(dead.order_by(outbox.c.id)).all()
        fresh = {
            row_id: Unreached(text or "", (act or {}).get("kind", "say"))
            for row_id, text, known, act in rows
            if not known.get(TOLD)
        }
        told = outbox.update().where(outbox.c.id.in_(list(fresh)))
        self._connection.execute(told.values(held=comes_back, parameters={TOLD: True}))
        return [*fresh.values()]

    def resume(self, conversation_id: int) -> bool:
        """The customer is there again: what was kept for them leaves, before all else."""
        kept = outbox.update().where(
            outbox.c.conversation_id == conversation_id, outbox.c.held, *_IS_UNREACHED
        )
        again: dict[str, Any] = {
            "dead_at": None,
            "held": False,
            "attempts": 0,
            "error": None,
            "parameters": {},
        }
        resumed = kept.values(**again, next_attempt_at=self._clock())
        if self._connection.execute(resumed).rowcount == 0:
            return False
        self._leave(sending(conversation_id, None))
        return True

    def said_as(self, conversation_id: int, number: str) -> str | None:
        """What left for a chat under that number of the messenger's."""
        left = select(outbox.c.text).where(outbox.c.conversation_id == conversation_id)
        text: str | None = self._connection.scalar(left.where(outbox.c.sent_as == number).limit(1))
        return text

    def left_as(self, conversation_id: int, source: str) -> str | None:
        """The number of what passes an agent's message on; empty: none yet; None: nothing does."""
        relays = select(outbox.c.sent_as).where(_relays(conversation_id, source))
        rows = self._connection.scalars(relays.order_by(outbox.c.id)).all()
        return next(filter(None, rows), "") if rows else None

    def file_of(self, conversation_id: int, source: str) -> str | None:
        """What stands for the picture or the file that relays a message of an agent."""
        relays = select(outbox.c.act).where(_relays(conversation_id, source))
        acts = self._connection.scalars(relays.order_by(outbox.c.id))
        return next((act["file"] for act in acts if act and act.get("file")), None)

    def correct(self, conversation: ConversationRow, source: str, text: str, again: str) -> bool:
        """Change what that message of the agent said; False when it said nothing here.

        What has not left yet changes at once, also what waits for a customer who is away; what has
        left, or is on its way this moment, is edited in the messenger, or said `again` where
        messages cannot be edited.
        """
        said = (
            select(
                outbox.c.id,
                outbox.c.sent_at,
                outbox.c.sent_as,
                outbox.c.attempts,
                outbox.c.act,
                outbox.c.held,
            )
            .where(outbox.c.conversation_id == conversation.id, outbox.c.source == source)
            .where(outbox.c.dead_at.is_(None) | outbox.c.held)
            .order_by(outbox.c.id)
            .limit(1)
        )
        message = self._connection.execute(said).one_or_none()
        if message is None:
            return False
        row_id, sent_at, sent_as, attempts, copied, held = message
        if copied and copied.get("album"):  # its words stand by themselves
            self.say(conversation, again, language="", source=f"{source} words")
            return True
        if held or (sent_at is None and not attempts):
            waits = {**copied, "caption": text} if copied else None
            changed = outbox.update().where(outbox.c.id == row_id).values(text=text, act=waits)
            self._connection.execute(changed)
            return True
        act: dict[str, Any] | None = {"kind": "caption" if copied else "edit", "message": sent_as}
        if sent_as is None and sent_at is None:  # it has its number before this row may leave
            act = {"kind": "caption" if copied else "edit", "of": row_id, "again": again}
        elif sent_as is None:
            text, act = again, None
        self.say(conversation, text, language="", source=f"{source} edit", act=act)
        return True


def _relays(conversation_id: int, source: str) -> ColumnElement[bool]:
    """Whether it leaves for what an agent has sent: as it is, or in two parts."""
    parts = or_(outbox.c.source == source, outbox.c.source.startswith(f"{source} "))
    return (outbox.c.conversation_id == conversation_id) & parts
