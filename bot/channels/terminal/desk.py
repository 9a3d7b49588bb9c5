"""The agents' side in a terminal: who waits, what was said, and a line for the customer."""

import asyncio
import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bot.channels.answering import Answers
from bot.channels.channel import Incoming, numbered
from bot.handoff.desk import DeskKey
from bot.handoff.message import DeskMessage
from storage.handoff.desk_rows import NO_CASE, DeskRow

DESK = DeskKey("terminal", "terminal", "agents")
AGENT = "agent"
OPEN = "/open"


@dataclass(slots=True)
class TerminalDesk:
    """One agent, who has one case before them at a time.

    `texts` are phrases of `demo.yml`; a button is tapped by its number.
    """

    answers: Answers
    texts: Mapping[str, str]
    case_id: int | None = None
    buttons: list[Mapping[str, str]] = field(default_factory=list)
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    @property
    def customer_sees(self) -> str:
        return self.texts["customer_sees"]

    async def begin(self) -> str:
        """Let the agent in; what they see first."""
        await asyncio.to_thread(self._enrol)
        shown = await self.look()
        return "\n".join([self.texts["agent"], *shown])

    async def say(self, line: str) -> list[str]:
        """Do what an agent types; what is shown then."""
        words = line.split()
        if words[:1] == [OPEN] and words[1:] and words[1].isdigit():
            self.case_id = int(words[1])
        elif line.strip():
            await self._send(line)
        return await self.look()

    async def look(self) -> list[str]:
        """Return what is new at the desk."""
        return await asyncio.to_thread(lambda: list(self._new()))

    async def _send(self, line: str) -> None:
        chosen = line.strip()
        tapped = self.buttons[int(chosen) - 1 : int(chosen)] if chosen.isdecimal() else []
        number = f"{asyncio.get_running_loop().time()}-{next(self._numbers)}"
        message = DeskMessage(line, message_id=number)
        if tapped:
            message = DeskMessage("", button=tapped[0]["payload"])
        topic = DESK.topic(str(self.case_id or ""))
        await self.answers.to(Incoming(topic, number, AGENT, message))
        await self.answers.engine.catch_up()

    def _enrol(self) -> None:
        with self.answers.database.write() as uow:
            desk = uow.conversations.ensure(*DESK)
            uow.handoffs.set_agents(desk, {AGENT: self.texts["agent_name"]})

    def _new(self) -> Iterator[str]:
        while (row := self._take()) is not None:
            if row.kind in {"close", "redraw", "rename"} or row.needs_topic:
                continue
            self.case_id = self.case_id if self._is_open() else row.case.id
            if row.buttons:
                self.buttons = [*row.buttons]
            about = "" if row.case.id == NO_CASE else f"[{row.case.id}] "
            yield numbered(f"{about}{row.shown}", row.buttons)

    def _is_open(self) -> bool:
        with self.answers.database.read() as uow:
            open_ids = [case.id for case in uow.handoffs.open_at(uow.conversations.ensure(*DESK))]
        return self.case_id in open_ids

    def _take(self) -> DeskRow | None:
        """Take what waits for the desk; a case's number is its topic."""
        with self.answers.database.write() as uow:
            row = uow.desk_outbox.take(uow.conversations.ensure(*DESK), pace=False)
            if row is not None:
                uow.desk_outbox.sent(row, sent_as=str(row.case.id))
            return row
