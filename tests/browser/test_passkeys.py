"""A passkey in a real browser: made, used, refused and removed, in both languages."""

import pytest
from playwright.sync_api import Browser, CDPSession, Page

from tests.browser.scene import PASSWORD, House, Visitor, visiting

pytestmark = [pytest.mark.browser, pytest.mark.slow]

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.mark.parametrize(("holder", "language"), [("helene1", "en"), ("helene3", "fr")])
def test_a_passkey_is_made_used_refused_and_removed(
    chromium: Browser, axe: str, house: House, holder: str, language: str
) -> None:
    pages = house.address.replace("127.0.0.1", "localhost")
    with visiting(chromium, language, scripts=True, axe=axe) as visitor:
        devices, device = plug_in(visitor.page)
        visitor.open(f"{pages}/sign-in")
        visitor.fill(holder, PASSWORD)
        make(visitor, pages)
        house.mailbox.wait_for("passkey_added", f"{holder}@example.com")
        use(visitor, pages, holder)
        refuse(visitor, pages, devices, device)
        remove(visitor, pages)
        house.mailbox.wait_for("passkey_removed", f"{holder}@example.com")


def plug_in(page: Page) -> tuple[CDPSession, str]:
    """Give the window a device that makes passkeys; returns what speaks to it, and its name."""
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    added = devices.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    return devices, added["authenticatorId"]


def make(visitor: Visitor, pages: str) -> None:
    visitor.open(f"{pages}/account/passkeys")
    visitor.inspects("passkeys-none")
    visitor.fill(visitor.say("my_phone"))
    visitor.page.get_by_role("heading", name=visitor.say("my_phone")).wait_for()
    visitor.sees(visitor.say("never_used"))
    visitor.inspects("passkeys")


def use(visitor: Visitor, pages: str, holder: str) -> None:
    visitor.page.locator("main button").last.click()
    visitor.open(f"{pages}/sign-in/passkey")
    visitor.inspects("sign-in-passkey")
    visitor.press(0)
    visitor.page.wait_for_url("**/account")
    visitor.sees(holder)


def refuse(visitor: Visitor, pages: str, devices: CDPSession, device: str) -> None:
    """The device does not know the finger that is put on it."""
    finger = {"authenticatorId": device, "isUserVerified": False}
    devices.send("WebAuthn.setUserVerified", finger)
    visitor.open(f"{pages}/sign-in/passkey")
    visitor.press(0)
    visitor.page.get_by_text(visitor.say("no_passkey_used")).wait_for()
    visitor.inspects("sign-in-passkey-refused")


def remove(visitor: Visitor, pages: str) -> None:
    visitor.open(f"{pages}/account/passkeys")
    visitor.press(0)
    visitor.page.get_by_text(visitor.say("stops_working")).wait_for()
    visitor.inspects("passkeys-removed")
    visitor.press(0)
    visitor.page.get_by_text(visitor.say("stops_working")).wait_for(state="detached")
    visitor.press(0)
    visitor.page.get_by_text(visitor.say("stops_working")).wait_for()
