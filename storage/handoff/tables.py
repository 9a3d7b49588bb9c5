"""Cases for people: who waits, who has claimed what, who the agents are, and how they work."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field

from storage.table_base import Base, Moment, OutsideText

_OPEN = text("status <> 'closed'")
_IS_DUE = text("due_at IS NOT NULL")


class Handoff(Base, table=True):
    """One case: waiting in the queue, claimed by an agent, or closed.

    `desk_id` is the agents' own conversation (their group, or a terminal), `topic_id` and
    `card_id` the messenger's numbers of the case's topic and of its card, `opening` the words that
    the card was first shown with, and `drawn` stands for how it was drawn last. While the claim is
    lent to the bot, `lent_at` says since when. `held` are events that wait until the bot may
    speak again, `awaits_word` that the agent was asked what to tell the customer. `acted_at` is
    when the agent who has it last did something in it, `due_at` when an agent, `due_for`, wants to
    be reminded of it.
    """

    __tablename__ = "handoff"
    __table_args__ = (
        CheckConstraint("status IN ('queued', 'claimed', 'closed')", name="status"),
        CheckConstraint("satisfaction BETWEEN 1 AND 5", name="satisfaction"),
        Index(
            "uq_handoff_open",
            "conversation_id",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        Index("ix_handoff_topic", "desk_id", "topic_id"),
        Index("ix_handoff_due", "due_at", sqlite_where=_IS_DUE, postgresql_where=_IS_DUE),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    conversation_id: int = Field(foreign_key="conversation.id", ondelete="CASCADE")
    desk_id: int = Field(foreign_key="conversation.id", ondelete="CASCADE")
    status: str
    reason: str
    urgent: bool
    language: str
    summary: dict[str, Any] = Field(sa_type=JSON)
    notes: list[Any] = Field(sa_type=JSON)
    held: list[Any] = Field(sa_type=JSON)
    agent_id: str | None = Field(default=None, sa_type=OutsideText)
    agent_name: str | None = Field(default=None, sa_type=OutsideText)
    topic_id: str | None = None
    card_id: str | None = None
    opening: str | None = Field(default=None, sa_type=OutsideText)
    drawn: str | None = None
    awaits_word: bool
    lent_at: datetime | None = Field(default=None, sa_type=Moment)
    waiting_since: datetime | None = Field(default=None, sa_type=Moment)
    pinged_at: datetime | None = Field(default=None, sa_type=Moment)
    created_at: datetime = Field(sa_type=Moment)
    claimed_at: datetime | None = Field(default=None, sa_type=Moment)
    acted_at: datetime | None = Field(default=None, sa_type=Moment)
    first_answer_at: datetime | None = Field(default=None, sa_type=Moment)
    closed_at: datetime | None = Field(default=None, sa_type=Moment)
    outcome: str | None = None
    satisfaction: int | None = None
    rated_at: datetime | None = Field(default=None, sa_type=Moment)
    comment: str | None = Field(default=None, sa_type=OutsideText)
    due_at: datetime | None = Field(default=None, sa_type=Moment)
    due_for: str | None = Field(default=None, sa_type=OutsideText)


class Agent(Base, table=True):
    """Who may answer at a desk: the administrators of its group, as last asked for.

    `handle` is what they are called behind an @, where they have such a name.
    """

    __tablename__ = "agent"
    __table_args__ = (UniqueConstraint("desk_id", "person_id", name="uq_agent_person"),)

    id: int | None = Field(default=None, primary_key=True)
    desk_id: int = Field(foreign_key="conversation.id", ondelete="CASCADE")
    person_id: str = Field(sa_type=OutsideText)
    name: str = Field(sa_type=OutsideText)
    handle: str | None = None


class AgentGroup(Base, table=True):
    """Where a desk is now, and what keeps it from being reached; nothing: it is reached.

    A desk keeps the key that it was set up under when its group moves to another chat.
    """

    __tablename__ = "agent_group"

    desk_id: int = Field(primary_key=True, foreign_key="conversation.id", ondelete="CASCADE")
    chat_id: str
    trouble: str | None = None
    checked_at: datetime = Field(sa_type=Moment)


class OnCall(Base, table=True):
    """An agent of a desk who is on duty, and since when they say so."""

    __tablename__ = "on_call"

    desk_id: int = Field(primary_key=True, foreign_key="conversation.id", ondelete="CASCADE")
    person_id: str = Field(primary_key=True, sa_type=OutsideText)
    since: datetime = Field(sa_type=Moment)


class CannedReply(Base, table=True):
    """What agents say with a word, in one language; it goes before what the program brings."""

    __tablename__ = "canned_reply"
    __table_args__ = (UniqueConstraint("name", "language", name="uq_canned_reply_name"),)

    id: int | None = Field(default=None, primary_key=True)
    name: str
    language: str
    text: str = Field(sa_type=OutsideText)
    agent_id: str = Field(sa_type=OutsideText)
    changed_at: datetime = Field(sa_type=Moment)


class Ban(Base, table=True):
    """A chat that may call no agent until `ends_at`, or until an agent lifts that.

    Who did it, why and when stays as it was entered. `case_id` is the case that ended by it.
    """

    __tablename__ = "ban"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: int | None = Field(default=None, primary_key=True)
    conversation_id: int = Field(foreign_key="conversation.id", ondelete="CASCADE", index=True)
    case_id: int
    agent_id: str = Field(sa_type=OutsideText)
    agent_name: str = Field(sa_type=OutsideText)
    reason: str = Field(sa_type=OutsideText)
    created_at: datetime = Field(sa_type=Moment)
    ends_at: datetime = Field(sa_type=Moment)
    lifted_at: datetime | None = Field(default=None, sa_type=Moment)
    lifted_by: str | None = Field(default=None, sa_type=OutsideText)


class Objection(Base, table=True):
    """Somebody says that what a mail told them was not agreed; `mail_id` is the mail's number.

    Who was erased is nobody here any more, and that they objected stays.
    """

    __tablename__ = "objection"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: int | None = Field(default=None, primary_key=True)
    mail_id: int = Field(unique=True)
    template: str
    member_id: int | None = Field(
        default=None, foreign_key="member.id", ondelete="SET NULL", index=True
    )
    told_at: datetime = Field(sa_type=Moment)
    objected_at: datetime = Field(sa_type=Moment)
    words: str | None = None
    """What they add in words of their own, sealed."""
    closed_at: datetime | None = Field(default=None, sa_type=Moment)


handoff = Base.metadata.tables["handoff"]
agent = Base.metadata.tables["agent"]
agent_group = Base.metadata.tables["agent_group"]
on_call = Base.metadata.tables["on_call"]
canned_reply = Base.metadata.tables["canned_reply"]
ban = Base.metadata.tables["ban"]
objection = Base.metadata.tables["objection"]
