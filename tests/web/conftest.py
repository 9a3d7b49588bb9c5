"""The pages on a real database, and a browser that visits them."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from fastapi import FastAPI
from pydantic import SecretStr

from bot.channels.masking import Masks
from bot.constants import constants
from bot.faces import objecting, web_app
from bot.mail.catcher import Catcher
from bot.registry import domain_of
from bot.texts import Texts
from bot.web.account_view import ChatAddress
from bot.web.app import Network, create_app
from bot.web.health import Health, health_router
from bot.web.pages import Pages
from bot.web.passkeys import RelyingParty
from bot.web.passwords import PasswordRules
from bot.web.rate_limit import RateLimit
from bot.web.rendering import PageRenderer
from bot.web.visits import Visits
from bot.web.words import PageWords
from faq.organisation import Organisation
from intents.parser import Parser
from intents.secrets.private import find_numbers
from storage.database import Database
from storage.households.households import Household
from storage.keys import Keys
from tests.fakes.clock import ManualClock
from tests.fakes.households import make_household
from tests.fakes.worlds import product_on
from tests.web.visits import CHAT, ORIGIN, PASSWORD, Browser, Guest, invite, mailed_path


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    return sqlite_url


@pytest.fixture(scope="session")
def words() -> PageWords:
    figures = constants(Organisation.load())
    return PageWords.load(Texts(ZoneInfo("America/Toronto"), figures))


@pytest.fixture
def app(database: Database, words: PageWords, clock: ManualClock, keys: Keys) -> FastAPI:
    return served(database, words, clock, Visits(keys, secure=False), RateLimit(database))


@pytest.fixture
def flooded(database: Database, words: PageWords, clock: ManualClock, keys: Keys) -> Browser:
    """A browser whose address may ask thirty times in ten seconds."""
    rate_limit = RateLimit(database, share=1)
    return Browser(served(database, words, clock, Visits(keys, secure=False), rate_limit))


@pytest.fixture
def secured(database: Database, words: PageWords, clock: ManualClock, keys: Keys) -> Browser:
    """A browser on pages that are served over HTTPS."""
    app = served(database, words, clock, Visits(keys, secure=True), RateLimit(database))
    return Browser(app, origin="https://foyer.example")


@pytest.fixture(scope="package")
def whole(
    parser: Parser, sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[FastAPI]:
    """Everything that is ever served: pages, REST, a webhook, the mails of a demonstration."""
    file = tmp_path_factory.mktemp("routes") / "foyer.db"
    file.write_bytes(sqlite_template.read_bytes())
    product = product_on(
        file,
        parser,
        api_token=SecretStr("a token for tests only"),
        telegram_token=SecretStr("123:a-token-of-nobody"),
        telegram_mode="webhook",
    )
    yield web_app(product, Catcher())
    product.database.close()


def served(  # noqa: PLR0917 -- what pages are made of
    database: Database,
    words: PageWords,
    clock: ManualClock,
    visits: Visits,
    rate_limit: RateLimit,
    proxies: Sequence[str] = (),
    chat_address: ChatAddress = lambda: CHAT,
) -> FastAPI:
    renderer = PageRenderer(words, visits)
    titles, party = domain_of().titles(), RelyingParty.at(ORIGIN)
    pages = Pages(
        database,
        renderer,
        PasswordRules.load(),
        titles,
        rate_limit,
        party=party,
        objecting=objecting(None, Masks(Keys("for tests only " * 2), find_numbers)),
        chat_address=chat_address,
    )
    network = Network(frozenset({"127.0.0.1", "foyer.example"}), proxies)
    return create_app(pages, [health_router(Health(database, clock))], network)


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
