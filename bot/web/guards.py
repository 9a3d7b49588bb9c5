"""What protects the pages: headers on every answer, a check of every form, a mask for logs."""

import logging
import re
from collections.abc import Sequence
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Header, HTTPException
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
"""OWASP Secure Headers; nothing of ours may be kept, linked back to, framed or scripted."""

HSTS = {"Strict-Transport-Security": "max-age=63072000; includeSubDomains"}
"""Two years, where people come over HTTPS (OWASP ASVS 5.0, 3.4.1)."""

OUR_SCRIPT = "; script-src 'self'"
WITH_OUR_SCRIPT = re.compile(r"/sign-in/passkey|/account/passkeys|/passkey/[^/]+")
"""Browsers hand out a passkey to a script alone; these pages do nothing else."""

CACHED = ("/static/",)

_TOKEN = re.compile(r"(/(?:password|not-me|link|app|passkey)/|[?&]link=)[^/?#\s\"']+")


INSIDE = re.compile(r"/app/[^/]+")
"""Pages that open inside a messenger: its own pages alone may frame them, and a script tells
who has opened them."""
_UNFRAMED = "frame-ancestors 'none'"


class SecurityHeaders:
    """ASGI middleware: the headers above, on every answer; `frames` is who may frame `INSIDE`."""

    def __init__(self, app: ASGIApp, *, secure: bool = False, frames: Sequence[str] = ()) -> None:
        self._app = app
        self._frames = frames
        self._always = HSTS if secure else {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        added = {**_headers_for(scope["path"], self._frames), **self._always}

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(added)
            await send(message)

        await self._app(scope, receive, send_with_headers)


def _headers_for(path: str, frames: Sequence[str]) -> dict[str, str]:
    left_out = {"Cache-Control"} if path.startswith(CACHED) else set()
    headers = {name: value for name, value in HEADERS.items() if name not in left_out}
    policy, is_inside = headers["Content-Security-Policy"], INSIDE.fullmatch(path) is not None
    if is_inside and frames:
        policy = policy.replace(_UNFRAMED, f"frame-ancestors {' '.join(frames)}")
    if is_inside or WITH_OUR_SCRIPT.fullmatch(path):
        policy += OUR_SCRIPT
    headers["Content-Security-Policy"] = policy
    return headers


def same_site(
    host: Annotated[str, Header()] = "",
    origin: Annotated[str, Header()] = "",
    sec_fetch_site: Annotated[str, Header()] = "",
) -> None:
    """Refuse a form that another site sent (OWASP: cross-site request forgery).

    The token in the address is the capability: this is the second line. Browsers say where a
    request comes from in `Sec-Fetch-Site`; older ones only in `Origin`, which is "null" for
    our own forms too, since the pages send no referrer.
    """
    if sec_fetch_site:
        foreign = sec_fetch_site not in {"same-origin", "none"}
    else:
        foreign = origin not in {"", "null"} and urlsplit(origin).netloc != host
    if foreign:
        raise HTTPException(403)


class TokenMask(logging.Filter):
    """Keeps the tokens of links out of a log, in the message and in its arguments."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = masked(str(record.msg))
        if isinstance(record.args, tuple):
            record.args = tuple(masked(arg) if isinstance(arg, str) else arg for arg in record.args)
        return True


def masked(text: str) -> str:
    """`"GET /password/s3cret"` → `"GET /password/…"`."""
    return _TOKEN.sub(r"\1…", text)
