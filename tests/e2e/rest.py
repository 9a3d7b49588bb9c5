"""People who chat over Rasa's REST interface."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx

from tests.e2e.server import NO_CERTIFICATES, TOKEN

WEBHOOK = "/webhooks/rest/webhook"
RETRY_EVERY = 0.05

Reply = dict[str, Any]


def connect(address: str, token: str | None = TOKEN) -> httpx.Client:
    """A client for any number of threads."""
    headers = {"Authorization": f"Bearer {token}"} if token is not None else {}
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=None)
    return httpx.Client(
        base_url=address,
        headers=headers,
        limits=limits,
        timeout=60,
        trust_env=False,
        verify=NO_CERTIFICATES,
    )


@dataclass(slots=True)
class RestChat:
    """One person in one chat, who sends a message again, with its id, until it is answered.

    `patience` is for how many seconds; a server that never goes away needs none. `cut_off`
    counts the messages that had to be sent more than once.
    """

    http: httpx.Client
    sender: str
    language: str | None = None
    patience: float = 0
    replies: list[Reply] = field(default_factory=list)
    cut_off: int = 0

    def say(self, text: str) -> list[str]:
        """Send a message; the texts of its replies."""
        self.replies = self.send(text, message_id=uuid4().hex)
        return self.texts

    def tap(self, title: str) -> list[str]:
        """Tap the newest button whose title begins with `title`."""
        return self.say(self.button(title))

    def button(self, title: str) -> str:
        """The payload of the newest button whose title begins with `title`."""
        found = self._buttons(title)
        assert found, f"no button {title!r} in {self.replies}"
        return found[-1]

    def offers(self, title: str) -> bool:
        """Whether the last answer has a button whose title begins with `title`."""
        return bool(self._buttons(title))

    def send(self, text: str, *, message_id: str) -> list[Reply]:
        body: dict[str, Any] = {"sender": self.sender, "message": text, "message_id": message_id}
        if self.language is not None:
            body["metadata"] = {"language": self.language}
        answer = self._answered(body)
        assert answer.status_code == httpx.codes.OK, answer.text
        replies: list[Reply] = answer.json()
        return replies

    def tracker(self) -> Mapping[str, Any]:
        answer = self.http.get(f"/conversations/{self.sender}/tracker").raise_for_status()
        state: Mapping[str, Any] = answer.json()
        return state

    @property
    def texts(self) -> list[str]:
        return [reply["text"] for reply in self.replies]

    def _buttons(self, title: str) -> list[str]:
        buttons = [button for reply in self.replies for button in reply.get("buttons", [])]
        return [str(b["payload"]) for b in buttons if b["title"].startswith(title)]

    def _answered(self, body: Mapping[str, Any]) -> httpx.Response:
        deadline = time.monotonic() + self.patience
        answer = self._attempt(body, deadline)
        self.cut_off += answer is None
        while answer is None:
            time.sleep(RETRY_EVERY)
            answer = self._attempt(body, deadline)
        return answer

    def _attempt(self, body: Mapping[str, Any], deadline: float) -> httpx.Response | None:
        try:
            return self.http.post(WEBHOOK, json=body)
        except httpx.TransportError:
            if time.monotonic() > deadline:
                raise
            return None
