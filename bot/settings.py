"""The settings: `FOYER_…` in the environment or in `.env`, typed and frozen."""

from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from platformdirs import user_cache_path, user_data_path
from pydantic import Field, SecretStr, ValidationInfo, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.handoff.hours import Hours
from bot.hosts import LOOPBACK, host_of, is_loopback
from bot.key_file import kept_secret
from bot.languages import DEFAULT, Code
from storage.keys import named_keys

SQLITE = "sqlite:///"
CONVERSATION_DAYS = 90
PORT = 8080
TOKEN_LENGTH = 24
"""Letters of an API token, where others than this machine can try them."""

Listed = Annotated[tuple[str, ...], NoDecode]
"""Separated by commas."""


class Settings(BaseSettings):
    """Everything an operator may set; docs/operating.md explains each."""

    model_config = SettingsConfigDict(
        env_prefix="FOYER_", env_file=".env", extra="ignore", frozen=True, hide_input_in_errors=True
    )

    database_url: str = f"{SQLITE}foyer.db"
    database_pool: int | None = Field(default=None, ge=5)
    """Connections to PostgreSQL that this process may hold; unset: an eighth of the server's."""
    host: str = "127.0.0.1"
    port: int = PORT
    admin_port: int | None = Field(default=None, ge=1, le=65_535)
    """Where our own machines ask, if not on the customers' port (`bot.web.app`)."""
    public_url: str = ""
    api_token: SecretStr | None = None
    secret_key: SecretStr | None = None
    smtp_url: SecretStr | None = None
    mail_from: str = "Foyer <no-reply@foyer.localhost>"
    telegram_token: SecretStr | None = None
    telegram_api_url: str = "https://api.telegram.org"
    telegram_mode: Literal["polling", "webhook"] = "polling"
    telegram_take_over: bool = False
    """Whether polling may delete a webhook that another installation has set."""
    telegram_support_group: int | None = None
    """The id of the agents' forum group; its administrators are the agents."""
    agents_language: Code = DEFAULT
    """What the agents read; customers are answered in their own."""
    agents_hours: str = "24/7"
    """When agents are there, in OpenStreetMap's notation: "Mo-Fr 08:00-20:00; PH off"."""
    first_answer_minutes: float = 5.0
    next_answer_minutes: float = 5.0
    """After which the group is called: nobody has claimed a case, or answered in it."""
    claim_rests_minutes: float = Field(default=30.0, gt=0)
    """After which a claimed case goes back to the queue: its agent has done nothing in it."""
    verify: Literal["any", "both"] = "any"
    """Whether one proof of identity opens a session in a chat, or both kinds have to."""
    chat_burst: int = Field(default=40, ge=1)
    chat_per_second: float = Field(default=1.0, gt=0)
    """The pace of one chat: so many messages at once, then so many a second."""
    allowed_hosts: Listed = ()
    """Names under which people reach the pages; unset: that of the public URL."""
    trusted_proxies: Listed = ("127.0.0.1", "::1")
    """Addresses and networks of proxies that say truly for whom they ask."""
    time_zone: ZoneInfo = ZoneInfo("America/Toronto")
    clock_offset: float = 0.0
    """Seconds added to the clock, for checks of what happens later."""
    testing: Literal["", "1", "erase"] = ""
    """Whether this is a trial, in which the clock may be moved, and whether it may then erase."""
    conversation_days: int = Field(default=CONVERSATION_DAYS, ge=1)
    cache_dir: Path = Field(default_factory=lambda: user_cache_path("foyer"))
    log_level: str = "INFO"

    @field_validator("agents_hours")
    @classmethod
    def _are_hours(cls, text: str) -> str:
        Hours.parse(text, ZoneInfo("America/Toronto"))
        return text

    @field_validator("telegram_support_group")
    @classmethod
    def _is_group(cls, group: int | None) -> int | None:
        if group is not None and group >= 0:
            raise ValueError("is the id of a group, and begins with a minus: -100…")
        return group

    @field_validator("secret_key")
    @classmethod
    def _are_keys(cls, keys: SecretStr | None) -> SecretStr | None:
        if keys is not None:
            named_keys(keys.get_secret_value())
        return keys

    @field_validator("port", "admin_port", mode="before")
    @classmethod
    def _is_ours(cls, port: Any, info: ValidationInfo) -> Any:
        """Kubernetes says `FOYER_PORT=tcp://10.0.0.1:80` beside a service called "foyer"."""
        injected = isinstance(port, str) and port.startswith("tcp:")
        return cls.model_fields[str(info.field_name)].default if injected else port

    @model_validator(mode="after")
    def _fit_together(self) -> Self:
        token = self.api_token
        if token and len(token.get_secret_value()) < TOKEN_LENGTH and not self.is_local:
            raise ValueError(
                f"FOYER_API_TOKEN needs at least {TOKEN_LENGTH} characters where others can reach"
                f" FOYER_HOST={self.host}"
            )
        if self.admin_port == self.port:
            raise ValueError(
                f"FOYER_ADMIN_PORT={self.admin_port} is FOYER_PORT too; it keeps something from"
                " customers only where it is another one"
            )
        if self.clock_offset and not self.testing:
            raise ValueError("FOYER_CLOCK_OFFSET moves the clock only with FOYER_TESTING=1")
        return self

    @property
    def is_local(self) -> bool:
        """Whether this machine alone can reach the server."""
        return is_loopback(self.host)

    @field_validator("allowed_hosts", "trusted_proxies", mode="before")
    @classmethod
    def _are_listed(cls, text: Any) -> Any:
        if not isinstance(text, str):
            return text
        return [item.strip() for item in text.split(",") if item.strip()]

    @field_validator("trusted_proxies")
    @classmethod
    def _are_addresses(cls, proxies: tuple[str, ...]) -> tuple[str, ...]:
        for proxy in proxies:
            ip_network(proxy)
        return proxies

    @field_validator("allowed_hosts")
    @classmethod
    def _are_hosts(cls, hosts: tuple[str, ...]) -> tuple[str, ...]:
        wrong = [host for host in hosts if not host_of(host)]
        if wrong:
            raise ValueError(f"not the name of a host: {', '.join(wrong)}")
        return hosts

    @property
    def hosts(self) -> frozenset[str]:
        """The names, without ports, for which requests are answered."""
        if self.allowed_hosts:
            return frozenset(map(host_of, self.allowed_hosts))
        public = host_of(urlsplit(self.address).netloc)
        is_here = not self.public_url or is_loopback(public) or self.is_local
        return frozenset({public, *(LOOPBACK if is_here else ())})

    @property
    def address(self) -> str:
        """Where people reach the pages; links in mails begin with it."""
        return self.public_url.rstrip("/") or f"http://{self.host}:{self.port}"

    @property
    def embedded(self) -> bool:
        """Whether the database is the embedded default, which migrates itself."""
        return self.database_url.startswith(SQLITE)

    @property
    def database_file(self) -> Path | None:
        """The file of the embedded database."""
        return Path(self.database_url.removeprefix(SQLITE)) if self.embedded else None

    def secret(self) -> str:
        """Return the secret keys; without a setting, one that is made once and kept in a file.

        The file lies beside the SQLite database, so that every process on that database has
        the same key; with PostgreSQL in the user's data folder (one machine; set
        `FOYER_SECRET_KEY` for more).
        """
        if self.secret_key is not None:
            return self.secret_key.get_secret_value()
        return kept_secret(self.key_file)

    @property
    def key_file(self) -> Path:
        """Where the key is kept while no setting gives one."""
        if self.database_file is not None:
            return self.database_file.with_name(f"{self.database_file.name}.key")
        return user_data_path("foyer") / "secret.key"
