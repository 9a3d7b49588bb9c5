"""The page that opens inside Telegram, with its script, in a real browser."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page

from storage.clock import system_clock
from storage.identity.credentials import hash_password
from tests.browser.scene import SCREENSHOTS
from tests.e2e.ledger import open_database
from tests.e2e.telegram.scene import Household, Scene, opened
from tests.fakes.telegram.mini_app import init_data
from tests.fakes.telegram.server import TOKEN
from tests.fakes.telegram.user import TelegramUser
from tests.web.visits import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.slow]

IN_THE_APP = "window.told = []; window.TelegramWebviewProxy = {postEvent: (e) => told.push(e)}"
"""What Telegram's apps give to the pages that they open."""
WORDS = {
    "en": ("sign me in", "user name", "Sign in on our page", "nothing to type back", "Thank you"),
    "fr": ("connecte-moi", "utilisateur", "Me connecter plutôt", "rien à recopier", "Merci"),
}


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[Scene]:
    folder = tmp_path_factory.mktemp("inside")
    shutil.copy(sqlite_template, folder / "foyer.db")
    url = f"sqlite:///{folder / 'foyer.db'}"
    with opened(folder, url, "polling", public_url="https://foyer.example") as running:
        yield running


def asked(scene: Scene, language: str) -> tuple[TelegramUser, Household, str]:
    """Somebody before the button that opens inside, and where it leads."""
    person, household = scene.person(language), scene.household()
    wish, username, instead, here, _ = WORDS[language]
    person.say(wish)
    person.reads(username)
    person.tap(instead)
    post = person.reads(here)[-1]
    (app,) = [button.app for button in post.buttons if button.app]
    assert app.startswith("https://foyer.example/app/")
    return person, household, app.replace("https://foyer.example", scene.server.address)


def choose_password(scene: Scene, household: Household) -> None:
    database = open_database(scene.ledger.url)
    with database.write() as uow:
        member_id = uow.sign_in.candidate(household.holder).member_id
        assert member_id is not None
        uow.accounts._proofs.set_password(member_id, hash_password(PASSWORD))
    database.close()


def opening(person: TelegramUser) -> str:
    return "tgWebAppData=" + quote(init_data(TOKEN, person.id, system_clock()()))


@pytest.fixture
def app(chromium: Browser) -> Iterator[Page]:
    page = chromium.new_page(viewport={"width": 400, "height": 700})
    page.add_init_script(IN_THE_APP)
    yield page
    page.close()


@pytest.mark.parametrize("language", WORDS)
def test_signing_in_there_is_all_there_is_to_do(scene: Scene, app: Page, language: str) -> None:
    person, household, page = asked(scene, language)
    choose_password(scene, household)
    app.goto(f"{page}#{opening(person)}&tgWebAppVersion=9.1")
    app.wait_for_selector("#username")
    assert app.get_attribute("html", "lang") == language
    draw(app, f"inside-form-{language}")
    app.fill("#username", household.holder)
    app.fill("#password", PASSWORD)
    app.click("main button")
    app.click("[data-close]")
    draw(app, f"inside-done-{language}")
    assert app.evaluate("told") == ["web_app_ready", "web_app_close"]
    assert app.context.cookies() == []
    person.reads(WORDS[language][-1])


def test_in_an_ordinary_browser_nothing_is_handed_on(scene: Scene, chromium: Browser) -> None:
    """Mallory has sent somebody her own page with her own opening."""
    person, _, page = asked(scene, "en")
    browser = chromium.new_page()
    browser.goto(f"{page}#{opening(person)}")
    browser.wait_for_selector("[data-outside]:visible")
    assert browser.query_selector("#username") is None
    browser.close()


def test_an_address_with_two_openings_is_handed_on_by_nobody(scene: Scene, app: Page) -> None:
    """Another bot opens our page: Telegram adds its own word to the one that stands there."""
    person, _, page = asked(scene, "en")
    app.goto(f"{page}#{opening(person)}&tgWebAppData=of-another-bot")
    app.wait_for_selector("[data-outside]:visible")
    assert app.query_selector("#username") is None


def test_a_page_of_others_may_not_frame_it(scene: Scene, app: Page) -> None:
    _, _, page = asked(scene, "en")
    app.set_content(f'<iframe src="{page}"></iframe>')
    app.wait_for_timeout(500)
    framed = app.frames[-1]
    assert framed.query_selector("form[data-opening]") is None


def draw(page: Page, name: str) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    if SCREENSHOTS:
        page.screenshot(path=Path(SCREENSHOTS) / f"{name}.png", full_page=True)
