"""Signing in on a page that opens inside the very chat: nothing is typed back."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from pydantic import SecretStr

from bot.app import App
from bot.faces import web_app
from intents.parser import Parser
from storage.keys import Keys
from tests.bot.test_never_kept_out import set_password
from tests.bot.test_sign_in_link import INSTEAD
from tests.fakes.chats import Chat, World
from tests.fakes.clock import ManualClock
from tests.fakes.talks import open_question, to_question
from tests.fakes.telegram.mini_app import init_data
from tests.fakes.telegram.server import TOKEN
from tests.fakes.worlds import product_on, world_of
from tests.web.visits import PASSWORD, Browser

ORIGIN = "https://foyer.example"
BOT = TOKEN.partition(":")[0]
DIANE, MALLORY = 42, 66
OPENING = re.compile(r'name="opening" value="([^"]*)"')


@pytest.fixture(scope="module")
def public(
    parser: Parser, sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[App]:
    """A product that Telegram can lead people to."""
    file = tmp_path_factory.mktemp("public") / "foyer.db"
    file.write_bytes(sqlite_template.read_bytes())
    product = product_on(file, parser, telegram_token=SecretStr(TOKEN), public_url=ORIGIN)
    yield product
    product.database.close()


@pytest.fixture
def world(public: App, home_url: str, clock: ManualClock, keys: Keys) -> Iterator[World]:
    with world_of(public, home_url, clock, keys) as world:
        set_password(world, PASSWORD)
        yield world


@pytest.fixture
def chat(world: World) -> Chat:
    return chat_of(world, DIANE)


@pytest.fixture
def asked(chat: Chat) -> Chat:
    to_question(chat, "username")
    chat.tap(INSTEAD)
    return chat


@pytest.fixture
def page(world: World) -> Browser:
    """A web view: it keeps no cookie of ours."""
    return Browser(web_app(world.app), origin=ORIGIN)


def chat_of(world: World, person: int) -> Chat:
    return world.chat(str(person), channel="telegram", bot_id=BOT)


def address(chat: Chat) -> str:
    """Where the button leads that opens inside."""
    buttons = [button for reply in chat.replies for button in reply.buttons]
    reference = next(button["app"] for button in buttons if "app" in button)
    with chat.world.app.database.read() as uow:
        (button,) = uow.outbox._addresses.on_buttons([{"title": "", "app": reference}])
    return "/app/" + button["app"].rpartition("/")[2]


def opened(world: World, person: int = DIANE, **fields: str) -> str:
    return init_data(TOKEN, person, world.clock(), **fields)


def typed(page: Browser, path: str, opening: str, password: str = PASSWORD) -> httpx.Response:
    form = {"opening": opening, "username": "diane", "password": password}
    return page.post(path, data=form)


def is_verified(chat: Chat) -> bool:
    chat.work_off()
    return bool(chat.slots.get("verified"))


def test_the_chat_goes_on_by_itself(asked: Chat, world: World, page: Browser) -> None:
    path, opening = address(asked), opened(world)
    assert "data-opening" in page.get(path).text
    form = page.post(path, data={"opening": opening})
    assert form.status_code == 200
    assert "Diane" in form.text
    assert "Add a person" in form.text
    carried = OPENING.search(form.text)
    assert carried is not None
    assert not is_verified(asked)
    assert typed(page, path, opening).status_code == 200
    assert is_verified(asked)
    assert open_question(asked) == "new_first_name"
    world.collect_mails()
    assert [mail.template for mail in world.mailbox] == ["verification_notice"]
    assert page.cookies.get("__Host-foyer") is None


def test_the_same_opening_verifies_once(asked: Chat, world: World, page: Browser) -> None:
    path, opening = address(asked), opened(world)
    typed(page, path, opening)
    assert is_verified(asked)
    assert typed(page, path, opening).status_code == 404, "the page is used"
    asked.say("sign out")
    to_question(asked, "username")
    asked.tap(INSTEAD)
    assert typed(page, address(asked), opening).status_code == 404, "of an earlier page"
    assert not is_verified(asked)
    world.clock.advance(seconds=1)
    assert typed(page, address(asked), opened(world)).status_code == 200
    assert is_verified(asked)


def test_somebody_elses_page_lets_nobody_in(asked: Chat, world: World, page: Browser) -> None:
    """Diane opens what Mallory asked for, or Mallory what Diane did."""
    hers = chat_of(world, MALLORY)
    to_question(hers, "username")
    hers.tap(INSTEAD)
    for path, person in ((address(hers), DIANE), (address(asked), MALLORY)):
        assert page.post(path, data={"opening": opened(world, person)}).status_code == 404
        assert typed(page, path, opened(world, person)).status_code == 404
    assert not is_verified(asked)
    assert not is_verified(hers)


@pytest.mark.parametrize("age", [timedelta(minutes=11), timedelta(days=1), -timedelta(minutes=2)])
def test_an_opening_of_another_time_is_refused(
    asked: Chat, world: World, page: Browser, age: timedelta
) -> None:
    opening = init_data(TOKEN, DIANE, world.clock() - age)
    assert typed(page, address(asked), opening).status_code == 404
    assert not is_verified(asked)


@pytest.mark.parametrize("opening", ["", "hash=00", "user=%7B%22id%22%3A42%7D&auth_date=1"])
def test_without_the_messengers_word_there_is_no_form(
    asked: Chat, page: Browser, opening: str
) -> None:
    assert typed(page, address(asked), opening).status_code == 404
    assert not is_verified(asked)


def test_another_bots_word_is_none(asked: Chat, world: World, page: Browser) -> None:
    opening = init_data("999:of-another-bot", DIANE, world.clock())
    assert typed(page, address(asked), opening).status_code == 404
    assert not is_verified(asked)


def test_a_page_that_was_used_inside_opens_nowhere_else(
    asked: Chat, world: World, page: Browser
) -> None:
    path = address(asked)
    typed(page, path, opened(world))
    assert page.get(path.replace("/app/", "/link/")).status_code == 404


def test_wrong_passwords_count_as_on_the_sign_in_page(
    asked: Chat, world: World, page: Browser
) -> None:
    path, opening = address(asked), opened(world)
    for _ in range(5):
        answer = typed(page, path, opening, "wrong password")
        assert answer.status_code == 422
        assert OPENING.search(answer.text) is not None
    assert typed(page, path, opening).status_code == 422, "locked for what is not known"
    assert not is_verified(asked)


def test_an_account_that_signed_in_before_has_tries_of_its_own(
    asked: Chat, world: World, page: Browser
) -> None:
    typed(page, address(asked), opened(world))
    assert is_verified(asked)
    asked.say("sign out")
    stranger = Browser(web_app(world.app), origin=ORIGIN)
    for _ in range(6):
        stranger.sign_in("diane", "wrong password")
    to_question(asked, "username")
    asked.tap(INSTEAD)
    world.clock.advance(seconds=1)
    typed(page, address(asked), opened(world))
    assert is_verified(asked)


def test_nobody_passes_for_a_known_account_by_a_cookie(
    asked: Chat, world: World, page: Browser
) -> None:
    typed(page, address(asked), opened(world))
    thief = Browser(web_app(world.app), origin=ORIGIN)
    thief.cookies.set("__Host-foyer-browser", f"telegram {BOT} {DIANE}")
    for _ in range(6):
        thief.sign_in("diane", "wrong password")
    thief.sign_in("diane", PASSWORD)
    assert not thief.is_signed_in


def test_a_chat_that_asks_for_something_else_by_now_says_so(
    asked: Chat, world: World, page: Browser
) -> None:
    path = address(asked)
    asked.say("cancel")
    typed(page, path, opened(world))
    assert not is_verified(asked)
    with world.app.database.read() as uow:
        said = uow.conversations.events(asked.row.id)[-1]
    assert "asks for something else by now" in str(said)


def test_the_link_with_the_number_stays_for_other_clients(asked: Chat) -> None:
    buttons = [button for reply in asked.replies for button in reply.buttons]
    assert [button["title"] for button in buttons if "url" in button] == ["On another device"]


@pytest.mark.parametrize("path", ["/app/x", "/sign-in", "/link/x", "/account"])
def test_only_telegram_web_may_frame_only_this_page(page: Browser, path: str) -> None:
    policy = page.get(path).headers["Content-Security-Policy"]
    inside = path == "/app/x"
    assert ("frame-ancestors https://web.telegram.org;" in f"{policy};") == inside
    assert ("frame-ancestors 'none'" in policy) != inside
    assert ("script-src 'self'" in policy) == inside


def test_the_script_is_ours_and_small(page: Browser, asked: Chat) -> None:
    source = re.search(r'<script src="([^"]+)" defer></script>', page.get(address(asked)).text)
    assert source is not None
    script = page.get("/" + source[1].replace("../", ""))
    assert script.headers["Content-Type"].startswith("text/javascript")
    assert len(script.text.splitlines()) < 40


def test_a_form_from_another_site_is_refused(asked: Chat, world: World, page: Browser) -> None:
    page.headers["Sec-Fetch-Site"] = "cross-site"
    assert typed(page, address(asked), opened(world)).status_code == 403
    assert not is_verified(asked)


def test_a_form_without_an_origin_is_worth_what_its_opening_is(
    asked: Chat, world: World, page: Browser
) -> None:
    """Our own forms say "null", as pages send no referrer; so may a stranger's, in old browsers.

    There is no cookie here that it could ride on: the opening is all there is.
    """
    path, form = address(asked), {"username": "diane", "password": PASSWORD}
    page.post(path, data={**form, "opening": ""}, headers={"Origin": "null"})
    assert not is_verified(asked)
    from_elsewhere = {"Origin": "null", "Sec-Fetch-Site": "cross-site"}
    own = {**form, "opening": opened(world)}
    assert page.post(path, data=own, headers=from_elsewhere).status_code == 403
    assert not is_verified(asked)
    assert page.post(path, data=own, headers={"Origin": "null"}).status_code == 200
    assert is_verified(asked)
