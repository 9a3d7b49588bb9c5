"""A mail that somebody waits for leaves within the next interval, whatever else is being sent."""

import asyncio
from dataclasses import dataclass
from email.message import EmailMessage

import pytest
from aiosmtplib import SMTPResponseException

from bot.mail.catalogue import Catalogue
from bot.mail.rendering import MailRenderer
from bot.mail.sender import BATCH, PAUSE, MailSender
from storage.database import Database
from storage.messages.mail_allowances import LAST, USUAL
from tests.conftest import BOTH
from tests.mail.post import BrokenClient, Post

pytestmark = pytest.mark.slow

EACH = 0.2
"""Seconds for one mail: its server takes its time."""
NOTICES = 2 * BATCH


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest) -> str:
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@dataclass(frozen=True, slots=True)
class SlowClient(BrokenClient):
    async def send_message(self, message: EmailMessage) -> None:
        await asyncio.sleep(EACH)
        self.taken.append(str(message["X-Foyer-Kind"]))


def test_while_a_batch_leaves_a_code_waits_one_interval_at_most(
    database: Database, renderer: MailRenderer, post: Post
) -> None:
    server = SlowClient("", 25, tls=False)
    sender = MailSender(database, renderer, server)
    for number in range(NOTICES):
        post.queue(to=f"zoe{number}@example.com")

    async def work() -> int:
        sending = asyncio.create_task(sender.send_due())
        while not server.taken:  # noqa: ASYNC110 - only what was taken tells
            await asyncio.sleep(EACH / 10)
        await asyncio.to_thread(post.queue_code)
        before = len(server.taken)
        assert await sending == BATCH, "and the batch is as long as ever"
        return before

    before = asyncio.run(work())
    waited = server.taken.index("one_time_code") - before
    assert waited <= PAUSE / EACH + 2, "the mail under way, an interval, and the look itself"
    assert post.waiting == NOTICES + 1 - BATCH


@dataclass(frozen=True, slots=True)
class RefusingClient(SlowClient):
    async def send_message(self, message: EmailMessage) -> None:
        await SlowClient.send_message(self, message)
        raise SMTPResponseException(450, "greylisted")


def test_a_server_that_refuses_each_is_tried_a_batch_and_no_more(
    database: Database, renderer: MailRenderer, post: Post
) -> None:
    server = RefusingClient("", 25, tls=False)
    sender = MailSender(database, renderer, server)
    for number in range(NOTICES):
        post.queue(to=f"zoe{number}@example.com")
    assert asyncio.run(sender.send_due()) == 0
    assert len(server.taken) == BATCH


def test_every_mail_that_is_asked_for_is_declared_as_awaited() -> None:
    awaited = Catalogue.load().awaited
    assert {name.removesuffix(LAST) for name in awaited.templates} == set(USUAL)


def test_a_secret_that_lapses_within_minutes_leaves_at_once() -> None:
    """An invitation and the rest live for days."""
    secrets = {"code", "reset_url"}
    catalogue = Catalogue.load()
    urgent = {
        name
        for name, mail in catalogue.mails.items()
        if secrets & {block.secret for block in mail.body}
    }
    assert urgent == set(catalogue.awaited.at_once)
