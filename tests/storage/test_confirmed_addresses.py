"""Codes and resets never go to an address that its reader has not confirmed."""

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from storage.database import Database
from storage.errors import HouseholdError, LinkVoid, MailLimit
from storage.limits import CONFIRMATION_LIFETIME, MAILBOX_LOST
from storage.messages.outbox_rows import OutboxRow
from tests.fakes.changes import Desk
from tests.fakes.clock import ManualClock
from tests.fakes.households import start_chat
from tests.fakes.scale import examples

ACCOUNTS = count(1)
ADDRESSES = [f"leo@{name}.example.com" for name in ("work", "home", "typo")]


def ask_for_secrets(desk: Desk) -> set[str]:
    """Where a code and a reset go that anybody asks for now, and a reset by the holder."""
    before = {mail.id for mail in secret_mails(desk)}
    chat = start_chat(desk.database, f"chat at {desk.clock()}")
    username = str(desk.leo.username)
    with desk.database.write() as uow:
        uow.codes.request(username, conversation_id=chat, task="my_access", chat="x")
        uow.forgotten.ask(username)
        uow.forgotten.answer(10)
    with suppress(MailLimit):
        desk.do("reset_password", desk.leo.id)
    return {str(mail.recipient) for mail in secret_mails(desk) if mail.id not in before}


def secret_mails(desk: Desk) -> list[OutboxRow]:
    leo = desk.leo.id
    with desk.database.read() as uow:
        mails = uow.outbox.due_mails(1000)
    about = {"one_time_code", "one_time_code_last", "password_reset", "password_reset_last"}
    return [mail for mail in mails if mail.template in about and mail.member_id == leo]


def test_an_address_that_nobody_confirmed_gets_no_secret(desk: Desk) -> None:
    old = desk.leo.email
    desk.do("edit_profile", desk.leo.id, email="leo@new.example.com")
    assert desk.leo.email == "leo@new.example.com"
    assert ask_for_secrets(desk) == {old}
    desk.confirm()
    assert ask_for_secrets(desk) == {"leo@new.example.com"}


def test_a_lost_mailbox_counts_for_one_more_day(desk: Desk, clock: ManualClock) -> None:
    old = desk.leo.email
    desk.do("edit_profile", desk.leo.id, email="leo@new.example.com", mailbox_lost=True)
    told = {mail.recipient for mail in desk.mails("mailbox_lost")}
    assert told == {old, "leo@new.example.com"}, "whoever reads the old one can object"
    clock.advance(hours=23)
    assert ask_for_secrets(desk) == {old}
    clock.advance(hours=1)
    assert ask_for_secrets(desk) == {"leo@new.example.com"}


def test_the_mail_is_sent_again_for_the_same_address_and_the_newest_counts(desk: Desk) -> None:
    desk.do("edit_profile", desk.leo.id, email="leo@new.example.com")
    first = desk.token("email_confirmation", "confirm_url")
    desk.do("edit_profile", desk.leo.id, email="leo@new.example.com")
    assert not desk.is_live(first, "email_confirmation")
    desk.confirm()
    with pytest.raises(HouseholdError):  # there is nothing left to do
        desk.do("edit_profile", desk.leo.id, email="leo@new.example.com")


def test_the_link_of_a_mail_about_another_address_confirms_nothing(desk: Desk) -> None:
    old = desk.leo.email
    desk.do("edit_profile", desk.leo.id, email="leo@typo.example.com")
    mistyped = desk.token("email_confirmation", "confirm_url")
    desk.do("edit_profile", desk.leo.id, email="leo@new.example.com")
    with desk.database.write() as uow, pytest.raises(LinkVoid):
        uow.accounts.confirm_email(mistyped)
    assert ask_for_secrets(desk) == {old}


def test_who_confirms_ends_what_was_sent_to_the_old_address(desk: Desk) -> None:
    desk.do("edit_profile", desk.leo.id, email="leo@new.example.com")
    ask_for_secrets(desk)
    reset = desk.token("password_reset", "reset_url")
    desk.confirm()
    assert not desk.is_live(reset, "reset")


