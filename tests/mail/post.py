"""What lies in the outbox, and a mail server that says what it is told to say."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Any, Self

from aiosmtpd.smtp import SMTP, Envelope, Session

from bot.mail.smtp import SmtpSettings
from storage.database import Database


@dataclass(frozen=True, slots=True)
class Post:
    """The outbox as a test sees it."""

    database: Database

    def queue(self, to: str = "zoe@example.com", kind: str = "unlocked", name: str = "Zoé") -> int:
        with self.database.write() as uow:
            return uow.outbox.mail(kind, to=to, language="en", parameters={"first_name": name})

    def queue_code(self, code: str = "12345678") -> int:
        parameters = {"first_name": "Zoé", "task": "list_users", "chat": "rest s1", "minutes": 10}
        with self.database.write() as uow:
            return uow.outbox.mail(
                "one_time_code",
                to="zoe@example.com",
                language="en",
                parameters=parameters,
                secrets={"code": code},
            )

    @property
    def waiting(self) -> int:
        with self.database.read() as uow:
            return uow.outbox.counts().waiting

    @property
    def dead(self) -> int:
        with self.database.read() as uow:
            return uow.outbox.counts().dead


@dataclass(frozen=True, slots=True)
class BrokenClient(SmtpSettings):
    """A way to a mail server on which the mails of some receivers break."""

    errors: Mapping[str, Exception] = field(default_factory=dict)
    taken: list[str] = field(default_factory=list)
    meanwhile: Callable[[], None] = lambda: None
    is_connected: bool = True

    def client(self) -> Any:
        return self

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        return

    async def send_message(self, message: EmailMessage) -> None:
        if (error := self.errors.get(str(message["To"]))) is not None:
            raise error
        self.taken.append(str(message["To"]))
        self.meanwhile()


@dataclass(slots=True)
class MoodyServer:
    """Takes mail on loopback, but has its `answers` for some receivers."""

    answers: Mapping[str, str]
    asked: list[str] = field(default_factory=list)
    accepted: list[str] = field(default_factory=list)

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name and arguments
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.asked.append(address)
        answer = self.answers.get(address, "250 OK")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        self.accepted += envelope.rcpt_tos
        return "250 OK"

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[int]:
        """On a free port, as long as the block runs."""
        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: SMTP(self, loop=loop), "127.0.0.1", 0)
        async with server:
            yield server.sockets[0].getsockname()[1]
