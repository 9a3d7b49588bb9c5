"""The actions of `flow.yml`: the invitation once more, with a fresh link."""

from bot.tasks.about_people import ChangePerson, CheckStatus, ShowCard
from bot.tasks.about_person import AboutPerson, LookForStatus
from storage.households.changing import Receipt


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


class ActionAskInvitationConfirmation(Invited, ShowCard):
    """Shows where each invitation goes."""

    line = "text_invitation_to"


class ActionResendInvitation(Invited, ChangePerson):
    done = "utter_invitation_sent"

    def change(self, member_id: int) -> Receipt:
        return self.uow.changes.reset_password(self.holder(), member_id)
