"""Whoever is suspended is nobody anywhere until that ends, and then exactly who they were."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from storage.database import Database
from storage.errors import (
    ChangedSince,
    EndIsPast,
    LinkVoid,
    NotAuthorised,
    NothingToChange,
    NotSuspended,
    Suspended,
)
from storage.households.actors import Self
from storage.households.members import Member
from storage.identity.credentials import hash_password, verify
from storage.identity.sessions import Session
from tests.fakes.changes import Desk
from tests.fakes.clock import ManualClock
from tests.fakes.households import start_chat
from tests.fakes.households import verify as verified
from tests.fakes.passkeys import give_passkey

PASSWORD = "correct horse 7"
HASH = hash_password(PASSWORD)
HOURS = timedelta(hours=3)


def invited(desk: Desk) -> Member:
    return desk.invite()


def locked(desk: Desk) -> Member:
    desk.lock(desk.leo.id)
    return desk.leo


def active(desk: Desk) -> Member:
    return desk.leo


EVERYBODY = pytest.mark.parametrize("person", [active, locked, invited])
Person = Callable[[Desk], Member]


def sign_in(desk: Desk, browser: str = "") -> str | None:
    """The token of a page session, with the right password; None where nobody is let in."""
    username = str(desk.leo.username)
    with desk.database.read() as uow:
        candidate = uow.sign_in.candidate(username)
    fits = verify(candidate.password_hash, PASSWORD)
    with desk.database.write() as uow:
        return uow.sign_in.enter(candidate, fits=fits, browser=browser)


@pytest.fixture
def leo_with_password(desk: Desk) -> Member:
    desk.do("reset_password", desk.leo.id)
    with desk.database.write() as uow:
        uow.sign_in.reset(desk.token("password_reset", "reset_url"), password_hash=HASH)
    return desk.leo


@EVERYBODY
@pytest.mark.parametrize("until", [None, HOURS])
def test_what_was_before_is_there_again_exactly(
    desk: Desk, person: Person, until: timedelta | None
) -> None:
    someone = person(desk)
    row = desk.row(someone.id)
    ends = None if until is None else desk.clock() + until
    suspended = desk.do("suspend", someone.id, until=ends).member
    assert (suspended.status, suspended.suspended_until) == ("suspended", ends)
    assert suspended.services == someone.services
    assert desk.do("resume", someone.id).member == someone
    assert desk.row(someone.id) == row
    assert desk.audit_is_whole


@EVERYBODY
def test_an_undo_takes_either_back_exactly(desk: Desk, person: Person) -> None:
    someone = person(desk)
    row, ends = desk.row(someone.id), desk.clock() + HOURS
    desk.undo(desk.do("suspend", someone.id, until=ends))
    assert desk.row(someone.id) == row
    desk.do("suspend", someone.id, until=ends)
    suspended = desk.row(someone.id)
    desk.undo(desk.do("resume", someone.id))
    assert desk.row(someone.id) == suspended


def test_another_end_is_a_change_and_is_taken_back_as_one(desk: Desk) -> None:
    first, second = desk.clock() + HOURS, desk.clock() + 2 * HOURS
    leo = desk.leo.id
    earlier = desk.do("suspend", leo, until=first)
    later = desk.do("suspend", leo, until=second)
    with pytest.raises(ChangedSince):
        desk.undo(earlier)
    desk.undo(later)
    assert desk.leo.suspended_until == first
    desk.undo(earlier)
    assert desk.leo.status == "active"


def test_an_undo_suspends_nobody_until_a_moment_that_is_over(
    desk: Desk, clock: ManualClock
) -> None:
    desk.do("suspend", desk.leo.id, until=clock() + HOURS)
    resumed = desk.do("resume", desk.leo.id)
    clock.advance(hours=4)
    with pytest.raises(EndIsPast):
        desk.undo(resumed)
    assert desk.leo.status == "active"


def test_what_makes_no_sense_changes_nothing(desk: Desk, clock: ManualClock) -> None:
    leo = desk.leo.id
    with pytest.raises(NotSuspended):
        desk.do("resume", leo)
    with pytest.raises(EndIsPast):
        desk.do("suspend", leo, until=clock())
    desk.do("suspend", leo)
    with pytest.raises(NothingToChange):
        desk.do("suspend", leo)
    with pytest.raises(Suspended):
        desk.do("reset_password", leo)
    assert [mail.template for mail in desk.mails()] == ["suspended"]


def test_the_person_hears_of_it_by_mail_and_of_the_end_of_it(desk: Desk) -> None:
    desk.do("suspend", desk.leo.id, until=desk.clock() + HOURS)
    desk.do("resume", desk.leo.id)
    told = [(mail.template, mail.recipient) for mail in desk.mails()]
    assert told == [("suspended", desk.leo.email), ("resumed", desk.leo.email)]


def test_no_password_and_no_known_browser_opens_the_page(
    desk: Desk, leo_with_password: Member
) -> None:
    assert sign_in(desk, browser="known to be Leo's")
    desk.do("suspend", leo_with_password.id)
    for browser in ("", "known to be Leo's"):
        assert sign_in(desk, browser) is None
    desk.do("resume", leo_with_password.id)
    assert sign_in(desk) is not None


def test_tries_during_a_suspension_lock_nobody(desk: Desk, leo_with_password: Member) -> None:
    desk.do("suspend", leo_with_password.id)
    for _ in range(10):
        assert sign_in(desk) is None
    desk.do("resume", leo_with_password.id)
    assert desk.leo.status == "active"
    assert sign_in(desk) is not None


def test_whoever_is_suspended_between_a_password_and_its_judgement_is_not_let_in(
    desk: Desk, leo_with_password: Member
) -> None:
    with desk.database.read() as uow:
        candidate = uow.sign_in.candidate(str(leo_with_password.username))
    desk.do("suspend", leo_with_password.id)
    with desk.database.write() as uow:
        assert uow.sign_in.enter(candidate, fits=True) is None


def test_every_session_ends_at_once_and_none_of_them_goes_on_afterwards(
    desk: Desk, leo_with_password: Member
) -> None:
    leo, token = leo_with_password, sign_in(desk)
    chat = verified(desk.database, str(leo.username), start_chat(desk.database, "Léo's chat"))
    assert token is not None
    desk.do("suspend", leo.id)
    for _ in range(2):
        assert not is_live(desk.database, chat)
        with desk.database.read() as uow:
            assert uow.page_sessions.live(token) is None
        if desk.leo.status == "suspended":
            desk.do("resume", leo.id)


def is_live(database: Database, session: Session) -> bool:
    with database.read() as uow:
        here = uow.sessions.live(session.conversation_id, session.person_id, touch=False)
    return here is not None


def test_nothing_that_they_could_prove_themselves_by_makes_them_an_actor(
    desk: Desk, leo_with_password: Member
) -> None:
    leo, token = leo_with_password, sign_in(desk)
    chat = verified(desk.database, str(leo.username), start_chat(desk.database, "Léo's chat"))
    desk.do("suspend", leo.id)
    with desk.database.write() as uow, pytest.raises(NotAuthorised):
        uow.requests.ask(chat, ["tv_channels"])
    for action in ("own_password", "add_passkey", "remove_passkey", "confirm_email"):
        with desk.database.read() as uow, pytest.raises(NotAuthorised):
            uow.authority.check(Self(leo.id, str(token)), action)


@pytest.mark.parametrize("kind", ["activation", "reset", "email_confirmation"])
def test_a_mailed_link_opens_nothing_meanwhile_and_what_it_did_afterwards(
    desk: Desk, kind: str
) -> None:
    with desk.database.write() as uow:
        token = uow.links.issue(kind, desk.leo.id).rpartition("/")[2]  # type: ignore[arg-type]
    desk.do("suspend", desk.leo.id)
    assert not desk.is_live(token, kind)
    with desk.database.write() as uow, pytest.raises(LinkVoid):
        uow.links.use(token, kind)  # type: ignore[arg-type]
    desk.do("resume", desk.leo.id)
    assert desk.is_live(token, kind)


def test_the_holder_can_still_put_out_a_chat_that_was_verified_as_them(desk: Desk) -> None:
    with desk.database.write() as uow:
        token = uow.links.issue("not_me", desk.leo.id).rpartition("/")[2]
    desk.do("suspend", desk.leo.id)
    assert desk.is_live(token, "not_me")


def test_no_passkey_opens_anything(desk: Desk) -> None:
    used = give_passkey(desk.database, desk.leo.id)
    credential = used.credential_id
    for change, opens in (("suspend", False), ("resume", True)):
        desk.do(change, desk.leo.id)
        with desk.database.read() as uow:
            assert (uow.passkeys.by_credential(credential) is not None) == opens


def test_a_right_code_says_whom_to_ask_and_begins_nothing(desk: Desk) -> None:
    chat = start_chat(desk.database, "Léo's chat")
    desk.do("suspend", desk.leo.id)
    with desk.database.write() as uow:
        username = str(desk.leo.username)
        uow.codes.request(username, conversation_id=chat, task="my_access", chat="rest 1")
        rows = uow.outbox.due_mails(1000)
        code = [row for row in rows if row.template == "one_time_code"][-1].secrets["code"]
        digest = uow.keys.code_digest(code)
        judged = uow.codes.redeem(digest, conversation_id=chat, person_id="person-1")
    assert (judged.outcome, judged.session) == ("suspended", None)


def test_a_forgotten_password_is_answered_by_whom_to_ask_no_oftener_than_by_a_link(
    desk: Desk, leo_with_password: Member
) -> None:
    desk.do("suspend", leo_with_password.id)
    desk.take_mails()
    for _ in range(8):
        with desk.database.write() as uow:
            uow.forgotten.ask(str(leo_with_password.username))
            uow.forgotten.answer(10)
    assert [mail.template for mail in desk.mails()] == ["suspended"] * 3


def test_no_linked_chat_of_theirs_is_told_anything(desk: Desk) -> None:
    chat = start_chat(desk.database, "Léo's chat")
    verified(desk.database, str(desk.leo.username), chat)
    desk.do("suspend", desk.leo.id)
    with desk.database.write() as uow:
        uow.chat_events.tell(desk.leo.id, "pattern_request_decided", {})
        assert uow.inbox.next("terminal", "bot", "Léo's chat") is None


@pytest.mark.parametrize("person", [active, locked])
def test_neither_a_new_address_nor_an_import_of_names_lets_them_in(
    desk: Desk, person: Person
) -> None:
    someone = person(desk)
    desk.do("suspend", someone.id)
    changed = desk.do("edit_profile", someone.id, email="new@example.com", first_name="Max").member
    assert (changed.status, changed.stood) == ("suspended", someone.status)


def test_who_is_removed_while_suspended_comes_back_suspended(desk: Desk) -> None:
    desk.do("suspend", desk.leo.id)
    removed = desk.do("delete", desk.leo.id)
    desk.undo(removed)
    assert desk.leo.status == "suspended"
    assert {mail.template for mail in desk.mails()} == {"suspended", "deleted"}
    assert desk.do("resume", desk.leo.id).member.status == "active"
