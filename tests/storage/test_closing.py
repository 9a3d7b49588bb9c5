"""A household that is closed: from then on nobody of it is there, and in time nothing is left."""

from collections.abc import Callable
from threading import Event
from time import sleep

import pytest

from storage.database import Database
from storage.errors import HouseholdClosed, LinkVoid, NoSuchHousehold, NotAuthorised
from storage.households.actors import Actor, Holder, Secondary, Self, System
from storage.households.declared import CHANGES
from storage.identity.sessions import Session
from storage.keys import Keys
from storage.limits import CLOSED_KEPT
from tests.fakes.changes import Desk
from tests.fakes.clock import ManualClock
from tests.fakes.households import (
    OPERATOR,
    ask_code,
    mailed,
    newcomer,
    record_of,
    start_chat,
    verify,
)
from tests.fakes.threads import in_parallel

PEOPLE = {Holder, Secondary, Self}
HOLDER, SECOND = "holder-90210001", "second1-90210001"


@pytest.fixture
def session(desk: Desk) -> Session:
    return verify(desk.database, HOLDER, desk.chat)


def close(desk: Desk) -> str:
    with desk.database.write() as uow:
        return uow.closing.close(OPERATOR, desk.account).receipt


def reopen(desk: Desk) -> str:
    with desk.database.write() as uow:
        return uow.closing.reopen(OPERATOR, desk.account).receipt


def sweep(desk: Desk) -> None:
    with desk.database.write() as uow:
        uow.sweeping.sweep_records()


def told(desk: Desk) -> list[tuple[str, str | None]]:
    return sorted((row.template, row.recipient) for row in desk.mails())


def heard(database: Database, chat_id: str) -> list[str]:
    """The patterns that run in a chat with its next turns."""
    with database.write() as uow:
        patterns = []
        while row := uow.inbox.next("terminal", "bot", chat_id):
            patterns.append(str((row.body or {})["event"]["pattern"]))
            uow.inbox.finish(row.id)
    return patterns


def test_everybody_is_told_by_mail_and_their_chats_with_a_word(desk: Desk) -> None:
    verify(desk.database, SECOND, start_chat(desk.database, "Léo's"))
    close(desk)
    assert told(desk) == [
        ("closed", "holder@90210001.example.com"),
        ("closed", "second1@90210001.example.com"),
    ]
    assert heard(desk.database, "Léo's") == ["pattern_household_closed"]
    with desk.database.read() as uow:
        assert not uow.linked_chats.of(desk.household_id)


def test_nothing_that_was_open_opens_anything_any_more(desk: Desk, session: Session) -> None:
    database = desk.database
    holder = desk.household.holder
    desk.invite()
    invitation = desk.token("activation", "activation_url")
    disowning = mailed(database, "verification_notice")["not_me_url"].rpartition("/")[2]
    second_chat = start_chat(database, "Léo's")
    code = ask_code(database, SECOND, second_chat)
    with database.write() as uow:
        page = uow.page_sessions.open(holder.id)
    close(desk)
    with database.write() as uow:
        assert uow.sessions.live(session.conversation_id, session.person_id) is None
        assert uow.page_sessions.live(page) is None
        assert uow.sign_in.candidate(HOLDER).member_id is None
        redemption = uow.codes.redeem(
            uow.keys.code_digest(code), conversation_id=second_chat, person_id="person-1"
        )
        assert redemption.outcome == "void"
        assert uow.links.peek(invitation, "activation") is None
        with pytest.raises(LinkVoid):
            uow.accounts.disown(disowning)


@pytest.mark.parametrize("change", [name for name in CHANGES if CHANGES[name].by in PEOPLE])
def test_nobody_of_it_may_change_anything(desk: Desk, session: Session, change: str) -> None:
    """Whoever they say they are, with what proved it a moment ago."""
    with desk.database.write() as uow:
        page = uow.page_sessions.open(session.member_id)
    close(desk)
    chat = (session.id, session.conversation_id, session.person_id)
    actors: list[Actor] = [Holder(*chat), Secondary(*chat), Self(session.member_id, page)]
    for actor in actors:
        with desk.database.read() as uow, pytest.raises(NotAuthorised):
            uow.authority.check(actor, change)


def test_a_code_that_is_asked_for_afterwards_is_mailed_to_nobody(desk: Desk) -> None:
    close(desk)
    desk.take_mails()
    chat = start_chat(desk.database, "a chat")
    with desk.database.write() as uow:
        uow.codes.request(SECOND, conversation_id=chat, task="list_users", chat="x")
        assert not [row for row in uow.outbox.due_mails(10) if row.template != "closed"]


@pytest.mark.postgresql
def test_a_change_that_waits_while_the_household_is_closed_does_not_happen(
    postgresql_url: str, clock: ManualClock, keys: Keys
) -> None:
    database = Database(postgresql_url, clock=clock, keys=keys)
    desk = Desk.make(database, clock)
    holder, held = desk.holder, Event()

    def end_the_household() -> None:
        with database.write() as uow:
            uow.closing.close(OPERATOR, desk.account)
            held.set()
            sleep(0.3)  # the other change is waiting for the household by now

    def add_somebody() -> bool:
        held.wait(5)
        try:
            with database.write() as uow:
                uow.households.create_member(holder, newcomer())
        except NotAuthorised:
            return False
        return True

    acts = [end_the_household, add_somebody]
    assert in_parallel(2, lambda number: acts[number]()) == [None, False]
    assert desk.household.members == ()
    database.close()


