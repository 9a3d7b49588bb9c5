"""Who may change a household: one table, checked in the transaction of the change itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from sqlalchemy import select

from storage.audit.chain import Signature
from storage.errors import NotAuthorised
from storage.households.tables import member
from storage.identity.links import Links
from storage.identity.page_sessions import PageSessions
from storage.identity.sessions import Sessions
from storage.transaction import Repository, part


@dataclass(frozen=True, slots=True)
class Holder:
    """The account holder, by a verified session of this chat and this person."""

    session_id: int
    conversation_id: int
    person_id: str


@dataclass(frozen=True, slots=True)
class Secondary:
    """A secondary user, by a verified session of this chat and this person."""

    session_id: int
    conversation_id: int
    person_id: str


@dataclass(frozen=True, slots=True)
class Self:
    """A member on their own behalf: by a mailed link's token, or a page session's."""

    member_id: int
    token: str


@dataclass(frozen=True, slots=True)
class System:
    """A rule of the product (a lock after failed tries, an expiry, the sweep)."""

    rule: str


@dataclass(frozen=True, slots=True)
class Operator:
    """An operator who imports a file, or erases somebody; the digest is that of the file."""

    file_digest: str


Actor = Holder | Secondary | Self | System | Operator
Action = Literal[
    "create",
    "edit",
    "rights",
    "reset_link",
    "unlock",
    "delete",
    "undo",
    "decide_request",
    "request_access",
    "change_request",
    "withdraw_request",
    "own_password",
    "lock",
    "expire",
    "sweep",
    "import",
    "erase",
]

ALLOWED: Mapping[Action, type[Actor]] = MappingProxyType(
    {
        "create": Holder,
        "edit": Holder,
        "rights": Holder,
        "reset_link": Holder,
        "unlock": Holder,
        "delete": Holder,
        "undo": Holder,
        "decide_request": Holder,
        "request_access": Secondary,
        "change_request": Secondary,
        "withdraw_request": Secondary,
        "own_password": Self,
        "lock": System,
        "expire": System,
        "sweep": System,
        "import": Operator,
        "erase": Operator,
    }
)


@dataclass(frozen=True, slots=True)
class Mandate:
    """What a passed check gives: the household it holds for, and the signature to leave."""

    household_id: int
    signature: Signature


class Authority(Repository):
    _sessions = part(Sessions)
    _links = part(Links)
    _page_sessions = part(PageSessions)

    def check(self, actor: Actor, action: Action, household_id: int | None = None) -> Mandate:
        """Raises NotAuthorised unless this actor may do this there, now.

        Without a household it is the actor's own; a rule or an operator has none.
        """
        if not isinstance(actor, ALLOWED[action]):
            raise NotAuthorised("not_allowed")
        mandate = self._mandate(actor, household_id)
        if household_id is not None and mandate.household_id != household_id:
            raise NotAuthorised("other_household")
        return mandate

    def _mandate(self, actor: Actor, household_id: int | None) -> Mandate:
        if isinstance(actor, Holder | Secondary):
            return self._of_session(actor)
        if isinstance(actor, Self):
            return self._of_self(actor)
        if household_id is None:
            raise NotAuthorised("other_household")
        kind = "system" if isinstance(actor, System) else "operator"
        return Mandate(household_id, Signature(kind))

    def _of_session(self, actor: Holder | Secondary) -> Mandate:
        session = self._sessions.live(actor.conversation_id, actor.person_id, touch=False)
        if session is None or session.id != actor.session_id:
            raise NotAuthorised("no_session")
        role = "holder" if isinstance(actor, Holder) else "secondary"
        if session.role != role:
            raise NotAuthorised(f"not_{role}")
        return Mandate(session.household_id, Signature(role, session.member_id, session.id))

    def _of_self(self, actor: Self) -> Mandate:
        signed_in = self._page_sessions.live(actor.token)
        owner = (
            signed_in.member_id
            if signed_in is not None
            else self._links.owner(actor.token, ("activation", "reset"))
        )
        if owner is None or owner != actor.member_id:
            raise NotAuthorised("link_void")
        statement = select(member.c.household_id).where(member.c.id == owner)
        household_id = self._connection.execute(statement).scalar_one()
        return Mandate(household_id, Signature("self", owner))
