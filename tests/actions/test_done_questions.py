"""Whether something was done, when and by whom; and if not, how things stand."""

from tests.fakes.changes import Desk
from tests.fakes.playing import Player


def did(holder: Player, *acts: str, whom: str | None = None) -> str:
    users = [whom] if whom else None
    return holder.start(
        "show_history", history_acts=list(acts), history_users=users, history_yes_no=True
    )


def test_who_is_still_there_was_not_deleted(desk: Desk, holder: Player) -> None:
    said = did(holder, "delete", whom=f"id:{desk.leo.id}")
    assert said == "No: Léo is still on your account; nothing of that kind has been done."
    holder.language = "fr"
    said = did(holder, "delete", whom=f"id:{desk.leo.id}")
    assert said == "Non : Léo figure toujours à votre compte; rien de tel n'a été fait."


def test_who_was_deleted_is_known_by_name(desk: Desk, holder: Player) -> None:
    gone = desk.leo
    receipt = desk.do("delete", gone.id).number
    said = did(holder, "delete", whom="Léo")
    assert said.startswith("Yes: Léo Gagnon removed, on March 2, 2026 at")
    assert said.endswith(f"by Hélène (receipt {receipt}).")
    assert did(holder, "delete", whom=f"id:{gone.id}") == said
    undo = desk.undo(receipt).number
    said = did(holder, "delete", whom=f"id:{desk.leo.id}")
    assert said.startswith("Not any more: Léo Gagnon removed")
    assert said.endswith(f"that was undone again (receipt {undo}).")


def test_who_is_unknown_is_named(holder: Player) -> None:
    said = did(holder, "delete", whom="Kevin")
    assert said == 'No: I find nothing of that kind, and nobody on your account by "Kevin".'


def test_what_was_not_done_leaves_things_as_they_are(desk: Desk, holder: Player) -> None:
    desk.lock(desk.leo.id)
    said = did(holder, "unlock", whom=f"id:{desk.leo.id}")
    assert said.startswith("No: nothing of that kind has been done.")
    assert "secondary user, locked" in said
    assert did(holder, "lock", whom=f"id:{desk.leo.id}").startswith("Yes: Léo Gagnon locked")
    desk.do("unlock", desk.leo.id)
    assert did(holder, "unlock").startswith("Yes: Léo Gagnon unlocked")


def test_what_was_done_last(desk: Desk, holder: Player) -> None:
    assert holder.start("show_history", history_last=True).startswith("No: nothing of that kind")
    desk.do("change_rights", desk.leo.id, grant=["usage"])
    receipt = desk.do("reset_password", desk.leo.id).number
    said = holder.start("show_history", history_last=True)
    assert said.startswith("Yes: link sent to Léo Gagnon, on")
    assert receipt in said


def test_the_list_is_of_what_is_asked_about(desk: Desk, holder: Player) -> None:
    zoe = desk.invite()
    desk.do("edit_profile", desk.leo.id, first_name="Max")
    desk.do("reset_password", zoe.id)
    said = holder.start("show_history", history_users=[f"id:{zoe.id}"])
    assert [line.split(": ")[1].split(",")[0] for line in said.splitlines()[1:]] == [
        "link sent to Zoé Roy",
        "Zoé Roy added",
    ]
    said = holder.start("show_history", history_acts=["edit"])
    assert len(said.splitlines()) == 2
    said = holder.start("show_history", history_acts=["delete"])
    assert said == "Nothing of that kind has been done on your account."
    assert len(holder.start("show_history").splitlines()) > 4


def test_the_words_of_requests(desk: Desk, holder: Player, leo: Player) -> None:
    for wish in (["usage"], ["pay_bill", "voicemail"]):
        leo.start("request_access", requested_services=wish)
        leo.tap("Yes")
    holder.start("decide_request", request_decision="approve", request_services=["usage"])
    holder.tap("Yes")
    leo.start("request_access", requested_services=["pay_bill"])
    leo.tap("Yes")
    leo.start("request_status", request_wish="withdraw")
    leo.tap("Yes")
    said = holder.start("show_history")
    for words in (
        "a request withdrawn, by Léo",
        "the request of Léo Gagnon declined: Pay the bill and Manage voicemail",
        "a request changed, by Léo",
        "more access asked for, by Léo",
    ):
        assert words in said
