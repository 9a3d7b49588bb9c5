"""The actions of `resend_invitation.yml`: the invitation once more, with a fresh link."""

from bot.tasks.about_person import (
    AboutPerson,
    AskPerson,
    ChangePerson,
    CheckStatus,
    LookForStatus,
    ShowCard,
    ValidatePerson,
)
from storage.households.changing import Receipt


class Invited(AboutPerson):
    """Whom the task is about; somebody who has accepted needs a password link, if anything."""

    slot = "invited_user"
    status = "invited"


class ActionLookForInvited(Invited, LookForStatus):
    action_name = "action_look_for_invited"
    exists = "somebody_is_invited"
    nobody = "utter_nobody_invited"


class ActionAskInvitedUser(Invited, AskPerson):
    action_name = "action_ask_invited_user"


class ValidateInvitedUser(Invited, ValidatePerson):
    action_name = "validate_invited_user"


class ActionCheckInvitation(Invited, CheckStatus):
    action_name = "action_check_invitation"
    allows = "can_invite"
    otherwise = "utter_not_invited"


class ActionAskInvitationConfirmation(Invited, ShowCard):
    action_name = "action_ask_invitation_confirmation"
    card = "utter_ask_invitation_confirmation"


class ActionResendInvitation(Invited, ChangePerson):
    action_name = "action_resend_invitation"
    done = "utter_invitation_sent"

    def change(self, member_id: int) -> Receipt:
        return self.uow.changes.reset_password(self.holder(), member_id)
