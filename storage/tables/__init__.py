"""The tables, as SQLModel classes and as the SQLAlchemy tables that statements are made of."""

from storage.tables.auditing import audit, audit_detail
from storage.tables.base import Base
from storage.tables.conversations import (
    conversation,
    conversation_event,
    faq_feedback,
    inbox,
    outbox,
)
from storage.tables.handoffs import agent, handoff
from storage.tables.households import (
    access_request,
    access_right,
    household,
    member,
    one_per_email,
    one_per_seat,
    one_per_username,
    requested_service,
    service,
)
from storage.tables.identity import (
    chat_link,
    credential,
    link,
    one_time_code,
    page_session,
    sign_in_attempt,
    sign_in_link,
    verified_session,
)

__all__ = [
    "Base",
    "access_request",
    "access_right",
    "agent",
    "audit",
    "audit_detail",
    "chat_link",
    "conversation",
    "conversation_event",
    "credential",
    "faq_feedback",
    "handoff",
    "household",
    "inbox",
    "link",
    "member",
    "one_per_email",
    "one_per_seat",
    "one_per_username",
    "one_time_code",
    "outbox",
    "page_session",
    "requested_service",
    "service",
    "sign_in_attempt",
    "sign_in_link",
    "verified_session",
]
