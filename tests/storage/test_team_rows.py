"""Bans, duties and canned replies of agents, on both databases."""

from datetime import timedelta

from storage.database import Database
from storage.limits import BAN_LASTS, ON_CALL_LASTS
from tests.fakes.clock import ManualClock
from tests.storage.test_handoffs import open_case


def test_a_ban_is_in_force_until_it_ends_or_is_lifted(
    database: Database, clock: ManualClock
) -> None:
    case, other = open_case(database, "chat-1"), open_case(database, "chat-2")
    with database.write() as uow:
        until = uow.bans.enter(case, "7", "Nadia", "swears\0 at us")
        assert until == clock() + BAN_LASTS
    with database.read() as uow:
        ban = uow.bans.in_force(case.conversation_id)
        assert ban is not None
        assert ban.reason == "swears� at us"
        assert uow.bans.in_force(other.conversation_id) is None
    clock.advance(seconds=BAN_LASTS.total_seconds())
    with database.write() as uow:
        assert uow.bans.in_force(case.conversation_id) is None
        uow.bans.enter(case, "7", "Nadia", "again")
        uow.bans.lift(case.conversation_id, "Tom")
        assert uow.bans.in_force(case.conversation_id) is None
        newest = uow.bans.newest_of(case.conversation_id)
        assert newest is not None
        assert (newest.reason, newest.lifted_by) == ("again", "Tom")


def test_a_ban_is_forgotten_a_while_after_it_ended(database: Database, clock: ManualClock) -> None:
    case = open_case(database, "chat-1")
    with database.write() as uow:
        uow.bans.enter(case, "7", "Nadia", "swears")
    clock.advance(days=90)
    with database.write() as uow:
        uow.sweeping.sweep_messages(keep=timedelta(days=365))
        assert uow.bans.newest_of(case.conversation_id) is None


def test_duties_are_in_the_order_in_which_they_began(
    database: Database, clock: ManualClock
) -> None:
    with database.write() as uow:
        desk = uow.conversations.ensure("terminal", "bot", "agents")
        uow.handoffs.set_agents(desk, {"1": "Nadia", "2": "Tom"})
        for person in ("2", "1", "9"):
            uow.handoffs.set_on_call(desk, person, begins=True)
            clock.advance(seconds=1)
        assert uow.handoffs.on_call(desk) == {"2": "Tom", "1": "Nadia"}
        assert [*uow.handoffs.on_call(desk)] == ["2", "1"]
        uow.handoffs.set_on_call(desk, "2", begins=True)
        assert [*uow.handoffs.called(desk)] == ["1", "2"], "said again, it begins again"
        uow.handoffs.set_on_call(desk, "1", begins=False)
        assert uow.handoffs.count_on_call() == 1
    clock.advance(seconds=ON_CALL_LASTS.total_seconds())
    with database.read() as uow:
        assert uow.handoffs.count_on_call() == 0
        assert len(uow.handoffs.called(desk)) == 2


def test_a_canned_reply_is_one_text_for_a_name_and_a_language(database: Database) -> None:
    with database.write() as uow:
        uow.canned_replies.put("promo", "en", "Half price.", "1")
        uow.canned_replies.put("promo", "fr", "Moitié prix.", "1")
        uow.canned_replies.put("promo", "en", "A third off.", "2")
        assert uow.canned_replies.own() == {"promo": {"en": "A third off.", "fr": "Moitié prix."}}
        assert uow.canned_replies.remove("promo")
        assert not uow.canned_replies.remove("promo")
        assert uow.canned_replies.own() == {}
