"""What goes with a request in the chat: a reason, a note, a reminder; several that wait."""

from typing import Any

import pytest

from storage.database import Database
from storage.households.access_request_rows import AccessRequest
from storage.households.members import Members
from tests.fakes.changes import Desk
from tests.fakes.clock import ManualClock
from tests.fakes.households import start_chat, verify
from tests.fakes.playing import Player

USAGE = "See Internet and mobile usage"
PAYING = "Pay the bill"


def waiting(desk: Desk) -> tuple[AccessRequest, ...]:
    with desk.database.read() as uow:
        return uow.requests.open_for(desk.household_id)


def newest(desk: Desk) -> AccessRequest:
    with desk.database.read() as uow:
        request = uow.requests.newest(desk.leo.id)
    assert request is not None
    return request


def ask(leo: Player, *services: str, **more: Any) -> str:
    leo.start("request_access", requested_services=list(services), **more)
    return leo.tap("Yes")


def told(database: Database, chat: str, pattern: str) -> list[dict[str, Any]]:
    found = []
    with database.read() as uow:
        while row := uow.inbox.next("terminal", "bot", chat):
            assert row.body is not None
            event = row.body["event"]
            if event["pattern"] == pattern:
                found.append(event["context"])
            uow.inbox.finish(row.id)
    return found


# The reason


def test_a_reason_stands_on_the_card_and_reaches_who_asked(
    desk: Desk, leo: Player, holder: Player
) -> None:
    ask(leo, "usage")
    said = holder.start("decide_request", request_decision="decline")
    assert "type a reason" in said
    assert 'I pass this on with it: "he is twelve".' in holder.correct(
        declining_reason="he is twelve"
    )
    assert '"you are twelve"' in holder.correct(declining_reason="you are twelve")
    assert 'with your words: "you are twelve"' in holder.tap("Yes")
    assert newest(desk).reason == "you are twelve"
    assert desk.mails("access_declined")[0].parameters["reason"] == "you are twelve"
    [context] = told(desk.database, "Léo's chat", "pattern_access_decided")
    assert 'They add: "you are twelve".' in leo.hear("pattern_access_decided", context)
    assert 'They add: "you are twelve".' in leo.start("request_status")


def test_a_reason_with_a_link_is_asked_for_anew_and_never_sent(
    desk: Desk, leo: Player, holder: Player
) -> None:
    ask(leo, "usage")
    holder.start("decide_request", request_decision="decline")
    assert "no links or addresses" in holder.correct(declining_reason="see evil.example")
    assert "200 characters" in holder.correct(declining_reason="x" * 201)
    assert "with your words" not in holder.tap("Yes")
    assert newest(desk).status == "declined"
    assert "reason" not in desk.mails("access_declined")[0].parameters


def test_a_part_that_is_refused_gives_the_rest(desk: Desk, leo: Player, holder: Player) -> None:
    ask(leo, "usage", "pay_bill")
    said = holder.start(
        "decide_request",
        request_decision="decline",
        request_services=["usage"],
        declining_reason="it costs too much",
    )
    assert f"not given: {USAGE}" in said
    assert '"it costs too much"' in said
    holder.tap("Yes")
    assert desk.leo.services == ("view_invoice", "pay_bill")
    mail = desk.mails("access_partly_declined")[0]
    assert mail.parameters["reason"] == "it costs too much"


# The note and the reminder


def test_a_note_is_shown_to_the_holder_wherever_the_request_is(
    desk: Desk, leo: Player, holder: Player
) -> None:
    assert 'With your note: "it\'s for school".' in leo.start(
        "request_access", requested_services=["usage"], request_note="it's for school"
    )
    leo.tap("Yes")
    assert newest(desk).note == "it's for school"
    [context] = told(desk.database, desk.account, "pattern_access_request") or [
        {"request": waiting(desk)[0].id, "first_name": "Léo", "services": ["usage"]}
        | waiting(desk)[0].words
    ]
    for said in (
        holder.hear("pattern_access_request", context),
        holder.start("decide_request"),
        holder.start("decide_request", request_decision="approve"),
    ):
        assert "it's for school" in said


def test_a_note_with_a_link_goes_no_further_than_the_card(desk: Desk, leo: Player) -> None:
    said = leo.start(
        "request_access", requested_services=["usage"], request_note="see evil.example"
    )
    assert "no links or addresses" in said
    leo.tap("Yes")
    assert newest(desk).note == ""
    said = leo.start("request_status", request_wish="note", request_note="see evil.example")
    assert "I cannot pass that on" in said
    assert "What shall I tell Hélène Tremblay" in said
    assert '"it\'s for school"' in leo.set(request_note="it's for school")
    assert "gets your note" in leo.tap("Yes")
    assert newest(desk).note == "it's for school"


