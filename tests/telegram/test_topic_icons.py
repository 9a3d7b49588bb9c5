"""How a case stands, as the icon of its topic."""

from collections.abc import Mapping
from importlib.resources import files

import yaml
from telegram import Sticker

from bot.channels.telegram.icons import chosen
from bot.handoff.message import DeskMessage
from tests.fakes.chats import Chat
from tests.fakes.telegram.forum import ICONS
from tests.fakes.telegram.lane import GROUP, Lane


def icon(lane: Lane, chat: Chat) -> str:
    topic = lane.api.methods.forum.topics[GROUP][int(lane.case_of(chat)[1])]
    return ICONS.get(topic.icon, "")


def stickers(signs: Mapping[str, str]) -> list[Sticker]:
    return [
        Sticker(n, n, 1, 1, False, False, "custom_emoji", emoji=sign, custom_emoji_id=n)
        for n, sign in signs.items()
    ]


def test_of_what_is_wished_for_the_first_that_there_is_stands() -> None:
    wanted = {"queued": ["❓", "⁉"], "urgent": ["‼", "🔥"], "lent": ["🤖"]}
    icons = chosen(wanted, stickers({"1": "⁉️", "2": "🔥", "3": "‼️"}))
    assert icons == {"queued": "1", "urgent": "3"}


def test_every_state_has_one() -> None:
    wanted = yaml.safe_load(files("bot.channels.telegram").joinpath("icons.yml").read_text("utf-8"))
    assert chosen(wanted, stickers(ICONS)).keys() == wanted.keys()


def test_the_topic_shows_how_its_case_stands(lane: Lane) -> None:
    lane.look()
    chat = lane.chat("41")
    chat.say("I want to talk to a person")
    lane.quiet()
    assert icon(lane, chat) == "❓"
    for word, sign in (("claim", "💬"), ("close", "✅")):
        lane.from_nadia(chat, DeskMessage("", button=word))
        lane.quiet()
        assert icon(lane, chat) == sign
    lane.from_nadia(chat, DeskMessage("/reopen"))
    lane.from_nadia(chat, DeskMessage("/ban swears"))
    lane.quiet()
    assert icon(lane, chat) == "👮‍♂️"
    danger = lane.chat("42")
    danger.say("my husband hits me and reads this")
    lane.quiet()
    assert icon(lane, danger) == "‼️"


def test_the_sign_waits_for_all_words(lane: Lane) -> None:
    lane.look()
    chat = lane.claimed("41")
    lane.quiet()
    lane.from_nadia(chat, DeskMessage("/release"))
    for number in range(5):
        lane.chat(f"{100 + number}").say("I want to talk to a person")
    lane.interval()
    assert icon(lane, chat) == "💬", "the group reads what is said first"
    lane.quiet()
    assert icon(lane, chat) == "❓"


def test_where_the_icons_are_not_known_all_else_is_as_ever(lane: Lane) -> None:
    chat = lane.claimed("41")
    lane.from_nadia(chat, DeskMessage("", button="close"))
    lane.quiet()
    assert icon(lane, chat) == ""
    with lane.world.app.database.read() as uow:
        assert uow.outbox.counts().dead == 0
