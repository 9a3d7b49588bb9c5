"""What a task does for whoever its slot holds: one person, or several in one go.

The card names all of them; at the yes the change is made for each by itself. Whom it cannot be
made for is named with the reason, and the others have their receipts.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, ClassVar

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from bot.dialogue.understanding.contexts import names_in
from bot.tasks.about_person import AboutPerson
from bot.tasks.members import as_choice, as_held
from bot.tasks.passkey_first import ask_for_passkey
from storage.errors import (
    EndIsPast,
    HouseholdError,
    InvitationLimit,
    MailLimit,
    NoSuchMember,
    NothingToChange,
    NotLocked,
    NotSuspended,
    PasskeyWanted,
    Suspended,
)
from storage.households.changing import Receipt
from storage.households.members import Member


class PeopleAction(AboutPerson):
    """An action about everybody whom `slot` holds. Subclasses implement `act_on`."""

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        people = self.people(tracker)
        if not people:
            return self.gone(dispatcher)
        return self.act_on(people, dispatcher, tracker)

    def act_on(
        self, people: Sequence[Member], dispatcher: CollectingDispatcher, tracker: Tracker
    ) -> list[EventType]:
        raise NotImplementedError

    def people(self, tracker: Tracker) -> list[Member]:
        """Return them by seat, without those who are gone since they were chosen."""
        held = names_in(tracker.get_slot(self.slot))
        return [member for member in self.others() if as_choice(member) in held]

    def for_all(self, tracker: Tracker) -> dict[str, Any]:
        """Return what is the same for all of them, as values of the task's texts."""
        return {}


class CheckEach(PeopleAction):
    """Says for whom there is nothing to do; the task goes on with the others."""

    allows: ClassVar[str]
    """The slot that tells the flow whether it can go on."""
    otherwise: ClassVar[str]

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        people = self.people(tracker)
        fitting = [person for person in people if self.fits(person, tracker)]
        others = [person for person in people if person not in fitting]
        if not people:
            dispatcher.utter_message(response="utter_gone_meanwhile")
        elif len(people) == 1 and others:
            [person] = others
            values = {**self.shown(person), "number": person.id, "status": person.status}
            dispatcher.utter_message(response=self.otherwise, **values, **self.for_all(tracker))
        elif others:
            names = [person.name for person in others]
            dispatcher.utter_message(
                response=self.otherwise, several=True, people=names, **self.for_all(tracker)
            )
        held = as_held([as_choice(person) for person in fitting], self.others())
        kept = [SlotSet(self.slot, held)] if fitting else []
        return [SlotSet(self.allows, bool(fitting)), *kept]

    def fits(self, person: Member, tracker: Tracker) -> bool:
        raise NotImplementedError


class CheckStatus(CheckEach):
    """Says who does not have the status that the task is for."""

    def fits(self, person: Member, tracker: Tracker) -> bool:
        return person.status == self.status


class ShowCard(PeopleAction):
    """Shows what would become of everybody, before anything does, and who hears of it."""

    changes: ClassVar[str]
    """The kind of change that a yes makes (`storage.households.declared`)."""
    line: ClassVar[str] = ""
    """The text for each of several people."""

    def act_on(
        self, people: Sequence[Member], dispatcher: CollectingDispatcher, tracker: Tracker
    ) -> list[EventType]:
        people = [person for person in people if self.status in {None, person.status}]
        if not people:
            return self.gone(dispatcher)
        sides = [(person, self.after(person)) for person in people]
        also = {mail for person in people for mail in self.also_mailed(person)}
        values = {**self.for_all(tracker), "told": self.to_be_told(self.changes, *sides, also=also)}
        if len(people) == 1:
            values |= self.shown(people[0])
        else:
            lines = [
                {"response": self.line, "parameters": {**values, **self.shown(person)}}
                for person in people
            ]
            values |= {"several": True, "people": {"lines": lines}, "count": len(people)}
        dispatcher.utter_message(response=self.question, **values)
        return []

    def after(self, person: Member) -> Member | None:
        """Return the person as the change leaves them; None: gone."""
        return person

    def also_mailed(self, person: Member) -> Collection[str]:
        """Return the mails that the change queues itself, whatever differs."""
        return ()


class ChangePerson(PeopleAction):
    """Makes the change, in the same transaction as the yes that asked for it."""

    done: ClassVar[str]

    def act_on(
        self, people: Sequence[Member], dispatcher: CollectingDispatcher, tracker: Tracker
    ) -> list[EventType]:
        receipts: list[Receipt] = []
        refused: list[tuple[Member, HouseholdError]] = []
        try:
            with self.uow.changes.together():
                for person in people:
                    try:
                        receipts.append(self.change(person.id))
                    except PasskeyWanted:
                        raise  # all wait for it, or some would be done before the second yes
                    except HouseholdError as error:
                        refused.append((person, error))
        except PasskeyWanted:
            return ask_for_passkey(self, dispatcher, tracker)
        if len(people) == 1:
            self._tell_of_one(receipts, refused, dispatcher)
        else:
            self._tell_of_each(receipts, refused, dispatcher, tracker)
        return []

    def _tell_of_one(
        self,
        receipts: Sequence[Receipt],
        refused: Sequence[tuple[Member, HouseholdError]],
        dispatcher: CollectingDispatcher,
    ) -> None:
        for receipt in receipts:
            values = {**self.shown(receipt.member), "receipt": receipt.number}
            dispatcher.utter_message(response=self.done, **values)
        for person, error in refused:
            response = REFUSALS.get(type(error), "utter_not_changed")
            dispatcher.utter_message(response=response, **self.shown(person), number=person.id)

    def _tell_of_each(
        self,
        receipts: Sequence[Receipt],
        refused: Sequence[tuple[Member, HouseholdError]],
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
    ) -> None:
        if receipts:
            numbers = [receipt.number for receipt in receipts]
            lines = [
                _line("text_done_for", {**self.shown(made.member), "receipt": made.number})
                for made in receipts
            ]
            dispatcher.utter_message(
                response=self.done,
                several=True,
                people={"lines": lines},
                receipt=numbers,
                undo=numbers[0],
                **self.for_all(tracker),
            )
        if refused:
            reasons = [
                _line("text_not_done_for", {**self.shown(person), "reason": _reason(error)})
                for person, error in refused
            ]
            dispatcher.utter_message(response="utter_not_done_for", people={"lines": reasons})

    def change(self, member_id: int) -> Receipt:
        raise NotImplementedError


def _line(response: str, parameters: Mapping[str, Any]) -> dict[str, Any]:
    return {"response": response, "parameters": dict(parameters)}


def _reason(error: HouseholdError) -> dict[str, Any]:
    return {"response": REASONS.get(type(error), "text_reason_unknown")}


REFUSALS: Mapping[type[HouseholdError], str] = {
    NoSuchMember: "utter_gone_meanwhile",
    NothingToChange: "utter_already_so",
    Suspended: "utter_suspended_first",
    EndIsPast: "utter_end_is_past",
    InvitationLimit: "utter_invitation_limit",
    MailLimit: "utter_mail_limit",
}
"""Why the one person of a task is as they were."""

REASONS: Mapping[type[HouseholdError], str] = {
    NoSuchMember: "text_reason_gone",
    NothingToChange: "text_reason_already_so",
    NotLocked: "text_reason_already_so",
    NotSuspended: "text_reason_already_so",
    Suspended: "text_reason_suspended",
    EndIsPast: "text_reason_end_is_past",
    InvitationLimit: "text_reason_invitation_limit",
    MailLimit: "text_reason_mail_limit",
}
"""Why one of several is as they were."""
