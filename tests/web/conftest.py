"""The pages on a real database, and a browser that visits them."""

from zoneinfo import ZoneInfo

import pytest
from fastapi import FastAPI

from bot.constants import constants
from bot.registry import domain_of
from bot.texts import Texts
from bot.web.app import create_app
from bot.web.health import Health
from bot.web.pages import Pages
from bot.web.passkeys import RelyingParty
from bot.web.passwords import PasswordRules
from bot.web.rate_limit import RateLimit
from bot.web.rendering import PageRenderer
from bot.web.visits import Visits
from bot.web.words import PageWords
from faq.organisation import Organisation
from storage.database import Database
from storage.households.households import Household
from storage.keys import Keys
from tests.fakes.clock import ManualClock
from tests.fakes.households import make_household
from tests.web.visits import ORIGIN, PASSWORD, Browser, Guest, invite, mailed_path


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    return sqlite_url


@pytest.fixture(scope="session")
def words() -> PageWords:
    figures = constants(Organisation.load())
    return PageWords.load(Texts(ZoneInfo("America/Toronto"), figures))


@pytest.fixture
def app(database: Database, words: PageWords, clock: ManualClock, keys: Keys) -> FastAPI:
    return served(database, words, clock, Visits(keys, secure=False), RateLimit())


@pytest.fixture
def flooded(database: Database, words: PageWords, clock: ManualClock, keys: Keys) -> Browser:
    """A browser whose address may ask three times in ten seconds."""
    rate_limit = RateLimit("3/10 seconds")
    return Browser(served(database, words, clock, Visits(keys, secure=False), rate_limit))


@pytest.fixture
def secured(database: Database, words: PageWords, clock: ManualClock, keys: Keys) -> Browser:
    """A browser on pages that are served over HTTPS."""
    app = served(database, words, clock, Visits(keys, secure=True), RateLimit())
    return Browser(app, origin="https://foyer.example")


def served(
    database: Database, words: PageWords, clock: ManualClock, visits: Visits, rate_limit: RateLimit
) -> FastAPI:
    renderer = PageRenderer(words, visits)
    titles, party = domain_of().titles(), RelyingParty.at(ORIGIN)
    pages = Pages(database, renderer, PasswordRules.load(), titles, rate_limit, party=party)
    return create_app(pages, [], None, Health(database, clock))


@pytest.fixture
def browser(app: FastAPI) -> Browser:
    return Browser(app)


@pytest.fixture
def household(database: Database) -> Household:
    return make_household(database, secondaries=1)


@pytest.fixture
def people(database: Database) -> Household:
    """A household whose members have a password (`PASSWORD`)."""
    return make_household(database, "90210003", secondaries=1, password=PASSWORD)


@pytest.fixture
def guest(database: Database, household: Household) -> Guest:
    return invite(database, household.holder)


@pytest.fixture
def notice(database: Database, guest: Guest) -> str:
    """The page that disowns the session in which the guest was invited."""
    return mailed_path(database, "verification_notice", "not_me_url")
