"""From a card in a chat to the page with the passkey, and back to the same card."""

import re

import pytest
from playwright.sync_api import Browser, CDPSession

from tests.browser.scene import PASSWORD, House, Visitor, visiting
from tests.browser.test_passkeys import make, plug_in
from tests.browser.test_whole_way import invite
from tests.e2e.rest import RestChat

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PAGE = re.compile(r"http://localhost:\d+/passkey/\w+")


@pytest.mark.parametrize(("holder", "language"), [("helene1", "en"), ("helene3", "fr")])
def test_somebody_is_removed_with_a_passkey(
    chromium: Browser, axe: str, house: House, holder: str, language: str
) -> None:
    pages = house.address.replace("127.0.0.1", "localhost")
    with (
        visiting(chromium, language, scripts=True, axe=axe) as visitor,
        house.chat(f"chat-of-{holder}") as chat,
    ):
        devices, device = plug_in(visitor.page)
        visitor.open(f"{pages}/sign-in")
        visitor.fill(holder, PASSWORD)
        make(visitor, pages)
        invite(visitor, house, chat, holder, f"{holder}.zoe@example.com")
        visitor.page.context.clear_cookies()  # nobody is signed in there any more
        page = led_to(visitor, chat)
        without_scripts(chromium, visitor, page)
        visitor.open(page)
        visitor.sees(visitor.say("for_the_task"), visitor.say("web_chat"))
        visitor.inspects("passkey-for-a-chat")
        refuse(visitor, devices, device)
        use(visitor)
        chat.say(visitor.say("confirm"))
        assert visitor.say("removed") in chat.texts[0]
        visitor.open(page)
        visitor.sees(visitor.say("void"))


def led_to(visitor: Visitor, chat: RestChat) -> str:
    """The page of the card's yes; without the passkey the same yes leads there again."""
    chat.say(visitor.say("remove_zoe"))
    pages = []
    for _ in range(2):
        chat.tap(visitor.say("confirm"))
        assert visitor.say("passkey_first") in chat.texts[0]
        pages += PAGE.findall(chat.texts[0])
    first, second = pages
    assert first == second
    return str(first)


def without_scripts(chromium: Browser, visitor: Visitor, page: str) -> None:
    with visiting(chromium, visitor.language, scripts=False, axe="") as plain:
        plain.open(page)
        plain.sees(plain.say("needs_scripts"))
        plain.inspects("passkey-for-a-chat-plain")


def refuse(visitor: Visitor, devices: CDPSession, device: str) -> None:
    """The device does not know the finger that is put on it, and then knows its owner's."""
    finger = {"authenticatorId": device, "isUserVerified": False}
    devices.send("WebAuthn.setUserVerified", finger)
    visitor.press(0)
    visitor.page.get_by_text(visitor.say("no_passkey_of_yours")).wait_for()
    visitor.inspects("passkey-for-a-chat-refused")
    devices.send("WebAuthn.setUserVerified", {**finger, "isUserVerified": True})


def use(visitor: Visitor) -> None:
    visitor.press(0)
    visitor.page.get_by_text(visitor.say("back_to_the_chat")).wait_for()
    visitor.inspects("passkey-used")
