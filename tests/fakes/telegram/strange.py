"""Updates that a help desk has no answer for, in the shapes of the Bot API."""

from typing import Any

from tests.fakes.telegram.user import TelegramUser, poll_shape

CHANNEL = {"id": -1009000, "type": "channel", "title": "News"}
GROUP = {"id": -1009001, "type": "supergroup", "title": "Neighbours"}
DATE = 1_780_000_000


def strange_updates(person: TelegramUser) -> dict[str, dict[str, Any]]:
    """Twenty and more kinds by name, all of this person or of nobody."""
    who, private = person.shape, person.chat.shape
    return {
        "channel post": {"channel_post": post(chat=CHANNEL, text="News")},
        "edited channel post": {
            "edited_channel_post": post(chat=CHANNEL, text="News!", edit_date=DATE)
        },
        "poll": {"poll": poll_shape()},
        "poll answer": {"poll_answer": {"poll_id": "77", "user": who, "option_ids": [0]}},
        "reaction": {"message_reaction": reaction(private, who)},
        "reactions counted": {
            "message_reaction_count": {
                "chat": CHANNEL,
                "message_id": 5,
                "date": DATE,
                "reactions": [{"type": {"type": "emoji", "emoji": "👍"}, "total_count": 2}],
            }
        },
        "my membership": {"my_chat_member": membership(GROUP, who, "left", "member")},
        "a membership": {"chat_member": membership(GROUP, who, "member", "administrator")},
        "join request": {
            "chat_join_request": {
                "chat": GROUP,
                "from": who,
                "user_chat_id": person.id,
                "date": DATE,
            }
        },
        "inline query": {"inline_query": {"id": "31", "from": who, "query": "bill", "offset": ""}},
        "chosen inline result": {
            "chosen_inline_result": {"result_id": "1", "from": who, "query": "bill"}
        },
        "shipping query": {
            "shipping_query": {
                "id": "32",
                "from": who,
                "invoice_payload": "x",
                "shipping_address": ADDRESS,
            }
        },
        "pre-checkout query": {
            "pre_checkout_query": {
                "id": "33",
                "from": who,
                "currency": "CAD",
                "total_amount": 100,
                "invoice_payload": "x",
            }
        },
        "boost": {"chat_boost": {"chat": CHANNEL, "boost": BOOST}},
        "boost removed": {"removed_chat_boost": {"chat": CHANNEL, **REMOVED_BOOST}},
        "business connection": {
            "business_connection": {
                "id": "b1",
                "user": who,
                "user_chat_id": person.id,
                "date": DATE,
                "is_enabled": True,
            }
        },
        "unknown kind": {"telepathic_message": {"from": who, "thought": "bills", "clarity": 0.7}},
        "nothing but a number": {},
        "empty message": {"message": post(chat=private, sender=who)},
        "unknown content": {"message": post(chat=private, sender=who, hologram={"depth": 3})},
        "pinned message": {
            "message": post(
                chat=private, sender=who, pinned_message=post(chat=private, sender=who, text="x")
            )
        },
        "timer of the chat": {
            "message": post(
                chat=private,
                sender=who,
                message_auto_delete_timer_changed={"message_auto_delete_time": 86400},
            )
        },
        "tap on an old inline message": {
            "callback_query": {
                "id": "34",
                "from": who,
                "inline_message_id": "AgAA",
                "chat_instance": "1",
                "data": "x",
            }
        },
        "tap on a game": {
            "callback_query": {
                "id": "35",
                "from": who,
                "chat_instance": "1",
                "game_short_name": "tetris",
            }
        },
        "message of a null": {"message": None},
        "message of another shape": {"message": {"message_id": "many", "chat": 3, "text": []}},
        "a text of another type": {"message": post(chat=private, sender=who, text=7)},
    }


ADDRESS = {
    "country_code": "CA",
    "state": "QC",
    "city": "Montréal",
    "street_line1": "1",
    "street_line2": "",
    "post_code": "H1H 1H1",
}
SOURCE = {"source": "premium", "user": {"id": 7, "is_bot": False, "first_name": "Léo"}}
BOOST = {"boost_id": "9", "add_date": DATE, "expiration_date": DATE + 9, "source": SOURCE}
REMOVED_BOOST = {"boost_id": "9", "remove_date": DATE, "source": SOURCE}


def post(
    *, chat: dict[str, Any], sender: dict[str, Any] | None = None, **content: Any
) -> dict[str, Any]:
    whose = {"from": sender} if sender else {"sender_chat": chat}
    return {"message_id": 5, **whose, "chat": chat, "date": DATE, **content}


def reaction(chat: dict[str, Any], who: dict[str, Any]) -> dict[str, Any]:
    new = [{"type": "emoji", "emoji": "👍"}]
    rest = {"date": DATE, "old_reaction": [], "new_reaction": new}
    return {"chat": chat, "message_id": 5, "user": who, **rest}


def membership(chat: dict[str, Any], who: dict[str, Any], old: str, new: str) -> dict[str, Any]:
    states = {"old_chat_member": old, "new_chat_member": new}
    return {
        "chat": chat,
        "from": who,
        "date": DATE,
        **{name: {"user": who, "status": status} for name, status in states.items()},
    }
