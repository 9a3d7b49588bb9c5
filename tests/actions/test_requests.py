"""Requests for access, from both sides: asking, adding, withdrawing; all, a part, or no."""

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


def ask(leo: Player, *services: str) -> None:
    leo.start("request_access", requested_services=list(services))
    leo.tap("Yes")


def decide(desk: Desk, decision: str, *services: list[str]) -> None:
    [request], holder = waiting(desk), desk.holder
    with desk.database.write() as uow:
        getattr(uow.requests, decision)(holder, request.id, *services)


def told(database: Database, chat: str) -> list[tuple[str, dict[str, object]]]:
    found = []
    with database.read() as uow:
        while row := uow.inbox.next("terminal", "bot", chat):
            assert row.body is not None
            event = row.body["event"]
            found.append((event["pattern"], event["context"]))
            uow.inbox.finish(row.id)
    return found


# The one who asks


def test_other_services_are_added_to_the_open_request(desk: Desk, leo: Player) -> None:
    ask(leo, "usage")
    said = leo.start("request_access", requested_services=["pay_bill", "view_invoice"])
    assert "You can already use View the invoice" in said
    assert f"Shall I add: {PAYING}?" in said
    assert f"now: {USAGE}" in said
    assert f"after: {PAYING} and {USAGE}" in said
    assert [one.services for one in waiting(desk)] == [("usage",)]
    assert "I have added that" in leo.tap("Yes")
    [request] = waiting(desk)
    assert request.services == ("pay_bill", "usage")
    assert len(desk.mails("access_request")) == 2


@pytest.mark.parametrize("services", [None, ["usage"], ["view_invoice"]])
def test_nothing_new_is_no_change(desk: Desk, leo: Player, services: list[str] | None) -> None:
    ask(leo, "usage")
    said = leo.start("request_access", requested_services=services)
    assert said.startswith(f"Your request is still with Hélène Tremblay: {USAGE}.")
    assert leo.state.stack.top is None
    leo.tap("Add something")
    assert USAGE not in leo.titles()
    assert PAYING in leo.titles()


def test_what_was_asked_for_already_is_not_added_twice(desk: Desk, leo: Player) -> None:
    ask(leo, "usage")
    leo.start("request_status", request_wish="change")
    said = leo.set(requested_services=["usage"])
    assert said.startswith("You have asked for that already.")
    assert "Shall I add" in leo.set(requested_services=["pay_bill"])


def test_a_request_that_was_answered_under_the_card_is_a_new_one(desk: Desk, leo: Player) -> None:
    ask(leo, "usage")
    leo.start("request_access", requested_services=["pay_bill"])
    decide(desk, "decline")
    said = leo.tap("Yes")
    assert "Shall I ask Hélène Tremblay" in said
    assert waiting(desk) == ()
    leo.tap("Yes")
    assert [one.services for one in waiting(desk)] == [("pay_bill",)]


def test_a_request_is_withdrawn_after_a_card(desk: Desk, leo: Player, holder: Player) -> None:
    ask(leo, "usage")
    number = str(waiting(desk)[0].id)
    said = leo.start("request_status", request_wish="withdraw")
    assert USAGE in said
    assert "stays open" in leo.tap("No")
    leo.start("request_status", request_wish="withdraw")
    assert "your request is withdrawn" in leo.tap("Yes")
    assert waiting(desk) == ()
    said = holder.start("decide_request", access_request=number, request_decision="approve")
    assert said.startswith("That request is no longer open")
    assert "You withdrew the last one" in leo.start("request_status")


def test_what_was_answered_under_the_card_is_not_withdrawn(desk: Desk, leo: Player) -> None:
    ask(leo, "usage")
    leo.start("request_status", request_wish="withdraw")
    decide(desk, "approve")
    said = leo.tap("Yes")
    assert "just been answered" in said
    assert "stays open" not in said
    assert "usage" in desk.leo.services


@pytest.mark.parametrize("wish", [None, "status", "withdraw", "change"])
def test_who_never_asked_is_told_so(leo: Player, wish: str | None) -> None:
    said = leo.start("request_status", request_wish=wish)
    assert said.startswith("You have not asked for anything")
    leo.tap("Ask for more access")
    assert PAYING in leo.titles()


def test_an_open_request_stands_with_its_days(desk: Desk, leo: Player) -> None:
    ask(leo, "usage")
    said = leo.start("request_status")
    assert said.startswith("You asked Hélène Tremblay on March 2, 2026 for: See Internet")
    assert "stays open until March 9, 2026" in said
    leo.language = "fr"
    said = leo.start("request_status")
    assert said.startswith("Le 2 mars 2026, vous avez demandé à Hélène Tremblay l'accès à :")


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("approve", "approved the last one"),
        ("decline", "declined the last one"),
        ("part", f"approved a part of the last one on March 2, 2026. You asked for: {PAYING}"),
        ("nothing", "got no answer and ended on March 9, 2026"),
    ],
)
def test_what_became_of_the_last_one(
    desk: Desk, clock: ManualClock, leo: Player, answer: str, words: str
) -> None:
    ask(leo, "usage", "pay_bill")
    if answer == "part":
        decide(desk, "approve", ["usage"])
    elif answer != "nothing":
        decide(desk, answer)
    else:
        clock.advance(days=8)
        verify(desk.database, f"second1-{desk.account}", start_chat(desk.database, "Léo's chat"))
    said = leo.start("request_status", request_wish="withdraw")
    assert words in said
    if answer == "part":
        assert said.endswith(f"Of that you can use now: {USAGE}.")


