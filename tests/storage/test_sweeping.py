"""What time alone does: who was deleted is erased, requests end, words are forgotten."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, text

from storage.database import Database
from storage.errors import HolderNotErasable, NoSuchMember, NotUndoable
from storage.households.actors import Operator
from storage.identity.tables import link, one_time_code, verified_session
from storage.messages.tables import conversation, conversation_event, faq_feedback, inbox, outbox
from tests.fakes.changes import Desk
from tests.fakes.clock import ManualClock
from tests.fakes.households import ask_code, start_chat, verify

KEEP = timedelta(days=90)


def sweep(database: Database, keep: timedelta = KEEP) -> None:
    with database.write() as uow:
        assert not uow.sweeping.sweep_records()
    with database.write() as uow:
        assert not uow.sweeping.sweep_messages(keep=keep)


def vacuum(database: Database) -> None:
    """Have the files hold only what the tables hold."""
    with database._engine.connect() as connection:
        if database.dialect == "sqlite":
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.exec_driver_sql("VACUUM")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def count(database: Database, table: Any) -> int:
    with database._engine.connect() as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()


def speak(database: Database, chat_id: str) -> int:
    """One message of a person, and the answer, as a turn leaves them; the conversation's id."""
    with database.write() as uow:
        row, _ = uow.inbox.put("terminal", "bot", chat_id, "1", "person-1", {"text": "a secret"})
        chat = uow.conversations.locked("terminal", "bot", chat_id)
        uow.conversations.append(chat.id, [{"event": "user", "text": "a secret"}])
        uow.conversations.save(
            chat.id, language="fr", awaits_code=True, state={"slots": {"a": "secret"}}
        )
        uow.outbox.reply(
            conversation_id=chat.id,
            inbox_id=row,
            channel="terminal",
            template="utter_greet",
            text="a secret",
            language="fr",
            parameters={},
            buttons=[],
            sent=True,
        )
        uow.feedback.gap(intent="nlu_fallback", language="fr", text="a secret")
        uow.inbox.finish(row)
    return chat.id


# Erasing


def test_a_day_after_the_deletion_nothing_of_the_person_is_left(
    desk: Desk, clock: ManualClock, contents: Callable[[], bytes]
) -> None:
    desk.do("edit_profile", desk.leo.id, first_name="Barnabé", email="barnabe@example.com")
    with desk.database.write() as uow:
        uow.accounts._proofs.set_password(desk.leo.id, "$argon2id$of-barnabe")
    verify(desk.database, "second1-90210001", start_chat(desk.database, "Léo's chat"))
    desk.do("reset_password", desk.leo.id)
    with desk.database.write() as uow:  # what was told to chats and by mail has left
        while row := uow.inbox.next("terminal", "bot", desk.account):
            uow.inbox.finish(row.id)
    desk.take_mails()
    receipt = desk.do("delete", desk.leo.id)

    clock.advance(hours=23, minutes=59)
    sweep(desk.database)
    vacuum(desk.database)
    assert b"barnabe@example.com" in contents()

    clock.advance(minutes=1)
    sweep(desk.database)
    vacuum(desk.database)
    left = contents()
    for trace in ("Barnab", "barnabe@example.com", "second1-90210001", "$argon2id$of-barnabe"):
        assert trace.encode() not in left
    assert desk.audit_is_whole
    assert desk.find(receipt) == "too_old"
    with pytest.raises(NotUndoable):
        desk.undo(receipt)
    with desk.database.read() as uow:
        newest, deletion, *_ = uow.history.entries(desk.household_id)
    assert (newest.action, newest.actor_kind) == ("erase", "system")
    assert (deletion.receipt, deletion.target_first_name) == (receipt.number, None)


def test_their_user_name_and_address_are_free_again(desk: Desk, clock: ManualClock) -> None:
    leo = desk.leo
    desk.do("delete", leo.id)
    clock.advance(days=1)
    sweep(desk.database)
    again = Desk.make(desk.database, clock, desk.account)
    assert again.leo.username == leo.username
    assert again.leo.id != leo.id


def test_who_came_back_is_not_erased(desk: Desk, clock: ManualClock) -> None:
    leo = desk.leo
    receipt = desk.do("delete", leo.id)
    clock.advance(hours=20)
    desk.undo(receipt)
    clock.advance(days=2)
    sweep(desk.database)
    assert desk.leo == leo


def test_sweeping_again_does_nothing(desk: Desk, clock: ManualClock) -> None:
    desk.do("delete", desk.leo.id)
    clock.advance(days=1)
    sweep(desk.database)
    with desk.database.read() as uow:
        before = uow.history.entries(desk.household_id, 100)
    clock.advance(minutes=10)
    sweep(desk.database)
    with desk.database.read() as uow:
        assert uow.history.entries(desk.household_id, 100) == before


