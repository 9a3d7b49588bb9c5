"""Rasa's HTTP interface, in the shapes that Rasa documents: REST channel, parser, tracker.

A POST commits its inbox row, waits for its turn, and returns the replies stored with it; the
same `message_id` again gets the same replies. `sender` names a chat: it proves nothing.
"""

import asyncio
import hmac
import re
import secrets
from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, HTTPException
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from bot.channels.dispatcher import Dispatcher
from bot.channels.intake import ChatKey, Intake
from bot.dialogue.engine.state import DialogueState
from bot.dialogue.engine.tracker import stack_as_rasa
from bot.dialogue.message import Message
from bot.languages import spoken
from intents.parser import Parser
from storage.database import Database
from storage.messages.outbox import OutboxRow

CHANNEL = "rest"
BOT_ID = "rest"
BUTTON_ID = re.compile(r"b[A-Za-z]{16}")
RE_READ_SECONDS = 0.05


class Metadata(BaseModel):
    """What a messenger knows about the person."""

    language: str | None = None


class RestMessage(BaseModel):
    """The body of Rasa's REST channel."""

    sender: str = Field(min_length=1, max_length=255)
    message: str = ""
    message_id: str | None = Field(default=None, max_length=255)
    metadata: Metadata | None = None


class ParseRequest(BaseModel):
    """The body of Rasa's `/model/parse`."""

    text: str


class RestChannel:
    """Takes messages over HTTP and hands their replies back."""

    def __init__(self, database: Database, intake: Intake, dispatcher: Dispatcher) -> None:
        self._database = database
        self._intake = intake
        self._dispatcher = dispatcher

    async def post(self, body: RestMessage) -> list[dict[str, Any]]:
        """Return the replies of this message's turn, once it is done."""
        chat = ChatKey(CHANNEL, BOT_ID, body.sender)
        update_id = body.message_id or secrets.token_hex(12)
        inbox_id, _ = await asyncio.to_thread(
            self._intake.receive, chat, update_id, body.sender, _message(body)
        )
        done = await self._dispatcher.work_off(chat, until=inbox_id)
        replies = done.replies if done is not None and done.inbox_id == inbox_id else None
        while replies is None:
            replies = await asyncio.to_thread(self._replies, inbox_id)
            if replies is None:  # another process has the turn
                await asyncio.sleep(RE_READ_SECONDS)
                await self._dispatcher.work_off(chat, until=inbox_id)
        return [_as_rasa(body.sender, reply) for reply in replies]

    def tracker(self, sender: str) -> dict[str, Any] | None:
        """Return Rasa's tracker state of a conversation, or None."""
        with self._database.read() as uow:
            row = uow.conversations.find(CHANNEL, BOT_ID, sender)
            events = uow.conversations.events(row.id) if row else []
        if row is None:
            return None
        state = DialogueState.from_json(row.state)
        heard = next((event for event in reversed(events) if event["event"] == "user"), None)
        return {
            "sender_id": sender,
            "slots": state.slots,
            "latest_message": {**heard["parse_data"], "text": heard["text"]} if heard else {},
            "paused": row.owner == "agent",
            "stack": stack_as_rasa(state),
            "events": events,
            "latest_action_name": state.latest_action,
        }

    def _replies(self, inbox_id: int) -> Sequence[OutboxRow] | None:
        with self._database.read() as uow:
            row = uow.inbox.get(inbox_id)
            if row is None or (row.done_at is None and row.parked_at is None):
                return None
            return uow.outbox.replies(inbox_id)


def _message(body: RestMessage) -> Message:
    button = body.message if BUTTON_ID.fullmatch(body.message) else None
    return Message(
        text="" if button else body.message,
        button=button,
        language=spoken((body.metadata and body.metadata.language) or ""),
    )


def _as_rasa(sender: str, reply: OutboxRow) -> dict[str, Any]:
    shape: dict[str, Any] = {"recipient_id": sender, "text": reply.text}
    return {**shape, "buttons": reply.buttons} if reply.buttons else shape


def rest_router(channel: RestChannel, parser: Parser, token: str) -> APIRouter:
    """Return the three routes, all behind the token."""

    async def authorised(authorization: Annotated[str, Header()] = "") -> None:
        expected = f"Bearer {token}"
        if not hmac.compare_digest(authorization.encode(), expected.encode()):
            raise HTTPException(401, headers={"WWW-Authenticate": "Bearer"})

    router = APIRouter(dependencies=[Depends(authorised)])

    @router.post("/webhooks/rest/webhook")
    async def receive(body: RestMessage) -> JSONResponse:
        return JSONResponse(await channel.post(body))  # they need no second validation

    @router.post("/model/parse")
    def parse(body: ParseRequest) -> dict[str, Any]:
        return parser.name(body.text).as_rasa()

    @router.get("/conversations/{sender:path}/tracker")
    def tracker(sender: str) -> dict[str, Any]:
        state = channel.tracker(sender)
        if state is None:
            raise HTTPException(404)
        return state

    return router