@pytest.mark.parametrize("flow", ["request_access", "request_status"])
def test_the_holder_needs_no_request(holder: Player, flow: str) -> None:
    assert holder.start(flow).startswith("You are the account holder")


# The holder


def test_a_part_is_approved_and_the_rest_declined(desk: Desk, leo: Player, holder: Player) -> None:
    ask(leo, "usage", "pay_bill")
    said = holder.start(
        "decide_request", request_decision="approve", request_services=["usage", "voicemail"]
    )
    assert "Léo did not ask for Manage voicemail" in said
    assert f"after: View the invoice and {USAGE}" in said
    assert f"not given: {PAYING}" in said
    said = holder.tap("Yes")
    assert f"Not given: {PAYING}." in said
    assert desk.leo.services == ("view_invoice", "usage")
    kinds = [one.template for one in desk.mails() if one.recipient == desk.leo.email]
    assert kinds == ["rights_changed", "access_partly_declined"]
    [(pattern, context)] = [
        one for one in told(desk.database, "Léo's chat") if one[0].endswith("decided")
    ]
    said = leo.hear(pattern, context)
    assert said.startswith(f"Good news: the account holder has given you access to: {USAGE}.")
    assert f"Not this time: {PAYING}." in said


def test_the_part_is_corrected_at_the_card(desk: Desk, leo: Player, holder: Player) -> None:
    ask(leo, "usage", "pay_bill")
    assert "not given" not in holder.start("decide_request", request_decision="approve")
    assert f"not given: {USAGE}" in holder.correct(request_services=["pay_bill"])
    holder.tap("Yes")
    assert desk.leo.services == ("view_invoice", "pay_bill")


def test_services_that_nobody_asked_for_decide_nothing(
    desk: Desk, leo: Player, holder: Player
) -> None:
    ask(leo, "usage")
    said = holder.start(
        "decide_request", request_decision="approve", request_services=["voicemail"]
    )
    assert "did not ask for" in said
    assert holder.titles() == ["Approve", "Decline"]
    assert len(waiting(desk)) == 1


def test_without_a_decision_it_is_shown_what_waits(desk: Desk, leo: Player, holder: Player) -> None:
    assert "Nobody on your account is waiting" in holder.start("decide_request")
    ask(leo, "usage")
    assert holder.start("decide_request").startswith(f"Léo asks for access to: {USAGE}")
    assert "decline the request" in holder.tap("Decline")
    assert "kindly" in holder.tap("Yes")
    assert waiting(desk) == ()


def test_of_several_that_wait_the_holder_says_whose(
    desk: Desk, leo: Player, holder: Player
) -> None:
    ask(leo, "usage")
    zoe = desk.invite()
    with desk.database.write() as uow:
        Members(uow.transaction).change(zoe.id, status="active", username="zoe")
    verify(desk.database, "zoe", start_chat(desk.database, "Zoé's chat"))
    ask(Player(desk.database, "Zoé's chat"), "pay_bill")
    assert "Whose request do you mean?" in holder.start(
        "decide_request", request_decision="approve"
    )
    assert holder.titles() == ["Léo Gagnon", "Zoé Roy"]
    assert "what Zoé Roy asked for" in holder.tap("Zoé")
    holder.tap("Yes")
    assert [one.first_name for one in waiting(desk)] == ["Léo"]
    said = holder.start("decide_request", request_decision="approve", request_of=f"id:{zoe.id}")
    assert said.startswith("Zoé is not waiting for an answer of yours.")
    assert "Léo asks for access" in said
    who = f"id:{desk.leo.id}"
    assert "what Léo" in holder.start("decide_request", request_decision="approve", request_of=who)


def test_what_was_withdrawn_under_the_card_is_gone(desk: Desk, leo: Player, holder: Player) -> None:
    ask(leo, "usage")
    holder.start("decide_request", request_decision="approve")
    leo.start("request_status", request_wish="withdraw")
    leo.tap("Yes")
    said = holder.tap("Yes")
    assert "no longer open" in said
    assert "stays open" not in said
    assert desk.leo.services == ("view_invoice",)


def test_what_was_added_under_the_card_is_shown_before_it_is_given(
    desk: Desk, leo: Player, holder: Player
) -> None:
    ask(leo, "usage")
    holder.start("decide_request", request_decision="approve")
    leo.start("request_access", requested_services=["pay_bill"])
    leo.tap("Yes")
    said = holder.tap("Yes")
    assert PAYING in said
    assert set(desk.leo.services) == {"view_invoice"}
    holder.tap("Yes")
    assert set(desk.leo.services) == {"view_invoice", "pay_bill", "usage"}
