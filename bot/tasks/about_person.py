"""The question "who?": asked with buttons, answered in words, in every task about a person.

A task names its slot in a subclass of `AboutPerson`; `action_ask_…` and `validate_…` are made from
that (`questions_of`), unless the task has its own.
"""

from collections.abc import Collection, Mapping
from typing import Any, ClassVar

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from bot.tasks.base import filled, forget
from bot.tasks.household import HolderAction, about
from bot.tasks.members import CHOSEN, as_choice, chosen
from bot.tasks.passkey_first import ask_for_passkey
from storage.errors import (
    EndIsPast,
    HouseholdError,
    InvitationLimit,
    MailLimit,
    NoSuchMember,
    NothingToChange,
    PasskeyWanted,
    Suspended,
)
from storage.households.changing import Receipt
from storage.households.members import Member

CANDIDATES = "person_candidates"
"""The slot with those who could be meant, between two tries to say who."""


class AboutPerson(HolderAction):
    """An action of a task about one person."""

    slot: ClassVar[str]
    status: ClassVar[str | None] = None
    """The one status that the task is for, if it is not for everybody."""


class LookForStatus(AboutPerson):
    """Says at once when nobody has the status that a task is for; a single one is not asked for."""

    exists: ClassVar[str]
    """The slot that tells the flow whether there is anybody."""
    nobody: ClassVar[str]

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        fitting = [member for member in self.others() if member.status == self.status]
        named = tracker.get_slot(self.slot)
        if not named and len(fitting) == 1:
            named = as_choice(fitting[0])
        if not named and not fitting:
            dispatcher.utter_message(response=self.nobody)
        exists = SlotSet(self.exists, bool(named or fitting))
        return [SlotSet(self.slot, named), exists, *forget(CANDIDATES)]


class AskPerson(AboutPerson):
    """Asks whom the task is about, with a button for each who can be meant."""

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        narrowed = tracker.get_slot(CANDIDATES) or ()
        eligible = self.eligible()
        offered = [member for member in eligible if as_choice(member) in narrowed] or eligible
        dispatcher.utter_message(
            response=self.question,
            buttons=[
                {"title": member.name, "payload": f"/SetSlots({self.slot}={as_choice(member)})"}
                for member in offered
            ],
        )
        return []

    def eligible(self) -> list[Member]:
        """Return whom the buttons offer: everybody, or those of the task's status."""
        return [member for member in self.others() if self.status in {None, member.status}]


class FindPerson(AboutPerson):
    """Finds the person in the household's own list; asks again when nobody or several fit.

    Of several who could be meant, those of the task's status are.
    """

    of_holder: ClassVar[str] = "utter_that_is_you"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        said = str(filled(tracker, self.slot))
        if self.session is None:
            return []
        if CHOSEN.fullmatch(said):
            return self._chosen(said, dispatcher)
        fitting = self.fitting(said, self.others())
        asked = tracker.get_slot(CANDIDATES) or ()
        for better in (lambda member: as_choice(member) in asked, self.likelier):
            fitting = tuple(filter(better, fitting)) or fitting
        return self._settle(said, fitting, dispatcher)

    def _chosen(self, said: str, dispatcher: CollectingDispatcher) -> list[EventType]:
        if chosen(said, self.others()) is not None:
            return forget(CANDIDATES)
        if chosen(said, self.household().members) is not None:
            dispatcher.utter_message(response=self.of_holder)
        return forget(self.slot, CANDIDATES)

    def _settle(
        self, said: str, fitting: tuple[Member, ...], dispatcher: CollectingDispatcher
    ) -> list[EventType]:
        if len(fitting) == 1:
            return [SlotSet(self.slot, as_choice(fitting[0])), SlotSet(CANDIDATES, None)]
        if fitting:
            response = "utter_several_fit"
        elif self.fitting(said, self.household().members[:1]):
            response = self.of_holder
        else:
            response = "utter_nobody_fits"
        dispatcher.utter_message(response=response, said=said)
        candidates = [as_choice(member) for member in fitting]
        return [*forget(self.slot), SlotSet(CANDIDATES, candidates or None)]

    def likelier(self, person: Member) -> bool:
        """Whether the task makes more sense for this one of several who could be meant."""
        return person.status == self.status


