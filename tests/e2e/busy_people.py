"""Holders who keep adding people, each in a chat of their own, whatever the server does."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from threading import Event, Lock
from time import sleep

import httpx

from tests.e2e.mailbox import Mailbox
from tests.e2e.rest import RestChat

PATIENCE = 120.0
"""Seconds that a message is sent again, and a mail waited for: several lives of a server."""

THINKING = 0.08
"""Seconds at most between two messages of one person."""


@dataclass(frozen=True, slots=True)
class Addition:
    """Somebody whom a holder was asked to confirm; without a receipt the holder said no."""

    account: str
    email: str
    receipt: str | None


@dataclass(slots=True)
class BusyPeople:
    """Takes one household after the other from `accounts` until `enough`."""

    http: httpx.Client
    mailbox: Mailbox
    accounts: Iterator[str]
    seed: int
    enough: Event = field(default_factory=Event)
    additions: list[Addition] = field(default_factory=list)
    messages: int = 0
    cut_off: int = 0
    _lock: Lock = field(default_factory=Lock)

    def work(self) -> None:
        """One thread's part; a household that was begun is finished."""
        while not self.enough.is_set():
            with self._lock:
                account = next(self.accounts, None)
            if account is None:
                return
            self._serve(account)

    def _serve(self, account: str) -> None:
        random = Random(f"{self.seed} {account}")
        chat = RestChat(self.http, f"chat-{account}", patience=PATIENCE)
        for number in range(random.randint(1, 3)):
            email = f"zoe{number}@{account}.example.com"
            self._pause(random)
            self._say(chat, f"Add Zoé Roy, {email}, she only needs to see the bills")
            if number == 0:
                self._verify(chat, account, random)
            self._pause(random)
            receipt = self._decide(chat, random)
            with self._lock:
                self.additions.append(Addition(account, email, receipt))
        with self._lock:
            self.cut_off += chat.cut_off

    def _verify(self, chat: RestChat, account: str, random: Random) -> None:
        self._pause(random)
        self._say(chat, f"holder-{account}")
        mail = self.mailbox.wait_for(
            "one_time_code", f"holder@{account}.example.com", seconds=PATIENCE
        )
        self._say(chat, mail.code)
        assert chat.texts[0].startswith("Thank you, Hélène: it is you."), chat.texts

    def _decide(self, chat: RestChat, random: Random) -> str | None:
        """Say yes, by a tap or in words, or no; the receipt of a yes."""
        if random.random() < 0.2:
            self._say(chat, chat.button("No"))
            assert "othing has been changed" in chat.texts[0], chat.texts
            return None
        self._say(chat, random.choice(["yes", chat.button("Yes")]))
        (_, receipt) = chat.texts[0].split("Receipt ")
        return receipt.split(".")[0]

    def _say(self, chat: RestChat, text: str) -> None:
        chat.say(text)
        with self._lock:
            self.messages += 1

    @staticmethod
    def _pause(random: Random) -> None:
        sleep(random.uniform(0, THINKING))
