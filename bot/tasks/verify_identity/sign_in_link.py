"""The other way of `flow.yml`: sign in on a page, type the number that it shows."""

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
        offer_page("utter_ask_sign_in_number", self, dispatcher, tracker)
        return []


class ValidateSignInNumber(ActionCheckSession):
    """Judges a number, or gives a new link."""

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        given = tracker.get_slot("sign_in_number")
        if given == "by_code":
            return []
        if given == "new_link":
            self.uow.sign_in_links.void(self.context.conversation.id)
            offer_page("utter_new_sign_in_link", self, dispatcher, tracker)
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
            offer_page("utter_sign_in_number_void", self, dispatcher, tracker)
        return forget("sign_in_number")


def offer_page(
    response: str, action: ActionCheckSession, dispatcher: CollectingDispatcher, tracker: Tracker
) -> None:
    """Say a response with the page of this chat below it: inside of it, and anywhere else."""
    offered = action.uow.sign_in_links.offer(
        conversation_id=action.context.conversation.id,
        person_id=action.context.person_id,
        chat=asking_chat(action),
        task=task_in_hand(tracker),
    )
    inside = action.context.can.apps
    elsewhere = "text_open_sign_in_elsewhere" if inside else "text_open_sign_in_page"
    here = [{"title": {"response": "text_sign_in_here"}, "app": offered.inside}] if inside else []
    page = {"title": {"response": elsewhere}, "url": offered.page}
    dispatcher.utter_message(response=response, inside=inside, buttons=[*here, page])
