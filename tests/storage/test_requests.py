"""A secondary user asks for access; only the holder's live session decides."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from storage.database import Database
from storage.errors import (
    AlreadyGranted,
    HouseholdError,
    NotAuthorised,
    RequestGone,
    UnknownService,
)
from storage.households.access_request_rows import AccessRequest
from storage.households.actors import Operator, Self, System
from storage.households.asking_access import RequestOpen
from storage.identity.sessions import Session
from tests.fakes.changes import Desk, block_audit
from tests.fakes.clock import ManualClock
from tests.fakes.households import acting, newcomer, start_chat, verify

DECISIONS = pytest.mark.parametrize("decision", ["approve", "decline"])


def session_of_leo(desk: Desk) -> Session:
    chat = start_chat(desk.database, f"Léo's chat of {desk.account}")
    return verify(desk.database, f"second1-{desk.account}", chat)


def ask(desk: Desk, *services: str, session: Session | None = None) -> AccessRequest:
    asking = session or session_of_leo(desk)
    with desk.database.write() as uow:
        return uow.requests.ask(asking, services)


def decide(desk: Desk, decision: str, request_id: int) -> Any:
    holder = desk.holder
    with desk.database.write() as uow:
        return getattr(uow.requests, decision)(holder, request_id)


def open_requests(desk: Desk) -> tuple[AccessRequest, ...]:
    with desk.database.read() as uow:
        return uow.requests.open_for(desk.household_id)


def events(database: Database, chat_id: str) -> list[dict[str, Any]]:
    """What a chat is told outside of its turns."""
    told = []
    with database.read() as uow:
        while row := uow.inbox.next("terminal", "bot", chat_id):
            assert row.body is not None
            told.append(row.body["event"])
            uow.inbox.finish(row.id)
    return [one for one in told if one["pattern"] != "pattern_verification_notice"]


# Asking


def test_the_holder_hears_of_a_request_by_mail_and_in_linked_chats(desk: Desk) -> None:
    assert desk.holder
    request = ask(desk, "view_invoice", "usage", "pay_bill")
    assert request.services == ("pay_bill", "usage")
    assert open_requests(desk) == (request,)
    assert (request.expires_at - request.created_at).days == 7
    [mail] = desk.mails()
    assert (mail.template, mail.recipient) == ("access_request", desk.household.holder.email)
    assert mail.secrets == {}
    assert mail.parameters == {
        "first_name": "Hélène",
        "who": "Léo Gagnon",
        "services": ["Payer la facture", "Consulter l'utilisation Internet et mobile"],
        "days": 7,
    }
    context = {"request": request.id, "first_name": "Léo", "services": ["pay_bill", "usage"]}
    assert events(desk.database, desk.account) == [
        {
            "pattern": "pattern_access_request",
            "context": context,
            "member_id": desk.household.holder.id,
        }
    ]
    assert desk.leo.services == ("view_invoice",)
    assert desk.audit_is_whole


def test_of_two_of_one_name_a_chat_without_a_proof_shows_no_address(desk: Desk) -> None:
    other = replace(newcomer(), first_name=desk.leo.first_name, last_name=desk.leo.last_name)
    holder = desk.holder
    with desk.database.write() as uow:
        uow.households.create_member(holder, other)
    ask(desk, "usage")
    [told] = [one["context"]["first_name"] for one in events(desk.database, desk.account)]
    assert told == f"Léo Gagnon ({desk.leo.username})"
    assert desk.mails()[-1].parameters["who"] == f"Léo Gagnon ({desk.leo.email})"


@pytest.mark.parametrize(
    ("services", "refusal"),
    [
        (["view_invoice"], AlreadyGranted),
        (["usage", "everything"], UnknownService),
        ([], UnknownService),
    ],
)
def test_what_makes_no_sense_is_not_asked(
    desk: Desk, services: list[str], refusal: type[HouseholdError]
) -> None:
    with pytest.raises(refusal):
        ask(desk, *services)
    assert open_requests(desk) == ()
    assert desk.mails() == []


def test_a_person_has_one_open_request(desk: Desk, clock: ManualClock) -> None:
    first = ask(desk, "usage")
    with pytest.raises(RequestOpen) as refusal:
        ask(desk, "pay_bill")
    assert refusal.value.request == first
    clock.advance(days=7)
    assert open_requests(desk) == ()
    assert ask(desk, "pay_bill").services == ("pay_bill",)


def test_only_a_live_session_of_a_secondary_user_asks(desk: Desk, clock: ManualClock) -> None:
    lapsed = session_of_leo(desk)
    clock.advance(minutes=6)
    with desk.database.read() as uow:
        actor = desk.holder
        of_holder = uow.sessions.live(desk.chat, actor.person_id, touch=False)
    assert of_holder is not None
    for session in (lapsed, of_holder):
        with pytest.raises(NotAuthorised):
            ask(desk, "usage", session=session)
    assert open_requests(desk) == ()


# Deciding


def test_an_approval_gives_what_was_asked_for_and_tells_the_person(desk: Desk) -> None:
    before = desk.leo
    request = ask(desk, "usage", "pay_bill")
    receipt = decide(desk, "approve", request.id)
    assert desk.leo.services == ("view_invoice", "pay_bill", "usage")
    assert open_requests(desk) == ()
    assert desk.mails("rights_changed")[0].recipient == desk.leo.email
    assert events(desk.database, f"Léo's chat of {desk.account}") == [
        {
            "pattern": "pattern_access_decided",
            "context": {"approved": True, "services": ["pay_bill", "usage"]},
            "member_id": before.id,
        }
    ]
    desk.undo(receipt)
    assert desk.leo == before
    assert desk.audit_is_whole


def test_a_refusal_changes_nothing_and_is_told_kindly(desk: Desk) -> None:
    request = ask(desk, "usage")
    receipt = decide(desk, "decline", request.id)
    assert receipt.member == desk.leo
    assert desk.leo.services == ("view_invoice",)
    assert open_requests(desk) == ()
    [mail] = desk.mails("access_declined")
    assert (mail.recipient, mail.language) == (desk.leo.email, "en")
    assert mail.parameters == {
        "first_name": "Léo",
        "by": "Hélène Tremblay",
        "services": ["See Internet and mobile usage"],
    }
    told = events(desk.database, f"Léo's chat of {desk.account}")
    assert told[0]["context"] == {"approved": False, "services": ["usage"]}
    assert desk.find(receipt) == "not_undoable"
    assert ask(desk, "usage").id != request.id


def test_another_service_instead_is_one_change_and_told_once(desk: Desk) -> None:
    session = session_of_leo(desk)
    request = ask(desk, "usage", session=session)
    told = desk.mails()
    with desk.database.write() as uow:
        changed = uow.requests.extend(session, ["pay_bill"], instead_of=["usage"])
    assert (changed.id, changed.services) == (request.id, ("pay_bill",))
    assert [mail.template for mail in desk.mails()[len(told) :]] == ["access_request"]


def test_what_the_holder_gave_meanwhile_is_approved_without_a_change(desk: Desk) -> None:
    request = ask(desk, "usage")
    desk.do("change_rights", desk.leo.id, grant=["usage"])
    receipt = decide(desk, "approve", request.id)
    assert desk.leo.services == ("view_invoice", "usage")
    assert desk.find(receipt) == "not_undoable"
    assert open_requests(desk) == ()


def test_an_answer_that_ends_shortens_nothing_that_was_given_meanwhile(
    desk: Desk, clock: ManualClock
) -> None:
    request = ask(desk, "usage", "pay_bill")
    desk.do("change_rights", desk.leo.id, grant=["usage"])
    until = clock() + timedelta(days=2)
    with desk.database.write() as uow:
        uow.requests.approve(desk.holder, request.id, until=until)
    assert dict(desk.leo.ends) == {"pay_bill": until}


@DECISIONS
def test_a_request_is_decided_once_and_in_time(
    desk: Desk, clock: ManualClock, decision: str
) -> None:
    first = ask(desk, "usage")
    decide(desk, "decline", first.id)
    second = ask(desk, "usage")
    clock.advance(days=7)
    for number in (first.id, second.id, 999_999):
        with pytest.raises(RequestGone):
            decide(desk, decision, number)
    assert desk.leo.services == ("view_invoice",)


@DECISIONS
def test_the_request_of_somebody_deleted_waits_for_them(desk: Desk, decision: str) -> None:
    request = ask(desk, "usage")
    receipt = desk.do("delete", desk.leo.id)
    assert open_requests(desk) == ()
    with pytest.raises(RequestGone):
        decide(desk, decision, request.id)
    desk.undo(receipt)
    assert open_requests(desk) == (request,)


@DECISIONS
def test_the_request_of_another_household_is_nobodys_business(
    desk: Desk, database: Database, decision: str
) -> None:
    other = Desk.make(database, desk.clock, "90210002")
    request = ask(other, "usage")
    with pytest.raises(RequestGone):
        decide(desk, decision, request.id)
    with database.read() as uow:
        assert uow.requests.get(request.id, desk.household_id) is None
        assert uow.requests.get(request.id, other.household_id) == request


@DECISIONS
def test_only_the_live_session_of_the_holder_decides(
    desk: Desk, clock: ManualClock, decision: str
) -> None:
    lapsed = desk.holder
    clock.advance(minutes=6)
    session = session_of_leo(desk)
    request = ask(desk, "usage", session=session)
    desk.do("reset_password", desk.leo.id)
    token = desk.token("password_reset", "reset_url")
    own = Self(desk.leo.id, token)
    for actor in (lapsed, acting(session), own, System("expire"), Operator("digest")):
        with desk.database.write() as uow, pytest.raises(NotAuthorised):
            getattr(uow.requests, decision)(actor, request.id)
    assert open_requests(desk) == (request,)


@pytest.mark.parametrize(
    "work",
    [
        lambda uow, holder, session, request: uow.requests.approve(holder, request),
        lambda uow, holder, session, request: uow.requests.decline(holder, request),
    ],
    ids=["approve", "decline"],
)
def test_an_answer_that_cannot_be_entered_in_the_audit_is_none(
    desk: Desk, work: Callable[..., Any]
) -> None:
    session = session_of_leo(desk)
    request = ask(desk, "usage", session=session)
    holder, before, mails = desk.holder, desk.household, desk.mails()
    block_audit(desk.database)
    with pytest.raises(Exception, match=r"(?i)unique"), desk.database.write() as uow:
        work(uow, holder, session, request.id)
    assert (desk.household, desk.mails(), open_requests(desk)) == (before, mails, (request,))
