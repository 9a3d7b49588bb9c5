"""Cases for people: who waits, who has claimed what, and who the agents are."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field

from storage.table_base import Base, Moment, OutsideText

_OPEN = text("status <> 'closed'")


class Handoff(Base, table=True):
    """One case: waiting in the queue, claimed by an agent, or closed.

    `desk_id` is the agents' own conversation (their group, or a terminal), `topic_id` and
    `card_id` the messenger's numbers of the case's topic and of its card. While the claim is
    lent to the bot, `lent_at` says since when. `held` are events that wait until the bot may
    speak again, `awaits_word` that the agent was asked what to tell the customer. `acted_at` is
    when the agent who has it last did something in it.
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
    comment: str | None = Field(default=None, sa_type=OutsideText)


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
    closed_at: datetime | None = Field(default=None, sa_type=Moment)


handoff = Base.metadata.tables["handoff"]
agent = Base.metadata.tables["agent"]
agent_group = Base.metadata.tables["agent_group"]
objection = Base.metadata.tables["objection"]
