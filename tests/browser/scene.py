"""What people see and do in the browser, and in the chat beside it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, ViewportSize

from tests.e2e.mailbox import Mailbox
from tests.e2e.rest import RestChat, connect
from tests.fakes.yaml_files import read_yaml

PASSWORD = "correct horse 7"
OWN = "quatre érables et 2 ruisseaux"
NEW = "cinq bouleaux près du lac"
HOLDERS = {"helene1": "en", "helene2": "en", "helene3": "fr", "helene4": "fr"}
WIDTHS = (360, 1280)
SCREENSHOTS = os.environ.get("TEST_FOYER_SCREENSHOTS")
"""A folder to which every page is drawn, for people to look at."""

WORDS: dict[str, dict[str, str]] = read_yaml(Path(__file__).parent / "words.yml")


@dataclass(frozen=True, slots=True)
class House:
    """`foyer run`: its pages, and the mailboxes of everybody."""

    address: str
    mailbox: Mailbox

    @contextmanager
    def chat(self, sender: str) -> Iterator[RestChat]:
        with connect(self.address) as http:
            yield RestChat(http, sender, patience=30)


@dataclass(frozen=True, slots=True)
class Visitor:
    """One browser window; `axe` is empty where the browser runs no scripts."""

    page: Page
    language: str
    axe: str
    name: str

    def say(self, name: str) -> str:
        """The words of that name, in the visitor's language."""
        return WORDS[name][self.language]

    def open(self, address: str) -> None:
        self.page.goto(address)

    def fill(self, *values: str) -> None:
        """Fill in the fields that can be seen, in their order, and send the form."""
        fields = self.page.locator("main input:not([type=hidden]):not([aria-hidden])")
        assert fields.count() == len(values)
        for number, value in enumerate(values):
            fields.nth(number).fill(value)
        self.press(0)

    def press(self, number: int) -> None:
        self.page.locator("main button").nth(number).click()

    def sees(self, *words: str) -> None:
        """The words stand on the page, the page is in the right language and has no barrier."""
        text = self.page.inner_text("main")
        for word in words:
            assert word in text, text
        assert self.page.get_attribute("html", "lang") == self.language
        assert self.page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    def inspects(self, shown: str) -> None:
        """No violation of WCAG in light and dark, wide and narrow; draws the page if wished."""
        for width in WIDTHS:
            self.page.set_viewport_size(ViewportSize(width=width, height=800))
            self.page.wait_for_function(f"innerWidth === {width}") if self.axe else None
            assert self.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), shown
            self._draw(f"{shown}-{self.name}-{width}")
        if not self.axe:
            return
        self.page.evaluate(self.axe)
        for scheme in ("dark", "light"):
            self.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            found = self.page.evaluate("axe.run().then(r => r.violations)")
            assert found == [], f"{shown} in {scheme}: {found}"

    def _draw(self, name: str) -> None:
        if not SCREENSHOTS:
            return
        schemes: tuple[Literal["dark", "light"], ...] = ("dark", "light")
        for scheme in schemes:
            self.page.emulate_media(color_scheme=scheme)
            self.page.screenshot(path=Path(SCREENSHOTS) / f"{name}-{scheme}.png", full_page=True)


@contextmanager
def visiting(browser: Browser, language: str, *, scripts: bool, axe: str) -> Iterator[Visitor]:
    locale = {"en": "en-CA", "fr": "fr-CA"}[language]
    context = browser.new_context(locale=locale, java_script_enabled=scripts)
    name = f"{language}-{'scripts' if scripts else 'plain'}"
    yield Visitor(context.new_page(), language, axe if scripts else "", name)
    context.close()
