"""What the Bot API says when it refuses."""

from collections.abc import Mapping
from typing import Any


class Refusal(Exception):  # noqa: N818 - it is an answer of the server, not a fault of ours
    """An answer with `ok: false`."""

    def __init__(
        self, code: int, description: str, parameters: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = dict(parameters or {})

    def to_json(self) -> dict[str, Any]:
        answer = {"ok": False, "error_code": self.code, "description": self.description}
        return answer | ({"parameters": self.parameters} if self.parameters else {})


def bad_request(reason: str, parameters: Mapping[str, Any] | None = None) -> Refusal:
    return Refusal(400, f"Bad Request: {reason}", parameters)


def forbidden(reason: str) -> Refusal:
    return Refusal(403, f"Forbidden: {reason}")


def conflict(reason: str) -> Refusal:
    return Refusal(409, f"Conflict: {reason}")


def too_many_requests(seconds: int) -> Refusal:
    parameters = {"retry_after": seconds}
    return Refusal(429, f"Too Many Requests: retry after {seconds}", parameters)
