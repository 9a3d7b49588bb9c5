"""The webhook: 200 only after the inbox has the update."""

import json
from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Header, HTTPException, Request, Response

from bot.channels.channel import Receive
from storage.keys import is_among

PATH = "/telegram/webhook"


def webhook_router(receive: Receive, secrets: Sequence[str]) -> APIRouter:
    """Return the route that Telegram calls; with one of the `secrets` it proves itself."""
    router = APIRouter(include_in_schema=False)

    @router.post(PATH)
    async def called(
        request: Request, x_telegram_bot_api_secret_token: Annotated[str, Header()] = ""
    ) -> Response:
        if not is_among(x_telegram_bot_api_secret_token, secrets):
            raise HTTPException(403)
        try:
            update = json.loads(await request.body())
        except (ValueError, RecursionError) as error:
            raise HTTPException(400) from error
        if isinstance(update, dict):
            await receive([update])
        return Response()

    return router
