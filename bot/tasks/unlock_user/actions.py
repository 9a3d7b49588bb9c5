"""The actions of `unlock_user.yml`: only locks from failed sign-ins; others go to a person."""

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


class Locked(AboutPerson):
    """Whom the task is about."""

    slot = "unlocked_user"
    status = "locked"


class ActionLookForLocked(Locked, LookForStatus):
    action_name = "action_look_for_locked"
    exists = "somebody_is_locked"
    nobody = "utter_nobody_locked"


class ActionAskUnlockedUser(Locked, AskPerson):
    action_name = "action_ask_unlocked_user"


class ValidateUnlockedUser(Locked, ValidatePerson):
    action_name = "validate_unlocked_user"


class ActionCheckLock(Locked, CheckStatus):
    action_name = "action_check_lock"
    allows = "can_unlock"
    otherwise = "utter_not_locked"


class ActionAskUnlockConfirmation(Locked, ShowCard):
    action_name = "action_ask_unlock_confirmation"
    card = "utter_ask_unlock_confirmation"


class ActionUnlockUser(Locked, ChangePerson):
    action_name = "action_unlock_user"
    done = "utter_user_unlocked"

    def change(self, member_id: int) -> Receipt:
        return self.uow.changes.unlock(self.holder(), member_id)
