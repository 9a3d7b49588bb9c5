"""Conversations, and the messages on their way in and out."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Index, UniqueConstraint, false, text
from sqlmodel import Field

from storage.table_base import Base, Moment, OutsideText

_WAITING = text("done_at IS NULL AND parked_at IS NULL")
_PARKED = text("done_at IS NULL AND parked_at IS NOT NULL")
_UNSENT = text("sent_at IS NULL AND dead_at IS NULL")
_DEAD = text("sent_at IS NULL AND dead_at IS NOT NULL AND dropped_at IS NULL")
_MAILED = text("receiver IS NOT NULL")


class Conversation(Base, table=True):
    __tablename__ = "conversation"
    __table_args__ = (
        UniqueConstraint("channel", "bot_id", "chat_id", name="uq_conversation_chat"),
        CheckConstraint("owner IN ('bot', 'queue', 'agent')", name="owner"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    channel: str
    bot_id: str = Field(sa_type=OutsideText)
    chat_id: str = Field(sa_type=OutsideText)
    language: str | None = None
    owner: str
    awaits_code: bool
    state: dict[str, Any] = Field(sa_type=JSON)
    paced_until: datetime | None = Field(default=None, sa_type=Moment)
    """When its token bucket is full again (`storage.messages.pace`)."""
    slowed_at: datetime | None = Field(default=None, sa_type=Moment)
    """When it was told that its messages wait; None once the bucket was full again."""
    created_at: datetime = Field(sa_type=Moment)
    updated_at: datetime = Field(sa_type=Moment)


class ConversationEvent(Base, table=True):
    __tablename__ = "conversation_event"
    __table_args__ = (Index("ix_conversation_event_order", "conversation_id", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    conversation_id: int = Field(foreign_key="conversation.id", ondelete="CASCADE")
    event: dict[str, Any] = Field(sa_type=JSON)
    at: datetime = Field(sa_type=Moment)


class Inbox(Base, table=True):
    __tablename__ = "inbox"
    __table_args__ = (
        UniqueConstraint("channel", "bot_id", "chat_id", "update_id", name="uq_inbox_update"),
        Index(
            "ix_inbox_waiting",
            "channel",
            "bot_id",
            "chat_id",
            "id",
            sqlite_where=_WAITING,
            postgresql_where=_WAITING,
        ),
        Index("ix_inbox_parked", "id", sqlite_where=_PARKED, postgresql_where=_PARKED),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    channel: str
    bot_id: str = Field(sa_type=OutsideText)
    chat_id: str = Field(sa_type=OutsideText)
    update_id: str = Field(sa_type=OutsideText)
    person_id: str = Field(sa_type=OutsideText)
    body: dict[str, Any] | None = Field(default=None, sa_type=JSON(none_as_null=True))
    received_at: datetime = Field(sa_type=Moment)
    done_at: datetime | None = Field(default=None, sa_type=Moment)
    parked_at: datetime | None = Field(default=None, sa_type=Moment)
    attempts: int
    error: str | None = Field(default=None, sa_type=OutsideText)


class Outbox(Base, table=True):
    """A reply or a mail; `secrets` is sealed and blanked once it has left.

    `protected` replies may not be forwarded; `removes` names a message of the person that is to
    be deleted, and then there is no text. `speaker` is the bot or an agent; `act` says what is
    done where that is more than saying the text, `source` which message of an agent it relays,
    and `sent_as` the messenger's number of what left. Of a mail, `cause` says who wished for it,
    `receiver` stands for the address, and one that is `held` waits to be listed with others.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        CheckConstraint("kind IN ('chat', 'mail')", name="kind"),
        Index("ix_outbox_inbox", "inbox_id"),
        Index("ix_outbox_question", "conversation_id", "question", "id"),
        Index(
            "ix_outbox_unsaid",
            "conversation_id",
            sqlite_where=_UNSENT,
            postgresql_where=_UNSENT,
        ),
        Index(
            "ix_outbox_due",
            "next_attempt_at",
            sqlite_where=_UNSENT,
            postgresql_where=_UNSENT,
        ),
        Index(
            "ix_outbox_receiver",
            "receiver",
            "created_at",
            sqlite_where=_MAILED,
            postgresql_where=_MAILED,
        ),
        Index("ix_outbox_member", "member_id"),
        Index("ix_outbox_dead", "id", sqlite_where=_DEAD, postgresql_where=_DEAD),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    channel: str
    conversation_id: int | None = Field(
        default=None, foreign_key="conversation.id", ondelete="CASCADE"
    )
    inbox_id: int | None = Field(default=None, foreign_key="inbox.id", ondelete="SET NULL")
    member_id: int | None = Field(default=None, foreign_key="member.id", ondelete="CASCADE")
    recipient: str | None = Field(default=None, sa_type=OutsideText)
    receiver: str | None = None
    cause: str | None = None
    held: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    template: str
    text: str | None = Field(default=None, sa_type=OutsideText)
    language: str
    parameters: dict[str, Any] = Field(sa_type=JSON)
    buttons: list[Any] = Field(sa_type=JSON)
    secrets: str | None = None
    question: str | None = None
    protected: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    removes: str | None = None
    speaker: str = Field(default="bot", sa_column_kwargs={"server_default": "bot"})
    act: dict[str, Any] | None = Field(default=None, sa_type=JSON(none_as_null=True))
    source: str | None = None
    sent_as: str | None = None
    created_at: datetime = Field(sa_type=Moment)
    sent_at: datetime | None = Field(default=None, sa_type=Moment)
    attempts: int
    next_attempt_at: datetime = Field(sa_type=Moment)
    dead_at: datetime | None = Field(default=None, sa_type=Moment)
    dropped_at: datetime | None = Field(default=None, sa_type=Moment)
    """An operator has given up what was dead."""
    error: str | None = Field(default=None, sa_type=OutsideText)


class FloodedChat(Base, table=True):
    """A chat that the messenger wants to be left alone, until then."""

    __tablename__ = "flooded_chat"

    conversation_id: int = Field(
        foreign_key="conversation.id",
        ondelete="CASCADE",
        primary_key=True,
        sa_column_kwargs={"autoincrement": False},
    )
    until: datetime = Field(sa_type=Moment)


class FaqFeedback(Base, table=True):
    """Was an answer helpful, and which questions had none (`gap`)."""

    __tablename__ = "faq_feedback"
    __table_args__ = (CheckConstraint("kind IN ('helpful', 'gap')", name="kind"),)

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    article_id: str | None = None
    intent: str | None = None
    language: str
    helpful: bool | None = None
    text: str | None = Field(default=None, sa_type=OutsideText)
    conversation_id: int | None = Field(
        default=None, foreign_key="conversation.id", ondelete="SET NULL"
    )
    at: datetime = Field(sa_type=Moment)


conversation = Base.metadata.tables["conversation"]
conversation_event = Base.metadata.tables["conversation_event"]
inbox = Base.metadata.tables["inbox"]
outbox = Base.metadata.tables["outbox"]
flooded_chat = Base.metadata.tables["flooded_chat"]
faq_feedback = Base.metadata.tables["faq_feedback"]
