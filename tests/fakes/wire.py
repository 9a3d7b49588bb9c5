"""The sender of one chat that is told when to work, and what the customer reads of it."""

from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import select

from bot.channels.channel import Outcome
from storage.messages.chat_outbox import ChatRow
from storage.messages.signs import SIGNS
from storage.messages.tables import outbox
from tests.fakes.chats import Chat, World

SAID_BY_AGENTS = frozenset(
    {
        *("agent", "utter_agent_joined", "utter_agent_reopened", "utter_agent_taken"),
        *("utter_agent_transferred", "utter_hidden_from_agent", "utter_handoff_returned"),
    }
)
"""What leaves while an agent has the word."""


def is_sign(row: ChatRow) -> bool:
    """Whether nothing is said by it."""
    return row.act is not None and row.act["kind"] in SIGNS


@dataclass(slots=True, repr=False)
class Wire:
    """A sender that is told when to work; `screen` is what the customer reads, by number."""

    world: World
    chat: Chat
    screen: dict[int, str] = field(default_factory=dict)
    under_way: ChatRow | None = None
    spoken_over: list[str] = field(default_factory=list)
    """What the bot began to say while an agent had the word."""
    lost: list[str] = field(default_factory=list)
    """What was not delivered when the customer had blocked the bot."""

    def begin(self) -> None:
        """Claim the next message, as the sender does just before it speaks to the messenger."""
        if self.under_way is not None:
            return
        with self.world.app.database.write() as uow:
            self.under_way = row = uow.chat_outbox.take(self.chat.row.id)
            owner = uow.conversations.owner(self.chat.row.id)
        says = row is not None and not is_sign(row) and row.template not in SAID_BY_AGENTS
        if row is not None and owner == "agent" and says:
            self.spoken_over.append(row.template)

    def end(self) -> None:
        """It has arrived: as a message of its own, or as another text of an earlier one."""
        row = self.under_way
        if row is None:
            return
        number = None
        if row.act is not None and row.act["kind"] == "edit":
            self.screen[int(row.act["message"])] = row.text or ""
        elif not is_sign(row):
            number = str(row.id)
            self.screen[row.id] = row.text or ""
        with self.world.app.database.write() as uow:
            uow.chat_outbox.sent(row, sent_as=number)
        self.under_way = None

    def fail(self) -> None:
        """The messenger was not there: the message has not left after all."""
        if self.under_way is not None:
            with self.world.app.database.write() as uow:
                uow.chat_outbox.postpone(self.under_way, "away", timedelta(0))
            self.under_way = None

    def block(self) -> None:
        """The customer has blocked the bot: nothing of what waits can be sent."""
        self.begin()
        if self.under_way is not None:
            with self.world.app.database.write() as uow:
                Outcome("gone", "Forbidden: bot was blocked by the user").record(
                    uow, self.under_way
                )
                assert self.world.app.agents is not None
                self.world.app.agents.unreached(uow, self.chat.row.id, comes_back=True)
            self.lost += [text for text in self.not_delivered() if text not in self.lost]
            self.under_way = None

    def not_delivered(self) -> list[str]:
        """What is known not to have been delivered, in order."""
        dead = select(outbox.c.text).where(
            outbox.c.conversation_id == self.chat.row.id, outbox.c.dead_at.is_not(None)
        )
        with self.world.app.database._engine.connect() as connection:
            return [text or "" for text in connection.scalars(dead.order_by(outbox.c.id))]

    def finish(self) -> None:
        self.end()
        self.world.clock.advance(minutes=2)
        self.begin()
        while self.under_way is not None:
            self.end()
            self.begin()
