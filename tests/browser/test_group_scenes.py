"""The agents' group and its customer on Telegram, drawn from the calls, in both languages.

With TEST_FOYER_SCREENSHOTS they are kept as pictures, for people to look at.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser

from bot.handoff.message import DeskMessage
from intents.parser import Parser
from storage.keys import Keys
from tests.browser.scene import SCREENSHOTS
from tests.fakes.chats import Chat
from tests.fakes.clock import ManualClock
from tests.fakes.telegram.drawing import drawn_posts
from tests.fakes.telegram.lane import GROUP, KEY, Lane, lane_of
from tests.fakes.worlds import SECRET, product_on, world_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WORDS = {
    "en": {
        "question": "how many users can I have?",
        "person": "I want to talk to a person",
        "trouble": "the bill of October <is> wrong & nobody answers",
        "told": "It is corrected: you get $12 back.",
        "danger": "my husband hits me and reads this",
        "comment": "she was very kind",
    },
    "fr": {
        "question": "combien d'utilisateurs puis-je avoir?",
        "person": "je veux parler à une personne",
        "trouble": "la facture d'octobre est <fausse> & personne ne répond",
        "told": "C'est corrigé : 12 $ vous seront rendus.",
        "danger": "mon mari me frappe et lit ceci",
        "comment": "elle a été très gentille",
    },
}


@pytest.fixture(scope="module")
def drawings(
    parser: Parser, sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, str]:
    """Before there is a browser: its loop would be in the way of the messenger's."""
    pages: dict[str, str] = {}
    for language, say in WORDS.items():
        file = tmp_path_factory.mktemp(language) / "foyer.db"
        shutil.copy(sqlite_template, file)
        product = product_on(
            sqlite_template, parser, KEY, agents_hours="24/7", agents_language=language
        )
        clock, keys = ManualClock(), Keys(SECRET)
        url = f"sqlite:///{file}"
        with world_of(product, url, clock, keys) as world, lane_of(world, clock) as lane:
            lane.look()
            pages |= {f"{name}-{language}": page for name, page in played(lane, say)}
    return pages


def played(lane: Lane, say: dict[str, str]) -> Iterator[tuple[str, str]]:
    chat, other = lane.chat("41"), lane.chat("42")
    for name in ("question", "person", "trouble"):
        says(lane, chat, say[name])
    says(lane, other, say["danger"])
    leave(lane, chat, other)
    yield "1-general", group(lane, None)
    yield "2-card", topic(lane, chat)
    lane.from_nadia(chat, DeskMessage("", button="claim"))
    lane.from_nadia(chat, DeskMessage("", button="transcript"))
    leave(lane, chat)
    for words in (say["told"], "// @tom?", "/help", "/cases", "/canned", "/oncall", "/case 2"):
        nadia_says(lane, chat, words)
    nadia_says(lane, chat, "/xyzzy")
    yield "3-live-card-and-lists", topic(lane, chat)
    yield "4-danger", topic(lane, other)
    yield "5-customer-in-danger", private(lane, other)
    lane.from_nadia(chat, DeskMessage("", button="close"))
    chat.work_off()
    leave(lane, chat)
    best = [k for k, live in chat.row.state["buttons"].items() if 'rating":"5"' in str(live)]
    chat.post(best[-1])
    leave(lane, chat)
    says(lane, chat, say["comment"])
    yield "6-closed-and-rated", topic(lane, chat)
    yield "7-customer", private(lane, chat)


def says(lane: Lane, chat: Chat, words: str) -> None:
    lane.api.chats.post(lane.api.chats.find(int(chat.name)), words, by_bot=False)
    chat.say(words)
    leave(lane, chat)


def nadia_says(lane: Lane, chat: Chat, words: str) -> None:
    thread = int(lane.case_of(chat)[1])
    post = lane.api.chats.post(lane.api.chats.find(GROUP), words, by_bot=False, topic=thread)
    lane.from_nadia(chat, DeskMessage(words, message_id=str(post.id)))
    leave(lane, chat)


def leave(lane: Lane, *chats: Chat) -> None:
    """Let everything arrive, in the group and with customers."""
    for chat in chats:
        while lane.runner.run(lane.sender.send(chat.row.id)) is not None:
            lane.world.clock.advance(seconds=1)
    lane.quiet()


def group(lane: Lane, thread: int | None) -> str:
    posts = lane.api.chats.find(GROUP).posts.values()
    return drawn_posts([post for post in posts if post.topic == thread and not post.deleted])


def topic(lane: Lane, chat: Chat) -> str:
    return group(lane, int(lane.case_of(chat)[1]))


def private(lane: Lane, chat: Chat) -> str:
    return drawn_posts([*lane.api.chats.find(int(chat.name)).posts.values()])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_scenes_of_the_group_can_be_looked_at(
    drawings: dict[str, str], chromium: Browser, scheme: Literal["light", "dark"]
) -> None:
    for name, html in drawings.items():
        page = chromium.new_page(viewport={"width": 400, "height": 700}, color_scheme=scheme)
        page.set_content(html)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
        if SCREENSHOTS:
            page.screenshot(path=Path(SCREENSHOTS) / f"group-{name}-{scheme}.png", full_page=True)
        page.close()
