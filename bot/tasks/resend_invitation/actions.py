"""The actions of `flow.yml`: the invitation once more, with a fresh link, or to another address."""

from collections.abc import Collection, Sequence

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from bot.tasks.about_people import ChangePerson, CheckStatus, PeopleAction, ShowCard
from bot.tasks.about_person import AboutPerson, LookForStatus
from bot.tasks.answers_checked import checked_email
from bot.tasks.base import filled, forget
from bot.tasks.members import as_choice
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


class ValidateInvitationEmail(Invited, PeopleAction):
    """Checks another address than the one on file; one address is for one person."""

    def act_on(
        self, people: Sequence[Member], dispatcher: CollectingDispatcher, tracker: Tracker
    ) -> list[EventType]:
        said = folded(str(filled(tracker, "invitation_email")))
        if len(people) > 1 or said in {ON_FILE, folded(people[0].email)}:
            return [SlotSet("invitation_email", ON_FILE)]
        return checked_email(self, dispatcher, tracker)


class ActionInviteElsewhere(Invited, PeopleAction):
    """Hands over to the change of the address, which invites there; nothing is kept for later."""

    def act_on(
        self, people: Sequence[Member], dispatcher: CollectingDispatcher, tracker: Tracker
    ) -> list[EventType]:
        return [
            SlotSet("edited_user", as_choice(people[0])),
            SlotSet("edited_email", filled(tracker, "invitation_email")),
            *forget(self.slot, "invitation_email", "somebody_is_invited", "can_invite"),
        ]


class ActionAskInvitationConfirmation(Invited, ShowCard):
    """Shows where each invitation goes."""

    line = "text_invitation_to"
    changes = "reset_link"

    def also_mailed(self, person: Member) -> Collection[str]:
        return ("activation",)


class ActionResendInvitation(Invited, ChangePerson):
    done = "utter_invitation_sent"

    def change(self, member_id: int) -> Receipt:
        return self.uow.changes.reset_password(self.holder(), member_id)
