"""May this actor make this change, now? Checked in the transaction of the change itself."""

from dataclasses import dataclass

from storage.audit.chain import Signature
from storage.errors import NotAuthorised, PasskeyWanted
from storage.households.actors import Actor, Holder, Secondary, Self, System
from storage.households.declared import CHANGES
from storage.households.members import Members
from storage.identity.links import LinkKind, Links
from storage.identity.page_sessions import PageSessions
from storage.identity.passkey_rows import PasskeyRows
from storage.identity.sessions import Session, Sessions
from storage.transaction import Repository, part


@dataclass(frozen=True, slots=True)
class Mandate:
    """What a passed check gives: the household it holds for, and the signature to leave."""

    household_id: int
    signature: Signature


class Authority(Repository):
    _members = part(Members)
    _sessions = part(Sessions)
    _links = part(Links)
    _page_sessions = part(PageSessions)
    _passkeys = part(PasskeyRows)

    def check(self, actor: Actor, action: str, household_id: int | None = None) -> Mandate:
        """Raises NotAuthorised unless this actor may do this there, now.

        Without a household it is the actor's own; a rule or an operator has none.
        """
        if not isinstance(actor, CHANGES[action].by):
            raise NotAuthorised("not_allowed")
        mandate = self._mandate(actor, CHANGES[action].link, household_id)
        if household_id is not None and mandate.household_id != household_id:
            raise NotAuthorised("other_household")
        return mandate

    def demand_passkey(self, mandate: Mandate) -> None:
        """Raises PasskeyWanted where somebody who has one has not used it in this session."""
        by = mandate.signature
        if by.member_id is None or not self._passkeys.of(by.member_id):
            return
        if by.session_id is None or not self._sessions.is_confirmed(by.session_id):
            raise PasskeyWanted

    def _mandate(self, actor: Actor, link: LinkKind | None, household_id: int | None) -> Mandate:
        if isinstance(actor, Holder | Secondary):
            return self._of_session(actor)
        if isinstance(actor, Self):
            return self._of_self(actor, link)
        if household_id is None:
            raise NotAuthorised("other_household")
        kind = "system" if isinstance(actor, System) else "operator"
        return Mandate(household_id, Signature(kind))

    def session(self, actor: Holder | Secondary) -> Session:
        """The live session that an actor names; raises NotAuthorised."""
        session = self._sessions.live(actor.conversation_id, actor.person_id, touch=False)
        if session is None or session.id != actor.session_id:
            raise NotAuthorised("no_session")
        return session

    def _of_session(self, actor: Holder | Secondary) -> Mandate:
        session = self.session(actor)
        role = "holder" if isinstance(actor, Holder) else "secondary"
        if session.role != role:
            raise NotAuthorised(f"not_{role}")
        return Mandate(session.household_id, Signature(role, session.member_id, session.id))

    def _of_self(self, actor: Self, link: LinkKind | None) -> Mandate:
        signed_in = self._page_sessions.live(actor.token)
        owner = None if signed_in is None else signed_in.member_id
        if signed_in is None and link is not None:
            owner = self._links.owner(actor.token, link)
        if owner is None or owner != actor.member_id:
            raise NotAuthorised("link_void")
        return Mandate(self._members.home(owner), Signature("self", owner))
