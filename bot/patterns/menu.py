"""The menus; a holder's begins with the requests that wait for an answer."""

from typing import Any, ClassVar

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from bot.dialogue.known_people import waiting_requests
from bot.tasks.base import FoyerAction


class Menu(FoyerAction):
    """Says a menu."""

    response: ClassVar[str]

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        count, buttons = len(waiting_requests(self.uow, self.session)), []
        if count:
            title = {"response": "text_requests_wait", "parameters": {"count": count}}
            buttons = [{"title": title, "payload": "/decide_request"}]
        dispatcher.utter_message(response=self.response, buttons=buttons, **self.more())
        return []

    def more(self) -> dict[str, Any]:
        """Return what the menu says beside its choices."""
        return {}


class ActionGreet(Menu):
    response = "utter_greet"

    def more(self) -> dict[str, Any]:
        """Say to somebody who is new here that nobody has to tap."""
        can, begun = self.context.can, bool(self.context.conversation.state)
        first = can.taps and not can.answers_at_once and not begun
        tip = {"response": "text_all_can_be_typed", "parameters": {"first": first}}
        return {"tip": tip}


class ActionHelp(Menu):
    response = "utter_help"
