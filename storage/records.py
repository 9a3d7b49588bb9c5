"""What a transaction reads and writes: chats, mails, links, sessions, the audit."""

from functools import cached_property

from sqlalchemy import Connection

from storage.addresses import Addresses
from storage.audit.chain import Audit
from storage.audit.history import History
from storage.clock import Clock
from storage.handoff.agent_words import AgentWords
from storage.handoff.desk_outbox import DeskOutbox
from storage.handoff.handoffs import Handoffs
from storage.households.catalogue import Catalogue
from storage.households.members import Members
from storage.households.notices import Notices
from storage.identity.links import Links
from storage.identity.page_sessions import PageSessions
from storage.identity.sessions import Sessions
from storage.identity.verification import Demand
from storage.keys import Keys
from storage.messages.chat_events import ChatEvents
from storage.messages.chat_outbox import ChatOutbox
from storage.messages.conversations import Conversations
from storage.messages.feedback import Feedback
from storage.messages.inbox import Inbox
from storage.messages.outbox import Outbox


class Records:
    """The records of one transaction, without the rules of a household.

    A part is made when it is first asked for: most transactions need two or three of them.
    """

    def __init__(
        self,
        connection: Connection,
        *,
        clock: Clock,
        keys: Keys,
        public_url: str,
        demand: Demand,
        request_id: int | None,
    ) -> None:
        self.clock = clock
        self.keys = keys
        self._connection = connection
        self._public_url = public_url
        self._demand = demand
        self._request_id = request_id

    @cached_property
    def conversations(self) -> Conversations:
        return Conversations(self._connection, self.clock)

    @cached_property
    def inbox(self) -> Inbox:
        return Inbox(self._connection, self.clock)

    @cached_property
    def _addresses(self) -> Addresses:
        return Addresses(self.keys, self._public_url)

    @cached_property
    def outbox(self) -> Outbox:
        return Outbox(self._connection, self.clock, self.keys, self._addresses)

    @cached_property
    def chat_events(self) -> ChatEvents:
        return ChatEvents(self._connection, self.inbox)

    @cached_property
    def chat_outbox(self) -> ChatOutbox:
        return ChatOutbox(self._connection, self.clock, self._addresses)

    @cached_property
    def handoffs(self) -> Handoffs:
        return Handoffs(self._connection, self.clock)

    @cached_property
    def desk_outbox(self) -> DeskOutbox:
        return DeskOutbox(self._connection, self.clock, self.handoffs)

    @cached_property
    def agent_words(self) -> AgentWords:
        return AgentWords(self._connection, self.outbox)

    @cached_property
    def feedback(self) -> Feedback:
        return Feedback(self._connection, self.clock)

    @cached_property
    def links(self) -> Links:
        return Links(self._connection, self.clock, self.keys, self._public_url)

    @cached_property
    def sessions(self) -> Sessions:
        return Sessions(self._connection, self.clock)

    @cached_property
    def audit(self) -> Audit:
        return Audit(self._connection, self.clock, self.keys, self._request_id)

    @cached_property
    def page_sessions(self) -> PageSessions:
        return PageSessions(self._connection, self.clock, self.keys)

    @cached_property
    def _members(self) -> Members:
        return Members(self._connection, self.clock)

    @cached_property
    def _catalogue(self) -> Catalogue:
        return Catalogue(self._connection)

    @cached_property
    def _notices(self) -> Notices:
        return Notices(
            members=self._members, catalogue=self._catalogue, links=self.links, outbox=self.outbox
        )

    @cached_property
    def history(self) -> History:
        return History(self._connection, members=self._members)
