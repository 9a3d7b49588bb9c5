"""What chats are told of requests outside of a task: that there is one, and what came of it."""

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from bot.tasks.base import pattern_context
from bot.tasks.decide_request.requests import RequestAction
from bot.tasks.household import HolderAction
from bot.tasks.passed_on import quoted


class ActionTellRequest(HolderAction):
    """Tells a linked chat that there is a request; whoever taps is verified first."""

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        told = pattern_context(tracker)
        dispatcher.utter_message(
            response="utter_access_request",
            name=told["first_name"],
            services=self.named(told["services"]),
            request=told["request"],
            noted=quoted("text_note_added", note=told.get("note", "")),
        )
        return []


class ActionTellTakenBack(HolderAction):
    """Tells a chat that was told of a request that it waits no longer, or for less."""

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        told = pattern_context(tracker)
        dispatcher.utter_message(
            response="utter_access_taken_back",
            name=told["first_name"],
            services=self.named(told["services"]),
            left=self.named(told["left"]),
            partly=bool(told["left"]),
            request=told["request"],
        )
        return []


class ActionTellOpenRequests(RequestAction):
    """Tells the holder, who has signed in, what waits for an answer: the e-mail has no button."""

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        session = self.session
        if session is not None and session.role == "holder":
            waiting = self.uow.requests.open_for(session.household_id)
            self.tell_all(waiting, dispatcher, self.leaving())
        return []


class ActionTellDecision(HolderAction):
    """Tells the person who asked what came of it."""

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        told = pattern_context(tracker)
        declined = told.get("declined", ())
        dispatcher.utter_message(
            response="utter_access_decided",
            approved="partly" if declined else told["approved"],
            services=self.named(told["services"]),
            declined=self.named(declined),
            reasoned=quoted("text_holder_adds", reason=told.get("reason", "")),
        )
        return []
