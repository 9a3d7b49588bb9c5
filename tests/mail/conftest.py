"""A renderer with real words, and a mail server that takes everything."""

from collections.abc import Callable, Iterator
from zoneinfo import ZoneInfo

import pytest

from bot.constants import constants
from bot.mail.catcher import Catcher
from bot.mail.rendering import MailRenderer
from bot.mail.sender import MailSender
from bot.mail.smtp import SmtpSettings
from bot.texts import Texts
from faq.organisation import Organisation
from storage.database import Database
from tests.fakes.clock import ManualClock
from tests.mail.post import Post

TASKS = {"list_users": {"en": "See who is on the account", "fr": "Voir qui est au compte"}}


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    return sqlite_url


@pytest.fixture
def renderer(clock: ManualClock) -> MailRenderer:
    texts = Texts(ZoneInfo("America/Toronto"), constants(Organisation.load()))
    return MailRenderer.load(
        texts=texts, tasks=TASKS, mail_from="Foyer <no-reply@foyer.example>", clock=clock
    )


@pytest.fixture
def catcher() -> Iterator[Catcher]:
    running = Catcher()
    running.start()
    yield running
    running.stop()


@pytest.fixture
def mail_sender_to(database: Database, renderer: MailRenderer) -> Callable[[int], MailSender]:
    """A mail sender that delivers to the server on that port."""
    return lambda port: MailSender(
        database, renderer, SmtpSettings.parse(f"smtp://127.0.0.1:{port}")
    )


@pytest.fixture
def mail_sender(mail_sender_to: Callable[[int], MailSender], catcher: Catcher) -> MailSender:
    return mail_sender_to(catcher.port)


@pytest.fixture
def post(database: Database) -> Post:
    return Post(database)
