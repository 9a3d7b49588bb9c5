"""The action of `patterns/care.yml`: who is holder."""

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from bot.tasks.my_access.actions import MemberAction


class ActionSayHolder(MemberAction):
    """Says who the holder is, to people of the household alone."""

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        session = self.session
        if session is None:
            dispatcher.utter_message(response="utter_holder_after_sign_in")
        elif session.role == "holder":
            dispatcher.utter_message(response="utter_holder_is_you")
        else:
            dispatcher.utter_message(response="utter_holder_is", holder=self.holder_name())
        return []
