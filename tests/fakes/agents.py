"""The agents' group of a world, without a messenger: topics, what stands in them, who writes."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any

from bot.channels.channel import Incoming
from bot.handoff.desk import DeskKey
from bot.handoff.message import DeskMessage
from storage.handoff.desk_rows import DeskRow
from storage.handoff.handoffs import Case
from tests.fakes.chats import CHANNEL, World
from tests.fakes.worlds import desk_turns

AGENTS_CHAT = (CHANNEL, CHANNEL, "agents")
KEY = DeskKey(*AGENTS_CHAT)


EDITS = frozenset({"refresh", "redraw"})
"""Of a card that stands in its topic already."""


@dataclass(slots=True)
class Agents:
    """What is done and seen in the group; every topic is that of one case."""

    world: World
    shown: dict[str, list[DeskRow]] = field(default_factory=dict)
    """What was shown in each topic, in order; "" is the general one."""
    key: DeskKey = KEY
    _numbers: Any = field(default_factory=lambda: count(1))

    def are(self, names: Mapping[str, str]) -> None:
        """Make these, by id, the administrators of the group."""
        with self.world.app.database.write() as uow:
            uow.handoffs.set_agents(uow.conversations.ensure(*self.key), names)

    def look(self) -> None:
        """Let what waits for the group arrive there."""
        while self._take():
            pass

    def _take(self) -> bool:
        with self.world.app.database.write() as uow:
            row = uow.desk_outbox.take(uow.conversations.ensure(*self.key), pace=False)
            if row is None:
                return False
            if row.needs_topic:
                uow.desk_outbox.sent(row, sent_as=f"t{row.case.id}")
                self.world.clock.advance(seconds=4)
                return True
            topic = "" if row.kind in {"call", "ping"} else row.case.topic_id or ""
            seen = replace(row, text=row.shown) if row.kind == "card" else row
            self.shown.setdefault(topic, []).append(seen)
            uow.desk_outbox.sent(row, sent_as=f"m{next(self._numbers)}")
            return True

    def topic(self, topic: str = "t1") -> str:
        """Return everything that was ever shown in a topic."""
        self.look()
        return "\n".join(row.text for row in self.shown.get(topic, []) if row.kind != "redraw")

    def rows(self, topic: str = "t1") -> list[DeskRow]:
        """Return every message of a topic, and every edit of its card."""
        self.look()
        return self.shown.get(topic, [])

    def newest(self, topic: str = "t1") -> str:
        self.look()
        return [row for row in self.shown[topic] if row.kind not in EDITS][-1].text

    def card(self, topic: str = "t1") -> DeskRow:
        """Return the card as it stands now."""
        self.look()
        return [row for row in self.shown[topic] if row.kind in {"card", *EDITS}][-1]

    def say(self, who: str, text: str, topic: str = "t1", **rest: Any) -> str:
        """Write in a topic; the messenger's number of the message."""
        number = str(next(self._numbers))
        self.post(who, DeskMessage(text, message_id=number, **rest), topic)
        return number

    def tap(self, who: str, button: str, topic: str = "t1") -> None:
        self.post(who, DeskMessage("", button=button), topic)

    def post(self, who: str, message: DeskMessage, topic: str = "t1") -> None:
        """Have something come from the group, and be worked off."""
        self.look()
        self.receive(who, message, topic)
        self.work_off(topic)
        self.look()

    def receive(self, who: str, message: DeskMessage, topic: str = "t1") -> None:
        """Only put it into the inbox."""
        self.world.clock.advance(seconds=1)
        number = str(next(self._numbers))
        self.world.app.intake.receive(Incoming(self.key.topic(topic), number, who, message))

    def work_off(self, topic: str = "t1") -> None:
        self.work_off_at(self.key, topic)

    def work_off_at(self, key: DeskKey, topic: str) -> None:
        """Work off what waits under another key: of the group that there was before, say."""
        turns = desk_turns(self.world.app, self.world.app.database)
        assert turns is not None
        here = replace(turns, desk=replace(turns.desk, key=self.key))
        while here.run_next(*key.topic(topic)) is not None:
            pass

    def case(self, case_id: int = 1) -> Case:
        with self.world.app.database.read() as uow:
            return uow.handoffs.get(case_id)
