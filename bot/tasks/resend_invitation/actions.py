"""The actions of `flow.yml`: the invitation once more, with a fresh link."""

from collections.abc import Collection

from bot.tasks.about_person import AboutPerson, ChangePerson, CheckStatus, LookForStatus, ShowCard
from storage.households.changing import Receipt
from storage.households.members import Member


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
    """Shows where the invitation goes."""

    changes = "reset_link"

    def also_mailed(self, person: Member) -> Collection[str]:
        return ("activation",)


class ActionResendInvitation(Invited, ChangePerson):
    done = "utter_invitation_sent"

    def change(self, member_id: int) -> Receipt:
        return self.uow.changes.reset_password(self.holder(), member_id)
