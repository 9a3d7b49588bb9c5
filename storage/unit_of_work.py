"""Everything one transaction can say to the system of record."""

from sqlalchemy import Connection

from storage.accounts import Accounts
from storage.addresses import Addresses
from storage.agent_words import AgentWords
from storage.audit import Audit
from storage.authority import Authority
from storage.catalogue import Catalogue
from storage.changes import Changes
from storage.chat_events import ChatEvents
from storage.chat_outbox import ChatOutbox
from storage.clock import Clock
from storage.codes import Codes
from storage.conversations import Conversations
from storage.desk_outbox import DeskOutbox
from storage.erasing import Erasing
from storage.feedback import Feedback
from storage.handoffs import Handoffs
from storage.history import History
from storage.households import Households
from storage.import_writing import PersonWriter
from storage.importing import Importing
from storage.inbox import Inbox
from storage.keys import Keys
from storage.links import Links
from storage.locks import Locks
from storage.member_writer import MemberWriter
from storage.members import Members
from storage.notices import Notices
from storage.outbox import Outbox
from storage.page_sessions import PageSessions
from storage.proofs import Proofs
from storage.requests import AccessRequests
from storage.retention import Retention
from storage.sessions import Sessions
from storage.sign_in import SignIn
from storage.sign_in_links import SignInLinks
from storage.sweeping import Sweeping
from storage.undoing import Undoing
from storage.verification import Demand, Verification


class UnitOfWork:
    """Made by `Database.write` and `Database.read`; nothing in here commits."""

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
        self.conversations = Conversations(connection, clock)
        self.inbox = inbox = Inbox(connection, clock)
        addresses = Addresses(keys, public_url)
        self.outbox = outbox = Outbox(connection, clock, keys, addresses)
        self.chat_events = chat_events = ChatEvents(connection, inbox)
        self.chat_outbox = ChatOutbox(connection, clock, addresses)
        self.handoffs = handoffs = Handoffs(connection, clock)
        self.desk_outbox = DeskOutbox(connection, clock, handoffs)
        self.agent_words = AgentWords(connection, outbox)
        self.feedback = Feedback(connection, clock)
        self.links = links = Links(connection, clock, keys, public_url)
        self.sessions = sessions = Sessions(connection, clock)
        self.audit = audit = Audit(connection, clock, keys, request_id)
        self.page_sessions = page_sessions = PageSessions(connection, clock, keys)
        self.authority = authority = Authority(connection, sessions, links, page_sessions)
        members = Members(connection, clock)
        catalogue = Catalogue(connection)
        notices = Notices(members=members, catalogue=catalogue, links=links, outbox=outbox)
        self.locks = locks = Locks(
            connection,
            clock,
            keys,
            members=members,
            authority=authority,
            audit=audit,
            outbox=outbox,
        )
        verification = Verification(
            connection,
            clock,
            demand,
            members=members,
            sessions=sessions,
            links=links,
            audit=audit,
            outbox=outbox,
            chat_events=chat_events,
        )
        self.codes = Codes(
            connection, clock, keys, members=members, outbox=outbox, verification=verification
        )
        self.sign_in_links = SignInLinks(
            connection, clock, keys, addresses=addresses, verification=verification
        )
        self.households = Households(
            connection,
            clock,
            members=members,
            catalogue=catalogue,
            authority=authority,
            audit=audit,
            notices=notices,
        )
        proofs = Proofs(
            connection, clock, links=links, sessions=sessions, page_sessions=page_sessions
        )
        self.sign_in = SignIn(
            connection,
            clock,
            members=members,
            authority=authority,
            proofs=proofs,
            links=links,
            locks=locks,
            page_sessions=page_sessions,
            audit=audit,
            notices=notices,
        )
        self.accounts = Accounts(
            connection,
            members=members,
            authority=authority,
            proofs=proofs,
            links=links,
            audit=audit,
            verification=verification,
            page_sessions=page_sessions,
            notices=notices,
        )
        writer = PersonWriter(
            connection,
            clock,
            keys,
            members=members,
            proofs=proofs,
            audit=audit,
            notices=notices,
            locks=locks,
        )
        self.importing = Importing(
            connection,
            clock,
            members=members,
            authority=authority,
            proofs=proofs,
            audit=audit,
            writer=writer,
        )
        people = MemberWriter(
            connection, members=members, proofs=proofs, audit=audit, notices=notices
        )
        self.changes = changes = Changes(
            connection,
            clock,
            members=members,
            catalogue=catalogue,
            authority=authority,
            audit=audit,
            links=links,
            locks=locks,
            notices=notices,
            writer=people,
        )
        self.undoing = Undoing(
            connection,
            clock,
            members=members,
            authority=authority,
            audit=audit,
            links=links,
            writer=people,
        )
        self.history = History(connection, members=members)
        self.requests = requests = AccessRequests(
            connection,
            clock,
            members=members,
            catalogue=catalogue,
            authority=authority,
            audit=audit,
            notices=notices,
            changes=changes,
            chat_events=chat_events,
        )
        self.erasing = erasing = Erasing(
            connection, clock, members=members, authority=authority, audit=audit
        )
        self.sweeping = Sweeping(
            connection,
            erasing=erasing,
            requests=requests,
            retention=Retention(connection, clock),
        )
