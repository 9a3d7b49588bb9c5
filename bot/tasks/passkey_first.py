"""A yes that waits: the change asks for the holder's passkey, which is used on a page of ours."""

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from bot.tasks.base import forget, moment, task_in_hand
from bot.tasks.household import HolderAction


def ask_for_passkey(
    action: HolderAction, card: str, dispatcher: CollectingDispatcher, tracker: Tracker
) -> list[EventType]:
    """Lead to the page and take the yes back: the flow shows the card again.

    `card` is the slot of the yes.
    """
    page = action.uow.passkey_links.offer(action.holder(), task_in_hand(tracker))
    dispatcher.utter_message(
        response="utter_passkey_first",
        until=moment(page.until),
        buttons=[{"title": {"response": "text_use_my_passkey"}, "url": page.address}],
    )
    return forget(card)