def test_an_undo_brings_back_what_was_proved_and_shuts_out_who_confirmed(desk: Desk) -> None:
    old = desk.leo.email
    receipt = desk.do("edit_profile", desk.leo.id, email="leo@stranger.example.com")
    desk.confirm()
    desk.undo(receipt)
    assert ask_for_secrets(desk) == {old}


def test_a_new_password_leaves_the_mail_of_a_new_address_good(desk: Desk) -> None:
    desk.do("edit_profile", desk.leo.id, email="leo@new.example.com")
    desk.do("reset_password", desk.leo.id)
    with desk.database.write() as uow:
        uow.sign_in.reset(desk.token("password_reset", "reset_url"), password_hash="x")
    desk.confirm()
    assert desk.leo.proved_email == "leo@new.example.com"


def test_the_address_of_somebody_invited_is_proved_by_the_invitation(desk: Desk) -> None:
    zoe = desk.invite()
    desk.do("edit_profile", zoe.id, email="zoe@new.example.com")
    assert not desk.mails("email_confirmation")
    with desk.database.write() as uow:
        token = desk.token("activation", "activation_url")
        uow.accounts.activate(token, username="zoe2026", password_hash="x")
    person = desk.get(zoe.id)
    assert person is not None
    assert person.proved_email == "zoe@new.example.com"


@dataclass
class Readers:
    """Addresses whose readers said so, and from when others count: the former one is lost."""

    proved: set[str]
    counts_from: dict[str, datetime] = field(default_factory=dict)


STEPS = st.one_of(
    st.tuples(st.just("edit"), st.sampled_from(ADDRESSES), st.booleans()),
    st.tuples(st.just("confirm")),
    st.tuples(st.just("undo")),
    st.tuples(st.just("wait"), st.sampled_from([1, 23, 25])),
)


@settings(
    max_examples=examples(60),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(STEPS, max_size=8))
def test_whatever_is_changed_and_taken_back_secrets_go_where_somebody_proved_to_read(
    database: Database, clock: ManualClock, steps: list[tuple[object, ...]]
) -> None:
    with database._engine.begin() as connection:
        connection.execute(text("DELETE FROM outbox"))  # to the people of the examples before
    desk = Desk.make(database, clock, f"{next(ACCOUNTS):08d}")
    readers = Readers({desk.leo.email})
    for step in steps:
        take(desk, readers, step)
        now = desk.clock()
        lost = {address for address, since in readers.counts_from.items() if since <= now}
        assert ask_for_secrets(desk) <= readers.proved | lost


def take(desk: Desk, readers: Readers, step: tuple[object, ...]) -> None:
    """Do one thing, where it can be done."""
    try:
        match step:
            case ("edit", str(address), bool(lost)):
                desk.do("edit_profile", desk.leo.id, email=address, mailbox_lost=lost)
                if lost:
                    readers.counts_from.setdefault(address, desk.clock() + MAILBOX_LOST)
            case ("confirm",) if desk.mails("email_confirmation"):
                address = desk.leo.email
                desk.confirm()
                readers.proved.add(address)
            case ("undo",) if desk.newest:
                desk.undo(desk.newest)
            case ("wait", int(hours)):
                desk.clock.advance(hours=hours)
    except (HouseholdError, LinkVoid) as refusal:
        event(type(refusal).__name__)  # a limit, what is so already, the link of another address


def test_the_link_works_for_five_days(desk: Desk, clock: ManualClock) -> None:
    desk.do("edit_profile", desk.leo.id, email="leo@new.example.com")
    token = desk.token("email_confirmation", "confirm_url")
    clock.advance(seconds=(CONFIRMATION_LIFETIME - timedelta(seconds=1)).total_seconds())
    assert desk.is_live(token, "email_confirmation")
    clock.advance(seconds=1)
    assert not desk.is_live(token, "email_confirmation")
