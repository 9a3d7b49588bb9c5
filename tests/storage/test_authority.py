"""Who may do what: every actor with every action."""

from typing import get_args

import pytest

from storage.audit.chain import Signature
from storage.database import Database
from storage.errors import NotAuthorised
from storage.households.actors import Actor, Holder, Operator, Secondary, Self, System
from storage.households.declared import CHANGES
from storage.households.households import Household
from storage.identity.links import LinkKind
from storage.identity.sessions import Session
from tests.fakes.clock import ManualClock
from tests.fakes.households import acting, mailed, make_household, newcomer, start_chat, verify

MAY: dict[str, set[str]] = {
    "Holder": {
        "create",
        "edit",
        "rights",
        "reset_link",
        "unlock",
        "suspend",
        "resume",
        "delete",
        "undo",
        "decide_request",
    },
    "Secondary": {
        "request_access",
        "change_request",
        "remind_request",
        "withdraw_request",
        "ask_to_leave",
    },
    "Self": {
        "own_password",
        "own_unlock",
        "activated",
        "add_passkey",
        "remove_passkey",
        "keep_passkey",
        "confirm_email",
    },
    "System": {"lock", "expire", "sweep", "end_suspension", "end_rights", "end_pause"},
    "Operator": {"import", "erase", "export", "retire_service", "end_passkey", "close", "reopen"},
}


@pytest.fixture
def household(database: Database) -> Household:
    return make_household(database, secondaries=1)


@pytest.fixture
def session(database: Database, household: Household) -> Session:
    return verify(database, "holder-90210001", start_chat(database))


def reason(database: Database, actor: Actor, action: str, household_id: int) -> str | None:
    """Why it was refused; None when it was allowed."""
    try:
        with database.read() as uow:
            uow.authority.check(actor, action, household_id)
    except NotAuthorised as refusal:
        return refusal.reason
    return None


@pytest.mark.parametrize("kind", list(MAY))
def test_every_actor_may_do_its_own_and_nothing_else(
    database: Database, session: Session, kind: str
) -> None:
    with database.write() as uow:
        created = uow.households.create_member(acting(session), newcomer()).member
        token = uow.page_sessions.open(created.id)
    other = verify(database, "second1-90210001", start_chat(database, "chat of second1"))
    actors: dict[str, Actor] = {
        "Holder": acting(session),
        "Secondary": Secondary(other.id, other.conversation_id, other.person_id),
        "Self": Self(created.id, token),
        "System": System("sweep"),
        "Operator": Operator("digest"),
    }
    household_id = session.household_id
    refused = {name: reason(database, actors[kind], name, household_id) for name in CHANGES}
    assert refused == {name: None if name in MAY[kind] else "not_allowed" for name in CHANGES}


@pytest.mark.parametrize("kind", get_args(LinkKind))
def test_a_mailed_link_proves_only_what_it_was_mailed_for(
    database: Database, household: Household, kind: LinkKind
) -> None:
    """So that one for an address that nobody has confirmed gives no password, for example."""
    someone = household.members[1].id
    with database.write() as uow:
        token = uow.links.issue(kind, someone).rpartition("/")[2]
    actor = Self(someone, token)
    proved = {name for name in CHANGES if reason(database, actor, name, household.id) is None}
    assert proved == {name for name, change in CHANGES.items() if change.link == kind}
    assert len(proved) == (kind != "not_me")


def test_every_action_stands_in_the_table() -> None:
    assert set(CHANGES) == set.union(*MAY.values())


def test_a_secondary_user_creates_nobody(database: Database, household: Household) -> None:
    session = verify(database, "second1-90210001", start_chat(database))
    assert reason(database, acting(session), "create", household.id) == "not_holder"


def test_a_holder_asks_for_no_access(database: Database, session: Session) -> None:
    asking = Secondary(session.id, session.conversation_id, session.person_id)
    assert reason(database, asking, "request_access", session.household_id) == "not_secondary"


def test_another_households_holder_creates_nobody_here(
    database: Database, session: Session
) -> None:
    other = make_household(database, "90210002")
    assert reason(database, acting(session), "create", other.id) == "other_household"


def test_a_session_serves_only_its_own_chat_and_person(
    database: Database, session: Session
) -> None:
    elsewhere = start_chat(database, "chat-2")
    for actor in (
        Holder(session.id, elsewhere, session.person_id),
        Holder(session.id, session.conversation_id, "somebody else"),
        Holder(session.id + 1, session.conversation_id, session.person_id),
    ):
        assert reason(database, actor, "create", session.household_id) == "no_session"


def test_an_ended_session_serves_nobody(database: Database, session: Session) -> None:
    with database.write() as uow:
        uow.sessions.end(session.conversation_id)
    assert reason(database, acting(session), "create", session.household_id) == "no_session"


def test_a_lapsed_session_serves_nobody(
    database: Database, session: Session, clock: ManualClock
) -> None:
    clock.advance(minutes=5)
    assert reason(database, acting(session), "create", session.household_id) == "no_session"


def test_somebody_elses_link_proves_nothing(database: Database, session: Session) -> None:
    with database.write() as uow:
        created = uow.households.create_member(acting(session), newcomer()).member
    token = mailed(database, "activation")["activation_url"].rpartition("/")[2]
    thief = Self(session.member_id, token)
    assert reason(database, thief, "own_password", session.household_id) == "link_void"
    guess = Self(created.id, "a guess")
    assert reason(database, guess, "own_password", session.household_id) == "link_void"


def test_a_check_says_who_signs(database: Database, session: Session) -> None:
    with database.read() as uow:
        mandate = uow.authority.check(acting(session), "create")
    assert mandate.household_id == session.household_id
    assert mandate.signature == Signature("holder", session.member_id, session.id)
