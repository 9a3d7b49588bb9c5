"""A request is added to, withdrawn, or approved in part."""

from collections.abc import Callable
from typing import Any

import pytest

from storage.errors import (
    AlreadyGranted,
    HouseholdError,
    NotAuthorised,
    NothingToChange,
    RequestGone,
    UnknownService,
)
from storage.households.access_request_rows import AccessRequest
from storage.identity.sessions import Session
from tests.fakes.changes import Desk, block_audit
from tests.fakes.clock import ManualClock
from tests.fakes.households import start_chat, verify


@pytest.fixture
def session(desk: Desk) -> Session:
    return of_leo(desk)


def of_leo(desk: Desk) -> Session:
    chat = start_chat(desk.database, f"Léo's chat of {desk.account}")
    return verify(desk.database, f"second1-{desk.account}", chat)


def do(desk: Desk, name: str, *arguments: Any) -> Any:
    with desk.database.write() as uow:
        return getattr(uow.requests, name)(*arguments)


def newest(desk: Desk) -> AccessRequest | None:
    with desk.database.read() as uow:
        return uow.requests.newest(desk.leo.id)


def is_open(desk: Desk) -> bool:
    with desk.database.read() as uow:
        return bool(uow.requests.open_for(desk.household_id))


def actions(desk: Desk) -> list[str]:
    with desk.database.read() as uow:
        return [one.action for one in uow.history.entries(desk.household_id)]


def test_more_is_asked_for_in_the_open_request(
    desk: Desk, clock: ManualClock, session: Session
) -> None:
    first = do(desk, "ask", session, ["usage"])
    clock.advance(days=2)
    session = of_leo(desk)
    request = do(desk, "extend", session, ["view_invoice", "pay_bill", "usage"])
    assert (request.id, request.services) == (first.id, ("pay_bill", "usage"))
    assert request.created_at == first.created_at
    assert (request.expires_at - clock()).days == 7
    _, mail = desk.mails("access_request")
    assert mail.parameters["services"] == [
        "Payer la facture",
        "Consulter l'utilisation Internet et mobile",
    ]
    with desk.database.read() as uow:
        [entry, *_] = uow.history.entries(desk.household_id)
    assert (entry.action, entry.actor) == ("change_request", "Léo")
    assert (entry.before, entry.after) == (
        {"services": ["usage"]},
        {"services": ["pay_bill", "usage"]},
    )
    assert desk.audit_is_whole


@pytest.mark.parametrize(
    ("services", "refusal"),
    [
        (["usage"], NothingToChange),
        (["view_invoice"], AlreadyGranted),
        (["everything"], UnknownService),
        ([], UnknownService),
    ],
)
def test_what_adds_nothing_changes_nothing(
    desk: Desk, session: Session, services: list[str], refusal: type[HouseholdError]
) -> None:
    request = do(desk, "ask", session, ["usage"])
    with pytest.raises(refusal):
        do(desk, "extend", session, services)
    assert newest(desk) == request
    assert len(desk.mails("access_request")) == 1


def test_a_withdrawn_request_is_decided_no_more(desk: Desk, session: Session) -> None:
    request = do(desk, "ask", session, ["usage"])
    assert do(desk, "withdraw", session) == request
    mails = desk.mails()
    found = newest(desk)
    assert found is not None
    assert (found.status, found.decided_at) == ("withdrawn", desk.clock())
    for decision in ("approve", "decline"):
        with pytest.raises(RequestGone):
            do(desk, decision, desk.holder, request.id)
    assert desk.mails() == mails
    assert actions(desk)[0] == "withdraw_request"
    assert do(desk, "ask", session, ["usage"]).id != request.id
    assert desk.audit_is_whole


def test_the_holder_hears_that_it_waits_no_longer_or_for_less(desk: Desk, session: Session) -> None:
    do(desk, "ask", session, ["usage", "pay_bill"])
    do(desk, "reduce", session, ["pay_bill"])
    [mail] = desk.mails("access_reduced")
    assert mail.recipient == desk.household.holder.email
    assert mail.parameters["services"] == ["Payer la facture"]
    assert mail.parameters["left"] == ["Consulter l'utilisation Internet et mobile"]
    do(desk, "withdraw", session)
    [mail] = desk.mails("access_withdrawn")
    assert mail.parameters["who"] == "Léo Gagnon"
    assert mail.parameters["services"] == ["Consulter l'utilisation Internet et mobile"]


