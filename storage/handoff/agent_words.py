"""What an agent says to a customer: it leaves as the agent's own, and can be corrected."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

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


Corrected = Literal["nothing", "same", "changed"]
"""It had said nothing to the customer; they read it so already; they read something else now."""
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

    @property
    def has_words(self) -> bool:
        """Whether words can stand in it: those of an album are said by themselves."""
        return self.act is None or not self.act.get("album")

    @property
    def edit(self) -> dict[str, Any]:
        """The act that changes it where the customer has it."""
        copied = self.act is not None and self.act["kind"] == "copy"
        return {"kind": "caption" if copied else "edit"}


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

    def correct(
        self, conversation: ConversationRow, source: str, text: str, again: str
    ) -> Corrected:
        """Change what that message of the agent said.

        What waits, also for a customer who is away, changes at once; what has left, or is on its
        way this moment, is edited in the messenger, or said `again` where that cannot be.
        """
        relayed = self._said(conversation.id, source)
        if not relayed:
            return "nothing"
        said = [row for row in relayed if row.has_words]
        if (said[-1].words if said else "") in {text, again}:  # a preview was added to it, say
            return "same"
        if not said:  # an album had no words so far
            self.say(conversation, text, language="", source=source)
        elif said[-1].waits:
            is_again = len(said) > 1 and said[-1].act is None
            self._change(said[-1], again if is_again else text, again)
        else:
            self._amend(conversation, source, said, text, again)
        return "changed"

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

    def _amend(
        self,
        conversation: ConversationRow,
        source: str,
        said: Sequence[_Said],
        text: str,
        again: str,
    ) -> None:
        """Have what the customer has, or is about to have, read otherwise there."""
        landed = next((row for row in reversed(said) if row.sent_as is not None), None)
        coming = next((row for row in said if row.sent_at is None), None)
        act: dict[str, Any] | None = None
        if landed is not None:
            act = {**landed.edit, "message": landed.sent_as}
        elif coming is not None:  # it will have its number before this row may leave
            act = {**coming.edit, "of": coming.id, "again": again}
        words = again if act is None else text
        self.say(conversation, words, language="", source=source, act=act)


def _relays(conversation_id: int, source: str) -> ColumnElement[bool]:
    """Whether it leaves for what an agent has sent: as it is, or in two parts."""
    parts = or_(outbox.c.source == source, outbox.c.source.startswith(f"{source} "))
    return (outbox.c.conversation_id == conversation_id) & parts