def test_a_reminder_is_sent_once_a_day(desk: Desk, clock: ManualClock, leo: Player) -> None:
    ask(leo, "usage")
    leo.start("request_status")
    assert "Shall I remind Hélène Tremblay" in leo.tap("Send a reminder")
    assert desk.mails("access_reminder") == []
    assert "I have reminded" in leo.tap("Yes")
    said = leo.start("request_status", request_wish="remind")
    assert "on March 3, 2026" in said
    assert leo.state.stack.top is None
    clock.advance(days=1)
    verify(desk.database, f"second1-{desk.account}", start_chat(desk.database, "Léo's chat"))
    leo.start("request_status", request_wish="remind", request_note="it is due today")
    leo.tap("Yes")
    assert len(desk.mails("access_reminder")) == 2
    assert desk.mails("access_reminder")[-1].parameters["note"] == "it is due today"


@pytest.mark.parametrize("wish", ["remind", "note", "withdraw"])
def test_what_was_answered_under_a_card_says_how_it_went(
    desk: Desk, leo: Player, wish: str
) -> None:
    ask(leo, "usage")
    leo.start("request_status", request_wish=wish, request_note="it's for school")
    [request], holder = waiting(desk), desk.holder
    with desk.database.write() as uow:
        uow.requests.decline(holder, request.id, "you are twelve")
    said = leo.tap("Yes")
    assert "just been answered" in said
    assert 'They add: "you are twelve".' in said
    assert desk.mails("access_reminder") == []


def test_a_part_is_taken_off_the_request(desk: Desk, leo: Player) -> None:
    ask(leo, "usage", "pay_bill")
    said = leo.start("request_status", request_wish="withdraw", requested_services=["usage"])
    assert f"after: {PAYING}" in said
    assert f"is now for {PAYING}" in leo.tap("Yes")
    assert newest(desk).services == ("pay_bill",)
    assert len(desk.mails("access_request")) == 1


# Several, and the menu


def with_zoe(desk: Desk) -> Player:
    zoe = desk.invite()
    with desk.database.write() as uow:
        Members(uow.transaction).change(zoe.id, status="active", username="zoe")
    verify(desk.database, "zoe", start_chat(desk.database, "Zoé's chat"))
    return Player(desk.database, "Zoé's chat")


def test_several_that_wait_are_counted_first(desk: Desk, leo: Player, holder: Player) -> None:
    ask(leo, "usage")
    ask(with_zoe(desk), "pay_bill")
    assert holder.start("decide_request").startswith("2 requests wait for your answer.")
    holder.language = "fr"
    assert holder.start("sign_in").count("demande l'accès à") == 2


@pytest.mark.parametrize("menu", ["pattern_help", "pattern_restart"])
def test_the_menu_of_the_holder_alone_says_how_many_wait(
    desk: Desk, leo: Player, holder: Player, menu: str
) -> None:
    holder.hear(menu, {})
    assert not [title for title in holder.titles() if "wait" in title]
    ask(leo, "usage")
    leo.hear(menu, {})
    assert not [title for title in leo.titles() if "wait" in title]
    holder.hear(menu, {})
    assert holder.titles()[0] == "1 request waits for you"
    assert holder.tap("1 request").startswith("Léo asks for access to")


@pytest.mark.parametrize(
    ("end", "words"),
    [
        ("approve", "it was approved already, on March 2, 2026"),
        ("decline", "it was declined already, on March 2, 2026"),
        ("withdraw", "Léo Gagnon withdrew it on March 2, 2026"),
        ("delete", "Léo Gagnon is not on your account any more"),
    ],
)
def test_whoever_comes_too_late_is_told_what_became_of_it(
    desk: Desk, leo: Player, holder: Player, end: str, words: str
) -> None:
    ask(leo, "usage")
    [request] = waiting(desk)
    for decision in ("approve", "decline"):
        holder.start("decide_request", access_request=str(request.id), request_decision=decision)
    actor = desk.holder
    if end == "withdraw":
        leo.start("request_status", request_wish="withdraw")
        leo.tap("Yes")
    elif end == "delete":
        desk.do("delete", desk.leo.id)
    else:
        with desk.database.write() as uow:
            getattr(uow.requests, end)(actor, request.id)
    assert words in holder.tap("Yes")
    given = {"access_request": str(request.id), "request_decision": "approve"}
    assert words in holder.start("decide_request", **given)
