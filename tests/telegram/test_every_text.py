"""All HTML that can go out, whatever stands in it, is parsed by Telegram's own parser.

The texts are those that are declared: of the bot, of the agents' desk, of the articles.
"""

import asyncio
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from telegram import Bot
from telegram.request import BaseRequest, RequestData

from bot.channels.telegram.delivery import deliver
from bot.channels.telegram.desk_delivery import deliver_to_desk
from bot.constants import figures
from bot.languages import LANGUAGES
from bot.registry import domain_of
from bot.texts import placeholders
from faq.articles import Articles
from storage.handoff.desk_rows import DeskRow, Reminder, no_case, parts
from storage.messages.chat_outbox import ChatRow
from tests.fakes.tdlib import needs_tdlib, visible
from tests.fakes.telegram.html import visible as as_documented
from tests.fakes.telegram.server import TOKEN
from tests.fakes.texts import shipped_texts
from tests.fakes.yaml_files import read_yaml

pytestmark = needs_tdlib

TEXTS = shipped_texts()
NOW = datetime(2026, 3, 2, 15, tzinfo=UTC)
GROUP = -1_001_234_567
LANGUAGE_CODES = sorted(LANGUAGES)
LONG_NAME = "Marie-Ève " * 6
VALUES = {
    "usual": "Zoé Roy",
    "tags": "</b></blockquote><b>Zoé <i",
    "entities": "R&D &amp; &lt;b&gt; &#60; &",
    "a link": '"><a href="tg://user?id=1">Nadia</a>',
    "a long name": LONG_NAME.strip(),
    "emoji": "👩\N{ZERO WIDTH JOINER}👩\N{ZERO WIDTH JOINER}👧 👍🏽 ❤\ufe0f",
    "lines": "one\n• Name: <x>\n- two & three",
    "another direction": "\u05d0\u05d1\u202ecod.exe",
    "nothing": "",
}
LONGER_THAN_A_MESSAGE = "<&😀" * 1100
MARKS: Sequence[dict[str, Any]] = ({}, {"card": True}, {"article_id": "tty"}, {"receipt": "R"})
"""What has something stand out in a text; a receipt is whatever stands in it."""
ACTS: Sequence[dict[str, str]] = (
    {"kind": "edit", "message": "1"},
    {"kind": "caption", "message": "1"},
    {"kind": "toast", "tap": "1"},
)
KINDS = ("card", "refresh", "redraw", "alarm", "word", "line", "transcript", "call", "ping")


class Wire(BaseRequest):
    """Takes whatever is asked of Telegram, and keeps what it would have to parse."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    @property
    def read_timeout(self) -> float | None:
        return None

    async def initialize(self) -> None: ...

    async def shutdown(self) -> None: ...

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_: Any, **__: Any
    ) -> tuple[int, bytes]:
        given = request_data.parameters if request_data else {}
        if "answerCallbackQuery" in url:  # too late: it is said instead
            return 400, b'{"ok": false, "error_code": 400, "description": "query is too old"}'
        if given.get("parse_mode") == "HTML":
            self.asked.append(str(given.get("text", given.get("caption"))))
        message = {"message_id": 1, "date": 0, "chat": {"id": 1, "type": "private"}}
        return 200, json.dumps({"ok": True, "result": message}).encode()


@cache
def declared(language: str) -> Sequence[str]:
    """Every text of one language that can stand in a message on Telegram."""
    return sorted({*_responses(language), *_phrases(language), *_articles(language)})


def _responses(language: str) -> Iterator[str]:
    for variations in domain_of().responses.values():
        for variation in variations:
            yield variation.texts[language]


def _phrases(language: str) -> Iterator[str]:
    for folder in ("handoff", "channels", "channels/telegram"):
        for file in sorted(Path(str(files("bot"))).joinpath(folder).glob("*.yml")):
            yield from _of_side(read_yaml(file), language)


def _of_side(content: Any, language: str) -> Iterator[str]:
    """Every text of one language in a file, wherever it stands."""
    if isinstance(content, dict) and content.keys() >= LANGUAGES.keys():
        yield from (text for text in [content[language]] if isinstance(text, str))
    elif isinstance(content, dict | list):
        for below in content.values() if isinstance(content, dict) else content:
            yield from _of_side(below, language)


def _articles(language: str) -> Iterator[str]:
    for article in Articles.load(figures()).in_language(language):
        yield from (article.title, article.body)


def texts_with(value: str, language: str) -> list[str]:
    """Every declared text with that value wherever somebody's own may stand, and those without."""
    return sorted({_filled(template, value, language) for template in declared(language)})


