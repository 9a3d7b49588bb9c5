"""The way of a mail out of the house, over real SMTP."""

import asyncio
import logging
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from typing import Any

import pytest
from aiosmtplib import SMTPException

from bot.mail.catcher import Catcher
from bot.mail.rendering import MailRenderer
from bot.mail.sender import MailSender
from bot.mail.smtp import SmtpSettings
from storage.database import Database
from storage.keys import Keys
from storage.limits import MAIL_PATIENCE
from tests.fakes.clock import ManualClock
from tests.mail.post import BrokenClient, MoodyServer, Post

pytestmark = pytest.mark.slow

MailSenderTo = Callable[[int], MailSender]


def send(mail_sender: MailSender) -> int:
    return asyncio.run(mail_sender.send_due())


def test_a_mail_arrives_whole_and_once(
    mail_sender: MailSender, catcher: Catcher, post: Post
) -> None:
    post.queue_code()
    assert send(mail_sender) == 1
    assert send(mail_sender) == 0

    (mail,) = catcher.take_new()
    assert (mail.to, mail.subject, mail.kind) == ("zoe@example.com", "Your code", "one_time_code")
    assert "1234 5678" in mail.text.splitlines()
    assert post.waiting == 0
    assert catcher.take_new() == []


def test_secrets_are_gone_from_the_database_once_they_are_sent(
    mail_sender: MailSender, post: Post, sqlite_url: str
) -> None:
    post.queue_code()
    assert sealed_in(sqlite_url) is not None
    send(mail_sender)
    assert sealed_in(sqlite_url) is None


def test_no_mail_is_lost_while_the_server_is_away(
    mail_sender_to: MailSenderTo, post: Post, clock: ManualClock
) -> None:
    early = Catcher()
    early.start()
    port = early.port
    early.stop()
    for number in range(3):
        post.queue(to=f"zoe{number}@example.com")
    for _ in range(20):
        with pytest.raises(OSError, match=r".*"):
            send(mail_sender_to(port))
        clock.advance(hours=2)
    assert (post.waiting, post.dead) == (3, 0), "an outage costs no attempts"

    late = Catcher(port)
    late.start()
    assert send(mail_sender_to(port)) == 3
    assert [mail.to for mail in late.take_new()] == [f"zoe{n}@example.com" for n in range(3)]
    late.stop()


def test_a_receiver_who_is_refused_for_good_is_set_aside_for_an_operator(
    mail_sender_to: MailSenderTo, post: Post
) -> None:
    post.queue(to="nobody@example.com")
    post.queue(to="zoe@example.com")
    server = MoodyServer({"nobody@example.com": "550 no such person"})
    visit(server, mail_sender_to)
    assert server.accepted == ["zoe@example.com"]
    assert (post.waiting, post.dead) == (0, 1)


def test_a_receiver_who_is_refused_for_now_is_tried_again_later(
    mail_sender_to: MailSenderTo, post: Post, clock: ManualClock
) -> None:
    post.queue()
    visit(MoodyServer({"zoe@example.com": "450 try later"}), mail_sender_to)
    assert (post.waiting, post.dead) == (1, 0)

    patient = MoodyServer({})
    visit(patient, mail_sender_to)
    assert patient.accepted == [], "not at once"
    clock.advance(seconds=16)
    visit(patient, mail_sender_to)
    assert patient.accepted == ["zoe@example.com"]


def test_a_younger_mail_does_not_overtake_one_that_failed(
    mail_sender_to: MailSenderTo, post: Post
) -> None:
    post.queue(to="zoe@example.com")
    post.queue(to="leo@example.com")
    post.queue(to="zoe@example.com")
    server = MoodyServer({"zoe@example.com": "450 try later"})
    visit(server, mail_sender_to)
    assert server.accepted == ["leo@example.com"]
    assert server.asked == ["zoe@example.com", "leo@example.com"]


def test_two_postmen_send_each_mail_once(
    mail_sender_to: MailSenderTo, catcher: Catcher, post: Post
) -> None:
    for number in range(10):
        post.queue(to=f"zoe{number}@example.com")

    async def both() -> list[int]:
        postmen = [mail_sender_to(catcher.port), mail_sender_to(catcher.port)]
        return await asyncio.gather(*(one.send_due() for one in postmen))

    assert sum(asyncio.run(both())) == 10
    assert len({mail.to for mail in catcher.take_new()}) == 10


def test_a_mail_whose_sender_died_goes_out_again_under_the_same_id(
    mail_sender: MailSender, catcher: Catcher, post: Post, database: Database, clock: ManualClock
) -> None:
    post.queue()
    with database.read() as uow:
        (row,) = uow.outbox.due_mails(1)
    with database.write() as uow:
        assert uow.outbox.claim(row)
    expected = mail_sender._renderer.render(row)["Message-ID"]

    assert send(mail_sender) == 0, "another process may be sending it"
    clock.advance(seconds=16)
    assert send(mail_sender) == 1
    (mail,) = catcher.take_new()
    assert mail.message["Message-ID"] == expected


def test_a_mail_that_cannot_be_written_does_not_stop_the_others(
    mail_sender: MailSender, catcher: Catcher, post: Post
) -> None:
    post.queue(to="zoe@example.com\r\nBcc: all@example.com")
    post.queue(kind="of a kind that nobody knows")
    post.queue(to="leo@example.com")
    assert send(mail_sender) == 1
    assert [mail.to for mail in catcher.take_new()] == ["leo@example.com"]
    assert post.dead == 2


