"""The way to the mail server, from a URL: `smtp://` or `smtps://`, with user and password."""

import ssl
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import unquote, urlsplit

import aiosmtplib

from bot.hosts import is_loopback

SECONDS = 10
"""How long connecting, and sending one mail, may take: less than the 15 s of a claim."""

PORTS = {"smtp": 25, "smtps": 465}
SUBMISSION = 587
"""With a user name, `smtp://` means a submission server (RFC 6409)."""


@dataclass(frozen=True, slots=True)
class SmtpSettings:
    """Its `repr` shows no credentials."""

    host: str
    port: int
    tls: bool
    username: str | None = field(default=None, repr=False)
    password: str | None = field(default=None, repr=False)

    @classmethod
    def parse(cls, url: str) -> Self:
        """Raises ValueError, which never quotes the URL: it may hold a password."""
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError:
            raise ValueError("the SMTP URL cannot be read") from None
        if parts.scheme not in PORTS or not parts.hostname:
            raise ValueError("the SMTP URL must look like smtp://user:password@host:port")
        usual = SUBMISSION if parts.scheme == "smtp" and parts.username else PORTS[parts.scheme]
        return cls(
            host=parts.hostname,
            port=port or usual,
            tls=parts.scheme == "smtps",
            username=unquote(parts.username) if parts.username else None,
            password=unquote(parts.password) if parts.password else None,
        )

    def client(self) -> aiosmtplib.SMTP:
        """A client that connects when it is entered.

        STARTTLS is used where it is offered. A password leaves this machine only encrypted:
        then STARTTLS is demanded, so that nobody in between can take the offer away.
        """
        demanded = True if self.username and not self._is_local else None
        return aiosmtplib.SMTP(
            hostname=self.host,
            port=self.port,
            username=self.username,
            password=self.password,
            use_tls=self.tls,
            start_tls=False if self.tls else demanded,
            tls_context=self._tls_context(),
            timeout=SECONDS,
        )

    def _tls_context(self) -> ssl.SSLContext:
        context = ssl.create_default_context()
        if self._is_local:  # nobody is in between, and its certificate is usually home-made
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
        return context

    @property
    def _is_local(self) -> bool:
        return is_loopback(self.host)
