"""Buttons that lead to a page of ours, where Telegram takes them."""

import pytest

from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.keyboards import keyboard_of
from bot.settings import Settings
from storage.database import Database
from tests.fakes.texts import shipped_texts

PAGE = "https://foyer.example/passkey/abc"


def test_a_button_leads_to_a_page_or_is_tapped() -> None:
    keyboard = keyboard_of(
        [{"title": "Use my passkey", "url": PAGE}, {"title": "Yes", "payload": "bA"}]
    )
    assert keyboard is not None
    assert keyboard.to_dict()["inline_keyboard"] == [
        [{"text": "Use my passkey", "url": PAGE}],
        [{"text": "Yes", "callback_data": "bA"}],
    ]


@pytest.mark.parametrize(
    ("address", "leads"),
    [
        ("https://foyer.example", True),
        ("https://foyer.example:8443/help", True),
        ("http://localhost:8080", False),
        ("http://127.0.0.1:8080", False),
        ("http://[::1]:8080", False),
        ("http://foyer:8080", False),
    ],
)
def test_a_chat_gets_the_address_in_words_where_telegram_refuses_such_a_button(
    database: Database, address: str, leads: bool
) -> None:
    settings = Settings(_env_file=None, public_url=address)  # type: ignore[call-arg]
    channel = TelegramChannel(
        settings, database, token="123:a-token", secrets=[""], menu=(), texts=shipped_texts()
    )
    assert channel.can.links is leads
    assert channel.can.apps is (leads and address.startswith("https://"))
