"""A yes that waits: the change asks for the holder's passkey, which is used on a page of ours."""

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from bot.tasks.base import moment, task_in_hand
from bot.tasks.household import HolderAction


def ask_for_passkey(
    action: HolderAction, dispatcher: CollectingDispatcher, tracker: Tracker
) -> list[EventType]:
    """Lead to the page; the flow then takes the yes back and shows the card again."""
    page = action.uow.passkey_links.offer(action.holder(), task_in_hand(tracker))
    dispatcher.utter_message(
        response="utter_passkey_first",
        until=moment(page.until),
        buttons=[{"title": {"response": "text_use_my_passkey"}, "url": page.address}],
    )
    return [SlotSet("passkey_wanted", True)]
