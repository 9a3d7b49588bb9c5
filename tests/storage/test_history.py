"""The history says who did what to whom, newest first, as long as it is known."""

from sqlalchemy import text

from storage.audit.history import HistoryEntry
from storage.database import Database
from tests.fakes.changes import Desk
from tests.fakes.clock import ManualClock
from tests.fakes.households import start_chat, verify


def history(desk: Desk, limit: int = 10) -> tuple[HistoryEntry, ...]:
    with desk.database.read() as uow:
        return uow.history.entries(desk.household_id, limit)


def test_the_newest_change_comes_first_with_names_and_values(
    desk: Desk, clock: ManualClock
) -> None:
    desk.do("change_rights", desk.leo.id, grant=["usage"])
    clock.advance(minutes=1)
    receipt = desk.do("edit_profile", desk.leo.id, first_name="Max")
    newest, older, *imported = history(desk)
    assert (newest.receipt, newest.at) == (receipt.number, clock())
    assert (newest.actor_kind, newest.actor) == ("holder", "Hélène")
    assert (newest.action, newest.outcome, newest.undone) == ("edit", "done", None)
    assert (newest.target_first_name, newest.target_last_name) == ("Max", "Gagnon")
    assert (newest.before["first_name"], newest.after["first_name"]) == ("Léo", "Max")
    assert older.after["services"] == ["view_invoice", "usage"]
    assert {(one.actor_kind, one.action) for one in imported} == {("operator", "import")}


def test_only_some_kinds_are_told_where_they_are_named(desk: Desk) -> None:
    desk.do("edit_profile", desk.leo.id, first_name="Max")
    receipt = desk.do("change_rights", desk.leo.id, grant=["usage"])
    with desk.database.read() as uow:
        [entry] = uow.history.entries(desk.household_id, actions=["rights", "delete"])
    assert (entry.receipt, entry.target_member_id) == (receipt.number, desk.leo.id)
    assert (entry.first_name, entry.last_name) == ("Max", "Gagnon")


def test_an_undo_and_what_it_took_back_point_at_each_other(desk: Desk) -> None:
    receipt = desk.do("delete", desk.leo.id)
    undo = desk.undo(receipt)
    newest, older, *_ = history(desk)
    assert (newest.receipt, newest.action, newest.reason) == (undo.number, "undo", receipt.number)
    assert (older.receipt, older.undone) == (receipt.number, undo.number)


def test_a_refusal_of_a_secondary_user_stands_there(desk: Desk) -> None:
    session = verify(desk.database, "second1-90210001", start_chat(desk.database, "Léo's chat"))
    with desk.database.write() as uow:
        uow.audit.refused(session, "delete", "not_holder")
    newest = history(desk)[0]
    assert (newest.actor_kind, newest.actor) == ("secondary", "Léo")
    assert (newest.outcome, newest.reason) == ("refused", "not_holder")
    assert newest.target_first_name is None


def test_who_was_deleted_has_a_name_and_who_was_erased_has_none(desk: Desk) -> None:
    leo = desk.leo
    desk.do("delete", leo.id)
    assert history(desk)[0].target_first_name == "Léo"
    with desk.database._engine.connect() as connection:
        connection.execute(text("DELETE FROM audit_detail"))
        connection.execute(text("DELETE FROM access_right WHERE member_id = :id"), {"id": leo.id})
        connection.execute(text("DELETE FROM member WHERE id = :id"), {"id": leo.id})
        connection.commit()
    newest = history(desk)[0]
    assert (newest.target_first_name, newest.before, newest.after) == (None, {}, {})
    assert newest.action == "delete"


def test_it_is_as_long_as_asked_for_and_tells_of_one_household(
    desk: Desk, database: Database, clock: ManualClock
) -> None:
    other = Desk.make(database, clock, "90210002")
    for name in ("Max", "Mo", "Mia"):
        desk.do("edit_profile", desk.leo.id, first_name=name)
    assert [one.after["first_name"] for one in history(desk, 2)] == ["Mia", "Mo"]
    assert {one.action for one in history(other)} == {"import"}
