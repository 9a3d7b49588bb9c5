"""The REST channel: what Rasa's HTTP interface says is a message, and what comes back for it.

A POST commits its inbox row, waits for its turn, and returns the replies stored with it; the
same `message_id` again gets the same replies. `sender` names a chat: it proves nothing.
"""

import re
import secrets
from typing import Any

from pydantic import BaseModel, Field

from bot.channels.channel import Incoming
from bot.chats import Capabilities, ChatKey
from bot.dialogue.engine.state import DialogueState
from bot.dialogue.engine.tracker import stack_as_rasa
from bot.dialogue.message import Message
from bot.languages import spoken
from storage.database import Database
from storage.messages.outbox_rows import OutboxRow

CHANNEL = "rest"
BOT_ID = "rest"
CAN = Capabilities(taps=True, answers_at_once=True)
BUTTON_ID = re.compile(r"b[A-Za-z]{16}")


class Metadata(BaseModel):
    """What a messenger knows about the person."""

    language: str | None = None


class RestMessage(BaseModel):
    """The body of Rasa's REST channel."""

    sender: str = Field(min_length=1, max_length=255)
    message: str = ""
    message_id: str | None = Field(default=None, max_length=255)
    metadata: Metadata | None = None


def read(body: RestMessage) -> Incoming:
    """Return what a POST says: a button's id, or words."""
    button = body.message if BUTTON_ID.fullmatch(body.message) else None
    message = Message(
        text="" if button else body.message,
        button=button,
        language=spoken((body.metadata and body.metadata.language) or ""),
    )
    chat = ChatKey(CHANNEL, BOT_ID, body.sender)
    return Incoming(chat, body.message_id or secrets.token_hex(12), body.sender, message)


def tracker(database: Database, sender: str) -> dict[str, Any] | None:
    """Return Rasa's tracker state of a conversation, or None."""
    with database.read() as uow:
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


def as_rasa(sender: str, reply: OutboxRow, *, parked: bool) -> dict[str, Any]:
    """Return a reply in Rasa's shape; `custom` says what its words do not."""
    custom = {"error": parked, "card": reply.parameters.get("card")}
    shape = {
        "recipient_id": sender,
        "text": reply.text,
        "buttons": reply.buttons,
        "custom": {name: True for name, is_so in custom.items() if is_so},
    }
    return {name: value for name, value in shape.items() if value or name == "text"}
