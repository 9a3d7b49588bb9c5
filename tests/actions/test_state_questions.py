"""What somebody can use, how they stand, what is on file: only what is asked, about whom."""

from typing import Any

import pytest

from storage.households.members import Member
from tests.fakes.changes import Desk
from tests.fakes.clock import ManualClock
from tests.fakes.playing import Player

BILL = "View the invoice"


def who(person: Member) -> list[str]:
    return [f"id:{person.id}"]


def ask(holder: Player, person: Member, aspect: str, **slots: Any) -> str:
    return holder.start("list_users", listed_users=who(person), listed_aspect=aspect, **slots)


def in_french(holder: Player, person: Member, aspect: str, **slots: Any) -> str:
    holder.language = "fr"
    return ask(holder, person, aspect, **slots)


@pytest.mark.parametrize(
    ("services", "english", "french"),
    [
        (
            ["view_invoice"],
            f"Yes: Léo can use: {BILL}.",
            "Oui : Léo a accès à : Consulter la facture.",
        ),
        (
            ["pay_bill"],
            f"No: Léo can use only: {BILL}.",
            "Non : Léo n'a accès qu'à : Consulter la facture.",
        ),
        (
            ["view_invoice", "pay_bill"],
            f"No: Léo can use: {BILL}, but not: Pay the bill.",
            "Non : Léo a accès à : Consulter la facture, mais pas à : Payer la facture.",
        ),
    ],
)
def test_whether_somebody_can_use_something(
    desk: Desk, holder: Player, services: list[str], english: str, french: str
) -> None:
    slots = {"listed_services": services, "listed_yes_no": True}
    assert ask(holder, desk.leo, "access", **slots) == english
    assert in_french(holder, desk.leo, "access", **slots) == french


def test_access_that_rests_at_the_moment_is_said_to_rest(desk: Desk, holder: Player) -> None:
    desk.lock(desk.leo.id)
    said = ask(holder, desk.leo, "access", listed_services=["view_invoice"], listed_yes_no=True)
    assert said == f"Yes: Léo can use: {BILL}. But signing in is locked at the moment."
    said = ask(holder, desk.invite(), "access")
    assert said == f"Zoé can use: {BILL}. That holds once the invitation is accepted."


def test_who_has_nothing_and_who_has_everything(desk: Desk, holder: Player) -> None:
    desk.do("change_rights", desk.leo.id, revoke=["view_invoice"])
    slots: dict[str, Any] = {"listed_services": ["usage"], "listed_yes_no": True}
    assert ask(holder, desk.leo, "access", **slots) == "No: Léo cannot use any service yet."
    said = ask(holder, desk.household.holder, "access", **slots)
    assert said == "Yes: Hélène is the account holder and can use every service."


def test_who_can_use_something(desk: Desk, holder: Player) -> None:
    slots: dict[str, Any] = {"listed_aspect": "access"}
    said = holder.start("list_users", **slots, listed_services=["view_invoice"])
    assert said == f"Besides you, Léo Gagnon can use: {BILL}."
    said = holder.start("list_users", **slots, listed_services=["usage"])
    assert said.startswith("Nobody but you can use:")


def test_several_people_have_a_line_each(desk: Desk, holder: Player) -> None:
    zoe = desk.invite()
    said = holder.start(
        "list_users",
        listed_users=who(desk.leo) + who(zoe),
        listed_aspect="invitation",
        listed_yes_no=True,
    )
    accepted, not_yet = said.splitlines()
    assert accepted == "• Yes: Léo has accepted the invitation."
    assert not_yet.startswith("• No: Zoé should get the invitation soon:")
    assert not_yet.endswith("its link works until March 7, 2026.")
    assert holder.titles() == []


@pytest.mark.parametrize(
    ("asked", "before", "locked"), [("locked", "No: ", "Yes: "), ("active", "Yes: ", "No: ")]
)
def test_whether_somebody_is_locked(
    desk: Desk, holder: Player, asked: str, before: str, locked: str
) -> None:
    slots: dict[str, Any] = {"listed_status": asked, "listed_yes_no": True}
    said = ask(holder, desk.leo, "status", **slots)
    assert said == f"{before}Léo is active and can sign in."
    desk.lock(desk.leo.id)
    said = ask(holder, desk.leo, "status", **slots)
    assert said == f"{locked}Léo is locked after 5 failed sign-ins."
    assert "unlock this person" in holder.tap("Unlock")


def test_what_is_on_file(desk: Desk, holder: Player) -> None:
    said = ask(holder, desk.leo, "email")
    assert said == "For Léo I have the e-mail address second1@90210001.example.com."
    assert ask(holder, desk.leo, "language") == "I write to Léo in English."
    assert in_french(holder, desk.leo, "language") == "J'écris à Léo en anglais."


def test_when_somebody_signed_in_last(desk: Desk, holder: Player, clock: ManualClock) -> None:
    said = ask(holder, desk.leo, "sign_in")
    assert said == "Léo has not signed in for at least 30 days, as far as I know."
    with desk.database.write() as uow:
        uow.page_sessions.open(desk.leo.id)
    clock.advance(minutes=3)
    assert ask(holder, desk.leo, "sign_in").startswith("Léo last signed in on March 2, 2026 at")
    assert "not accepted the invitation" in ask(holder, desk.invite(), "sign_in")


def test_an_invitation_that_is_over_is_sent_again_by_its_button(
    desk: Desk, clock: ManualClock
) -> None:
    zoe = desk.invite()
    clock.advance(days=6)
    assert desk.holder
    holder = Player(desk.database, desk.account)
    said = ask(holder, zoe, "invitation", listed_yes_no=True)
    assert said.startswith("No: Zoé has not accepted the invitation of March 2, 2026, and its")
    assert "before I send the invitation again" in holder.tap("Send the invitation again")


def test_whether_somebody_is_there(desk: Desk, holder: Player) -> None:
    said = ask(holder, desk.leo, "people", listed_yes_no=True)
    assert said == "Yes: Léo Gagnon is on your account, as a secondary user."
    said = holder.start(
        "list_users", listed_users=["Kevin"], listed_aspect="people", listed_yes_no=True
    )
    assert said == 'No: I find nobody on your account by "Kevin".'
    assert "nobody" in holder.start("list_users", listed_users=["Kevin"], listed_aspect="email")


def test_without_an_aspect_it_is_the_ordinary_list(desk: Desk, holder: Player) -> None:
    said = holder.start("list_users")
    assert len(said.splitlines()) == 4
    said = holder.start("list_users", listed_users=["Léo"])
    assert said.splitlines()[1:-1] == [f"• Léo Gagnon: secondary user, active; {BILL}"]


def test_a_holder_alone_is_told_so(desk: Desk, holder: Player) -> None:
    desk.do("delete", desk.leo.id)
    said = holder.start("list_users", listed_aspect="status", listed_yes_no=True)
    assert said.startswith("There is nobody on your account but you yet.")
