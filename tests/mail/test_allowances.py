"""How many mails one receiver gets: whatever is asked for has an end, what has happened has not."""

import asyncio
import re
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.mail.catalogue import Catalogue
from bot.mail.catcher import Catcher, CaughtMail
from bot.mail.rendering import LISTING
from bot.mail.sender import MailSender
from storage.database import Database
from storage.errors import HouseholdError, InvitationLimit, MailLimit
from storage.limits import EVENTS_PER_HOUR, INVITATIONS_PER_DAY
from storage.messages.mail_allowances import ALLOWANCES, LAST, USUAL, Cause
from storage.messages.tables import outbox
from tests.fakes.changes import Desk
from tests.fakes.clock import ManualClock
from tests.fakes.households import make_household, start_chat, verify

STORAGE = Path(__file__).parent.parent.parent / "storage"
VICTIM = "victim@example.com"
EXITS = [
    (kind, cause)
    for kind in sorted({mail.removesuffix(LAST) for mail in Catalogue.load().mails} - {LISTING})
    for cause in ("anybody", "proved", "event")
    if (kind, cause) in ALLOWANCES or USUAL.get(kind, "event") == cause
]
FORMS = [VICTIM, "Victim@Example.com", " victim@EXAMPLE.com "]


def pour(database: Database, clock: ManualClock, kind: str, cause: Cause, times: int) -> int:
    """Have it mailed to the victim again and again, ten an hour; how often that was refused."""
    refused = 0
    for number in range(times):
        clock.advance(minutes=6)
        try:
            with database.write() as uow:
                uow.outbox.mail(
                    kind, to=FORMS[number % 3], language="en", parameters={}, cause=cause
                )
        except MailLimit:
            refused += 1
    return refused


def queued(database: Database) -> list[tuple[datetime, bool]]:
    with database.write() as uow:
        rows = uow.outbox._connection.execute(outbox.select().order_by(outbox.c.id)).all()
    return [(row.created_at, row.held) for row in rows]


def most_within(moments: list[datetime], span: timedelta) -> int:
    return max(sum(begin <= moment < begin + span for moment in moments) for begin in moments)


def test_a_mail_is_queued_in_one_way_alone() -> None:
    writing = [
        path.name for path in STORAGE.rglob("*.py") if 'kind="mail"' in path.read_text("utf-8")
    ]
    assert writing == ["outbox.py"]


@pytest.mark.parametrize(("kind", "cause"), [way for way in EXITS if way[1] != "event"])
def test_whatever_is_asked_for_has_an_end(
    database: Database, clock: ManualClock, kind: str, cause: Cause
) -> None:
    allowance = ALLOWANCES[kind, cause]
    refused = pour(database, clock, kind, cause, 480)
    moments = [moment for moment, _ in queued(database)]
    assert refused + len(moments) == 480
    assert most_within(moments, timedelta(days=1)) == allowance.per_day
    assert most_within(moments, timedelta(hours=1)) <= (allowance.per_hour or allowance.per_day)


@pytest.mark.parametrize("kind", [kind for kind, cause in EXITS if cause == "event"])
def test_what_has_happened_is_never_dropped_and_never_floods(
    database: Database, clock: ManualClock, kind: str
) -> None:
    begun = clock()
    assert pour(database, clock, kind, "event", 40) == 0
    alone = [moment for moment, held in queued(database) if not held]
    assert most_within(alone, timedelta(hours=1)) == EVENTS_PER_HOUR
    left: list[int] = []
    clock.advance(hours=2)
    while True:
        with database.write() as uow:
            due = uow.outbox.due_mails(100)
            for mail in due:
                left += mail.ids
                uow.outbox.sent(mail)
        if not due:
            break
    assert sorted(left) == list(range(1, 41))
    assert clock() - begun < timedelta(hours=7)


