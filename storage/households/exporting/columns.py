"""What is handed out to a person who asks for their data, column by column.

What is not stands in `left_out`, each with why. A column that is in neither list fails a test:
nobody forgets one, and no secret slips in.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from sqlalchemy import ColumnElement, Select, Table, func, or_, select

from storage.audit.tables import audit, audit_detail
from storage.handoff.tables import ban, handoff, objection
from storage.households.tables import (
    access_request,
    access_right,
    household,
    member,
    paused_right,
    request_reminder,
    requested_service,
)
from storage.identity.tables import (
    chat_link,
    credential,
    known_browser,
    link,
    one_time_code,
    page_session,
    passkey,
    passkey_link,
    sign_in_attempt,
    sign_in_link,
    verified_session,
)
from storage.messages.tables import conversation, conversation_event, faq_feedback, outbox


@dataclass(frozen=True, slots=True)
class Whose:
    """Whom it is about; in `shared` chats others have proved who they are as well."""

    member_id: int
    household_id: int
    chats: tuple[int, ...]
    shared: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """Rows of a table that are handed out, with these of their columns."""

    table: Table
    columns: tuple[str, ...]
    which: Callable[[Whose], ColumnElement[bool]]


def _of_member(table: Table, *columns: str) -> Part:
    return Part(table, columns, lambda whose: table.c.member_id == whose.member_id)


def _of_chats(table: Table, *columns: str) -> Part:
    return Part(table, columns, lambda whose: table.c.conversation_id.in_(whose.chats))


def _requests(whose: Whose) -> Select[tuple[int]]:
    return select(access_request.c.id).where(access_request.c.member_id == whose.member_id)


def _sessions(whose: Whose) -> Select[tuple[int]]:
    return select(verified_session.c.id).where(verified_session.c.member_id == whose.member_id)


def _said(whose: Whose) -> ColumnElement[bool]:
    """In a chat of their own all that is kept; in a shared one, what was said in their sessions."""
    event, session = conversation_event.c, verified_session.c
    in_session = (
        select(session.id)
        .where(session.member_id == whose.member_id)
        .where(session.conversation_id == event.conversation_id)
        .where(session.created_at <= event.at)
        .where(func.coalesce(session.ended_at, session.ends_at) >= event.at)
        .exists()
    )
    shared = event.conversation_id.in_(whose.shared) & in_session
    return event.conversation_id.in_(whose.chats) | shared


def _entries_about(whose: Whose) -> Select[tuple[int]]:
    return select(audit.c.id).where(audit.c.target_member_id == whose.member_id)


EXPORTED: Mapping[str, Part] = MappingProxyType(
    {
        "profile": Part(
            member,
            (
                "role",
                "status",
                "status_before",
                "suspended_until",
                "first_name",
                "last_name",
                "email",
                "confirmed_email",
                "email_counts_at",
                "language",
                "username",
                "created_at",
                "deleted_at",
            ),
            lambda whose: member.c.id == whose.member_id,
        ),
        "household": Part(
            household,
            ("account_number", "language", "created_at", "closed_at"),
            lambda whose: household.c.id == whose.household_id,
        ),
        "access": _of_member(access_right, "service_id", "ends_at"),
        "paused_access": _of_member(paused_right, "service_id", "resumes_at", "ends_at"),
        "requests": _of_member(
            access_request,
            "id",
            "status",
            "note",
            "reason",
            "created_at",
            "expires_at",
            "decided_at",
        ),
        "reminders": Part(
            request_reminder,
            ("request_id", "created_at"),
            lambda whose: request_reminder.c.request_id.in_(_requests(whose)),
        ),
        "requested_services": Part(
            requested_service,
            ("request_id", "service_id"),
            lambda whose: requested_service.c.request_id.in_(_requests(whose)),
        ),
        "history": Part(
            audit,
            ("id", "receipt", "at", "actor_kind", "action", "outcome", "reason"),
            lambda whose: or_(
                audit.c.target_member_id == whose.member_id,
                audit.c.actor_member_id == whose.member_id,
            ),
        ),
        "history_values": Part(
            audit_detail,
            ("audit_id", "before", "after"),
            lambda whose: audit_detail.c.audit_id.in_(_entries_about(whose)),
        ),
        "password": _of_member(credential, "changed_at"),
        "passkeys": _of_member(passkey, "name", "created_at", "used_at", "removed_at"),
        "codes": _of_member(
            one_time_code, "chat", "task", "created_at", "expires_at", "used_at", "voided_at"
        ),
        "sign_ins": _of_member(sign_in_attempt, "succeeded", "at"),
        "browsers": _of_member(known_browser, "failures", "seen_at"),
        "page_sessions": _of_member(
            page_session, "created_at", "idle_until", "ends_at", "ended_at"
        ),
        "sign_in_links": _of_member(
            sign_in_link, "chat", "task", "created_at", "expires_at", "used_at", "voided_at"
        ),
        "mailed_links": _of_member(
            link, "kind", "created_at", "opened_at", "expires_at", "used_at", "voided_at"
        ),
        "chat_sessions": _of_member(
            verified_session,
            "chat",
            "person_id",
            "created_at",
            "idle_until",
            "ends_at",
            "ended_at",
            "passkey_at",
        ),
        "passkey_links": Part(
            passkey_link,
            ("task", "created_at", "expires_at", "used_at"),
            lambda whose: passkey_link.c.session_id.in_(_sessions(whose)),
        ),
        "linked_chats": _of_member(
            chat_link, "conversation_id", "linked_at", "unlinked_at", "disowned_at"
        ),
        "mails": Part(
            outbox,
            ("template", "recipient", "language", "created_at", "sent_at", "dead_at"),
            lambda whose: (outbox.c.kind == "mail") & (outbox.c.member_id == whose.member_id),
        ),
        "conversations": Part(
            conversation,
            ("id", "channel", "chat_id", "language", "created_at", "updated_at"),
            lambda whose: conversation.c.id.in_((*whose.chats, *whose.shared)),
        ),
        "messages": Part(conversation_event, ("conversation_id", "event", "at"), _said),
        "objections": _of_member(
            objection, "template", "told_at", "objected_at", "words", "closed_at"
        ),
        "feedback": _of_chats(
            faq_feedback, "kind", "article_id", "intent", "language", "helpful", "text", "at"
        ),
        "cases": _of_chats(
            handoff,
            "status",
            "reason",
            "urgent",
            "language",
            "created_at",
            "claimed_at",
            "closed_at",
            "outcome",
            "satisfaction",
            "rated_at",
            "comment",
        ),
        "bans": _of_chats(ban, "reason", "created_at", "ends_at", "lifted_at"),
    }
)
"""By what it is called in the file."""