def questions_of(task: type[AboutPerson]) -> tuple[type[AboutPerson], type[AboutPerson]]:
    """Return what asks for the person whom a task is about, and what judges the answer."""

    class Ask(AskPerson):
        slot, status = task.slot, task.status

    class Find(FindPerson):
        slot, status = task.slot, task.status

    Ask.action_name, Find.action_name = f"action_ask_{task.slot}", f"validate_{task.slot}"
    return Ask, Find


class PersonAction(AboutPerson):
    """An action about the person whom `slot` holds by number. Subclasses implement `act_on`."""

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        person = self.person(tracker)
        if person is None:
            return self.gone(dispatcher)
        return self.act_on(person, dispatcher, tracker)

    def act_on(
        self, person: Member, dispatcher: CollectingDispatcher, tracker: Tracker
    ) -> list[EventType]:
        raise NotImplementedError

    def person(self, tracker: Tracker) -> Member | None:
        """Return the person, unless they are gone since they were chosen."""
        return chosen(tracker.get_slot(self.slot), self.others())

    def gone(self, dispatcher: CollectingDispatcher) -> list[EventType]:
        """Ask anew: who was chosen has left the account since."""
        dispatcher.utter_message(response="utter_gone_meanwhile")
        return forget(self.slot)

    def shown(self, person: Member) -> dict[str, Any]:
        """Return the person as values of the task's texts."""
        return about(person)


class CheckStatus(PersonAction):
    """Says so when the person does not have the status that the task is for."""

    allows: ClassVar[str]
    """The slot that tells the flow whether it can go on."""
    otherwise: ClassVar[str]

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        person = self.person(tracker)
        fits = person is not None and person.status == self.status
        if person is None:
            dispatcher.utter_message(response="utter_gone_meanwhile")
        elif not fits:
            values = {**self.shown(person), "number": person.id, "status": person.status}
            dispatcher.utter_message(response=self.otherwise, **values)
        return [SlotSet(self.allows, fits)]


class ShowCard(PersonAction):
    """Shows what would become of the person, before anything does, and who hears of it."""

    changes: ClassVar[str]
    """The kind of change that a yes makes (`storage.households.declared`)."""

    def act_on(
        self, person: Member, dispatcher: CollectingDispatcher, tracker: Tracker
    ) -> list[EventType]:
        if self.status not in {None, person.status}:
            return self.gone(dispatcher)
        told = self.to_be_told(
            self.changes, (person, self.after(person)), also=self.also_mailed(person)
        )
        dispatcher.utter_message(response=self.question, **self.shown(person), told=told)
        return []

    def after(self, person: Member) -> Member | None:
        """Return the person as the change leaves them; None: gone."""
        return person

    def also_mailed(self, person: Member) -> Collection[str]:
        """Return the mails that the change queues itself, whatever differs."""
        return ()


class ChangePerson(PersonAction):
    """Makes the change, in the same transaction as the yes that asked for it."""

    done: ClassVar[str]

    def act_on(
        self, person: Member, dispatcher: CollectingDispatcher, tracker: Tracker
    ) -> list[EventType]:
        try:
            receipt = self.change(person.id)
        except PasskeyWanted:
            return ask_for_passkey(self, dispatcher, tracker)
        except HouseholdError as error:
            response = REFUSALS.get(type(error), "utter_not_changed")
            dispatcher.utter_message(response=response, **self.shown(person), number=person.id)
            return []
        values = {**self.shown(receipt.member), "receipt": receipt.number}
        dispatcher.utter_message(response=self.done, **values)
        return []

    def change(self, member_id: int) -> Receipt:
        raise NotImplementedError


REFUSALS: Mapping[type[HouseholdError], str] = {
    NoSuchMember: "utter_gone_meanwhile",
    NothingToChange: "utter_already_so",
    Suspended: "utter_suspended_first",
    EndIsPast: "utter_end_is_past",
    InvitationLimit: "utter_invitation_limit",
    MailLimit: "utter_mail_limit",
}
