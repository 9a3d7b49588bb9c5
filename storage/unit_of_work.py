"""Everything one transaction can say to the system of record."""

from functools import cached_property

from storage.households.access_requests import AccessRequests
from storage.households.authority import Authority
from storage.households.changes import Changes
from storage.households.erasing import Erasing
from storage.households.households import Households
from storage.households.import_writing import PersonWriter
from storage.households.importing import Importing
from storage.households.member_writer import MemberWriter
from storage.households.services import Services
from storage.households.undoing import Undoing
from storage.identity.accounts import Accounts
from storage.identity.codes import Codes
from storage.identity.locks import Locks
from storage.identity.proofs import Proofs
from storage.identity.sign_in import SignIn
from storage.identity.sign_in_links import SignInLinks
from storage.identity.standing import Standing
from storage.identity.verification import Verification
from storage.records import Records
from storage.retention import Retention
from storage.sweeping import Sweeping


class UnitOfWork(Records):
    """Made by `Database.write` and `Database.read`; nothing in here commits."""

    @cached_property
    def authority(self) -> Authority:
        return Authority(self._connection, self.sessions, self.links, self.page_sessions)

    @cached_property
    def locks(self) -> Locks:
        return Locks(
            self._connection,
            self.clock,
            self.keys,
            members=self._members,
            authority=self.authority,
            audit=self.audit,
            outbox=self.outbox,
        )

    @cached_property
    def _verification(self) -> Verification:
        return Verification(
            self._connection,
            self.clock,
            self._demand,
            members=self._members,
            sessions=self.sessions,
            links=self.links,
            audit=self.audit,
            outbox=self.outbox,
            chat_events=self.chat_events,
        )

    @cached_property
    def codes(self) -> Codes:
        return Codes(
            self._connection,
            self.clock,
            self.keys,
            members=self._members,
            outbox=self.outbox,
            verification=self._verification,
        )

    @cached_property
    def sign_in_links(self) -> SignInLinks:
        return SignInLinks(
            self._connection,
            self.clock,
            self.keys,
            addresses=self._addresses,
            verification=self._verification,
        )

    @cached_property
    def households(self) -> Households:
        return Households(
            self._connection,
            self.clock,
            members=self._members,
            catalogue=self._catalogue,
            authority=self.authority,
            audit=self.audit,
            notices=self._notices,
        )

    @cached_property
    def _proofs(self) -> Proofs:
        return Proofs(
            self._connection,
            self.clock,
            links=self.links,
            sessions=self.sessions,
            page_sessions=self.page_sessions,
        )

    @cached_property
    def sign_in(self) -> SignIn:
        return SignIn(
            self._connection,
            self.clock,
            members=self._members,
            authority=self.authority,
            proofs=self._proofs,
            links=self.links,
            locks=self.locks,
            page_sessions=self.page_sessions,
            audit=self.audit,
            notices=self._notices,
        )

    @cached_property
    def accounts(self) -> Accounts:
        return Accounts(
            self._connection,
            members=self._members,
            authority=self.authority,
            proofs=self._proofs,
            links=self.links,
            audit=self.audit,
            verification=self._verification,
            page_sessions=self.page_sessions,
            notices=self._notices,
        )

    @cached_property
    def _writer(self) -> PersonWriter:
        return PersonWriter(
            members=self._members,
            proofs=self._proofs,
            audit=self.audit,
            notices=self._notices,
            locks=self.locks,
        )

    @cached_property
    def importing(self) -> Importing:
        return Importing(
            self._connection,
            self.clock,
            members=self._members,
            authority=self.authority,
            proofs=self._proofs,
            audit=self.audit,
            writer=self._writer,
        )

    @cached_property
    def _people(self) -> MemberWriter:
        return MemberWriter(
            self._connection,
            members=self._members,
            proofs=self._proofs,
            audit=self.audit,
            notices=self._notices,
        )

    @cached_property
    def changes(self) -> Changes:
        return Changes(
            self._connection,
            self.clock,
            members=self._members,
            catalogue=self._catalogue,
            authority=self.authority,
            audit=self.audit,
            links=self.links,
            locks=self.locks,
            notices=self._notices,
            writer=self._people,
        )

    @cached_property
    def undoing(self) -> Undoing:
        return Undoing(
            self._connection,
            self.clock,
            members=self._members,
            authority=self.authority,
            audit=self.audit,
            links=self.links,
            writer=self._people,
        )

    @cached_property
    def requests(self) -> AccessRequests:
        return AccessRequests(
            self._connection,
            self.clock,
            members=self._members,
            catalogue=self._catalogue,
            authority=self.authority,
            audit=self.audit,
            notices=self._notices,
            changes=self.changes,
            chat_events=self.chat_events,
        )

    @cached_property
    def standing(self) -> Standing:
        return Standing(self._connection, self.clock)

    @cached_property
    def erasing(self) -> Erasing:
        return Erasing(
            self._connection,
            self.clock,
            members=self._members,
            authority=self.authority,
            audit=self.audit,
        )

    @cached_property
    def services(self) -> Services:
        return Services(
            self._connection,
            self.clock,
            catalogue=self._catalogue,
            members=self._members,
            authority=self.authority,
            audit=self.audit,
            notices=self._notices,
        )

    @cached_property
    def sweeping(self) -> Sweeping:
        return Sweeping(
            self._connection,
            erasing=self.erasing,
            requests=self.requests,
            retention=Retention(self._connection, self.clock),
        )
