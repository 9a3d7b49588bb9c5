from bot.tasks.about_person import AboutPerson, AskPerson, ChangePerson, ShowCard, ValidatePerson
from storage.households.changing import Receipt


class Sent(AboutPerson):
    slot = "sent_user"


class ActionAskSentUser(Sent, AskPerson):
    action_name = "action_ask_sent_user"


class ValidateSentUser(Sent, ValidatePerson):
    action_name = "validate_sent_user"


class ActionAskSendingConfirmation(Sent, ShowCard):
    action_name = "action_ask_sending_confirmation"
    card = "utter_ask_sending_confirmation"


class ActionSendHome(Sent, ChangePerson):
    action_name = "action_send_home"
    done = "utter_sent_home"

    def change(self, member_id: int) -> Receipt:
        return self.uow.changes.unlock(self.holder(), member_id)
