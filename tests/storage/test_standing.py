"""What is known of an invitation, and of when somebody signed in."""

from datetime import datetime

from storage.identity.standing import Invitation
from tests.fakes.changes import Desk
from tests.fakes.clock import ManualClock
from tests.fakes.households import mailed, start_chat, verify


def test_the_newest_invitation_counts(desk: Desk, clock: ManualClock) -> None:
    receipt = desk.do_create()
    zoe = receipt.member
    first = invitation(desk, zoe.id)
    assert first is not None
    assert (first.sent_at, first.works) == (clock(), True)
    clock.advance(days=4)
    again = desk.do("reset_password", zoe.id)
    newest = invitation(desk, zoe.id)
    assert newest is not None
    assert (newest.sent_at, newest.works) == (clock(), True)
    desk.undo(again)
    newest = invitation(desk, zoe.id)
    assert newest is not None
    assert not newest.works


def test_an_invitation_ends_by_itself(desk: Desk, clock: ManualClock) -> None:
    zoe = desk.invite()
    clock.advance(days=5)
    found = invitation(desk, zoe.id)
    assert found is not None
    assert not found.works
    assert invitation(desk, desk.leo.id) is None


def test_the_first_look_at_an_invitation_is_kept(desk: Desk, clock: ManualClock) -> None:
    zoe = desk.invite()
    token = mailed(desk.database, "activation")["activation_url"].rpartition("/")[2]
    for _ in range(2):
        with desk.database.write() as uow:
            uow.links.note_opened(token, "activation")
        clock.advance(hours=1)
    found = invitation(desk, zoe.id)
    assert found is not None
    assert found.opened_at == found.sent_at
    desk.do("reset_password", zoe.id)
    again = invitation(desk, zoe.id)
    assert again is not None
    assert again.opened_at is None, "a fresh link"


def test_what_became_of_the_mail_is_known(desk: Desk) -> None:
    zoe = desk.invite()
    [mail] = desk.mails("activation")
    assert delivery(desk, zoe.id) == "waits"
    with desk.database.write() as uow:
        uow.outbox.kill(mail, "550 nobody")
        uow.undelivered.tell(zoe.id, zoe.email)
    assert delivery(desk, zoe.id) == "failed"
    with desk.database.write() as uow:
        assert uow.undelivered.was_refused(zoe, mail.created_at)
        assert not uow.undelivered.was_refused(desk.leo, mail.created_at)
    desk.do("edit_profile", zoe.id, email="zoe@elsewhere.example.com")
    [fresh] = desk.mails("activation")
    with desk.database.write() as uow:
        row = uow.outbox.claim(fresh)
        assert row is not None
        uow.outbox.sent(row)
    assert delivery(desk, zoe.id) == "left"


def delivery(desk: Desk, member_id: int) -> str:
    found = invitation(desk, member_id)
    assert found is not None
    return found.delivery


def test_the_last_sign_in_is_on_a_page_or_in_a_chat(desk: Desk, clock: ManualClock) -> None:
    assert last_sign_in(desk) is None
    verify(desk.database, str(desk.leo.username), start_chat(desk.database, "Léo's chat"))
    in_chat = clock()
    assert last_sign_in(desk) == in_chat
    clock.advance(hours=1)
    with desk.database.write() as uow:
        uow.lockout.failed(str(desk.leo.username), desk.leo.id)
    assert last_sign_in(desk) == in_chat
    with desk.database.write() as uow:
        uow.page_sessions.open(desk.leo.id)
    assert last_sign_in(desk) == clock()


def invitation(desk: Desk, member_id: int) -> Invitation | None:
    with desk.database.read() as uow:
        return uow.standing.invitation(member_id)


def last_sign_in(desk: Desk) -> datetime | None:
    with desk.database.read() as uow:
        return uow.standing.last_sign_in(desk.leo.id)
