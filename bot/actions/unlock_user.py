"""The actions of `unlock_user.yml`: only locks from failed sign-ins; others go to a person."""

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from bot.actions.household import about
from bot.actions.person_questions import AskPerson, LookForStatus, PersonAction, ValidatePerson

LOCKED = "locked"


class ActionLookForLocked(LookForStatus):
    action_name = "action_look_for_locked"
    slot = "unlocked_user"
    status = LOCKED
    exists = "somebody_is_locked"
    nobody = "utter_nobody_locked"


class ActionAskUnlockedUser(AskPerson):
    action_name = "action_ask_unlocked_user"
    slot = "unlocked_user"
    status = LOCKED


class ValidateUnlockedUser(ValidatePerson):
    action_name = "validate_unlocked_user"
    slot = "unlocked_user"
    status = LOCKED


class ActionCheckLock(PersonAction):
    """Somebody who is not locked needs something else."""

    action_name = "action_check_lock"
    slot = "unlocked_user"

    def act(self, say: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        person = self.person(tracker)
        if person is None:
            say.utter_message(response="utter_gone_meanwhile")
        elif person.status != LOCKED:
            say.utter_message(response="utter_not_locked", **about(person), number=person.id)
        return [SlotSet("can_unlock", person is not None and person.status == LOCKED)]


class ActionAskUnlockConfirmation(PersonAction):
    """Shows before and after."""

    action_name = "action_ask_unlock_confirmation"
    slot = "unlocked_user"

    def act(self, say: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        person = self.person(tracker)
        if person is None or person.status != LOCKED:
            return self.gone(say)
        say.utter_message(response="utter_ask_unlock_confirmation", **about(person))
        return []


class ActionUnlockUser(PersonAction):
    """Opens the sign-in page to the person again."""

    action_name = "action_unlock_user"
    slot = "unlocked_user"

    def act(self, say: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        return self.change(
            tracker,
            say,
            lambda member_id: self.uow.changes.unlock(self.holder(), member_id),
            "utter_user_unlocked",
        )
