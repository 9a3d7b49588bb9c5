"""Who may change a secondary user, and that a change happens whole or not at all."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.exc import DBAPIError

from storage.database import Database
from storage.errors import NoSuchMember, NotAuthorised
from storage.households.actors import Actor, Operator, Self, System
from storage.unit_of_work import UnitOfWork
from tests.fakes.changes import Desk, block_audit
from tests.fakes.clock import ManualClock
from tests.fakes.households import acting, start_chat, verify

Change = Callable[[UnitOfWork, Actor, int], Any]
CHANGES: dict[str, Change] = {
    "change_rights": lambda uow, actor, who: uow.changes.change_rights(
        actor, who, grant=["pay_bill"]
    ),
    "edit_profile": lambda uow, actor, who: uow.changes.edit_profile(actor, who, first_name="Max"),
    "reset_password": lambda uow, actor, who: uow.changes.reset_password(actor, who),
    "suspend": lambda uow, actor, who: uow.changes.suspend(actor, who),
    "resume": lambda uow, actor, who: uow.changes.resume(actor, who),
    "unlock": lambda uow, actor, who: uow.changes.unlock(actor, who),
    "delete": lambda uow, actor, who: uow.changes.delete(actor, who),
}
EVERY_CHANGE = pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())


def test_who_was_deleted_cannot_be_changed(desk: Desk, database: Database) -> None:
    leo = desk.leo
    desk.do("delete", leo.id)
    holder = desk.holder
    for change in CHANGES.values():
        with database.write() as uow, pytest.raises(NoSuchMember):
            change(uow, holder, leo.id)


@EVERY_CHANGE
def test_nobody_outside_the_household_and_not_the_holder_can_be_the_target(
    desk: Desk, database: Database, change: Change
) -> None:
    other = Desk.make(database, desk.clock, "90210002").leo
    me = desk.household.holder
    holder = desk.holder
    for target in (other.id, me.id, 999_999):
        with database.write() as uow, pytest.raises(NoSuchMember):
            change(uow, holder, target)
    with database.read() as uow:
        assert other in uow.households.of(other.household_id).members


@EVERY_CHANGE
def test_only_the_live_session_of_the_holder_changes_anything(
    desk: Desk, database: Database, clock: ManualClock, change: Change
) -> None:
    desk.lock(desk.leo.id)
    before = desk.household
    chat = start_chat(database, "Léo's chat")
    secondary = acting(verify(database, str(desk.leo.username), chat))
    lapsed = desk.holder
    clock.advance(minutes=6)
    desk.do("reset_password", desk.leo.id)
    token = desk.token("password_reset", "reset_url")
    actors: list[Actor] = [
        secondary,
        lapsed,
        Self(desk.leo.id, token),
        System("sweep"),
        Operator("digest"),
    ]
    for actor in actors:
        with database.write() as uow, pytest.raises(NotAuthorised):
            change(uow, actor, before.members[1].id)
    assert desk.household == before


@EVERY_CHANGE
def test_a_change_that_cannot_be_entered_in_the_audit_does_not_happen(
    desk: Desk, database: Database, change: Change
) -> None:
    desk.lock(desk.leo.id)
    if change is CHANGES["resume"]:
        desk.do("suspend", desk.leo.id)
    holder, before, mails = desk.holder, desk.household, desk.mails()
    block_audit(database)
    with pytest.raises(DBAPIError), database.write() as uow:
        change(uow, holder, before.members[1].id)
    assert desk.household == before
    assert desk.mails() == mails
