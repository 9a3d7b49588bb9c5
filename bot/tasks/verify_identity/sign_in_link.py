"""The other way of `flow.yml`: sign in on a page, type the number that it shows."""

from typing import Any

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from bot.tasks.base import forget, task_in_hand
from bot.tasks.verify_identity.actions import (
    NO_WAY_IN,
    ActionCheckSession,
    asking_chat,
    facts_of,
    suspended,
)


class ActionAskSignInNumber(ActionCheckSession):
    """Gives the link, unless the person was verified in between, or nothing counts here."""

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        settled = self.settled(dispatcher)
        if settled is not None:
            return [*facts_of(self.session), SlotSet("sign_in_number", settled)]
        dispatcher.utter_message(response="utter_ask_sign_in_number", link=link_for(self, tracker))
        return []


class ValidateSignInNumber(ActionCheckSession):
    """Judges a number, or gives a new link."""

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        given = tracker.get_slot("sign_in_number")
        if given == "by_code":
            return []
        if given == "new_link":
            self.uow.sign_in_links.void(self.context.conversation.id)
            link = link_for(self, tracker)
            dispatcher.utter_message(response="utter_new_sign_in_link", link=link)
            return forget("sign_in_number")
        if isinstance(given, dict):
            return self._judge(given["digest"], dispatcher, tracker)
        return [] if self.session or given in NO_WAY_IN else forget("sign_in_number")

    def _judge(
        self, digest: str, dispatcher: CollectingDispatcher, tracker: Tracker
    ) -> list[EventType]:
        judged = self.uow.sign_in_links.redeem(
            digest, conversation_id=self.context.conversation.id, person_id=self.context.person_id
        )
        if judged.session is not None:
            return self.welcome(judged.session, "sign_in_number", dispatcher, tracker)
        if judged.outcome == "suspended":
            return suspended("sign_in_number", dispatcher)
        if judged.outcome == "half":
            dispatcher.utter_message(response="utter_sign_in_number_half")
            return [SlotSet("username", judged.username), SlotSet("sign_in_number", "half")]
        if judged.outcome == "wrong":
            left = judged.tries_left
            dispatcher.utter_message(response="utter_sign_in_number_wrong", tries_left=left)
        elif judged.outcome == "void":
            link = link_for(self, tracker)
            dispatcher.utter_message(response="utter_sign_in_number_void", link=link)
        return forget("sign_in_number")


def link_for(action: ActionCheckSession, tracker: Tracker) -> Any:
    """Return what stands for the address of this chat's link in a text."""
    return action.uow.sign_in_links.offer(
        conversation_id=action.context.conversation.id,
        person_id=action.context.person_id,
        chat=asking_chat(action),
        task=task_in_hand(tracker),
    )
