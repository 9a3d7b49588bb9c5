"""A mail server on loopback that keeps what it gets: the mailbox of the demo and of tests."""

from asyncio import Server
from collections import deque
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

HOST = "127.0.0.1"
KEPT = 100


@dataclass(frozen=True, slots=True)
class CaughtMail:
    """`text` is the text part, `kind` the header `X-Foyer-Kind`; `message` is all of it."""

    to: str
    subject: str
    text: str
    kind: str
    message: EmailMessage


class Catcher:
    """Takes every mail, in a thread of its own; on a free port unless one is named."""

    def __init__(self, port: int = 0) -> None:
        self._caught: deque[CaughtMail] = deque(maxlen=KEPT)
        self._new: deque[CaughtMail] = deque()
        self._server = _Server(self, hostname=HOST, port=port)

    @property
    def port(self) -> int:
        """Where it listens; known once it has started."""
        return self._server.port

    def start(self) -> None:
        self._server.start()

    def stop(self) -> None:
        self._server.stop()

    def take_new(self) -> list[CaughtMail]:
        """What has come since the last call, oldest first."""
        return [self._new.popleft() for _ in range(len(self._new))]

    def all(self) -> list[CaughtMail]:
        """The last ones that have come, oldest first."""
        return list(self._caught)

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        mail = _read(envelope)
        self._caught.append(mail)
        self._new.append(mail)
        return "250 OK"


class _Server(Controller):
    """aiosmtpd's controller, which otherwise cannot tell the free port that it was given."""

    def _trigger_server(self) -> None:
        self.port = cast("Server", self.server).sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call] # aiosmtpd has no types


def _read(envelope: Envelope) -> CaughtMail:
    assert isinstance(envelope.content, bytes), "aiosmtpd decodes only when asked to"
    message = message_from_bytes(envelope.content, _class=EmailMessage, policy=default)
    text = message.get_body(["plain"])
    return CaughtMail(
        to=str(message["To"]),
        subject=str(message["Subject"]),
        text=text.get_content().replace("\r\n", "\n") if text else "",
        kind=str(message["X-Foyer-Kind"]),
        message=message,
    )
