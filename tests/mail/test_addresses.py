"""To whom a mail goes, and who hears of it when nobody takes it there."""

import asyncio
import logging
from collections.abc import Callable

import pytest

from bot.mail.rendering import address_of
from bot.mail.sender import MailSender
from intents.values.mail_domains import likely
from storage.database import Database
from tests.fakes.changes import Desk
from tests.fakes.clock import ManualClock
from tests.fakes.households import start_chat, verify
from tests.mail.post import MoodyServer

MailSenderTo = Callable[[int], MailSender]


@pytest.mark.parametrize(
    ("typed", "goes_to"),
    [
        ("anna@faß.de", "anna@xn--fa-hia.de"),
        ("anna@fass.de", "anna@fass.de"),
        ("zoe@bücher.example", "zoe@xn--bcher-kva.example"),
        ("zoe@BÜCHER.example", "zoe@xn--bcher-kva.example"),
        ("zoe@ελλάς.example", "zoe@xn--hxarsa0b.example"),
        ("zoe@under_score.example", "zoe@under_score.example"),
    ],
)
def test_a_domain_is_the_one_that_was_typed_by_idna_2008(typed: str, goes_to: str) -> None:
    assert address_of(typed).addr_spec == goes_to


@pytest.mark.parametrize("typed", ["zoe@☃.example", "zoe@a..bé", "zoe@-é.example"])
def test_a_domain_that_is_none_is_refused_without_being_quoted(typed: str) -> None:
    with pytest.raises(ValueError, match="domain") as refusal:
        address_of(typed)
    assert typed.partition("@")[2] not in str(refusal.value)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("jérôme@example.com", "jerome@example.com"),
        ("zoé.roy@gmial.com", "zoe.roy@gmail.com"),
        ("zoe@example.com", ""),
        ("zoé", ""),
        ("例え@example.com", ""),
    ],
)
def test_letters_that_many_servers_cannot_carry_are_asked_about(typed: str, meant: str) -> None:
    assert likely(typed) == meant


def visit(server: MoodyServer, mail_sender_to: MailSenderTo) -> None:
    async def work() -> None:
        async with server.listening() as port:
            while await mail_sender_to(port).send_due():
                pass

    asyncio.run(work())


@pytest.fixture
def desk(database: Database, clock: ManualClock) -> Desk:
    desk = Desk.make(database, clock)
    verify(database, f"holder-{desk.account}", desk.chat)
    desk.take_mails()
    return desk


@pytest.mark.slow
@pytest.mark.parametrize(
    "answer", ["550 no such person", "550 5.1.1 <{it}>: {name} is nobody here", "553 {IT}?"]
)
def test_a_bounce_is_told_to_the_holder_once_and_reaches_no_log_with_its_address(
    mail_sender_to: MailSenderTo, desk: Desk, caplog: pytest.LogCaptureFixture, answer: str
) -> None:
    address = desk.leo.email
    name = address.partition("@")[0]
    said = answer.format(it=address, IT=address.upper(), name=name)
    for _ in range(3):
        desk.do("reset_password", desk.leo.id)
    with caplog.at_level(logging.DEBUG):
        server = MoodyServer({address: said})
        visit(server, mail_sender_to)
        visit(server, mail_sender_to)
    assert server.accepted == [desk.household.holder.email], "once"
    logged = " ".join(record.getMessage() for record in caplog.records if record.name[:4] == "bot.")
    assert "was not sent" in logged
    assert name not in logged.casefold()
    with desk.database.read() as uow:
        assert all(name not in str(row.error).casefold() for row in uow.outbox.dead())
        event = uow.inbox.next("terminal", "bot", desk.account)
    assert event is not None
    assert event.body is not None
    assert event.body["event"]["pattern"] == "pattern_undeliverable"


@pytest.mark.slow
def test_an_address_that_the_server_cannot_carry_is_told_too(
    mail_sender_to: MailSenderTo, desk: Desk
) -> None:
    desk.do("edit_profile", desk.leo.id, email="léo@example.com")
    visit(MoodyServer({}), mail_sender_to)
    with desk.database.read() as uow:
        assert {row.recipient for row in uow.outbox.dead()} == {"léo@example.com"}
        templates = [
            row.template
            for row in uow.outbox._connection.exec_driver_sql("SELECT template FROM outbox")
        ]
    assert templates.count("undeliverable") == 1


@pytest.mark.slow
def test_what_failed_for_now_is_told_to_nobody(mail_sender_to: MailSenderTo, desk: Desk) -> None:
    desk.do("reset_password", desk.leo.id)
    server = MoodyServer({desk.leo.email: "450 later"})
    visit(server, mail_sender_to)
    assert desk.mails("undeliverable") == []


@pytest.mark.slow
def test_of_an_address_that_is_no_longer_theirs_nobody_is_told(
    mail_sender_to: MailSenderTo, desk: Desk
) -> None:
    former = desk.leo.email
    desk.do("edit_profile", desk.leo.id, email="leo@new.example.com")
    desk.confirm()
    server = MoodyServer({former: "550 nobody"})
    visit(server, mail_sender_to)
    assert set(server.accepted) == {"leo@new.example.com"}


def test_the_holders_own_dead_address_is_told_in_the_chat(desk: Desk) -> None:
    verify(desk.database, f"holder-{desk.account}", start_chat(desk.database, "second chat"))
    holder = desk.household.holder
    with desk.database.write() as uow:
        uow.undelivered.tell(holder.id, holder.email)
        assert uow.inbox.next("terminal", "bot", "second chat") is not None