def test_an_operator_erases_a_person_at_once_with_their_chats(
    desk: Desk, contents: Callable[[], bytes]
) -> None:
    chat = start_chat(desk.database, "Léo's chat")
    verify(desk.database, "second1-90210001", chat)
    with desk.database.write() as uow:
        uow.conversations.append(chat, [{"event": "user", "text": "my name is Barnabé"}])
    with desk.database.write() as uow:
        receipt = uow.erasing.erase(Operator("foyer erase"), " SECOND1-90210001 ")
    vacuum(desk.database)
    assert receipt.startswith("F-")
    assert [one.role for one in desk.household.members] == ["holder"]
    assert b"Barnab" not in contents()
    assert desk.audit_is_whole


def test_a_holder_and_a_stranger_are_not_erased(desk: Desk) -> None:
    before = desk.household
    for name, refusal in (("holder-90210001", HolderNotErasable), ("nobody", NoSuchMember)):
        with desk.database.write() as uow, pytest.raises(refusal):
            uow.erasing.erase(Operator("foyer erase"), name)
    assert desk.household == before


# Requests


def test_an_unanswered_request_ends_after_a_week(desk: Desk, clock: ManualClock) -> None:
    chat = start_chat(desk.database, "Léo's chat")
    session = verify(desk.database, "second1-90210001", chat)
    with desk.database.write() as uow:
        uow.requests.ask(session, ["usage"])
    clock.advance(days=7)
    sweep(desk.database)
    sweep(desk.database)
    with desk.database._engine.connect() as connection:
        [status] = connection.execute(text("SELECT status FROM access_request")).scalars()
    assert status == "expired"
    with desk.database.read() as uow:
        [entry] = [one for one in uow.history.entries(desk.household_id) if one.action == "expire"]
    assert (entry.actor_kind, entry.target_first_name) == ("system", "Léo")
    assert desk.audit_is_whole


# Words


def test_a_conversation_is_kept_for_its_days_and_then_forgotten(
    desk: Desk, clock: ManualClock, contents: Callable[[], bytes]
) -> None:
    speak(desk.database, "a stranger's chat")
    clock.advance(days=90)
    sweep(desk.database)
    assert count(desk.database, conversation_event) == 1
    clock.advance(minutes=2)
    sweep(desk.database)
    vacuum(desk.database)
    for table in (conversation_event, outbox, inbox):
        assert count(desk.database, table) == 0
    assert count(desk.database, conversation) == 1  # the holder's own, which never spoke
    assert count(desk.database, faq_feedback) == 1
    assert b"a secret" not in contents()


def test_a_linked_chat_stays_for_notices_but_is_empty(desk: Desk, clock: ManualClock) -> None:
    assert speak(desk.database, desk.account) == desk.chat
    assert desk.holder
    clock.advance(days=29)
    sweep(desk.database, keep=timedelta(days=20))
    with desk.database.read() as uow:
        left = uow.conversations.find("terminal", "bot", desk.account)
    assert left is not None
    assert (left.id, left.state, left.awaits_code, left.language) == (desk.chat, {}, False, "fr")


def test_a_chat_whose_link_has_lapsed_is_forgotten_like_any_other(
    desk: Desk, clock: ManualClock
) -> None:
    speak(desk.database, desk.account)
    assert desk.holder
    clock.advance(days=91)
    sweep(desk.database)
    with desk.database.read() as uow:
        assert uow.conversations.find("terminal", "bot", desk.account) is None


def test_of_a_conversation_that_goes_on_only_the_old_part_is_forgotten(
    desk: Desk, clock: ManualClock
) -> None:
    chat = speak(desk.database, "a stranger's chat")
    clock.advance(days=89)
    with desk.database.write() as uow:
        uow.conversations.append(chat, [{"event": "user", "text": "new"}])
        uow.conversations.save(
            chat, language="en", awaits_code=False, state={"slots": {"a": "new"}}
        )
    clock.advance(days=2)
    sweep(desk.database)
    with desk.database.read() as uow:
        assert uow.conversations.events(chat) == [{"event": "user", "text": "new"}]
        left = uow.conversations.find("terminal", "bot", "a stranger's chat")
    assert left is not None
    assert left.state == {"slots": {"a": "new"}}


def test_old_codes_links_and_sessions_are_forgotten(desk: Desk, clock: ManualClock) -> None:
    assert desk.holder
    desk.do("reset_password", desk.leo.id)
    clock.advance(days=29)
    ask_code(desk.database, "holder-90210001", desk.chat)
    clock.advance(days=2)
    sweep(desk.database)
    assert count(desk.database, one_time_code) == 1
    assert count(desk.database, link) == 0
    assert count(desk.database, verified_session) == 0
