"""Updates on their way to the bot: kept until it has asked for later ones, or said 200."""

import asyncio
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from typing import Any

import aiohttp

from tests.fakes.telegram.refusals import conflict

Update = dict[str, Any]

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
MAX_LIMIT = 100
NOT_BY_DEFAULT = {"chat_member", "message_reaction", "message_reaction_count"}
RETRY_EVERY = 0.1
"""Seconds; Telegram waits longer, and longer each time."""
ANSWER_WITHIN = 30.0


@dataclass(frozen=True, slots=True)
class Webhook:
    url: str
    secret: str
    max_connections: int = 40


def chat_of(update: Mapping[str, Any]) -> int:
    """The chat or person whose updates come one after the other; 0 for those of nobody."""
    for content in update.values():
        if isinstance(content, Mapping):
            message = content.get("message", content)
            for who in (message.get("chat"), content.get("from"), content.get("user")):
                if isinstance(who, Mapping):
                    return int(who["id"])
    return 0


class Updates:
    """Lives in the server's loop; everything here is called from there."""

    def __init__(self) -> None:
        self.webhook: Webhook | None = None
        self.allowed: frozenset[str] | None = None
        self.pending: dict[int, Update] = {}
        self.answers: list[tuple[int, int]] = []
        """Each POST to the webhook: update id and status; status 0 for no answer at all."""
        self._posting: dict[int, asyncio.Task[None]] = {}
        self._arrived = asyncio.Event()
        self._newest_poll = 0
        self._http: aiohttp.ClientSession | None = None
        self._places = asyncio.Semaphore()

    def wants(self, kind: str) -> bool:
        if self.allowed:
            return kind in self.allowed
        return kind not in NOT_BY_DEFAULT

    def put(self, update: Update) -> None:
        self.pending[update["update_id"]] = update
        self._arrived.set()
        if self.webhook is not None:
            self._post_for(chat_of(update))

    def allow(self, kinds: Iterable[str] | None) -> None:
        """Telegram keeps the last list that was given; an empty one is the default again."""
        if kinds is not None:
            self.allowed = frozenset(kinds) or None

    async def poll(self, offset: int, limit: int, seconds: float) -> list[Update]:
        """Long polling: at once when there is something, else when the time is over."""
        self._newest_poll += 1
        mine = self._newest_poll
        self._arrived.set()
        self._refuse_with_webhook()
        self._confirm(offset)
        loop = asyncio.get_running_loop()
        deadline = loop.time() + seconds
        while True:
            found = list(islice(self.pending.values(), min(max(limit, 1), MAX_LIMIT)))
            if found or loop.time() >= deadline:
                return found
            self._arrived.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._arrived.wait(), deadline - loop.time())
            if mine != self._newest_poll:
                raise conflict(
                    "terminated by other getUpdates request; "
                    "make sure that only one bot instance is running"
                )
            self._refuse_with_webhook()

    def _refuse_with_webhook(self) -> None:
        if self.webhook is not None:
            raise conflict(
                "can't use getUpdates method while webhook is active; "
                "use deleteWebhook to delete the webhook first"
            )

    def _confirm(self, offset: int) -> None:
        """Forget what comes before the offset; a negative one counts from the end."""
        ids = list(self.pending)
        gone = ids[:offset] if offset < 0 else [one for one in ids if one < offset]
        for update_id in gone:
            del self.pending[update_id]

    def set_webhook(self, webhook: Webhook | None) -> None:
        self.webhook = webhook
        self._arrived.set()
        if webhook is not None:
            self._places = asyncio.Semaphore(webhook.max_connections)
            for update in self.pending.values():
                self._post_for(chat_of(update))

    def _post_for(self, chat_id: int) -> None:
        if chat_id not in self._posting:
            self._posting[chat_id] = asyncio.create_task(self._post_all(chat_id))

    async def _post_all(self, chat_id: int) -> None:
        try:
            while (webhook := self.webhook) is not None:
                update = next((u for u in self.pending.values() if chat_of(u) == chat_id), None)
                if update is None:
                    return
                if await self._post(webhook, update):
                    self.pending.pop(update["update_id"], None)
                else:
                    await asyncio.sleep(RETRY_EVERY)
        finally:
            del self._posting[chat_id]

    async def _post(self, webhook: Webhook, update: Update) -> bool:
        if self._http is None:
            timeout = aiohttp.ClientTimeout(ANSWER_WITHIN)
            self._http = aiohttp.ClientSession(timeout=timeout)
        headers = {SECRET_HEADER: webhook.secret} if webhook.secret else {}
        status = 0
        async with self._places:
            with suppress(aiohttp.ClientError, TimeoutError):
                async with self._http.post(webhook.url, json=update, headers=headers) as answer:
                    status = answer.status
        self.answers.append((update["update_id"], status))
        return 200 <= status < 300

    async def close(self) -> None:
        self.webhook = None
        posting = list(self._posting.values())
        for task in posting:
            task.cancel()
        await asyncio.gather(*posting, return_exceptions=True)
        if self._http is not None:
            await self._http.close()
