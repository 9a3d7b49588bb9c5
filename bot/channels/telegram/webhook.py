"""The webhook: 200 only after the inbox has the update."""

import hmac
import json
from typing import Annotated

from fastapi import APIRouter, Header, HTTPException, Request, Response

from bot.channels.channel import Receive

PATH = "/telegram/webhook"


def webhook_router(receive: Receive, secret: str) -> APIRouter:
    """Return the route that Telegram calls; `secret` is what it proves itself with."""
    router = APIRouter(include_in_schema=False)

    @router.post(PATH)
    async def called(
        request: Request, x_telegram_bot_api_secret_token: Annotated[str, Header()] = ""
    ) -> Response:
        if not hmac.compare_digest(x_telegram_bot_api_secret_token.encode(), secret.encode()):
            raise HTTPException(403)
        try:
            update = json.loads(await request.body())
        except (ValueError, RecursionError) as error:
            raise HTTPException(400) from error
        if isinstance(update, dict):
            await receive([update])
        return Response()

    return router
