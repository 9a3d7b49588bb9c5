"""`foyer run` with Telegram's Bot API beside it, and people who write to it."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from tests.e2e.ledger import Ledger, open_database
from tests.e2e.mailbox import Mailbox
from tests.e2e.server import LOOPBACK, Server, free_port
from tests.fakes.households import OPERATOR, record_of
from tests.fakes.telegram.server import TOKEN, BotApi
from tests.fakes.telegram.user import TelegramUser

GROUP = -1_001_234_567
"""Of the agents, where there are any."""
MODES = ("polling", "webhook")
HOUSEHOLDS = 40
SETTLED_WITHIN = 60.0

UNFINISHED_TURNS = "SELECT count(*) FROM inbox WHERE done_at IS NULL AND parked_at IS NULL"
UNSENT = "SELECT count(*) FROM outbox WHERE sent_at IS NULL AND dead_at IS NULL AND kind = 'chat'"


def server_for(
    folder: Path,
    url: str,
    mode: str,
    api_url: str,
    *,
    smtp_port: int | None = None,
    group: int | None = None,
    public_url: str = "",
) -> Server:
    port = free_port()
    settings = {
        "telegram_token": TOKEN,
        "telegram_api_url": api_url,
        "telegram_mode": mode,
        "public_url": public_url or f"http://{LOOPBACK}:{port}",
        **({"allowed_hosts": LOOPBACK} if public_url else {}),
        **({"telegram_support_group": str(group)} if group else {}),
    }
    return Server(folder, url, smtp_port, settings=settings, port=port)


def move_in(url: str, households: int = HOUSEHOLDS) -> Iterator[str]:
    """Households whose holders are alone in them; their account numbers."""
    accounts = [f"{9000000 + n}" for n in range(households)]
    database = open_database(url)
    with database.write() as uow:
        uow.importing.apply(OPERATOR, [record_of(account) for account in accounts])
    database.close()
    return iter(accounts)


@dataclass(frozen=True, slots=True)
class Household:
    """Somebody's account: who the holder is and where their codes go."""

    account: str

    @property
    def holder(self) -> str:
        return f"holder-{self.account}"

    @property
    def address(self) -> str:
        return f"holder@{self.account}.example.com"

    @property
    def newcomer(self) -> str:
        return f"zoe@{self.account}.example.com"


@dataclass(slots=True)
class Scene:
    """One running server; every test has people and a household of its own."""

    mode: str
    api: BotApi
    server: Server
    mailbox: Mailbox
    ledger: Ledger
    accounts: Iterator[str]
    _people: Any = field(default_factory=lambda: count(7_000_001))

    def person(self, language: str | None = "en") -> TelegramUser:
        return TelegramUser(self.api, next(self._people), language=language)

    def household(self) -> Household:
        return Household(next(self.accounts))

    def code(self, household: Household) -> str:
        return self.mailbox.wait_for("one_time_code", household.address).code

    def settle(self) -> None:
        """Wait until every update has had its turn, and everything that was said has left."""
        deadline = time.monotonic() + SETTLED_WITHIN
        while self.api.undelivered() or any(map(self.ledger.number, (UNFINISHED_TURNS, UNSENT))):
            assert time.monotonic() < deadline, f"not settled: {self.server.log[-3000:]}"
            time.sleep(0.05)

    def turns(self, person: TelegramUser) -> list[str]:
        """What the bot took to be said in that chat, in the order of its turns."""
        return self.ledger.column(
            "SELECT json_extract(e.event, '$.text') FROM conversation_event e "
            "JOIN conversation c ON c.id = e.conversation_id "
            f"WHERE c.channel = 'telegram' AND c.chat_id = '{person.chat.id}' "
            "AND json_extract(e.event, '$.event') = 'user' ORDER BY e.id"
        )

    def come_to_the_question(self, person: TelegramUser, household: Household) -> None:
        """Ask for somebody to be added and prove who one is; one question is open then."""
        person.say(f"Add Zoé Roy, {household.newcomer}, in French")
        person.reads("user name")
        person.say(household.holder)
        person.reads("code")
        person.say(self.code(household))
        person.reads("Which services may Zoé use?")

    def come_to_the_card(self, person: TelegramUser, household: Household) -> None:
        self.come_to_the_question(person, household)
        person.tap("View the invoice")
        person.reads(household.newcomer)


@contextmanager
def opened(
    folder: Path,
    url: str,
    mode: str,
    administrators: dict[int, str] | None = None,
    public_url: str = "",
) -> Iterator[Scene]:
    """A running Foyer; with `administrators` it has a group of agents.

    `public_url` is what it believes to be its address; it is on the loopback all the same.
    """
    accounts = move_in(url)
    with BotApi() as api, Mailbox() as mailbox:
        group = GROUP if administrators else None
        if administrators:
            api.methods.forum.open(GROUP, administrators)
        server = server_for(
            folder, url, mode, api.url, smtp_port=mailbox.port, group=group, public_url=public_url
        )
        with server:
            if mode == "webhook":
                api.wait_until(lambda: api.updates.webhook is not None, what="setWebhook")
            yield Scene(mode, api, server, mailbox, Ledger(url), accounts)
