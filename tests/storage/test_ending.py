"""What ends by itself does so at its minute, for every reader, and is told exactly once."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from storage.errors import ChangedSince, EndIsPast, NothingToChange
from storage.households.members import Member
from tests.fakes.changes import Desk
from tests.fakes.clock import ManualClock
from tests.fakes.threads import in_parallel

TV = "tv_channels"
HOUR = timedelta(hours=1)


def give(desk: Desk, *services: str, until: datetime | None = None) -> Member:
    return desk.do("change_rights", desk.leo.id, grant=services, until=until).member


def test_a_right_counts_until_its_minute_and_not_in_it(desk: Desk, clock: ManualClock) -> None:
    ends = clock() + HOUR
    assert give(desk, TV, until=ends).ends == ((TV, ends),)
    clock.advance(seconds=3599)
    assert TV in desk.leo.services
    clock.advance(seconds=1)
    assert (TV in desk.leo.services, desk.leo.ends) == (False, ())


def test_a_suspension_lasts_until_its_minute_and_no_longer(desk: Desk, clock: ManualClock) -> None:
    desk.lock(desk.leo.id)
    desk.do("suspend", desk.leo.id, until=clock() + HOUR)
    clock.advance(seconds=3599)
    assert desk.leo.status == "suspended"
    clock.advance(seconds=1)
    assert (desk.leo.status, desk.leo.suspended_until) == ("locked", None)


def test_the_end_is_entered_and_told_once_to_the_person_and_to_the_holder(
    desk: Desk, clock: ManualClock
) -> None:
    give(desk, TV, until=clock() + HOUR)
    desk.do("suspend", desk.leo.id, until=clock() + 2 * HOUR)
    desk.take_mails()
    clock.advance(hours=3)
    for _ in range(3):
        desk.enter()
    told = sorted((mail.template, mail.recipient) for mail in desk.mails())
    holder, leo = desk.household.holder.email, desk.leo.email
    assert told == [
        ("access_ended", holder),
        ("resumed", leo),
        ("rights_changed", leo),
        ("suspension_ended", holder),
    ]
    assert sorted(entry.action for entry in desk.by_itself()) == ["end_rights", "end_suspension"]
    assert desk.audit_is_whole


def test_of_many_processes_one_tells(desk: Desk, clock: ManualClock) -> None:
    for _ in range(3):
        give(desk, TV, until=clock() + HOUR)
        desk.take_mails()
        clock.advance(hours=2)
        in_parallel(8, lambda _: desk.enter())
        told = sorted(mail.template for mail in desk.mails())
        assert told == ["access_ended", "rights_changed"]
        clock.advance(hours=2)


CHANGES: dict[str, Callable[[Desk], object]] = {
    "rights": lambda desk: give(desk, "usage"),
    "edit": lambda desk: desk.do("edit_profile", desk.leo.id, first_name="Max"),
    "delete": lambda desk: desk.do("delete", desk.leo.id),
    "suspend": lambda desk: desk.do("suspend", desk.leo.id),
    "another person": lambda desk: desk.do_create(),
    "failed sign-ins": lambda desk: desk.lock(desk.leo.id),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_whatever_changes_first_what_was_over_before_is_entered_before(
    desk: Desk, clock: ManualClock, change: Callable[[Desk], object]
) -> None:
    give(desk, TV, until=clock() + HOUR)
    desk.do("suspend", desk.leo.id, until=clock() + HOUR)
    clock.advance(hours=1)
    change(desk)
    assert {entry.action for entry in desk.by_itself()} >= {"end_rights", "end_suspension"}
    told = [mail.template for mail in desk.mails()]
    desk.enter()
    assert [mail.template for mail in desk.mails()] == told
    assert desk.audit_is_whole


def test_an_end_is_given_moved_and_taken_away_by_what_is_said_last(
    desk: Desk, clock: ManualClock
) -> None:
    near, far = clock() + HOUR, clock() + 2 * HOUR
    assert give(desk, TV).ends == ()
    assert give(desk, TV, until=near).ends == ((TV, near),)
    assert give(desk, TV, until=far).ends == ((TV, far),)
    with pytest.raises(NothingToChange):
        give(desk, TV, until=far)
    assert give(desk, TV).ends == ()
    with pytest.raises(EndIsPast):
        give(desk, TV, until=clock())


def test_an_undo_restores_former_ends(desk: Desk, clock: ManualClock) -> None:
    near, far = clock() + HOUR, clock() + 2 * HOUR
    give(desk, TV, until=near)
    for more in ({"grant": [TV]}, {"grant": [TV], "until": far}, {"revoke": [TV]}):
        before = desk.row(desk.leo.id)
        desk.undo(desk.do("change_rights", desk.leo.id, **more))
        assert desk.row(desk.leo.id) == before
        clock.advance(minutes=1)


def test_an_undo_brings_back_nothing_that_would_have_ended_meanwhile(
    desk: Desk, clock: ManualClock
) -> None:
    give(desk, TV, until=clock() + HOUR)
    taken = desk.do("change_rights", desk.leo.id, revoke=[TV])
    clock.advance(hours=2)
    desk.undo(taken)
    assert TV not in desk.leo.services


def test_what_ended_by_itself_is_in_the_way_of_no_other_undo(
    desk: Desk, clock: ManualClock
) -> None:
    give(desk, TV, until=clock() + HOUR)
    given = desk.do("change_rights", desk.leo.id, grant=["usage"])
    clock.advance(hours=2)
    desk.enter()
    desk.undo(given)
    assert not {TV, "usage"} & set(desk.leo.services)


def test_an_end_that_came_is_not_undone(desk: Desk, clock: ManualClock) -> None:
    given = desk.do("change_rights", desk.leo.id, grant=[TV], until=clock() + HOUR)
    clock.advance(hours=2)
    desk.enter()
    [entry] = desk.by_itself()
    assert desk.find(entry.receipt) == "not_undoable"
    desk.do("change_rights", desk.leo.id, grant=[TV])
    with pytest.raises(ChangedSince):
        desk.undo(given)


def test_what_ended_while_somebody_was_removed_is_over_when_they_are_back(
    desk: Desk, clock: ManualClock
) -> None:
    give(desk, TV, until=clock() + HOUR)
    removed = desk.do("delete", desk.leo.id)
    clock.advance(hours=2)
    desk.enter()
    assert desk.by_itself() == []
    desk.undo(removed)
    assert TV not in desk.leo.services
    desk.enter()
    assert [entry.action for entry in desk.by_itself()] == ["end_rights"]
