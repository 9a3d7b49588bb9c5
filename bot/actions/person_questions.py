"""The question "who?": asked with buttons, answered in words, in every task about a person.

A subclass names its slot; the flow asks it, and `action_ask_…` and `validate_…` are made here.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from bot.actions.base import filled, forget
from bot.actions.household import HolderAction, about
from bot.actions.people import CHOSEN, as_choice, chosen, meant
from bot.dialogue.words import fold
from storage.errors import HouseholdError, NoSuchMember, NothingToChange
from storage.households import Receipt
from storage.members import Member

IN_MIND = "person_in_mind"
"""The slot with the person of whom the talk was last."""

CANDIDATES = "person_candidates"
"""The slot with those who could be meant, between two tries to say who."""


class AskPerson(HolderAction):
    """Asks whom the task is about, with a button for each who can be meant."""

    slot: ClassVar[str]

    def act(self, say: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        if (known := self._spoken_of(tracker)) is not None:
            return [SlotSet(self.slot, as_choice(known))]
        narrowed = tracker.get_slot(CANDIDATES) or ()
        offered = [one for one in self.eligible() if as_choice(one) in narrowed] or self.eligible()
        say.utter_message(
            response=f"utter_ask_{self.slot}",
            buttons=[
                {
                    "title": f"{one.first_name} {one.last_name}",
                    "payload": f"/SetSlots({self.slot}={as_choice(one)})",
                }
                for one in offered
            ],
        )
        return []

    def _spoken_of(self, tracker: Tracker) -> Member | None:
        """Return whom "give him TV" means: the person of whom the talk was last."""
        said = tracker.latest_message
        names = any(one["entity"] == "person" for one in said.get("entities", ()))
        text = str(said.get("text") or "")
        if names or not self.reference.words.means_somebody_before(text):
            return None
        return chosen(tracker.get_slot(IN_MIND), self.eligible())

    def eligible(self) -> list[Member]:
        """Return whom the buttons offer."""
        return list(self.others())


class ValidatePerson(HolderAction):
    """Finds the person in the household's own list; asks again when nobody or several fit."""

    slot: ClassVar[str]
    of_holder: ClassVar[str] = "utter_that_is_you"

    def act(self, say: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        said = str(filled(tracker, self.slot))
        if self.session is None:
            return []
        if self.reference.words.is_everybody(said):
            return self.everybody(say)
        if CHOSEN.fullmatch(said):
            still_there = chosen(said, self.others()) is not None
            return [SlotSet(IN_MIND, said)] if still_there else forget(self.slot, CANDIDATES)
        message = str(tracker.latest_message.get("text") or "")
        found = self._found(said, message, tracker.get_slot(CANDIDATES) or ())
        return self._settle(said, found, say)

    def everybody(self, say: CollectingDispatcher) -> list[EventType]:
        """Answer "both of them": most tasks show one person on a card of their own."""
        say.utter_message(response="utter_one_by_one")
        return forget(self.slot)

    def _found(self, said: str, message: str, asked: Sequence[str]) -> tuple[Member, ...]:
        """Return everybody who fits; of several, those who fit better."""
        found = self.fitting(said, self.others())
        for better in (
            lambda one: self._is_in(message, one),
            lambda one: as_choice(one) in asked,
            self.likelier,
        ):
            found = tuple(filter(better, found)) or found
        return found

    def _settle(
        self, said: str, found: tuple[Member, ...], say: CollectingDispatcher
    ) -> list[EventType]:
        if len(found) == 1:
            choice = as_choice(found[0])
            return [SlotSet(self.slot, choice), SlotSet(CANDIDATES, None), SlotSet(IN_MIND, choice)]
        if found:
            response = "utter_several_fit"
        elif self._is_the_holder(said):
            response = self.of_holder
        else:
            response = "utter_nobody_fits"
        say.utter_message(response=response, said=said)
        return [*forget(self.slot), SlotSet(CANDIDATES, [as_choice(one) for one in found] or None)]

    def _is_the_holder(self, said: str) -> bool:
        """Whether the holder is meant, by name or as "me"; nobody else is at a holder's task."""
        named = meant(said, self.household().members[:1], self.reference.nicknames)
        return bool(named) or self.reference.words.is_oneself(said)

    def _is_in(self, message: str, person: Member) -> bool:
        """Whether the message has the whole name: "remove marie cote" names one of two Maries."""
        return f" {fold(person.first_name)} {fold(person.last_name)} " in f" {fold(message)} "

    def likelier(self, person: Member) -> bool:
        """Whether the task makes more sense for this one of several who could be meant."""
        return False


class PersonAction(HolderAction):
    """An action about the person whom `slot` holds by number."""

    slot: ClassVar[str]

    def person(self, tracker: Tracker) -> Member | None:
        """Return the person, unless they are gone since they were chosen."""
        return chosen(tracker.get_slot(self.slot), self.others())

    def gone(self, say: CollectingDispatcher) -> list[EventType]:
        """Ask anew: who was chosen has left the account since."""
        say.utter_message(response="utter_gone_meanwhile")
        return forget(self.slot)

    def change(
        self,
        tracker: Tracker,
        say: CollectingDispatcher,
        work: Callable[[int], Receipt],
        done: str,
    ) -> list[EventType]:
        """Make a change of that person, and say what came of it."""
        person = self.person(tracker)
        if person is None:
            return self.gone(say)
        try:
            receipt = work(person.id)
        except HouseholdError as error:
            say.utter_message(response=REFUSALS.get(type(error), "utter_not_changed"))
            return []
        say.utter_message(response=done, **about(receipt.member), receipt=receipt.number)
        return []


REFUSALS: Mapping[type[HouseholdError], str] = {
    NoSuchMember: "utter_gone_meanwhile",
    NothingToChange: "utter_already_so",
}