def delivered(mail_sender: MailSender, catcher: Catcher) -> list[CaughtMail]:
    while asyncio.run(mail_sender.send_due()):
        pass
    return catcher.take_new()


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "fr"])
def test_one_mail_lists_the_rest_with_all_that_each_says(
    database: Database,
    clock: ManualClock,
    mail_sender: MailSender,
    catcher: Catcher,
    language: str,
) -> None:
    desk = Desk.make(database, clock)
    desk.do("edit_profile", desk.leo.id, last_name="Roy", language=language)
    delivered(mail_sender, catcher)
    codes = ("pay_bill", "usage", "voicemail", "tv_channels", "data_addons", "view_invoice")
    for code in codes[:5]:
        desk.do("change_rights", desk.leo.id, grant=[code])
    for code in codes[:5]:
        desk.do("change_rights", desk.leo.id, revoke=[code])
    at_once = [mail for mail in delivered(mail_sender, catcher) if mail.kind == "rights_changed"]
    assert len(at_once) == EVENTS_PER_HOUR - 1, "and the one about the profile"
    clock.advance(minutes=59)
    assert delivered(mail_sender, catcher) == []
    clock.advance(minutes=2)
    (listing,) = delivered(mail_sender, catcher)
    assert listing.kind == LISTING
    subject = Catalogue.load().mails["rights_changed"].subject[language]
    assert listing.text.count(subject) == 6
    assert "{" not in listing.text


@pytest.mark.slow
def test_the_buttons_of_mails_that_were_listed_work(
    database: Database, clock: ManualClock, mail_sender: MailSender, catcher: Catcher
) -> None:
    make_household(database, secondaries=1)
    for number in range(8):
        verify(database, "second1-90210001", start_chat(database, f"chat {number % 2}"))
        clock.advance(minutes=13)
    clock.advance(hours=1)
    mails = delivered(mail_sender, catcher)
    tokens = re.findall(r"/not-me/(\S+)", "\n".join(mail.text for mail in mails))
    assert len(set(tokens)) == 8
    with database.read() as uow:
        assert all(uow.links.peek(token, "not_me") for token in tokens)


def test_no_flood_holds_up_the_first_notice_of_who_was_verified(
    database: Database, clock: ManualClock
) -> None:
    desk = Desk.make(database, clock)
    address = desk.household.holder.email
    for _ in range(20):
        with database.write() as uow:
            uow.outbox.mail("access_request", to=address, language="fr", parameters={})
    verify(database, f"holder-{desk.account}", start_chat(database, "a thief's"))
    with database.read() as uow:
        due = [mail.template for mail in uow.outbox.due_mails(100) if mail.recipient == address]
    assert due.count("access_request") == EVENTS_PER_HOUR
    assert "verification_notice" in due


@pytest.mark.parametrize("invited", [True, False])
def test_a_holder_who_changes_one_address_again_and_again_writes_to_ten_strangers(
    database: Database, clock: ManualClock, *, invited: bool
) -> None:
    desk = Desk.make(database, clock)
    person = desk.invite() if invited else desk.leo
    refusals: list[type[HouseholdError]] = []
    for number in range(14):
        try:
            desk.do("edit_profile", person.id, email=f"stranger{number}@example.org")
        except HouseholdError as error:
            refusals.append(type(error))
    with database.write() as uow:
        rows = uow.outbox._connection.execute(outbox.select()).all()
    strangers = {row.recipient for row in rows if str(row.recipient).endswith("@example.org")}
    assert len(strangers) <= INVITATIONS_PER_DAY
    assert set(refusals) == {InvitationLimit}
    changed = desk.get(person.id)
    assert changed is not None
    assert changed.email in strangers, "what was refused has changed nothing"


def test_a_holder_who_invites_and_removes_in_turn_writes_to_ten_strangers(
    database: Database, clock: ManualClock
) -> None:
    desk = Desk.make(database, clock)
    for number in range(14):
        with suppress(InvitationLimit):
            desk.do("delete", desk.invite(number).id)
    assert len(desk.mails("activation")) == INVITATIONS_PER_DAY


def test_one_receiver_gets_ten_links_a_day_that_a_holder_asks_for(
    database: Database, clock: ManualClock
) -> None:
    desk = Desk.make(database, clock)
    for _ in range(14):
        with suppress(MailLimit):
            desk.do("reset_password", desk.leo.id)
    assert len(desk.mails("password_reset")) == 10


def test_the_last_link_that_was_sent_stays_good_when_no_more_is(
    database: Database, clock: ManualClock
) -> None:
    desk = Desk.make(database, clock)
    for _ in range(10):
        desk.do("reset_password", desk.leo.id)
    token = desk.token("password_reset", "reset_url")
    with pytest.raises(MailLimit):
        desk.do("reset_password", desk.leo.id)
    assert desk.is_live(token, "reset")
