"""A renderer with real words, and a mail server that takes everything."""

from collections.abc import Callable, Iterator
from zoneinfo import ZoneInfo

import pytest

from bot.constants import constants
from bot.mail.catcher import Catcher
from bot.mail.rendering import MailRenderer
from bot.mail.sender import Postman
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
def postman_to(database: Database, renderer: MailRenderer) -> Callable[[int], Postman]:
    """A postman who carries to the server on that port."""
    return lambda port: Postman(database, renderer, SmtpSettings.parse(f"smtp://127.0.0.1:{port}"))


@pytest.fixture
def postman(postman_to: Callable[[int], Postman], catcher: Catcher) -> Postman:
    return postman_to(catcher.port)


@pytest.fixture
def post(database: Database) -> Post:
    return Post(database)
