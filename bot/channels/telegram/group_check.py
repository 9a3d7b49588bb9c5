"""Whether the agents' group can be a desk: there, with topics, and the bot may make some."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from telegram import Bot
from telegram.error import BadRequest, Forbidden

from bot.channels.telegram.transport import AiohttpRequest
from storage.handoff.groups import Trouble

SAYS: Mapping[Trouble, str] = {
    "not_found": "Telegram knows no such chat, or the bot is not in it: add the bot to the group",
    "no_group": "that chat is no group: agents need a group with topics",
    "no_topics": "the group has no topics: turn them on in the settings of the group",
    "removed": "the bot is not in the group any more: add it again",
    "no_rights": "the bot must be an administrator of the group who may manage topics",
}
"""What an operator reads in the log and in `/health`."""
GROUPS = frozenset({"group", "supergroup"})


async def trouble_of(bot: Bot, chat_id: int) -> Trouble | None:
    """Look at a group; None: it is as it should be.

    Raises:
        ChatMigrated: it is another chat now.
        TelegramError: Telegram does not say.
    """
    try:
        chat = await _ask(bot, "getChat", chat_id=chat_id)
        if chat.get("type") not in GROUPS:
            return "no_group"
        if not chat.get("is_forum"):
            return "no_topics"
        me = await _ask(bot, "getChatMember", chat_id=chat_id, user_id=bot.token.partition(":")[0])
    except BadRequest:
        return "not_found"
    except Forbidden:
        return "removed"
    if me.get("status") in {"left", "kicked"}:
        return "removed"
    may = me.get("status") == "administrator" and me.get("can_manage_topics", True)
    return None if may or me.get("status") == "creator" else "no_rights"


async def _ask(bot: Bot, method: str, **values: object) -> dict[str, Any]:
    """Ask for something, and take it as it is: what we do not need may be left out."""
    answer = await bot.request.retrieve(f"{bot.base_url}/{method}?{urlencode(values)}")
    result: dict[str, Any] = AiohttpRequest.parse_json_payload(answer)["result"]
    return result
