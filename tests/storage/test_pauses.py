"""What is taken away until a moment is back at its minute, for every reader, and told once."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import insert, select

from storage.errors import EndIsPast, NothingToChange
from storage.households.members import Member
from storage.households.tables import access_right, service
from tests.fakes.changes import Desk
from tests.fakes.clock import ManualClock
from tests.fakes.threads import in_parallel

TV, BILL = "tv_channels", "view_invoice"
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _leo_has_tv(desk: Desk) -> None:
    desk.do("change_rights", desk.leo.id, grant=[TV])
    desk.take_mails()


def take(desk: Desk, *services: str, until: datetime | None = None) -> Member:
    pauses = dict.fromkeys(services, until) if until else {}
    return desk.do("change_rights", desk.leo.id, revoke=services, pauses=pauses).member


def test_it_is_away_until_its_minute_and_no_longer(desk: Desk, clock: ManualClock) -> None:
    back = clock() + HOUR
    leo = take(desk, TV, until=back)
    assert (TV in leo.services, leo.pauses) == (False, ((TV, back),))
    clock.advance(seconds=3599)
    assert TV not in desk.leo.services
    clock.advance(seconds=1)
    assert (TV in desk.leo.services, desk.leo.pauses) == (True, ())


def test_it_is_entered_and_told_once_to_the_person_and_to_the_holder(
    desk: Desk, clock: ManualClock
) -> None:
    take(desk, TV, until=clock() + HOUR)
    [mail] = desk.mails()
    desk.take_mails()
    [revoked] = mail.parameters["revoked"]
    assert revoked["parameters"]["ends_at"] == {"time": (clock() + HOUR).isoformat()}
    clock.advance(hours=2)
    for _ in range(3):
        desk.enter()
    told = sorted((mail.template, mail.recipient) for mail in desk.mails())
    assert told == [
        ("pause_ended", desk.household.holder.email),
        ("rights_changed", desk.leo.email),
    ]
    assert [entry.action for entry in desk.by_itself()] == ["end_pause"]
    assert TV in desk.leo.services
    assert desk.audit_is_whole


def test_of_many_processes_one_gives_it_back(desk: Desk, clock: ManualClock) -> None:
    for _ in range(3):
        take(desk, TV, until=clock() + HOUR)
        desk.take_mails()
        clock.advance(hours=2)
        in_parallel(8, lambda _: desk.enter())
        told = sorted(mail.template for mail in desk.mails())
        assert told == ["pause_ended", "rights_changed"]
        clock.advance(hours=2)


def test_whatever_changes_first_what_came_back_before_is_entered_before(
    desk: Desk, clock: ManualClock
) -> None:
    take(desk, TV, until=clock() + HOUR)
    clock.advance(hours=1)
    desk.do("change_rights", desk.leo.id, grant=["usage"])
    assert {TV, "usage"} <= set(desk.leo.services)
    assert [entry.action for entry in desk.by_itself()] == ["end_pause"]


def test_what_is_said_last_counts(desk: Desk, clock: ManualClock) -> None:
    near, far = clock() + HOUR, clock() + 2 * HOUR
    assert take(desk, TV, until=near).pauses == ((TV, near),)
    assert take(desk, TV, until=far).pauses == ((TV, far),)
    with pytest.raises(NothingToChange):
        take(desk, TV, until=far)
    assert take(desk, TV).pauses == ()  # for good
    assert TV not in desk.leo.services
    with pytest.raises(EndIsPast):
        take(desk, TV, until=clock())


def test_given_by_hand_meanwhile_it_does_not_come_back_a_second_time(
    desk: Desk, clock: ManualClock
) -> None:
    take(desk, TV, until=clock() + HOUR)
    leo = desk.do("change_rights", desk.leo.id, grant=[TV]).member
    assert (TV in leo.services, leo.pauses) == (True, ())
    take(desk, TV)
    clock.advance(hours=2)
    desk.enter()
    assert TV not in desk.leo.services


def test_what_is_given_beside_a_pause_counts_without_the_end_of_that(
    desk: Desk, clock: ManualClock
) -> None:
    ends = clock() + 3 * HOUR
    desk.do("change_rights", desk.leo.id, grant=[TV], ends={TV: ends})
    take(desk, TV, until=clock() + HOUR)
    with desk.database.write() as uow:  # as a program would that knows no pauses
        tv = select(service.c.id).where(service.c.code == TV).scalar_subquery()
        row = insert(access_right).values(member_id=desk.leo.id, service_id=tv)
        uow.households._connection.execute(row)
    assert (TV in desk.leo.services, desk.leo.ends, desk.leo.pauses) == (True, (), ())


def test_who_never_had_it_is_not_given_it(desk: Desk, clock: ManualClock) -> None:
    with pytest.raises(NothingToChange):
        take(desk, "pay_bill", until=clock() + HOUR)
    assert desk.leo.pauses == ()


def test_the_end_that_it_had_counts_afterwards_too(desk: Desk, clock: ManualClock) -> None:
    desk.do("change_rights", desk.leo.id, grant=[TV], until=clock() + 3 * HOUR)
    take(desk, TV, until=clock() + HOUR)
    clock.advance(hours=2)
    desk.enter()
    assert (TV in desk.leo.services, dict(desk.leo.ends)) == (True, {TV: clock() + HOUR})
    clock.advance(hours=1)
    assert TV not in desk.leo.services


def test_what_would_have_ended_by_then_does_not_come_back(desk: Desk, clock: ManualClock) -> None:
    desk.do("change_rights", desk.leo.id, grant=[TV], until=clock() + HOUR)
    leo = take(desk, TV, until=clock() + 2 * HOUR)
    assert (leo.pauses, leo.ends) == ((), ())
    clock.advance(hours=3)
    assert TV not in desk.leo.services


def test_an_undo_gives_it_back_and_ends_the_pause(desk: Desk, clock: ManualClock) -> None:
    desk.do("change_rights", desk.leo.id, grant=[TV], until=clock() + 5 * HOUR)
    before = desk.row(desk.leo.id)
    for more in ({}, {TV: clock() + HOUR}):
        desk.undo(desk.do("change_rights", desk.leo.id, revoke=[TV], pauses=more))
        assert desk.row(desk.leo.id) == before
        assert desk.leo.pauses == ()


def test_an_undo_of_something_else_keeps_what_came_back(desk: Desk, clock: ManualClock) -> None:
    take(desk, TV, until=clock() + HOUR)
    other = desk.do("change_rights", desk.leo.id, grant=["usage"])
    clock.advance(hours=2)
    desk.enter()
    desk.undo(other)
    assert TV in desk.leo.services
    assert "usage" not in desk.leo.services


def test_who_is_suspended_has_it_back_afterwards(desk: Desk, clock: ManualClock) -> None:
    take(desk, TV, until=clock() + HOUR)
    desk.do("suspend", desk.leo.id)
    clock.advance(hours=2)
    desk.enter()
    desk.do("resume", desk.leo.id)
    assert TV in desk.leo.services


def test_who_is_removed_has_it_back_when_they_are(desk: Desk, clock: ManualClock) -> None:
    take(desk, TV, until=clock() + HOUR)
    removed = desk.do("delete", desk.leo.id)
    clock.advance(hours=2)
    desk.take_mails()
    desk.enter()
    assert desk.mails() == []
    desk.undo(removed)
    desk.enter()
    assert TV in desk.leo.services


def test_what_is_no_longer_offered_does_not_come_back(desk: Desk, clock: ManualClock) -> None:
    take(desk, TV, until=clock() + HOUR)
    with desk.database.write() as uow:
        uow.services.retire(TV)
    assert desk.leo.pauses == ()
    clock.advance(hours=2)
    desk.enter()
    desk.enter()
    assert TV not in desk.leo.services
    assert desk.by_itself() == []
