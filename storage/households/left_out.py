"""What is not handed out to a person who asks for their data (`exported`), each with why."""

from collections.abc import Mapping
from types import MappingProxyType

_NUMBER = "a number of ours, which says nothing about a person"
_FOLDED = "made of another column, to look things up by"
_SECRET = "a secret, or what is made of one"  # noqa: S105 - a reason, and no password
_COUNT = "how often something may be tried yet"
_WORK = "how far the program has come with it"
_OTHERS = "who else was concerned: their data, not this person's"
_AGENTS = "what agents need for their work, and note for each other"

COLUMNS: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(
            (
                "member.id",
                "member.household_id",
                "member.seat",
                "household.id",
                "access_right.member_id",
                "access_request.member_id",
                "audit.household_id",
                "audit.seq",
                "audit.session_id",
                "audit.request_id",
                "credential.member_id",
                "passkey.id",
                "passkey.member_id",
                "one_time_code.id",
                "one_time_code.conversation_id",
                "one_time_code.member_id",
                "sign_in_attempt.id",
                "sign_in_attempt.member_id",
                "known_browser.id",
                "known_browser.member_id",
                "page_session.id",
                "page_session.member_id",
                "sign_in_link.id",
                "sign_in_link.conversation_id",
                "sign_in_link.member_id",
                "sign_in_link.page_session_id",
                "link.id",
                "link.member_id",
                "link.session_id",
                "verified_session.id",
                "verified_session.member_id",
                "verified_session.conversation_id",
                "passkey_link.id",
                "passkey_link.session_id",
                "chat_link.id",
                "chat_link.member_id",
                "outbox.id",
                "outbox.conversation_id",
                "outbox.inbox_id",
                "outbox.member_id",
                "conversation.bot_id",
                "conversation_event.id",
                "faq_feedback.id",
                "faq_feedback.conversation_id",
                "handoff.id",
                "handoff.conversation_id",
                "handoff.desk_id",
            ),
            _NUMBER,
        ),
        **dict.fromkeys(("member.email_key", "member.username_key"), _FOLDED),
        **dict.fromkeys(
            (
                "household.audit_head",
                "audit.digest",
                "audit.prev_mac",
                "audit.mac",
                "audit.key_id",
                "audit_detail.salt",
                "credential.password_hash",
                "passkey.credential_id",
                "passkey.public_key",
                "one_time_code.account_digest",
                "one_time_code.code_digest",
                "sign_in_attempt.account_digest",
                "known_browser.token_digest",
                "page_session.token_digest",
                "sign_in_link.reference",
                "sign_in_link.token_digest",
                "sign_in_link.number",
                "link.token_digest",
                "passkey_link.reference",
                "passkey_link.token_digest",
                "outbox.secrets",
                "outbox.receiver",
            ),
            _SECRET,
        ),
        **dict.fromkeys(
            (
                "passkey.sign_count",
                "one_time_code.allowed",
                "one_time_code.tries",
                "sign_in_link.tries",
                "link.tries",
                "conversation.paced_until",
                "conversation.slowed_at",
            ),
            _COUNT,
        ),
        **dict.fromkeys(
            (
                "conversation.owner",
                "conversation.awaits_code",
                "conversation.state",
                "outbox.kind",
                "outbox.channel",
                "outbox.cause",
                "outbox.held",
                "outbox.text",
                "outbox.buttons",
                "outbox.question",
                "outbox.protected",
                "outbox.removes",
                "outbox.speaker",
                "outbox.act",
                "outbox.source",
                "outbox.sent_as",
                "outbox.attempts",
                "outbox.next_attempt_at",
                "outbox.dropped_at",
                "outbox.error",
            ),
            _WORK,
        ),
        **dict.fromkeys(
            (
                "audit.actor_member_id",
                "audit.target_member_id",
                "one_time_code.used_by",
                "sign_in_link.person_id",
                "outbox.parameters",
            ),
            _OTHERS,
        ),
        **dict.fromkeys(
            (
                "handoff.summary",
                "handoff.notes",
                "handoff.held",
                "handoff.agent_id",
                "handoff.agent_name",
                "handoff.topic_id",
                "handoff.card_id",
                "handoff.awaits_word",
                "handoff.lent_at",
                "handoff.waiting_since",
                "handoff.pinged_at",
            ),
            _AGENTS,
        ),
    }
)
"""Of the tables that are handed out, by `table.column`, each with why."""

TABLES: Mapping[str, str] = MappingProxyType(
    {
        "agent": "who may answer: no member of a household",
        "alarm": "what operators were told",
        "audit_check": "what a check of all chains came to",
        "audit_link": "digests over all households",
        "flooded_chat": "how long a messenger wants a chat to be left alone",
        "import_progress": "how far a file has come",
        "inbox": "what waits to be read is in the conversation in a moment, and here it is blanked",
        "refused_token": "wrong tokens of programs",
        "reset_request": "a user name, sealed, for the seconds until it is looked up",
        "schema_floor": "how old a program may be",
        "secret_key": "fingerprints of the keys",
        "service": "what is offered to everybody",
        "service_name": "what is offered to everybody",
        "service_word": "what is offered to everybody",
    }
)
"""Tables of which nothing is."""
