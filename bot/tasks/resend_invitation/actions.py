"""The actions of `flow.yml`: the invitation once more, with a fresh link, or to another address."""

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from bot.tasks.about_person import (
    AboutPerson,
    ChangePerson,
    CheckStatus,
    LookForStatus,
    PersonAction,
    ShowCard,
)
from bot.tasks.answers_checked import checked_email
from bot.tasks.base import filled, forget
from storage.households.changing import Receipt
from storage.households.members import Member
from storage.names import folded

ON_FILE = "on_file"
"""Where the invitation goes unless another address is said, whoever it is for."""


class Invited(AboutPerson):
    """Whom the task is about; somebody who has accepted needs a password link, if anything."""

    slot = "invited_user"
    status = "invited"


class ActionLookForInvited(Invited, LookForStatus):
    exists = "somebody_is_invited"
    nobody = "utter_nobody_invited"


class ActionCheckInvitation(Invited, CheckStatus):
    allows = "can_invite"
    otherwise = "utter_not_invited"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        address = tracker.get_slot("invitation_email") or ON_FILE
        return [*super().act(dispatcher, tracker), SlotSet("invitation_email", address)]


class ValidateInvitationEmail(Invited, PersonAction):
    """Checks another address than the one on file."""

    def act_on(
        self, person: Member, dispatcher: CollectingDispatcher, tracker: Tracker
    ) -> list[EventType]:
        said = str(filled(tracker, "invitation_email"))
        if folded(said) in {ON_FILE, folded(person.email)}:
            return [SlotSet("invitation_email", ON_FILE)]
        return checked_email(self, dispatcher, tracker)


class ActionInviteElsewhere(Invited, PersonAction):
    """Hands over to the change of the address, which invites there; nothing is kept for later."""

    def act_on(
        self, person: Member, dispatcher: CollectingDispatcher, tracker: Tracker
    ) -> list[EventType]:
        return [
            SlotSet("edited_user", tracker.get_slot(self.slot)),
            SlotSet("edited_email", filled(tracker, "invitation_email")),
            *forget(self.slot, "invitation_email", "somebody_is_invited", "can_invite"),
        ]


class ActionAskInvitationConfirmation(Invited, ShowCard):
    """Shows where the invitation goes."""


class ActionResendInvitation(Invited, ChangePerson):
    done = "utter_invitation_sent"

    def change(self, member_id: int) -> Receipt:
        return self.uow.changes.reset_password(self.holder(), member_id)
