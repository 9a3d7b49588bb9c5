"""The bare bot that Foyer is measured beside: python-telegram-bot as its manual shows it.

    python -m benchmarks.echo_bot TOKEN API_URL polling|webhook [PORT]

It says a text again with one button, and answers a tapped one: a tap costs two requests, as with
Foyer. It stores nothing. The webhook is the library's own "custom webhook" example.
"""

import asyncio
import sys
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

HOST, PATH = "127.0.0.1", "/webhook"
KEYBOARD = InlineKeyboardMarkup([[InlineKeyboardButton("Yes", callback_data="yes")]])
App = Application[Any, Any, Any, Any, Any, Any]


async def echo(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    if update.message is not None and update.message.text is not None:
        await update.message.reply_text(update.message.text, reply_markup=KEYBOARD)


async def tapped(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    query, chat = update.callback_query, update.effective_chat
    if query is not None and chat is not None:
        await query.answer()
        await context.bot.send_message(chat.id, f"You chose {query.data}", reply_markup=KEYBOARD)


def build(token: str, api_url: str, *, polls: bool) -> App:
    builder = ApplicationBuilder().token(token).base_url(f"{api_url}/bot")
    app = (builder if polls else builder.updater(None)).build()
    app.add_handler(MessageHandler(filters.TEXT, echo))
    app.add_handler(CallbackQueryHandler(tapped))
    return app


async def serve(app: App, port: int) -> None:
    async def receive(request: Request) -> Response:
        await app.update_queue.put(Update.de_json(await request.json(), app.bot))
        return Response()

    routes = Starlette(routes=[Route(PATH, receive, methods=["POST"])])
    server = uvicorn.Server(
        uvicorn.Config(routes, host=HOST, port=port, access_log=False, log_level="warning")
    )
    async with app:
        await app.start()
        await app.bot.set_webhook(f"http://{HOST}:{port}{PATH}")
        await server.serve()
        await app.stop()


def main() -> None:
    token, api_url, mode, *port = sys.argv[1:]
    app = build(token, api_url, polls=mode == "polling")
    if mode == "polling":
        app.run_polling()
    else:
        asyncio.run(serve(app, int(port[0])))


if __name__ == "__main__":
    main()