def test_it_comes_back_as_it_was_and_its_people_are_told(desk: Desk) -> None:
    zoe, former = desk.invite(), desk.row(desk.leo.id)
    desk.take_mails()
    before = desk.household
    close(desk)
    reopen(desk)
    assert desk.household == before
    assert desk.row(desk.leo.id) == former
    assert [kind for kind, address in told(desk) if address == zoe.email] == [
        "activation",
        "closed",
    ]
    assert ("restored", "holder@90210001.example.com") in told(desk)
    assert desk.audit_is_whole


def test_what_had_proved_somebody_before_proves_nothing_when_it_is_open_again(
    desk: Desk, session: Session
) -> None:
    close(desk)
    reopen(desk)
    with desk.database.read() as uow:
        assert uow.sessions.live(session.conversation_id, session.person_id, touch=False) is None
        assert not uow.linked_chats.of(session.member_id)


def test_who_had_been_deleted_before_stays_deleted_and_is_erased_in_a_day(
    desk: Desk, clock: ManualClock
) -> None:
    leo = desk.leo
    desk.do("delete", leo.id)
    clock.advance(minutes=1)
    close(desk)
    clock.advance(days=1)
    sweep(desk)
    reopen(desk)
    assert [person.role for person in desk.household.members] == ["holder"]
    assert not any(desk.row(leo.id).values())


def test_its_people_are_kept_for_thirty_days_and_then_nothing_of_them_is_left(
    desk: Desk, clock: ManualClock, contents: Callable[[], bytes]
) -> None:
    verify(desk.database, SECOND, start_chat(desk.database, "Léo's"))
    close(desk)
    heard(desk.database, "Léo's")
    desk.take_mails()
    clock.advance(seconds=CLOSED_KEPT.total_seconds() - 1)
    sweep(desk)
    assert desk.row(desk.household_id)["member"]
    clock.advance(seconds=1)
    sweep(desk)
    with desk.database._engine.connect() as connection:
        for table in ("member", "conversation", "credential", "audit_detail"):
            rows = connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one()
            left = 1 if table == "conversation" else 0  # the holder's was never linked
            assert rows == left, table
        assert not connection.exec_driver_sql(
            "SELECT count(*) FROM outbox WHERE recipient IS NOT NULL"
        ).scalar_one()
    assert desk.audit_is_whole
    with desk.database.write() as uow, pytest.raises(HouseholdClosed) as refusal:
        uow.closing.reopen(OPERATOR, desk.account)
    assert refusal.value.reason == "erased"


def test_half_erased_it_is_gone_as_a_whole(desk: Desk, clock: ManualClock) -> None:
    """The sweep may stop between the holder and the others: nobody comes back without a holder."""
    leo = desk.leo
    close(desk)
    clock.advance(days=30)
    with desk.database.write() as uow:
        uow.erasing.erase_deleted(System("sweep"), limit=1)
    with desk.database.write() as uow, pytest.raises(HouseholdClosed):
        uow.closing.reopen(OPERATOR, desk.account)
    sweep(desk)
    assert not any(desk.row(leo.id).values())


def test_a_chat_that_is_somebody_elses_by_then_is_kept(desk: Desk, clock: ManualClock) -> None:
    chat = start_chat(desk.database, "shared")
    verify(desk.database, SECOND, chat)
    close(desk)
    neighbour = Desk.make(desk.database, clock, "90210002")
    clock.advance(days=29)
    verify(desk.database, str(neighbour.leo.username), chat)
    clock.advance(days=1)
    sweep(desk)
    with desk.database.read() as uow:
        assert uow.linked_chats.of(neighbour.leo.id)


def test_an_import_that_has_the_account_again_reopens_it(desk: Desk) -> None:
    before = desk.household
    close(desk)
    with desk.database.write() as uow:
        outcomes = uow.importing.apply(OPERATOR, [record_of(desk.account, secondaries=1)])
    assert [(outcome.kind, outcome.subject) for outcome in outcomes] == [
        ("reopened", desk.account),
        ("kept", HOLDER),
        ("kept", SECOND),
    ]
    assert desk.household == before


def test_an_import_takes_an_erased_household_in_anew(desk: Desk, clock: ManualClock) -> None:
    close(desk)
    clock.advance(days=30)
    sweep(desk)
    with desk.database.write() as uow:
        uow.importing.apply(OPERATOR, [record_of(desk.account, secondaries=1)])
    assert [person.username for person in desk.household.members] == [HOLDER, SECOND]
    assert desk.audit_is_whole


def test_a_household_is_closed_once(desk: Desk) -> None:
    close(desk)
    with desk.database.write() as uow, pytest.raises(HouseholdClosed):
        uow.closing.close(OPERATOR, desk.account)
    with desk.database.write() as uow, pytest.raises(NoSuchHousehold):
        uow.closing.close(OPERATOR, "nobody's")
    with desk.database.write() as uow, pytest.raises(NotAuthorised):
        uow.closing.close(System("sweep"), desk.account)  # type: ignore[arg-type]  # an attack