def _filled(template: str, value: str, language: str) -> str:
    unknown = {name: value for name in placeholders(template) if name not in TEXTS.constants}
    return TEXTS.fill(template, language, unknown, lambda *_: value)


def chat_row(text: str, language: str, marks: dict[str, Any], act: Any) -> ChatRow:
    return ChatRow(
        *(1, 0, NOW, 1, "41", "utter", text, language, marks),
        buttons=[],
        protected=False,
        removes=None,
        act=act,
    )


def desk_row(kind: str, text: str, value: str) -> DeskRow:
    case = replace(no_case(1, NOW), topic_id="7", card_id="8" if kind != "card" else None)
    act: dict[str, Any] = {"kind": kind, "case": 0}
    row = DeskRow(1, 0, NOW, 1, str(GROUP), case, kind, text, [], act, None)
    called = {"8000001": value, "8000002": "Tom & Co"}
    if kind in {"call", "ping"}:
        return replace(row, reminders=(Reminder(text, "7"), Reminder(value, None)), mentions=called)
    if kind == "alarm":
        return replace(row, mentions=called)
    return replace(row, opening=value) if kind == "card" else row


def squeezed(text: str) -> str:
    """What of a text is neither white space nor a control character, nor the mark of a list."""
    return re.sub(r"[\s\u202e•-]", "", text)


def is_parsed(wire: Wire, said: Sequence[str], value: str) -> None:
    """Telegram takes all that was asked of it, and reads what was said and nothing else."""
    read = [visible(html) for html in wire.asked]
    assert read == [as_documented(html) for html in wire.asked]
    whole = squeezed("".join(read))
    assert all(squeezed(part) in whole for part in said), (said, value)
    wire.asked.clear()


@pytest.fixture
def wire() -> Wire:
    return Wire()


@pytest.fixture
def bot(wire: Wire) -> Bot:
    return Bot(TOKEN, request=wire, get_updates_request=wire)


@pytest.fixture
def runner() -> Iterator[asyncio.Runner]:
    with asyncio.Runner() as runner:
        yield runner


@pytest.mark.parametrize("language", LANGUAGE_CODES)
@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES.keys())
def test_whatever_a_customer_is_told(
    wire: Wire, bot: Bot, runner: asyncio.Runner, language: str, value: str
) -> None:
    for text, marks in zip(texts_with(value, language), cycle(MARKS)):
        known = {**marks, "receipt": value} if "receipt" in marks else marks
        runner.run(deliver(bot, chat_row(text, language, known, None)))
        is_parsed(wire, [text], value)


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_what_takes_several_messages(
    wire: Wire, bot: Bot, runner: asyncio.Runner, language: str
) -> None:
    value = LONGER_THAN_A_MESSAGE
    with_one = [text for text in declared(language) if len(placeholders(text)) == 1]
    for template, marks in zip(with_one, cycle(MARKS)):
        text = _filled(template, value, language)
        runner.run(deliver(bot, chat_row(text, language, marks, None)))
        is_parsed(wire, [text], value)


@pytest.mark.parametrize("language", LANGUAGE_CODES)
@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES.keys())
def test_whatever_is_edited_or_answered_in_passing(
    wire: Wire, bot: Bot, runner: asyncio.Runner, language: str, value: str
) -> None:
    for text, act in zip(texts_with(value, language), cycle(ACTS)):
        runner.run(deliver(bot, chat_row(text, language, {}, act)))
        is_parsed(wire, [text], value)


@pytest.mark.parametrize("language", LANGUAGE_CODES)
@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES.keys())
def test_whatever_agents_are_shown(
    wire: Wire, bot: Bot, runner: asyncio.Runner, language: str, value: str
) -> None:
    for whole, kind in zip(texts_with(value, language), cycle(KINDS)):
        for text in parts(whole):
            runner.run(deliver_to_desk(bot, GROUP, desk_row(kind, text, value), {}))
            is_parsed(wire, [text], value)


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_texts_of_every_kind_are_among_them(language: str) -> None:
    kinds = (_responses(language), _phrases(language), _articles(language))
    assert all(len(set(texts)) > 40 for texts in kinds)
