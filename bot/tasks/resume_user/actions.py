"""The actions of `flow.yml`: a suspension ends; a lock is something else (`unlock_user`)."""

from dataclasses import replace
from typing import Any

from bot.tasks.about_people import ChangePerson, CheckStatus, ShowCard
from bot.tasks.about_person import AboutPerson, LookForStatus
from bot.tasks.ends import lasting
from storage.households.changing import Receipt
from storage.households.members import Member


class Suspended(AboutPerson):
    """Whom the task is about."""

    slot = "resumed_user"
    status = "suspended"


class ActionLookForSuspended(Suspended, LookForStatus):
    exists = "somebody_is_suspended"
    nobody = "utter_nobody_suspended"


class ActionCheckResumption(Suspended, CheckStatus):
    allows = "can_resume"
    otherwise = "utter_not_suspended"


class ActionAskResumeConfirmation(Suspended, ShowCard):
    """Shows what each person has again."""

    line = "text_resumption_of"

    changes = "resume"

    def after(self, person: Member) -> Member | None:
        return replace(person, status=person.stood)

    def shown(self, person: Member) -> dict[str, Any]:
        services, until = self.may_use(person), person.suspended_until
        return {**super().shown(person), "lasting": lasting(until), "services": services}


class ActionResumeUser(Suspended, ChangePerson):
    done = "utter_user_resumed"

    def change(self, member_id: int) -> Receipt:
        return self.uow.changes.resume(self.holder(), member_id)
