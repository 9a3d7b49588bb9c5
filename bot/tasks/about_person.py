"""The question "who?": asked with buttons, answered in words, in every task about a person.

A task names its slot in a subclass of `AboutPerson`; `action_ask_…` and `validate_…` are made from
that (`questions_of`), unless the task has its own.
"""

from collections.abc import Sequence
from typing import Any, ClassVar

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from bot.dialogue.understanding.contexts import CANDIDATES, names_in
from bot.tasks.base import filled, forget
from bot.tasks.household import HolderAction, about
from bot.tasks.members import CHOSEN, as_choice, as_held, chosen
from storage.households.members import Member

BESIDE = "people_beside"
"""The slot with the others of several, while it is asked who one of them is."""


class AboutPerson(HolderAction):
    """An action of a task about one person."""

    slot: ClassVar[str]
    status: ClassVar[str | None] = None
    """The one status that the task is for, if it is not for everybody."""

    def gone(self, dispatcher: CollectingDispatcher) -> list[EventType]:
        """Ask anew: who was chosen has left the account since."""
        dispatcher.utter_message(response="utter_gone_meanwhile")
        return forget(self.slot)

    def shown(self, person: Member) -> dict[str, Any]:
        """Return the person as values of the task's texts."""
        return about(person)


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
        return [SlotSet(self.slot, named), exists, *forget(CANDIDATES, BESIDE)]


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
        everybody = self.members()
        if not everybody:
            return []
        others = everybody[1:]
        said = names_in(filled(tracker, self.slot))
        wanted = list(dict.fromkeys([*said, *names_in(tracker.get_slot(BESIDE))]))
        meant = {name: self._meant(name, others, tracker) for name in wanted}
        plain = [as_choice(fitting[0]) for fitting in meant.values() if len(fitting) == 1]
        doubtful = [name for name, fitting in meant.items() if len(fitting) > 1]
        for name in wanted:
            if not meant[name]:
                self._unknown(name, everybody, dispatcher)
        if not doubtful:
            held = as_held(plain, others) or None
            return [SlotSet(self.slot, held), *forget(CANDIDATES, BESIDE)]
        first, *later = doubtful
        dispatcher.utter_message(response="utter_several_fit", said=first)
        candidates = [as_choice(member) for member in meant[first]]
        beside = [*plain, *later] or None
        return [*forget(self.slot), SlotSet(CANDIDATES, candidates), SlotSet(BESIDE, beside)]

    def _meant(self, said: str, others: Sequence[Member], tracker: Tracker) -> tuple[Member, ...]:
        """Return who could be meant: of several those who were asked about, or the likelier."""
        if CHOSEN.fullmatch(said):
            member = chosen(said, others)
            return (member,) if member is not None else ()
        fitting = self.fitting(said, others)
        asked = tracker.get_slot(CANDIDATES) or ()
        for better in (lambda member: as_choice(member) in asked, self.likelier):
            fitting = tuple(filter(better, fitting)) or fitting
        return fitting

    def _unknown(
        self, said: str, everybody: Sequence[Member], dispatcher: CollectingDispatcher
    ) -> None:
        """Say why a name stands for nobody; of whoever has left the account a card tells."""
        by_number = CHOSEN.fullmatch(said)
        own = chosen(said, everybody) if by_number else self.fitting(said, everybody[:1])
        if own:
            dispatcher.utter_message(response=self.of_holder, said=said)
        elif not by_number:
            dispatcher.utter_message(response="utter_nobody_fits", said=said)

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
