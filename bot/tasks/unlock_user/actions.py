"""The actions of `flow.yml`: only locks from failed sign-ins; others go to a person."""

from dataclasses import replace

from bot.tasks.about_people import ChangePerson, CheckStatus, ShowCard
from bot.tasks.about_person import AboutPerson, LookForStatus
from storage.households.changing import Receipt
from storage.households.members import Member


class Locked(AboutPerson):
    """Whom the task is about."""

    slot = "unlocked_user"
    status = "locked"


class ActionLookForLocked(Locked, LookForStatus):
    exists = "somebody_is_locked"
    nobody = "utter_nobody_locked"


class ActionCheckLock(Locked, CheckStatus):
    allows = "can_unlock"
    otherwise = "utter_not_locked"


class ActionAskUnlockConfirmation(Locked, ShowCard):
    """Shows who can sign in again."""

    line = "text_locked_now"
    changes = "unlock"

    def after(self, person: Member) -> Member | None:
        return replace(person, status="active")


class ActionUnlockUser(Locked, ChangePerson):
    done = "utter_user_unlocked"

    def change(self, member_id: int) -> Receipt:
        return self.uow.changes.unlock(self.holder(), member_id)
