from dataclasses import replace

from bot.tasks.about_people import ChangePerson, ShowCard
from bot.tasks.about_person import AboutPerson
from storage.households.changing import Receipt
from storage.households.members import Member


class Sent(AboutPerson):
    slot = "sent_user"


class ActionAskSendingConfirmation(Sent, ShowCard):
    """Shows what would be."""

    changes = "unlock"

    def after(self, person: Member) -> Member | None:
        return replace(person, status="active")


class ActionSendHome(Sent, ChangePerson):
    done = "utter_sent_home"

    def change(self, member_id: int) -> Receipt:
        return self.uow.changes.unlock(self.holder(), member_id)
