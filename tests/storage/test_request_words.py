"""What is passed on with a request: a note, a reason, a reminder."""

from typing import Any

import pytest

from storage.errors import InvalidWords, NothingToChange, RemindedAlready, RequestGone
from storage.households.access_request_rows import AccessRequest
from storage.identity.sessions import Session
from storage.limits import WORDS_LENGTH
from storage.words import clean_words
from tests.fakes.changes import Desk
from tests.fakes.clock import ManualClock
from tests.fakes.households import start_chat, verify


def of_leo(desk: Desk) -> Session:
    return verify(
        desk.database,
        f"second1-{desk.account}",
        start_chat(desk.database, f"Léo's chat of {desk.account}"),
    )


def do(desk: Desk, name: str, *arguments: Any) -> Any:
    with desk.database.write() as uow:
        return getattr(uow.requests, name)(*arguments)


def newest(desk: Desk) -> AccessRequest:
    with desk.database.read() as uow:
        request = uow.requests.newest(desk.leo.id)
    assert request is not None
    return request


def heard(desk: Desk, chat: str, pattern: str) -> list[dict[str, Any]]:
    found = []
    with desk.database.read() as uow:
        while row := uow.inbox.next("terminal", "bot", chat):
            assert row.body is not None
            found.append(row.body["event"])
            uow.inbox.finish(row.id)
    return [event["context"] for event in found if event["pattern"] == pattern]


# The words themselves


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  it's for\n school ", "it's for school"),
        ("he is 12, and/or too young…", "he is 12, and/or too young…"),
        ("at 6 p.m. it costs 12.50 $", "at 6 p.m. it costs 12.50 $"),
        ("she\u202e is\u200b twelve", "she is twelve"),
        ("e\u0301cole", "école"),
        ("x" * WORDS_LENGTH, "x" * WORDS_LENGTH),
    ],
)
def test_words_are_passed_on_as_they_were_typed(typed: str, kept: str) -> None:
    assert clean_words(typed) == kept


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("see https://x.example", "link"),
        ("voir www.exemple.ca", "link"),
        ("go to evil.example", "link"),
        ("go to ｅｖｉｌ．example", "link"),
        ("go to evil。example", "link"),
        ("write to leo@example", "link"),
        ("http://10.0.0.1", "link"),
        ("10.0.0.1", "link"),
        (" \u200b…", "empty"),
        ("x" * (WORDS_LENGTH + 1), "too_long"),
    ],
)
def test_words_that_lead_somewhere_say_nothing_or_never_end_are_none(typed: str, why: str) -> None:
    with pytest.raises(InvalidWords) as refusal:
        clean_words(typed)
    assert refusal.value.reason == why


# A note


def test_a_note_goes_with_the_request(desk: Desk) -> None:
    assert desk.holder
    request = do(desk, "ask", of_leo(desk), ["usage"], "it's for school")
    assert request.note == newest(desk).note == "it's for school"
    [mail] = desk.mails("access_request")
    assert mail.parameters["note"] == "it's for school"
    [context] = heard(desk, desk.account, "pattern_access_request")
    assert context["note"] == "it's for school"
    assert desk.audit_is_whole


def test_a_note_is_added_to_the_open_request_and_told(desk: Desk) -> None:
    session = of_leo(desk)
    do(desk, "ask", session, ["usage"])
    request = do(desk, "add_note", session, "it's for school")
    assert (request.services, request.note) == (("usage",), "it's for school")
    with pytest.raises(NothingToChange):
        do(desk, "add_note", session, " it's for  school")
    _, mail = desk.mails("access_request")
    assert mail.parameters["note"] == "it's for school"


def test_a_note_that_leads_somewhere_is_not_passed_on(desk: Desk) -> None:
    session = of_leo(desk)
    with pytest.raises(InvalidWords):
        do(desk, "ask", session, ["usage"], "see evil.example")
    assert desk.mails() == []
    do(desk, "ask", session, ["usage"])
    with pytest.raises(InvalidWords):
        do(desk, "add_note", session, "see evil.example")
    assert newest(desk).note == ""


# A reason


def test_a_reason_reaches_whoever_asked(desk: Desk) -> None:
    request = do(desk, "ask", of_leo(desk), ["usage"])
    do(desk, "decline", desk.holder, request.id, "you are  twelve")
    assert (newest(desk).status, newest(desk).reason) == ("declined", "you are twelve")
    [mail] = desk.mails("access_declined")
    assert mail.parameters["reason"] == "you are twelve"
    [context] = heard(desk, f"Léo's chat of {desk.account}", "pattern_access_decided")
    assert context["reason"] == "you are twelve"


