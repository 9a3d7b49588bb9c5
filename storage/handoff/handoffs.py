"""Cases for people: the queue, who has claimed what, and what an agent notes.

Whoever changes the owner of a conversation holds its row (`Conversations.locked`), as a turn and
the sender do: a takeover comes before a reply or after it, never beside it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import bindparam, select

from storage.handoff.tables import handoff
from storage.handoff.team import Team
from storage.messages.tables import conversation
from storage.statements import insert_row
from storage.table_base import columns_of

Outcome = Literal["closed", "returned", "left", "ended", "banned"]
"""By the agent, back to the bot; by the customer; without agents any more; by a ban."""
RECENT_WAITS = 20
"""Cases that tell how long people wait."""


@dataclass(frozen=True, slots=True)
class Case:
    """One case; `status` is "queued", "claimed" or "closed" (storage/handoff/tables.py)."""

    id: int
    conversation_id: int
    desk_id: int
    status: str
    reason: str
    urgent: bool
    language: str
    summary: dict[str, Any]
    notes: list[str]
    held: list[dict[str, Any]]
    agent_id: str | None
    agent_name: str | None
    topic_id: str | None
    card_id: str | None
    opening: str | None
    drawn: str | None
    awaits_word: bool
    lent_at: datetime | None
    waiting_since: datetime | None
    pinged_at: datetime | None
    created_at: datetime
    claimed_at: datetime | None
    acted_at: datetime | None
    first_answer_at: datetime | None
    closed_at: datetime | None
    outcome: str | None
    satisfaction: int | None
    comment: str | None
    due_at: datetime | None
    due_for: str | None


@dataclass(frozen=True, slots=True)
class ChatOf:
    """Where the customer of a case writes: what `Conversations.locked` asks for."""

    channel: str
    bot_id: str
    chat_id: str


_CASE = select(*columns_of(Case, handoff))
_IS_OPEN = handoff.c.status != "closed"
_NEWEST = _CASE.order_by(handoff.c.id.desc()).limit(1)
_GET = _CASE.where(handoff.c.id == bindparam("of_case"))
_OPEN_OF = _NEWEST.where(handoff.c.conversation_id == bindparam("of_conversation"), _IS_OPEN)
_LAST_OF = _NEWEST.where(handoff.c.conversation_id == bindparam("of_conversation"))
_AT_TOPIC = _NEWEST.where(
    handoff.c.desk_id == bindparam("of_desk"), handoff.c.topic_id == bindparam("of_topic")
)
_CHAT_OF = select(*columns_of(ChatOf, conversation)).where(
    conversation.c.id == bindparam("of_conversation")
)
_OWN = conversation.update().where(conversation.c.id == bindparam("of_conversation"))
_CHANGE = handoff.update().where(handoff.c.id == bindparam("of_case"))


class Handoffs(Team):
    def open(
        self,
        conversation_id: int,
        desk_id: int,
        *,
        reason: str,
        language: str,
        summary: Mapping[str, Any],
        urgent: bool = False,
    ) -> Case:
        """Put a conversation in the queue; the bot still answers until somebody claims it."""
        now = self._clock()
        case_id = insert_row(
            self._connection,
            handoff,
            conversation_id=conversation_id,
            desk_id=desk_id,
            status="queued",
            reason=reason,
            urgent=urgent,
            language=language,
            summary=dict(summary),
            notes=self._earlier_notes(conversation_id),
            held=[],
            awaits_word=False,
            waiting_since=now,
            created_at=now,
        )
        self._own(conversation_id, "queue")
        return self.get(case_id)

    def get(self, case_id: int) -> Case:
        return Case(*self._connection.execute(_GET, {"of_case": case_id}).one())

    def some(self, numbers: Sequence[int]) -> list[Case]:
        """Those of these cases that there are."""
        rows = self._connection.execute(_CASE.where(handoff.c.id.in_(numbers)))
        return [Case(*row) for row in rows]

    def of_conversation(self, conversation_id: int) -> Case | None:
        """The open case of a chat."""
        return self._first(_OPEN_OF, of_conversation=conversation_id)

    def newest_of(self, conversation_id: int) -> Case | None:
        """The last case of a chat, open or not."""
        return self._first(_LAST_OF, of_conversation=conversation_id)

    def at_topic(self, desk_id: int, topic_id: str) -> Case | None:
        """The newest case of a topic."""
        return self._first(_AT_TOPIC, of_desk=desk_id, of_topic=topic_id)

    def open_at(self, desk_id: int) -> list[Case]:
        """Every open case of a desk, in the order of the queue: urgent ones first."""
        order = (handoff.c.urgent.desc(), handoff.c.id)
        cases = _CASE.where(handoff.c.desk_id == desk_id, _IS_OPEN).order_by(*order)
        return [Case(*row) for row in self._connection.execute(cases)]

    def place(self, case: Case) -> int:
        """How many wait up to this one, itself included."""
        queued = [peer.id for peer in self.open_at(case.desk_id) if peer.status == "queued"]
        return queued.index(case.id) + 1

    def recent_waits(self, desk_id: int) -> list[timedelta]:
        """How long the people of the newest claimed cases had waited."""
        waits = (
            select(handoff.c.created_at, handoff.c.claimed_at)
            .where(handoff.c.desk_id == desk_id, handoff.c.claimed_at.is_not(None))
            .order_by(handoff.c.id.desc())
            .limit(RECENT_WAITS)
        )
        return [claimed - created for created, claimed in self._connection.execute(waits)]

    def chat_of(self, conversation_id: int) -> ChatOf:
        result = self._connection.execute(_CHAT_OF, {"of_conversation": conversation_id})
        return ChatOf(*result.one())

    def claim(self, case: Case, agent_id: str, agent_name: str) -> None:
        """The agent has the conversation from now on, also of a closed case; the bot is silent."""
        self._change(
            case.id,
            status="claimed",
            agent_id=agent_id,
            agent_name=agent_name,
            claimed_at=case.claimed_at or self._clock(),
            acted_at=self._clock(),
            lent_at=None,
            awaits_word=False,
            pinged_at=None,
            closed_at=None,
            outcome=None,
        )
        self._own(case.conversation_id, "agent")

    def hand_over(self, case: Case, agent_id: str, agent_name: str) -> None:
        """Another agent has it from now on; who has the conversation stays as it is."""
        self._change(
            case.id,
            agent_id=agent_id,
            agent_name=agent_name,
            acted_at=self._clock(),
            awaits_word=False,
            pinged_at=None,
        )

    def release(self, case: Case) -> None:
        """It waits for an agent again, at its old place; the bot may speak meanwhile."""
        self._change(
            case.id,
            status="queued",
            agent_id=None,
            agent_name=None,
            acted_at=None,
            lent_at=None,
            awaits_word=False,
            held=[],
            waiting_since=self._clock(),
            pinged_at=None,
        )
        self._own(case.conversation_id, "queue")

    def lend(self, case: Case) -> None:
        """The bot has the conversation until the holder has done the task with it."""
        self._change(case.id, lent_at=self._clock(), waiting_since=None, awaits_word=False)
        self._own(case.conversation_id, "bot")

    def take_back(self, case: Case) -> None:
        """The task is done or dropped: the agent who lent the conversation has it again."""
        self._change(case.id, lent_at=None, acted_at=self._clock())
        self._own(case.conversation_id, "agent")

    def close(self, case: Case, outcome: Outcome) -> None:
        """Over: the bot has the conversation again."""
        self._change(
            case.id,
            status="closed",
            outcome=outcome,
            closed_at=self._clock(),
            lent_at=None,
            waiting_since=None,
            awaits_word=False,
            held=[],
        )
        self._own(case.conversation_id, "bot")

    def entitle(self, case: Case, title: str) -> None:
        """Keep what the topic of the case is called."""
        self._change(case.id, summary={**case.summary, "title": title})

    def label(self, case: Case, label: str) -> bool:
        """Keep what the sign of its topic says; whether that is something else than before."""
        summary = self.get(case.id).summary
        self._change(case.id, summary={**summary, "label": label})
        return summary.get("label") != label

    def urge(self, case: Case) -> None:
        """It comes before all others."""
        self._change(case.id, urgent=True, reason="private")

    def ask_word(self, case: Case, *, asked: bool) -> None:
        self._change(case.id, awaits_word=asked)

    def note(self, case: Case, text: str) -> None:
        """Keep a private note; the next case of the same chat shows it."""
        self._change(case.id, notes=[*case.notes, text])

    def hold(self, case: Case, event: Mapping[str, Any]) -> None:
        """Keep an event until the bot may speak again."""
        self._change(case.id, held=[*case.held, dict(event)])

    def heard(self, case: Case) -> None:
        """The customer waits for an answer from now on, unless they already did."""
        if case.waiting_since is None:
            self._change(case.id, waiting_since=self._clock(), pinged_at=None)

    def answered(self, case: Case) -> None:
        first = case.first_answer_at or self._clock()
        self._change(case.id, waiting_since=None, pinged_at=None, first_answer_at=first)

    def acted(self, case: Case) -> None:
        """The agent who has it is there."""
        self._change(case.id, acted_at=self._clock())

    def pinged(self, case: Case) -> None:
        self._change(case.id, pinged_at=self._clock())

    def has_topic(self, case_id: int, topic_id: str | None) -> None:
        self._change(case_id, topic_id=topic_id, card_id=None)

    def has_card(self, case_id: int, card_id: str | None, opening: str = "") -> None:
        """Keep the number of the card, and the words that it began with."""
        self._change(case_id, card_id=card_id, opening=opening)

    def drawn(self, case: Case, digest: str, proved: Mapping[str, Any]) -> None:
        """Keep what stands for the card as it was drawn last, and who the customer proved to be."""
        summary = {**self.get(case.id).summary, **proved}
        self._change(case.id, drawn=digest, summary=summary)

    def _earlier_notes(self, conversation_id: int) -> list[str]:
        earlier = self.newest_of(conversation_id)
        return earlier.notes if earlier else []

    def _own(self, conversation_id: int, owner: str) -> None:
        values = {"of_conversation": conversation_id, "owner": owner}
        self._connection.execute(_OWN, values)

    def _change(self, case_id: int, **values: Any) -> None:
        self._connection.execute(_CHANGE, {"of_case": case_id, **values})

    def _first(self, which: Any, **values: Any) -> Case | None:
        row = self._connection.execute(which, values).one_or_none()
        return Case(*row) if row else None
