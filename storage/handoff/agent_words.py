"""What an agent says to a customer: it leaves as the agent's own, and can be corrected."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

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
_UNREACHED = select(outbox.c.id, outbox.c.text, outbox.c.parameters).where(*_IS_UNREACHED)


_SAID = select(
    outbox.c.id,
    outbox.c.text,
    outbox.c.act,
    outbox.c.attempts,
    outbox.c.held,
    outbox.c.sent_at,
    outbox.c.sent_as,
)


@dataclass(frozen=True, slots=True)
class _Said:
    """A row that a message of an agent has become."""

    id: int
    text: str | None
    act: dict[str, Any] | None
    attempts: int
    held: bool
    sent_at: datetime | None
    sent_as: str | None

    @property
    def words(self) -> str | None:
        """What the customer reads of it: of a picture, what stands below it."""
        return self.text if self.act is None else self.act.get("caption", self.text)

    @property
    def waits(self) -> bool:
        """Whether nobody can have read it yet."""
        return self.sent_at is None and (self.held or not self.attempts)


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
            parameters={},
            buttons=list(buttons),
            sent=False,
            speaker="agent",
            act=act,
            source=source,
        )

    def unreached(self, conversation_id: int, *, comes_back: bool) -> list[str]:
        """What agents said that can reach nobody now, in order; each is told once.

        `comes_back`: it is kept until the customer writes again.
        """
        dead = _UNREACHED.where(outbox.c.conversation_id == conversation_id, ~outbox.c.held)
        rows = self._connection.execute(dead.order_by(outbox.c.id)).all()
        fresh = {row_id: text for row_id, text, known in rows if not known.get(TOLD)}
        told = outbox.update().where(outbox.c.id.in_(list(fresh)))
        self._connection.execute(told.values(held=comes_back, parameters={TOLD: True}))
        return [text or "" for text in fresh.values()]

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

    def correct(self, conversation: ConversationRow, source: str, text: str, again: str) -> bool:
        """Change what that message of the agent said; False when it said nothing here.

        What waits, also for a customer who is away, changes at once; what has left, or is on its
        way this moment, is edited in the messenger, or said `again` where that cannot be.
        """
        said = self._said(conversation.id, source)
        if not said:
            return False
        first, newest = said[0], said[-1]
        if newest.words == text:  # a preview was added to it, say
            return True
        if newest.waits:
            self._change(newest, text, again)
            return True
        act = {"kind": "edit" if first.act is None else "caption"}
        if first.sent_as is not None:
            known = {**act, "message": first.sent_as}
            self.say(conversation, text, language="", source=source, act=known)
        elif first.sent_at is None:  # it will have its number before this row may leave
            aimed = {**act, "of": first.id, "again": again}
            self.say(conversation, text, language="", source=source, act=aimed)
        else:
            self.say(conversation, again, language="", source=source)
        return True

    def _said(self, conversation_id: int, source: str) -> list[_Said]:
        """What was made of a message of the agent's, in order, but for what was refused."""
        alive = outbox.c.dead_at.is_(None) | outbox.c.held
        mine = _SAID.where(outbox.c.conversation_id == conversation_id, outbox.c.source == source)
        rows = self._connection.execute(mine.where(alive).order_by(outbox.c.id))
        return [_Said(*row) for row in rows]

    def _change(self, said: _Said, text: str, again: str) -> None:
        """Have what still waits say something else."""
        values: dict[str, Any] = {"text": text}
        if said.act is not None:
            known = {"caption": text, "again": again}
            values["act"] = {**said.act, **{k: v for k, v in known.items() if k in said.act}}
        self._connection.execute(outbox.update().where(outbox.c.id == said.id).values(values))
