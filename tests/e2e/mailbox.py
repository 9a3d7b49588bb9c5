"""An SMTP server that keeps what it is given: every mailbox of the tests."""

import re
import time
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from threading import Condition
from types import TracebackType
from typing import Any, Self

from aiosmtpd.controller import Controller

from tests.e2e.server import LOOPBACK, free_port

_CODE = re.compile(r"^\s*(\d{4} \d{4})\s*$", re.MULTILINE)
_LINK = re.compile(r"^\s*(https?://(?!\S+/not-agreed/)\S+)\s*$", re.MULTILINE)
"""What the mail is about; the way to object to it stands beside."""


@dataclass(frozen=True, slots=True)
class Mail:
    """One message as it was delivered; a repeated one has the same `message_id`."""

    to: str
    kind: str
    language: str
    subject: str
    text: str
    message_id: str

    @property
    def code(self) -> str:
        return _the_only(_CODE, self.text)

    @property
    def link(self) -> str:
        return _the_only(_LINK, self.text)


class Mailbox:
    """Runs on the loopback in a thread of its own, and outlives every `kill -9`."""

    def __init__(self) -> None:
        self._mails: list[Mail] = []
        self._news = Condition()
        self._controller = Controller(self, hostname=LOOPBACK, port=free_port())

    @property
    def port(self) -> int:
        return int(self._controller.port)

    async def handle_DATA(self, server: object, session: object, envelope: Any) -> str:  # noqa: N802 -- aiosmtpd's name
        message = message_from_bytes(envelope.content, policy=policy.default)
        with self._news:
            self._mails += [_read(message, to) for to in envelope.rcpt_tos]
            self._news.notify_all()
        return "250 OK"

    def mails(self, kind: str, to: str | None = None) -> list[Mail]:
        """What arrived of that kind, in order."""
        with self._news:
            return [m for m in self._mails if m.kind == kind and to in {None, m.to}]

    def wait_for(self, kind: str, to: str, *, seconds: float = 30) -> Mail:
        """Return the newest mail of that kind to that address, once there is one."""
        deadline = time.monotonic() + seconds
        with self._news:
            while not (found := self.mails(kind, to)):
                if not self._news.wait(deadline - time.monotonic()):
                    raise TimeoutError(f"no {kind} for {to} within {seconds} s")
            return found[-1]

    def __enter__(self) -> Self:
        self._controller.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._controller.stop()


def _read(message: EmailMessage, to: str) -> Mail:
    body = message.get_body(("plain",))
    assert body is not None, "every mail has a text part"
    return Mail(
        to=to,
        kind=message["X-Foyer-Kind"],
        language=message["Content-Language"],
        subject=message["Subject"],
        text=body.get_content(),
        message_id=message["Message-ID"],
    )


def _the_only(pattern: re.Pattern[str], text: str) -> str:
    found: list[str] = pattern.findall(text)
    assert len(found) == 1, text
    return found[0]
