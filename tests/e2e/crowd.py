"""People who write to whichever of several processes is there, as behind a load balancer."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from threading import Event
from uuid import uuid4

import httpx

from tests.e2e.ledger import Ledger
from tests.e2e.rest import WEBHOOK, connect
from tests.e2e.server import Server

WORDS = ("hi there", "How many users can I have?", "who is on my account?", "cancel")
PATIENCE = 120.0
THINKING = 0.1


@dataclass(slots=True)
class Crowd:
    """Each person sends one message after the other until `enough`; each is answered, or refused.

    A process that is gone is no refusal: the balancer tries the next one, with the same message.
    """

    servers: Sequence[Server]
    enough: Event = field(default_factory=Event)
    sent: list[tuple[str, str]] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    cut_off: int = 0

    def work(self, number: int) -> None:
        random, sender, turn = Random(number), f"person-{number}", 0
        while not self.enough.is_set():
            self._say(random, sender, WORDS[turn % len(WORDS)])
            turn += 1
            time.sleep(random.uniform(0, THINKING))

    def _say(self, random: Random, sender: str, text: str) -> None:
        body = {"sender": sender, "message": text, "message_id": uuid4().hex}
        self.sent.append((sender, body["message_id"]))
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                with connect(random.choice(self.servers).address) as http:
                    answer = http.post(WEBHOOK, json=body)
            except httpx.TransportError:
                self.cut_off += 1
                time.sleep(0.05)
                continue
            if answer.status_code != httpx.codes.OK or not answer.json():
                self.refused.append(answer.text)
            return
        self.refused.append(f"no answer in {PATIENCE} s")

    def check(self, ledger: Ledger) -> None:
        """Every message was stored once, in order, and had one turn."""
        assert self.refused == []
        stored = ledger.rows("SELECT chat_id, update_id FROM inbox ORDER BY id")
        of_person: dict[str, list[str]] = {sender: [] for sender, _ in self.sent}
        for sender, message in stored:
            of_person[sender].append(message)
        for sender, messages in of_person.items():
            assert messages == [message for own, message in self.sent if own == sender]
        assert ledger.number("SELECT count(*) FROM inbox WHERE done_at IS NULL") == 0
        turns = ledger.rows(
            "SELECT chat_id, count(*) FROM conversation_event JOIN conversation c"
            " ON c.id = conversation_id WHERE event->>'event' = 'user' GROUP BY chat_id"
        )
        assert dict(turns) == {sender: len(messages) for sender, messages in of_person.items()}