@pytest.mark.parametrize("change", [("extend", ["usage"]), ("withdraw",)], ids=lambda one: one[0])
def test_what_is_not_open_is_neither_changed_nor_withdrawn(
    desk: Desk, clock: ManualClock, session: Session, change: tuple[Any, ...]
) -> None:
    name, *arguments = change
    with pytest.raises(RequestGone):
        do(desk, name, session, *arguments)
    request = do(desk, "ask", session, ["pay_bill"])
    do(desk, "decline", desk.holder, request.id)
    with pytest.raises(RequestGone):
        do(desk, name, session, *arguments)
    do(desk, "ask", session, ["pay_bill"])
    clock.advance(days=7)
    with pytest.raises(RequestGone):
        do(desk, name, of_leo(desk), *arguments)
    late = newest(desk)
    assert late is not None
    assert late.status == "expired"


@pytest.mark.parametrize("change", [("extend", ["usage"]), ("withdraw",)], ids=lambda one: one[0])
def test_only_who_asked_changes_and_withdraws(
    desk: Desk, clock: ManualClock, session: Session, change: tuple[Any, ...]
) -> None:
    name, *arguments = change
    request = do(desk, "ask", session, ["pay_bill"])
    clock.advance(minutes=6)
    holder, stranger = desk.holder, of_leo(Desk.make(desk.database, clock, "90210002"))
    with desk.database.read() as uow:
        of_holder = uow.sessions.live(desk.chat, holder.person_id, touch=False)
    for other in (session, of_holder):
        with pytest.raises(NotAuthorised):
            do(desk, name, other, *arguments)
    with pytest.raises(RequestGone):
        do(desk, name, stranger, *arguments)
    assert newest(desk) == request


def test_a_part_is_given_and_the_rest_declined(desk: Desk, session: Session) -> None:
    before = desk.leo
    request = do(desk, "ask", session, ["usage", "pay_bill", "voicemail"])
    receipt = do(desk, "approve", desk.holder, request.id, ["usage", "voicemail", "tv_channels"])
    assert desk.leo.services == ("view_invoice", "usage", "voicemail")
    found = newest(desk)
    assert found is not None
    assert (found.status, found.services) == ("partly_approved", request.services)
    [mail] = desk.mails("access_partly_declined")
    assert (mail.recipient, mail.parameters["services"]) == (before.email, ["Pay the bill"])
    assert len(desk.mails("rights_changed")) == 1
    declined, given, *_ = actions(desk)
    assert (declined, given) == ("decide_request", "rights")
    desk.undo(receipt)
    assert desk.leo == before
    assert desk.audit_is_whole


def test_a_part_that_is_there_already_is_an_answer(desk: Desk, session: Session) -> None:
    request = do(desk, "ask", session, ["usage", "pay_bill"])
    desk.do("change_rights", desk.leo.id, grant=["usage"])
    receipt = do(desk, "approve", desk.holder, request.id, ["usage"])
    assert desk.find(receipt) == "not_undoable"
    assert desk.leo.services == ("view_invoice", "usage")
    assert len(desk.mails("access_partly_declined")) == 1


@pytest.mark.parametrize("services", [[], ["tv_channels"]])
def test_no_part_at_all_is_no_approval(desk: Desk, session: Session, services: list[str]) -> None:
    request = do(desk, "ask", session, ["usage"])
    with pytest.raises(UnknownService):
        do(desk, "approve", desk.holder, request.id, services)
    assert is_open(desk)


def test_all_of_it_by_name_is_the_whole(desk: Desk, session: Session) -> None:
    request = do(desk, "ask", session, ["usage"])
    do(desk, "approve", desk.holder, request.id, ["usage"])
    found = newest(desk)
    assert found is not None
    assert found.status == "approved"
    assert desk.mails("access_partly_declined") == []


@pytest.mark.parametrize(
    "work",
    [
        lambda uow, desk, session, request: uow.requests.extend(session, ["pay_bill"]),
        lambda uow, desk, session, request: uow.requests.withdraw(session),
        lambda uow, desk, session, request: uow.requests.approve(desk[0], request, ["usage"]),
    ],
    ids=["extend", "withdraw", "approve in part"],
)
def test_what_cannot_be_entered_in_the_audit_does_not_happen(
    desk: Desk, session: Session, work: Callable[..., Any]
) -> None:
    request = do(desk, "ask", session, ["usage", "voicemail"])
    holder, before, mails = desk.holder, desk.household, desk.mails()
    block_audit(desk.database)
    with pytest.raises(Exception, match=r"(?i)unique"), desk.database.write() as uow:
        work(uow, [holder], session, request.id)
    assert (desk.household, desk.mails(), newest(desk)) == (before, mails, request)
