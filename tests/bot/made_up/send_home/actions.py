from bot.tasks.about_people import ChangePerson, ShowCard
from bot.tasks.about_person import AboutPerson
from storage.households.changing import Receipt


class Sent(AboutPerson):
    slot = "sent_user"


class ActionAskSendingConfirmation(Sent, ShowCard):
    """Shows what would be."""


class ActionSendHome(Sent, ChangePerson):
    done = "utter_sent_home"

    def change(self, member_id: int) -> Receipt:
        return self.uow.changes.unlock(self.holder(), member_id)
