"""The actions of `resend_invitation.yml`: the invitation once more, with a fresh link."""

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from bot.actions.household import about
from bot.actions.person_questions import AskPerson, LookForStatus, PersonAction, ValidatePerson

INVITED = "invited"


class ActionLookForInvited(LookForStatus):
    action_name = "action_look_for_invited"
    slot = "invited_user"
    status = INVITED
    exists = "somebody_is_invited"
    nobody = "utter_nobody_invited"


class ActionAskInvitedUser(AskPerson):
    action_name = "action_ask_invited_user"
    slot = "invited_user"
    status = INVITED


class ValidateInvitedUser(ValidatePerson):
    action_name = "validate_invited_user"
    slot = "invited_user"
    status = INVITED


class ActionCheckInvitation(PersonAction):
    """Somebody who has accepted needs a password link, if anything."""

    action_name = "action_check_invitation"
    slot = "invited_user"

    def act(self, say: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        person = self.person(tracker)
        if person is None:
            say.utter_message(response="utter_gone_meanwhile")
        elif person.status != INVITED:
            say.utter_message(response="utter_not_invited", **about(person), number=person.id)
        return [SlotSet("can_invite", person is not None and person.status == INVITED)]


class ActionAskInvitationConfirmation(PersonAction):
    """Shows to whom and where it would go."""

    action_name = "action_ask_invitation_confirmation"
    slot = "invited_user"

    def act(self, say: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        person = self.person(tracker)
        if person is None or person.status != INVITED:
            return self.gone(say)
        say.utter_message(response="utter_ask_invitation_confirmation", **about(person))
        return []


class ActionResendInvitation(PersonAction):
    action_name = "action_resend_invitation"
    slot = "invited_user"

    def act(self, say: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        return self.change(
            tracker,
            say,
            lambda member_id: self.uow.changes.reset_password(self.holder(), member_id),
            "utter_invitation_sent",
        )
