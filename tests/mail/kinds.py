"""Every kind of mail: the values that it needs, what it is called outside, and its secrets."""

from typing import Any

UNTIL = "2026-03-03T20:30:00+00:00"
ENDING = {"ends_on": {"day": UNTIL}, "ends_at": {"time": UNTIL}}
PAY_UNTIL = {"response": "until", "parameters": {"what": "Pay", **ENDING}}
PARAMETERS: dict[str, dict[str, Any]] = {
    "one_time_code": {"task": "list_users", "chat": "rest s1", "minutes": 10},
    "one_time_code_last": {"task": "list_users", "chat": "rest s1", "minutes": 10, "until": UNTIL},
    "activation": {"holder_name": "Hélène Roy", "services": ["Pay", "See"], "days": 5},
    "password_reset": {"by": "Hélène Roy"},
    "password_reset_last": {"by": "Hélène Roy", "until": UNTIL},
    "password_reset_notice": {"by": "Hélène Roy"},
    "passkey_added": {},
    "passkey_removed": {},
    "passkey_ended": {},
    "passkey_kept": {},
    "password_changed": {},
    "rights_changed": {"services": ["See", PAY_UNTIL], "granted": [], "revoked": [PAY_UNTIL]},
    "profile_changed": {"changed": ["first_name", "email"]},
    "email_confirmation": {"days": 5},
    "mailbox_lost": {"until": UNTIL, "address": "leo@new.example.com"},
    "unlocked": {},
    "deleted": {"by": "Hélène Roy"},
    "closed": {"until": "2026-04-01T20:30:00+00:00"},
    "restored": {"by": "Hélène Roy"},
    "access_request": {"who": "Léo Roy", "services": ["Pay"], "days": 7},
    "access_reminder": {"who": "Léo Roy", "services": ["Pay"], "until": UNTIL},
    "access_withdrawn": {"who": "Léo Roy", "services": ["Pay"]},
    "access_reduced": {"who": "Léo Roy", "services": ["Pay"], "left": ["See"]},
    "access_declined": {"by": "Hélène Roy", "services": ["Pay"]},
    "leave_request": {"who": "Léo Roy"},
    "access_partly_declined": {"by": "Hélène Roy", "services": ["Pay"]},
    "verification_notice": {
        "who": "Léo Roy",
        "chat": "telegram 42",
        "when": "2026-03-02T20:30:00+00:00",
    },
    "verification_disowned": {"who": "Léo Roy", "chat": "telegram 42"},
    "locked": {},
    "suspended": {"lasting": {"response": "until_then", "parameters": ENDING}},
    "resumed": {},
    "suspension_ended": {"who": "Léo Roy"},
    "access_ended": {"who": "Léo Roy", "services": ["Pay"]},
    "pause_ended": {"who": "Léo Roy", "services": ["Pay"]},
    "undeliverable": {"who": "Léo Roy", "address": "leo@example.com"},
    "several_events": {},
}
KINDS = {
    "one_time_code_last": "one_time_code",
    "password_reset_last": "password_reset",
    "password_reset_notice": "password_reset",
    "mailbox_lost": "profile_changed",
    "access_withdrawn": "access_request",
    "access_reduced": "access_request",
    "access_declined": "access_request",
    "leave_request": "access_request",
    "access_reminder": "access_request",
    "access_partly_declined": "access_request",
    "verification_disowned": "verification_notice",
}
SECRETS = {
    "one_time_code": {"code": "01234567"},
    "one_time_code_last": {
        "code": "01234567",
        "reset_url": "https://foyer.example/password/t0ken",
    },
    "password_reset_last": {"reset_url": "https://foyer.example/password/t0ken"},
    "activation": {"activation_url": "https://foyer.example/password/t0ken"},
    "password_reset": {"reset_url": "https://foyer.example/password/t0ken"},
    "email_confirmation": {"confirm_url": "https://foyer.example/confirm/t0ken"},
    "verification_notice": {"not_me_url": "https://foyer.example/not-me/t0ken"},
}
