"""Polling when a webhook is set: whose it is decides whether it goes."""

import asyncio
from collections.abc import Sequence
from typing import Any

import httpx
import pytest
from pydantic import SecretStr

from bot.channels.telegram.channel import TelegramChannel
from bot.settings import Settings
from storage.database import Database
from tests.fakes.telegram.server import TOKEN, BotApi
from tests.fakes.texts import shipped_texts

OURS, THEIRS = "http://127.0.0.1:8080/telegram/webhook", "http://127.0.0.1:9/telegram/webhook"


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    return sqlite_url


async def nobody(updates: Sequence[Any]) -> None:
    return


async def poll_for(channel: TelegramChannel, seconds: float) -> None:
    running = asyncio.create_task(channel.run(nobody))
    await asyncio.sleep(seconds)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    await channel.close()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("webhook", "told_to", "stays"),
    [(OURS, False, False), (THEIRS, False, True), (THEIRS, True, False)],
)
def test_only_our_own_webhook_goes_unless_we_are_told_to_take_over(
    database: Database, webhook: str, told_to: bool, stays: bool
) -> None:
    with BotApi() as api:
        set_in(api, webhook)
        settings = Settings(
            telegram_api_url=api.url, telegram_token=SecretStr(TOKEN), telegram_take_over=told_to
        )
        channel = TelegramChannel(
            settings, database, token=TOKEN, secrets=["s"], menu=(), texts=shipped_texts()
        )
        asyncio.run(poll_for(channel, 2.0))
        assert (api.updates.webhook is not None) == stays


def set_in(api: BotApi, url: str) -> None:
    httpx.post(f"{api.url}/bot{TOKEN}/setWebhook", json={"url": url}).raise_for_status()