def test_the_round_goes_on_until_it_is_told_to_stop(
    mail_sender: MailSender, catcher: Catcher, post: Post
) -> None:
    for number in range(45):
        post.queue(to=f"zoe{number}@example.com")

    async def work() -> None:
        stop, wake = asyncio.Event(), asyncio.Event()
        running = asyncio.create_task(mail_sender.run(stop, wake))
        await until_empty(post)
        await asyncio.to_thread(post.queue, "late@example.com")
        wake.set()
        await until_empty(post)
        stop.set()
        await running

    asyncio.run(work())
    assert [mail.to for mail in catcher.take_new()][-1] == "late@example.com"


def test_a_sender_that_is_to_end_finishes_the_mail_under_way_and_begins_no_other(
    database: Database, renderer: MailRenderer, post: Post
) -> None:
    for number in range(3):
        post.queue(to=f"zoe{number}@example.com")
    server = BrokenClient("", 25, tls=False, meanwhile=lambda: sender.end())  # noqa: PLW0108 -- it comes below
    sender = MailSender(database, renderer, server)
    assert send(sender) == 1
    assert (server.taken, post.waiting) == (["zoe0@example.com"], 2)


def test_a_server_that_comes_back_is_found_again(mail_sender_to: MailSenderTo, post: Post) -> None:
    first = Catcher()
    first.start()
    first.stop()
    post.queue()
    second = Catcher(first_port := first.port)

    async def work() -> None:
        stop, wake = asyncio.Event(), asyncio.Event()
        running = asyncio.create_task(mail_sender_to(first_port).run(stop, wake))
        await asyncio.sleep(0.05)
        second.start()
        wake.set()
        await until_empty(post)
        stop.set()
        await running

    asyncio.run(work())
    assert [mail.to for mail in second.take_new()] == ["zoe@example.com"]
    second.stop()


def test_a_mail_that_no_key_opens_is_parked_after_its_tries_and_holds_nothing_up(
    sqlite_url: str, renderer: MailRenderer, catcher: Catcher, post: Post, clock: ManualClock
) -> None:
    post.queue_code()
    post.queue(to="leo@example.com")
    other = Database(sqlite_url, clock=clock, keys=Keys("quite another key, for these tests"))
    sender = MailSender(other, renderer, SmtpSettings.parse(f"smtp://127.0.0.1:{catcher.port}"))
    assert send(sender) == 1
    assert [mail.to for mail in catcher.take_new()] == ["leo@example.com"]
    for _ in range(MAIL_PATIENCE.attempts - 1):
        assert (post.waiting, post.dead) == (1, 0)
        clock.advance(hours=1)
        send(sender)
    assert (post.waiting, post.dead) == (0, 1)
    other.close()


@pytest.mark.parametrize("error", [RuntimeError, LookupError, ValueError, SMTPException, OSError])
def test_whatever_sending_raises_the_mail_is_parked_after_its_tries_and_holds_nothing_up(
    database: Database, renderer: MailRenderer, post: Post, clock: ManualClock, error: Any
) -> None:
    post.queue()
    post.queue(to="leo@example.com")
    server = BrokenClient("", 25, tls=False, errors={"zoe@example.com": error("nobody foresaw it")})
    sender = MailSender(database, renderer, server)
    for _ in range(MAIL_PATIENCE.attempts):
        for _ in range(2):  # a lost connection ends the round, and the next one begins
            with suppress(OSError):
                send(sender)
        clock.advance(hours=1)
    assert server.taken == ["leo@example.com"]
    assert (post.waiting, post.dead) == (0, 1)


def test_without_a_mail_server_mails_stay_and_the_log_says_so_once(
    database: Database, renderer: MailRenderer, post: Post, caplog: pytest.LogCaptureFixture
) -> None:
    post.queue()
    idle = MailSender(database, renderer, None)

    async def work() -> None:
        stop = asyncio.Event()
        running = asyncio.create_task(idle.run(stop))
        await asyncio.sleep(0.05)
        stop.set()
        await running

    with caplog.at_level(logging.INFO):
        asyncio.run(work())
    assert send(idle) == 0
    assert post.waiting == 1
    assert [r.message for r in caplog.records if "FOYER_SMTP_URL" in r.message] == [
        "no mail server is set (FOYER_SMTP_URL): mails stay in the outbox"
    ]


def test_the_log_of_a_failure_names_no_code(
    mail_sender_to: MailSenderTo, post: Post, keys: Keys, caplog: pytest.LogCaptureFixture
) -> None:
    post.queue_code("87654321")
    visit(MoodyServer({"zoe@example.com": "450 try later"}), mail_sender_to)
    assert "try later" in caplog.text
    assert "8765" not in caplog.text
    assert keys.code_digest("87654321") not in caplog.text


def visit(server: MoodyServer, mail_sender_to: MailSenderTo) -> None:
    """One round of the mail_sender to that server."""

    async def work() -> None:
        async with server.listening() as port:
            await mail_sender_to(port).send_due()

    asyncio.run(work())


async def until_empty(post: Post) -> None:
    async with asyncio.timeout(30):
        while await asyncio.to_thread(lambda: post.waiting):  # noqa: ASYNC110 - only rows tell
            await asyncio.sleep(0.01)


def sealed_in(url: str) -> str | None:
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as file:
        (sealed,) = file.execute("SELECT secrets FROM outbox").fetchone()
    return None if sealed is None else str(sealed)
