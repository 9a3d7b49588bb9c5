"""The actions of `flow.yml`: a link by mail; no password is ever seen in a chat."""

from collections.abc import Collection
from typing import Any

from bot.tasks.about_people import ChangePerson, PeopleAction, ShowCard
from bot.tasks.about_person import FindPerson
from storage.households.changing import Receipt
from storage.households.members import Member

INVITES = ("activation",)
RESETS = ("password_reset", "password_reset_notice")
"""What is mailed, by how the person stands."""


class ValidateResetUser(FindPerson):
    slot = "reset_user"
    of_holder = "utter_own_password"


class ResetAction(PeopleAction):
    """An action that tells whether the person is invited: then the invitation goes out again.

    The link goes to the address that counts, which may not be the newest.
    """

    slot = "reset_user"

    def shown(self, person: Member) -> dict[str, Any]:
        invited = person.status == "invited"
        return {**super().shown(person), "email": person.proved_email, "invited": invited}


class ActionAskResetConfirmation(ResetAction, ShowCard):
    """Shows where each link goes."""

    line = "text_link_to"

    changes = "reset_link"

    def also_mailed(self, person: Member) -> Collection[str]:
        return INVITES if person.status == "invited" else RESETS


class ActionResetPassword(ResetAction, ChangePerson):
    done = "utter_link_sent"

    def change(self, member_id: int) -> Receipt:
        return self.uow.changes.reset_password(self.holder(), member_id)
