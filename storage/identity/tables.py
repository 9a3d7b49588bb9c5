"""How people prove who they are: passwords, codes, links, sessions, and linked chats."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field

from storage.table_base import Base, Moment, OutsideText


class Credential(Base, table=True):
    """An argon2id hash; the password itself is nowhere."""

    __tablename__ = "credential"

    member_id: int = Field(foreign_key="member.id", primary_key=True, ondelete="CASCADE")
    password_hash: str
    changed_at: datetime = Field(sa_type=Moment)


class OneTimeCode(Base, table=True):
    """A request for a code. Unknown user names get a row too (without member)."""

    __tablename__ = "one_time_code"
    __table_args__ = (
        Index("ix_one_time_code_conversation", "conversation_id", "created_at"),
        Index("ix_one_time_code_account", "account_digest", "created_at"),
        Index("ix_one_time_code_created", "created_at"),
        Index("ix_one_time_code_digest", "code_digest"),
    )

    id: int | None = Field(default=None, primary_key=True)
    conversation_id: int = Field(foreign_key="conversation.id", ondelete="CASCADE")
    account_digest: str
    member_id: int | None = Field(default=None, foreign_key="member.id", ondelete="CASCADE")
    code_digest: str
    chat: str = Field(sa_type=OutsideText)
    task: str = Field(sa_type=OutsideText)
    allowed: bool
    """Within the limits; a code beyond them is never mailed and never right."""
    tries: int
    created_at: datetime = Field(sa_type=Moment)
    expires_at: datetime = Field(sa_type=Moment)
    used_at: datetime | None = Field(default=None, sa_type=Moment)
    used_by: str | None = Field(default=None, sa_type=OutsideText)
    """The person who typed it, where a second proof has to be of the same one."""
    voided_at: datetime | None = Field(default=None, sa_type=Moment)


class SignInAttempt(Base, table=True):
    """A try on the sign-in page; unknown user names count too (without member)."""

    __tablename__ = "sign_in_attempt"
    __table_args__ = (Index("ix_sign_in_attempt_account", "account_digest", "at"),)

    id: int | None = Field(default=None, primary_key=True)
    account_digest: str
    member_id: int | None = Field(default=None, foreign_key="member.id", ondelete="CASCADE")
    succeeded: bool
    at: datetime = Field(sa_type=Moment)


class RefusedToken(Base, table=True):
    """A wrong token of the HTTP interface; where it came from is a keyed digest."""

    __tablename__ = "refused_token"
    __table_args__ = (Index("ix_refused_token_source", "source_digest", "at"),)

    id: int | None = Field(default=None, primary_key=True)
    source_digest: str
    at: datetime = Field(sa_type=Moment)


class PageFlood(Base, table=True):
    """A share of requests to the pages that one address made (`page_floods.py`)."""

    __tablename__ = "page_flood"
    __table_args__ = (Index("ix_page_flood_source", "source_digest", "at"),)

    id: int | None = Field(default=None, primary_key=True)
    source_digest: str
    at: datetime = Field(sa_type=Moment)


class KnownBrowser(Base, table=True):
    """A browser that once proved to be a member's: it has tries of its own (OWASP: device cookies).

    Only the digest of its cookie's token is kept; `failures` are those in a row.
    """

    __tablename__ = "known_browser"
    __table_args__ = (
        UniqueConstraint("token_digest", "member_id", name="uq_known_browser_pair"),
        Index("ix_known_browser_member", "member_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    token_digest: str
    member_id: int = Field(foreign_key="member.id", ondelete="CASCADE")
    failures: int
    seen_at: datetime = Field(sa_type=Moment)


class ResetRequest(Base, table=True):
    """A user name for which a new password was asked on the page, sealed, until it is looked up."""

    __tablename__ = "reset_request"

    id: int | None = Field(default=None, primary_key=True)
    username: str = Field(sa_type=OutsideText)
    asked_at: datetime = Field(sa_type=Moment)


class PageSession(Base, table=True):
    """Somebody who signed in on the pages; only the digest of the cookie's token is kept."""

    __tablename__ = "page_session"
    __table_args__ = (
        Index("ix_page_session_member", "member_id"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    token_digest: str = Field(unique=True)
    member_id: int = Field(foreign_key="member.id", ondelete="CASCADE")
    created_at: datetime = Field(sa_type=Moment)
    idle_until: datetime = Field(sa_type=Moment)
    ends_at: datetime = Field(sa_type=Moment)
    ended_at: datetime | None = Field(default=None, sa_type=Moment)


class Passkey(Base, table=True):
    """The public half of a key pair (WebAuthn); the other never leaves the person's devices."""

    __tablename__ = "passkey"
    __table_args__ = (Index("ix_passkey_member", "member_id"),)

    id: int | None = Field(default=None, primary_key=True)
    member_id: int = Field(foreign_key="member.id", ondelete="CASCADE")
    credential_id: bytes = Field(unique=True)
    public_key: bytes
    sign_count: int
    name: str = Field(sa_type=OutsideText)
    created_at: datetime = Field(sa_type=Moment)
    used_at: datetime | None = Field(default=None, sa_type=Moment)
    removed_at: datetime | None = Field(default=None, sa_type=Moment)
    """When it ends, or ended: a day after somebody removed it."""


class SignInLink(Base, table=True):
    """An address that a chat asked for; once somebody signed in behind it, a number to type back.

    The token is made from `reference` and the secret key: it stands nowhere. `number` is sealed,
    and blanked when it has been judged.
    """

    __tablename__ = "sign_in_link"
    __table_args__ = (Index("ix_sign_in_link_conversation", "conversation_id", "created_at"),)

    id: int | None = Field(default=None, primary_key=True)
    reference: str = Field(unique=True)
    token_digest: str = Field(unique=True)
    conversation_id: int = Field(foreign_key="conversation.id", ondelete="CASCADE")
    person_id: str = Field(sa_type=OutsideText)
    chat: str = Field(sa_type=OutsideText)
    task: str = Field(sa_type=OutsideText)
    member_id: int | None = Field(default=None, foreign_key="member.id", ondelete="CASCADE")
    page_session_id: int | None = Field(
        default=None, foreign_key="page_session.id", ondelete="CASCADE"
    )
    number: str | None = None
    tries: int
    created_at: datetime = Field(sa_type=Moment)
    expires_at: datetime = Field(sa_type=Moment)
    used_at: datetime | None = Field(default=None, sa_type=Moment)
    voided_at: datetime | None = Field(default=None, sa_type=Moment)


class VerifiedSession(Base, table=True):
    __tablename__ = "verified_session"
    __table_args__ = (
        Index("ix_verified_session_conversation", "conversation_id", "ended_at"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    member_id: int = Field(foreign_key="member.id", ondelete="CASCADE")
    conversation_id: int = Field(foreign_key="conversation.id", ondelete="CASCADE")
    person_id: str = Field(sa_type=OutsideText)
    chat: str = Field(sa_type=OutsideText)
    created_at: datetime = Field(sa_type=Moment)
    idle_until: datetime = Field(sa_type=Moment)
    ends_at: datetime = Field(sa_type=Moment)
    ended_at: datetime | None = Field(default=None, sa_type=Moment)
    passkey_at: datetime | None = Field(default=None, sa_type=Moment)
    """When its member used a passkey for it; that is good until it ends."""


class PasskeyLink(Base, table=True):
    """The address of a page where a verified session is confirmed with a passkey.

    As with a sign-in link, the token is made from `reference` and the secret key. Chat and member
    are those of the session.
    """

    __tablename__ = "passkey_link"
    __table_args__ = (Index("ix_passkey_link_session", "session_id"),)

    id: int | None = Field(default=None, primary_key=True)
    reference: str = Field(unique=True)
    token_digest: str = Field(unique=True)
    session_id: int = Field(foreign_key="verified_session.id", ondelete="CASCADE")
    task: str = Field(sa_type=OutsideText)
    created_at: datetime = Field(sa_type=Moment)
    expires_at: datetime = Field(sa_type=Moment)
    used_at: datetime | None = Field(default=None, sa_type=Moment)


class Link(Base, table=True):
    """A single-use secret address; only the digest of its token is kept."""

    __tablename__ = "link"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('activation', 'reset', 'not_me', 'email_confirmation')", name="kind"
        ),
        Index("ix_link_member", "member_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    token_digest: str = Field(unique=True)
    member_id: int = Field(foreign_key="member.id", ondelete="CASCADE")
    session_id: int | None = Field(
        default=None, foreign_key="verified_session.id", ondelete="CASCADE"
    )
    created_at: datetime = Field(sa_type=Moment)
    expires_at: datetime = Field(sa_type=Moment)
    used_at: datetime | None = Field(default=None, sa_type=Moment)
    voided_at: datetime | None = Field(default=None, sa_type=Moment)
    tries: int = Field(default=0, sa_column_kwargs={"server_default": text("0")})
    """User names that were chosen behind an invitation, and were somebody else's."""
    opened_at: datetime | None = Field(default=None, sa_type=Moment)
    """When its page was first looked at, by a person or a program that checks mails."""


class ChatLink(Base, table=True):
    """A chat that once verified for an account: it gets notices, it proves nothing."""

    __tablename__ = "chat_link"
    __table_args__ = (UniqueConstraint("conversation_id", "member_id", name="uq_chat_link_pair"),)

    id: int | None = Field(default=None, primary_key=True)
    conversation_id: int = Field(foreign_key="conversation.id", ondelete="CASCADE")
    member_id: int = Field(foreign_key="member.id", ondelete="CASCADE")
    linked_at: datetime = Field(sa_type=Moment)
    unlinked_at: datetime | None = Field(default=None, sa_type=Moment)
    disowned_at: datetime | None = Field(default=None, sa_type=Moment)
    """Said not to be the account's own; the chat is kept off this account for a day."""


class Alarm(Base, table=True):
    """What operators have been told of, and goes on."""

    __tablename__ = "alarm"

    name: str = Field(primary_key=True)
    raised_at: datetime = Field(sa_type=Moment)


credential = Base.metadata.tables["credential"]
one_time_code = Base.metadata.tables["one_time_code"]
sign_in_attempt = Base.metadata.tables["sign_in_attempt"]
page_flood = Base.metadata.tables["page_flood"]
refused_token = Base.metadata.tables["refused_token"]
known_browser = Base.metadata.tables["known_browser"]
reset_request = Base.metadata.tables["reset_request"]
page_session = Base.metadata.tables["page_session"]
passkey = Base.metadata.tables["passkey"]
sign_in_link = Base.metadata.tables["sign_in_link"]
verified_session = Base.metadata.tables["verified_session"]
passkey_link = Base.metadata.tables["passkey_link"]
link = Base.metadata.tables["link"]
chat_link = Base.metadata.tables["chat_link"]
alarm = Base.metadata.tables["alarm"]
