"""Where the agents' group is, whether it is reached, and whose cases a desk has.

A desk is known by the chat that it was set up under. Its group may move to another chat, be out
of reach, or be another one after a restart: the cases go on at the desk that there is.
"""

from dataclasses import dataclass
from typing import Literal

from sqlalchemy import ColumnElement, Update, bindparam, select

from storage.handoff.handoffs import Case, Handoffs
from storage.handoff.tables import agent_group, handoff
from storage.messages.queue import is_unsent
from storage.messages.tables import conversation, outbox
from storage.statements import claim_name
from storage.transaction import Repository, part

Trouble = Literal["not_found", "no_group", "no_topics", "removed", "no_rights"]
"""What keeps a group from being a desk."""

ELSEWHERE = "the agents are elsewhere now"
"""The error of what was to be shown to a group that is none any more."""

FORMER = "former"
"""In the place of an agent's message that stands in a group which is none any more."""

_OF_CARDS = [f"desk_{kind}" for kind in ("refresh", "redraw", "rename", "label", "close")]
"""What is about a topic and its card."""

_AT = select(agent_group.c.chat_id, agent_group.c.trouble).where(
    agent_group.c.desk_id == bindparam("of_desk")
)
_OF_OTHERS = (
    select(handoff.c.id)
    .where(handoff.c.status != "closed", handoff.c.desk_id != bindparam("of_desk"))
    .order_by(handoff.c.id)
)


@dataclass(frozen=True, slots=True)
class Address:
    """Where a desk is now; `trouble` says why nobody there is reached."""

    chat_id: str
    trouble: str | None = None


class AgentGroups(Repository):
    _handoffs = part(Handoffs)

    def address(self, desk_id: int) -> Address:
        """Where a desk is; as long as nobody has looked, where it was set up."""
        known = self._connection.execute(_AT, {"of_desk": desk_id}).one_or_none()
        if known is not None:
            return Address(*known)
        own = select(conversation.c.chat_id).where(conversation.c.id == desk_id)
        return Address(self._connection.execute(own).scalar_one())

    def checked(self, desk_id: int, trouble: Trouble | None) -> None:
        """Keep what a look at the group has shown."""
        self._ensure(desk_id)
        seen = _change(desk_id).values(trouble=trouble, checked_at=self._clock())
        self._connection.execute(seen)

    def moved(self, desk_id: int, chat_id: str) -> bool:
        """The group is another chat from now on; whether that was not known yet.

        The numbers of its topics and messages mean nothing there, or something else.
        """
        self._ensure(desk_id)
        elsewhere = _change(desk_id).where(agent_group.c.chat_id != chat_id)
        if self._connection.execute(elsewhere.values(chat_id=chat_id)).rowcount == 0:
            return False
        self._forget_cards_of_closed(desk_id)
        self._leave_numbers(handoff.c.desk_id == desk_id)
        shown = outbox.update().where(outbox.c.conversation_id == desk_id)
        self._connection.execute(shown.values(sent_as=None))
        return True

    def strays(self, desk_id: int | None) -> list[Case]:
        """Open cases of desks that are not this one, oldest first."""
        rows = self._connection.scalars(_OF_OTHERS, {"of_desk": desk_id or 0})
        return [self._handoffs.get(number) for number in rows]

    def adopt(self, case: Case, desk_id: int) -> None:
        """Have a case of another desk go on at this one, with what was still to be shown of it."""
        waiting = outbox.update().where(
            is_unsent(outbox),
            outbox.c.conversation_id == case.desk_id,
            outbox.c.act["case"].as_integer() == case.id,
        )
        self._connection.execute(waiting.values(conversation_id=desk_id))
        self._leave_numbers(handoff.c.id == case.id, desk_id=desk_id)

    def adopt_closed(self, desk_id: int) -> None:
        """Have the cases of other desks that are over be this one's: to be found, and rated."""
        over = (handoff.c.desk_id != desk_id) & (handoff.c.status == "closed")
        self._leave_numbers(over, desk_id=desk_id)

    def _forget_cards_of_closed(self, desk_id: int) -> None:
        """Nobody makes a topic anew only to close it."""
        closed = select(handoff.c.id).where(
            handoff.c.desk_id == desk_id, handoff.c.status == "closed"
        )
        of_cards = outbox.update().where(
            is_unsent(outbox),
            outbox.c.conversation_id == desk_id,
            outbox.c.template.in_(_OF_CARDS),
            outbox.c.act["case"].as_integer().in_(closed),
        )
        now = self._clock()
        self._connection.execute(of_cards.values(dead_at=now, dropped_at=now, error=ELSEWHERE))

    def _leave_numbers(self, which: ColumnElement[bool], **values: int) -> None:
        """Cases leave their topics and cards behind, whatever has these numbers where they go.

        So does what was passed on of the agents' messages: no edit and no answer there is about it.
        """
        chats = select(handoff.c.conversation_id).where(which)
        passed_on = outbox.update().where(
            outbox.c.conversation_id.in_(chats), outbox.c.source.is_not(None)
        )
        self._connection.execute(passed_on.values(source=FORMER))
        left = handoff.update().where(which)
        self._connection.execute(left.values(topic_id=None, card_id=None, **values))

    def forget_others(self, desk_id: int | None) -> None:
        """What was still to be shown at desks that are not this one is shown to nobody."""
        waiting = outbox.update().where(
            is_unsent(outbox),
            outbox.c.conversation_id != (desk_id or 0),
            outbox.c.template.startswith("desk_"),
        )
        now = self._clock()
        self._connection.execute(waiting.values(dead_at=now, dropped_at=now, error=ELSEWHERE))

    def _ensure(self, desk_id: int) -> None:
        at = self.address(desk_id).chat_id
        claim_name(
            self._connection, agent_group, desk_id=desk_id, chat_id=at, checked_at=self._clock()
        )


def _change(desk_id: int) -> Update:
    return agent_group.update().where(agent_group.c.desk_id == desk_id)
