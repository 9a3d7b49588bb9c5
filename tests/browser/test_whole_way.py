"""From the invitation to a lock and out of it again, and every other page, in a real browser."""

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser

from tests.browser.scene import NEW, OWN, PASSWORD, House, Visitor, visiting
from tests.e2e.rest import RestChat

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@dataclass(frozen=True, slots=True)
class Way:
    """Who invites Zoé, and how her browser is set."""

    holder: str
    language: str
    scripts: bool


WAYS = [
    pytest.param(Way("helene1", "en", scripts=True), id="in English, with scripts"),
    pytest.param(Way("helene2", "en", scripts=False), id="in English, without scripts"),
    pytest.param(Way("helene3", "fr", scripts=True), id="in French, with scripts"),
    pytest.param(Way("helene4", "fr", scripts=False), id="in French, without scripts"),
]
NUMBER = re.compile(r"(\d{3}) (\d{3})")
ADDRESS = re.compile(r"http://\S+/link/\w+")


@pytest.mark.parametrize("way", WAYS)
def test_the_whole_way(chromium: Browser, axe: str, house: House, way: Way) -> None:
    holder = way.holder
    zoe = holder.replace("helene", "zoe.roy")
    with (
        visiting(chromium, way.language, scripts=way.scripts, axe=axe) as visitor,
        house.chat(f"chat-of-{holder}") as chat,
        house.chat(f"second-chat-of-{holder}") as zoes_chat,
    ):
        invite(visitor, house, chat, holder, f"{zoe}@example.com")
        activate(visitor, house, zoe)
        sign_in(visitor, house, zoe)
        lock(visitor, house, zoe)
        unlock(visitor, chat)
        sign_in_again(visitor, house, zoe)
        change_password(visitor, house)
        choose_a_new_one(visitor, house, zoe)
        verify_a_chat(visitor, zoes_chat)
        disown_it(visitor, house, holder)


def invite(visitor: Visitor, house: House, chat: RestChat, holder: str, email: str) -> None:
    chat.say(visitor.say("add").format(email=email))
    chat.say(holder)
    chat.say(house.mailbox.wait_for("one_time_code", f"{holder}@example.com").code)
    chat.tap(visitor.say("confirm"))


def activate(visitor: Visitor, house: House, zoe: str) -> None:
    link = house.mailbox.wait_for("activation", f"{zoe}@example.com").link
    visitor.open(link)
    visitor.inspects("activation")
    visitor.fill(zoe, "short", "short")
    visitor.sees(visitor.say("too_short"))
    visitor.inspects("activation-wrong")
    visitor.fill(zoe, OWN, OWN)
    visitor.sees(visitor.say("chosen"), zoe)
    visitor.inspects("activated")
    visitor.open(link)
    visitor.sees(visitor.say("void"))
    visitor.inspects("void")


def sign_in(visitor: Visitor, house: House, zoe: str) -> None:
    visitor.open(f"{house.address}/sign-in")
    visitor.inspects("sign-in")
    visitor.fill(zoe, OWN)
    visitor.sees(visitor.say("may"), visitor.say("ask"))
    may = visitor.page.locator(".services:not(.without) li").all_inner_texts()
    assert may == [visitor.say("may")]
    assert visitor.say("may_not") in visitor.page.inner_text(".services.without")
    visitor.inspects("account")
    visitor.open(f"{house.address}/account/sessions")
    visitor.sees(visitor.say("this_browser"))
    visitor.inspects("sessions")
    visitor.open(f"{house.address}/account")
    visitor.press(0)
    visitor.sees(visitor.say("sign_in"))


def lock(visitor: Visitor, house: House, zoe: str) -> None:
    for _ in range(10):  # after five the browser is no longer known, after five more it is locked
        visitor.fill(zoe, "wrong password")
        visitor.sees(visitor.say("wrong"))
    visitor.inspects("sign-in-wrong")
    house.mailbox.wait_for("locked", f"{zoe}@example.com")
    visitor.fill(zoe, OWN)
    visitor.sees(visitor.say("wrong"))


def unlock(visitor: Visitor, chat: RestChat) -> None:
    chat.say(visitor.say("unlock"))
    chat.tap(visitor.say("confirm"))


def sign_in_again(visitor: Visitor, house: House, zoe: str) -> None:
    house.mailbox.wait_for("unlocked", f"{zoe}@example.com")
    visitor.fill(zoe, OWN)
    visitor.sees(visitor.say("may"))


def change_password(visitor: Visitor, house: House) -> None:
    visitor.open(f"{house.address}/account/password")
    visitor.inspects("change-password")
    visitor.fill("a wrong one", NEW, NEW)
    visitor.inspects("change-password-wrong")
    visitor.fill(OWN, NEW, NEW)
    visitor.sees(visitor.say("changed"))
    visitor.inspects("password-changed")


def choose_a_new_one(visitor: Visitor, house: House, zoe: str) -> None:
    visitor.open(f"{house.address}/forgot")
    visitor.inspects("forgot")
    visitor.fill(zoe)
    visitor.sees(visitor.say("mailbox"))
    visitor.inspects("forgot-done")
    visitor.open(house.mailbox.wait_for("password_reset", f"{zoe}@example.com").link)
    visitor.inspects("reset")
    visitor.fill(PASSWORD, PASSWORD)
    visitor.sees(visitor.say("saved"))
    visitor.inspects("password-chosen")
    visitor.open(f"{house.address}/account")
    visitor.sees(visitor.say("may"))


def verify_a_chat(visitor: Visitor, chat: RestChat) -> None:
    chat.say(visitor.say("sign_me_in"))
    chat.tap(visitor.say("on_page"))
    found = ADDRESS.search(chat.texts[0])
    assert found is not None
    visitor.open(found[0])
    visitor.sees(visitor.say("web_chat"))
    visitor.inspects("link")
    visitor.press(0)
    number = NUMBER.search(visitor.page.inner_text(".number"))
    assert number is not None
    visitor.inspects("link-number")
    chat.say(number[0])
    assert chat.texts[0].startswith(visitor.say("verified"))


def disown_it(visitor: Visitor, house: House, holder: str) -> None:
    notice = house.mailbox.wait_for("verification_notice", f"{holder}@example.com")
    visitor.open(notice.link)
    visitor.sees(visitor.say("not_me"))
    visitor.inspects("not-me")
    visitor.press(0)
    visitor.sees(visitor.say("disowned"))
    visitor.inspects("disowned")
