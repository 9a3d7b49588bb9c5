"""The actions of `flow.yml`: who is this, proved by a code in an e-mail.

The other way, by a page, is in `sign_in_link.py`.

The answers are the same for a known name, an unknown one and one over its limit (OWASP
Authentication Cheat Sheet, user enumeration): nothing here looks at which it was.
"""

from rasa_sdk.events import EventType, Restarted, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from bot.tasks.base import FoyerAction, forget, moment, task_in_hand
from storage.identity.sessions import Session
from storage.limits import SESSION_IDLE

BY_PAGE = "/page"
"""Instead of a user name, which never has a slash: sign in on a page."""
SIGN_IN = "sign_in"
"""The task of somebody who has not said yet what else they want."""
SUSPENDED = "suspended"
NO_WAY_IN = ("spent", SUSPENDED)
"""Answers for a proof that none counts from here: the question is not asked again."""
IDLE_MINUTES = int(SESSION_IDLE.total_seconds() // 60)


def facts_of(session: Session | None) -> list[EventType]:
    """Return the slots that tell the flows who is there; they grant nothing."""
    if session is None:
        return forget("verified", "is_holder")
    return [SlotSet("verified", True), SlotSet("is_holder", session.role == "holder")]


class ActionCheckSession(FoyerAction):
    """Is somebody verified in this chat right now?"""

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        return facts_of(self.session)

    def is_locked(self, session: Session) -> bool:
        """Whether whoever proved it here by a code may not sign in on the pages."""
        members = self.uow.households.of(session.household_id).members
        return "locked" in {member.status for member in members if member.id == session.member_id}

    def settled(self, dispatcher: CollectingDispatcher) -> str | None:
        """Return what answers the question for a proof by itself: one was given, or none counts.

        A chat that was wrong too often verifies nobody for now; that is said here.
        """
        if self.session is not None:
            return "verified"
        if not self.uow.guesses.chat_is_spent(self.context.conversation.id):
            return None
        dispatcher.utter_message(response="utter_chat_spent")
        return "spent"

    def welcome(
        self, session: Session, slot: str, dispatcher: CollectingDispatcher, tracker: Tracker
    ) -> list[EventType]:
        """Say how long the session lasts that the answer to that slot has opened."""
        dispatcher.utter_message(
            response="utter_verified",
            first_name=session.first_name,
            until=moment(session.ends_at),
            idle_minutes=IDLE_MINUTES,
            nothing_else=task_in_hand(tracker) == SIGN_IN,
        )
        holds = session.role == "holder"  # others learn it where only the holder may go on
        if (holds or task_in_hand(tracker) == SIGN_IN) and self.is_locked(session):
            dispatcher.utter_message(
                response="utter_locked_self", first_name=session.first_name, is_holder=holds
            )
        known_as = tracker.get_slot("account")
        if known_as is not None and known_as != session.member_id:
            dispatcher.utter_message(response="utter_other_account")
            return [Restarted(), SlotSet("account", session.member_id)]
        return [
            *facts_of(session),
            SlotSet("account", session.member_id),
            SlotSet(slot, "verified"),
        ]


class ActionAskUsername(ActionCheckSession):
    """Asks, unless the person was verified by something in between."""

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        session = self.session
        if session is not None:
            return [*facts_of(session), SlotSet("username", "-")]
        dispatcher.utter_message(response="utter_ask_username")
        return []


class ValidateUsername(FoyerAction):
    """Takes the one word that is a user name out of an answer like "it is marie12"."""

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        if tracker.get_slot("username") == BY_PAGE:
            return []
        words = str(tracker.get_slot("username")).split()
        if len(words) == 1:
            return []
        last = words[-1].strip(".,!;:\"'«»")
        if any(c.isdigit() or c in "._@" for c in last):
            return [SlotSet("username", last)]
        dispatcher.utter_message(response="utter_username_format")
        return forget("username")


class ActionSendCode(FoyerAction):
    """Asks for a code to the address on file; says nothing about whether there is one."""

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        request_code(self, tracker)
        return []


class ActionAskOneTimeCode(ActionCheckSession):
    """Asks for the code, unless the person was verified in between, or nothing counts here."""

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        settled = self.settled(dispatcher)
        if settled is not None:
            return [*facts_of(self.session), SlotSet("one_time_code", settled)]
        dispatcher.utter_message(response="utter_ask_one_time_code")
        return []


class ValidateOneTimeCode(ActionCheckSession):
    """Judges a code, or sends a new one."""

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        given = tracker.get_slot("one_time_code")
        if given in ("other_name", "by_page"):
            return []
        if given == "resend":
            request_code(self, tracker)
            dispatcher.utter_message(response="utter_code_sent_again")
            return forget("one_time_code")
        if isinstance(given, dict):
            return self._judge(given["digest"], dispatcher, tracker)
        return [] if self.session or given in NO_WAY_IN else forget("one_time_code")

    def _judge(
        self, digest: str, dispatcher: CollectingDispatcher, tracker: Tracker
    ) -> list[EventType]:
        redemption = self.uow.codes.redeem(
            digest, conversation_id=self.context.conversation.id, person_id=self.context.person_id
        )
        if redemption.session is not None:
            return self.welcome(redemption.session, "one_time_code", dispatcher, tracker)
        if redemption.outcome == "suspended":
            return suspended("one_time_code", dispatcher)
        if redemption.outcome == "half":
            dispatcher.utter_message(response="utter_code_half")
            return [SlotSet("one_time_code", "half")]
        if redemption.outcome == "wrong":
            dispatcher.utter_message(response="utter_code_wrong", tries_left=redemption.tries_left)
        elif redemption.outcome == "void":
            dispatcher.utter_message(response="utter_code_void")
        return forget("one_time_code")


class ActionSaySession(ActionCheckSession):
    """Tells who is signed in and until when."""

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        session = self.session
        if session is not None:
            dispatcher.utter_message(
                response="utter_session",
                first_name=session.first_name,
                until=moment(session.ends_at),
            )
        return facts_of(session)


class ActionSignOut(ActionCheckSession):
    """Ends the session, forgets the account, and clears stack, slots and buttons."""

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        was_signed_in, conversation_id = self.session is not None, self.context.conversation.id
        was_linked = self.uow.linked_chats.sign_out(conversation_id)
        if not (was_signed_in or was_linked):
            dispatcher.utter_message(response="utter_not_signed_in")
            return []
        dispatcher.utter_message(response="utter_signed_out")
        return [Restarted()]


class ActionRequireHolder(ActionCheckSession):
    """Refuses a verified person who is not the holder, kindly, and writes it down."""

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        session = self.session
        if session is not None and session.role != "holder":
            self.uow.audit.refused(session, task_in_hand(tracker), "not_holder")
            dispatcher.utter_message(
                response="utter_holder_only",
                first_name=session.first_name,
                locked=self.is_locked(session),
            )
        return facts_of(session)


def suspended(slot: str, dispatcher: CollectingDispatcher) -> list[EventType]:
    """Say whom to ask, to somebody who has proved who they are: nothing begins."""
    dispatcher.utter_message(response="utter_suspended_self")
    return [SlotSet(slot, SUSPENDED)]


def request_code(action: FoyerAction, tracker: Tracker) -> None:
    """Have a code sent for the user name in hand; the mail names the chat and the task."""
    conversation = action.context.conversation
    action.uow.codes.request(
        str(tracker.get_slot("username")),
        conversation_id=conversation.id,
        task=task_in_hand(tracker),
        chat=asking_chat(action),
    )


def asking_chat(action: FoyerAction) -> str:
    """Return the chat as mails and pages name it (`bot.chats`)."""
    conversation = action.context.conversation
    return f"{conversation.channel} {conversation.chat_id}"
