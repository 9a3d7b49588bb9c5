"""Init data as Telegram signs it for a Mini App, written down from its documentation."""

import hashlib
import hmac
import json
from datetime import datetime
from typing import Any
from urllib.parse import urlencode


def init_data(token: str, user_id: int, opened_at: datetime, **other: Any) -> str:
    """What stands behind the address of a page that somebody opens from a button."""
    user = {"id": user_id, "first_name": "Diane", "language_code": "fr"}
    fields = {
        "query_id": "AAHdF6IQAAAAAN0XohDhrOrc",
        "user": json.dumps(user, separators=(",", ":")),
        "auth_date": str(int(opened_at.timestamp())),
        "signature": "8Zh0-bWuiK",
        **other,
    }
    return urlencode({**fields, "hash": hash_of(fields, token)})


def hash_of(fields: dict[str, Any], token: str) -> str:
    secret = hmac.new(b"WebAppData", token.encode(), hashlib.sha256).digest()
    lines = "\n".join(f"{name}={value}" for name, value in sorted(fields.items()))
    return hmac.new(secret, lines.encode(), hashlib.sha256).hexdigest()
