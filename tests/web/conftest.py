"""The pages on a real database, and a browser that visits them."""

from zoneinfo import ZoneInfo

import pytest
from fastapi import FastAPI

from bot.constants import constants
from bot.texts import Texts
from bot.web.app import create_app
from bot.web.health import Health
from bot.web.pages import Pages
from bot.web.passwords import PasswordRules
from bot.web.words import PageWords
from faq.organisation import Organisation
from storage.database import Database
from storage.households import Household
from tests.fakes.clock import ManualClock
from tests.fakes.households import make_household
from tests.web.visits import Browser, Guest, invite, mailed_path


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    return sqlite_url


@pytest.fixture(scope="session")
def words() -> PageWords:
    locales = {"en": "en_CA", "fr": "fr_CA"}
    figures = constants(Organisation.load())
    return PageWords.load(Texts(ZoneInfo("America/Toronto"), figures, locales))


@pytest.fixture
def app(database: Database, words: PageWords, clock: ManualClock) -> FastAPI:
    pages = Pages(database, words, PasswordRules.load())
    return create_app(pages, [], None, Health(database, clock))


@pytest.fixture
def browser(app: FastAPI) -> Browser:
    return Browser(app)


@pytest.fixture
def household(database: Database) -> Household:
    return make_household(database, secondaries=1)


@pytest.fixture
def guest(database: Database, household: Household) -> Guest:
    return invite(database, household.holder)


@pytest.fixture
def notice(database: Database, guest: Guest) -> str:
    """The page that disowns the session in which the guest was invited."""
    return mailed_path(database, "verification_notice", "not_me_url")
