"""Every mail that the system of record queues can be written and sent."""

import asyncio
from dataclasses import replace

import pytest

from bot.mail.catcher import Catcher, CaughtMail
from bot.mail.sender import MailSender
from storage.database import Database
from storage.households.importing.records import HouseholdRecord
from tests.fakes.changes import Desk
from tests.fakes.clock import ManualClock
from tests.fakes.households import (
    OPERATOR,
    acting,
    make_household,
    newcomer,
    record_of,
    start_chat,
    verify,
)
from tests.mail.post import Post

pytestmark = pytest.mark.slow


def overwritten(**values: object) -> HouseholdRecord:
    """The household's record with other values for its secondary user."""
    record = record_of(secondaries=1)
    holder, second = record.members
    return replace(record, members=(holder, replace(second, **values)))  # type: ignore[arg-type] # a table of fields


def import_again(database: Database, field: str, **values: object) -> None:
    with database.write() as uow:
        uow.importing.apply(OPERATOR, [overwritten(**values)], frozenset({field}))


def sent(mail_sender: MailSender, catcher: Catcher) -> dict[str, CaughtMail]:
    while asyncio.run(mail_sender.send_due()):
        pass
    return {mail.kind: mail for mail in catcher.take_new()}


def test_the_way_from_a_code_to_an_invitation_is_told_by_mail(
    database: Database, mail_sender: MailSender, catcher: Catcher, post: Post
) -> None:
    household = make_household(database)
    session = verify(database, str(household.holder.username), start_chat(database))
    with database.write() as uow:
        uow.households.create_member(acting(session), newcomer())

    mails = sent(mail_sender, catcher)

    assert set(mails) == {"one_time_code", "verification_notice", "activation"}
    assert "Voir qui est au compte" in mails["one_time_code"].text
    assert "Hélène Tremblay a confirmé son identité" in mails["verification_notice"].text
    assert "/not-me/" in mails["verification_notice"].text
    assert "Hélène Tremblay vous invite à l'Espace client" in mails["activation"].subject
    assert "Consulter la facture" in mails["activation"].text
    assert post.dead == 0


def test_what_an_operator_changes_is_told_to_the_person(
    database: Database, mail_sender: MailSender, catcher: Catcher, post: Post
) -> None:
    make_household(database, secondaries=1)
    import_again(database, "rights", rights=("pay_bill", "usage"))
    import_again(database, "password", password_hash="$argon2id$fake")
    import_again(database, "status", status="locked")
    import_again(database, "status", status="active")
    import_again(database, "email", email="leo@new.example.com")

    mails = sent(mail_sender, catcher)

    assert set(mails) == {
        "rights_changed",
        "password_changed",
        "locked",
        "unlocked",
        "profile_changed",
    }
    assert "Pay the bill and See Internet and mobile usage" in mails["rights_changed"].text
    assert post.dead == 0


def test_what_the_holder_does_is_told_in_words(
    database: Database, clock: ManualClock, mail_sender: MailSender, catcher: Catcher, post: Post
) -> None:
    desk = Desk.make(database, clock)
    leo = desk.leo
    session = verify(database, str(leo.username), start_chat(database, "Léo's chat"))
    with database.write() as uow:
        asked = uow.requests.ask(session, ["usage"])
    holder = desk.holder
    with database.write() as uow:
        uow.requests.decline(holder, asked.id)
    desk.do("change_rights", leo.id, grant=["pay_bill"], revoke=["view_invoice"])
    desk.lock(leo.id)
    desk.do("unlock", leo.id)
    clock.advance(hours=1)  # else the rest would be listed in one mail
    desk.do("edit_profile", leo.id, last_name="Roy", email="leo@new.example.com")
    desk.do("reset_password", leo.id)
    desk.undo(desk.do("delete", leo.id))

    mails = sent(mail_sender, catcher)

    assert post.dead == 0
    assert {"restored", "deleted", "locked", "unlocked", "access_request"} < set(mails)
    assert "Added: Pay the bill. Taken away: View the invoice." in mails["rights_changed"].text
    assert "What is new: your last name and your e-mail address." in mails["profile_changed"].text
    assert "removed from a household's account by Hélène Tremblay" in mails["deleted"].text
    assert "It went to the e-mail address that is now on file." in mails["password_reset"].text
