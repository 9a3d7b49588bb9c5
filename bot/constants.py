"""The figures that texts name, each from the constant that the product itself obeys."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from bot.settings import CONVERSATION_DAYS
from bot.web.passwords import MAX_LENGTH, MIN_LENGTH
from faq.organisation import Organisation
from storage import limits

BOT_NAME = "Foyer"


def figures(conversation_days: int = CONVERSATION_DAYS) -> Mapping[str, int]:
    """Return every number that an article, a reply or a mail may name."""
    return {
        "activation_days": limits.ACTIVATION_LIFETIME.days,
        "chat_guesses": limits.GUESSES_PER_CONVERSATION,
        "code_digits": limits.CODE_DIGITS,
        "code_minutes": minutes(limits.CODE_LIFETIME),
        "code_tries": limits.CODE_TRIES,
        "confirmation_days": limits.CONFIRMATION_LIFETIME.days,
        "conversation_days": conversation_days,
        "invitations_per_day": limits.INVITATIONS_PER_DAY,
        "lock_attempts": limits.FAILED_SIGN_INS,
        "mailbox_lost_hours": limits.MAILBOX_LOST // timedelta(hours=1),
        "mails_per_day": limits.PROVED_PER_DAY,
        "max_secondary": limits.SEATS - 1,
        "max_users": limits.SEATS,
        "name_length": limits.NAME_LENGTH,
        "not_me_days": limits.NOT_ME_LIFETIME.days,
        "objection_days": limits.OBJECTION_LIFETIME.days,
        "passkey_hours": limits.PASSKEY_KEPT // timedelta(hours=1),
        "passkeys_max": limits.PASSKEYS_PER_PERSON,
        "password_max": MAX_LENGTH,
        "password_min": MIN_LENGTH,
        "proofs_days": limits.PROOFS_KEPT.days,
        "request_days": limits.REQUEST_LIFETIME.days,
        "reset_minutes": minutes(limits.RESET_LIFETIME),
        "sign_in_digits": limits.SIGN_IN_NUMBER_DIGITS,
        "sign_in_minutes": minutes(limits.SIGN_IN_LINK_LIFETIME),
        "session_idle_minutes": minutes(limits.SESSION_IDLE),
        "session_max_minutes": minutes(limits.SESSION_LENGTH),
        "words_length": limits.WORDS_LENGTH,
        "undo_hours": limits.UNDO_FOR // timedelta(hours=1),
    }


def constants(
    organisation: Organisation, conversation_days: int = CONVERSATION_DAYS
) -> Mapping[str, Any]:
    """Return the figures and the organisation's values, as values of texts."""
    return {**figures(conversation_days), **organisation.named, "bot_name": BOT_NAME}


def minutes(span: timedelta) -> int:
    return int(span.total_seconds() // 60)