def test_the_reason_of_a_part_is_about_what_is_not_given(desk: Desk) -> None:
    request = do(desk, "ask", of_leo(desk), ["usage", "pay_bill"])
    do(desk, "approve", desk.holder, request.id, ["usage"], "you are twelve")
    [mail] = desk.mails("access_partly_declined")
    assert mail.parameters["reason"] == "you are twelve"
    assert "reason" not in desk.mails("rights_changed")[0].parameters
    assert newest(desk).reason == "you are twelve"


def test_what_is_given_whole_needs_no_reason(desk: Desk) -> None:
    request = do(desk, "ask", of_leo(desk), ["usage"])
    do(desk, "approve", desk.holder, request.id, None, "you are twelve")
    assert newest(desk).reason == ""


@pytest.mark.parametrize("decision", ["approve", "decline"])
def test_a_reason_that_leads_somewhere_decides_nothing(desk: Desk, decision: str) -> None:
    request = do(desk, "ask", of_leo(desk), ["usage", "pay_bill"])
    part = [["usage"]] if decision == "approve" else []
    with pytest.raises(InvalidWords):
        do(desk, decision, desk.holder, request.id, *part, "see evil.example")
    assert newest(desk) == request


# A reminder


def test_the_holder_is_reminded_once_a_day(desk: Desk, clock: ManualClock) -> None:
    assert desk.holder
    session = of_leo(desk)
    do(desk, "ask", session, ["usage"], "it's for school")
    do(desk, "remind", session)
    with pytest.raises(RemindedAlready) as refusal:
        do(desk, "remind", session)
    assert (refusal.value.again_at - clock()).days == 1
    [mail] = desk.mails("access_reminder")
    assert (mail.recipient, mail.parameters["note"]) == (
        desk.household.holder.email,
        "it's for school",
    )
    first, again = heard(desk, desk.account, "pattern_access_request")
    assert "again" not in first
    assert again["again"] is True
    clock.advance(days=1)
    do(desk, "remind", of_leo(desk))
    assert len(desk.mails("access_reminder")) == 2
    assert desk.audit_is_whole


def test_without_an_open_request_nobody_is_reminded(desk: Desk) -> None:
    session = of_leo(desk)
    with pytest.raises(RequestGone):
        do(desk, "remind", session)
    request = do(desk, "ask", session, ["usage"])
    do(desk, "decline", desk.holder, request.id)
    with pytest.raises(RequestGone):
        do(desk, "remind", session)
    assert desk.mails("access_reminder") == []


def test_reminders_go_with_whoever_is_erased(desk: Desk, clock: ManualClock) -> None:
    session = of_leo(desk)
    do(desk, "ask", session, ["usage"], "it's for school")
    do(desk, "remind", session)
    desk.do("delete", desk.leo.id)
    clock.advance(hours=25)
    with desk.database.write() as uow:
        uow.sweeping.sweep_records()
    with desk.database.read() as uow:
        assert uow.requests.outcome(1, desk.household_id) is None


# Fewer services


def test_less_is_asked_for(desk: Desk) -> None:
    session = of_leo(desk)
    before = do(desk, "ask", session, ["usage", "pay_bill"])
    request = do(desk, "reduce", session, ["usage"])
    assert (request.id, request.services) == (before.id, ("pay_bill",))
    assert newest(desk) == request
    for none in (["usage"], ["pay_bill"], []):
        with pytest.raises(NothingToChange):
            do(desk, "reduce", session, none)
    assert desk.audit_is_whole


# What became of it


def test_everybody_hears_the_same_of_what_became_of_it(desk: Desk, clock: ManualClock) -> None:
    def outcome(request: AccessRequest) -> str:
        with desk.database.read() as uow:
            found = uow.requests.outcome(request.id, desk.household_id)
        assert found is not None
        return found.status

    ways: dict[str, Any] = {
        "approved": lambda request, _: do(desk, "approve", desk.holder, request.id),
        "declined": lambda request, _: do(desk, "decline", desk.holder, request.id),
        "withdrawn": lambda _, session: do(desk, "withdraw", session),
        "expired": lambda *_: clock.advance(days=7),
        "deleted": lambda *_: desk.do("delete", desk.leo.id),
    }
    for (status, happens), service in zip(
        ways.items(), ["usage", "pay_bill", "pay_bill", "pay_bill", "voicemail"], strict=True
    ):
        clock.advance(minutes=20)
        session = of_leo(desk)
        request = do(desk, "ask", session, [service])
        assert outcome(request) == "open"
        happens(request, session)
        assert outcome(request) == status
        with desk.database.read() as uow:
            assert uow.requests.outcome(request.id, desk.household_id + 1) is None
