"""What the actions of the account holder's tasks share: the household, and who acts."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from bot.tasks.base import FoyerAction, filled
from bot.tasks.values import end_values, moments_in
from intents.values.household import SomebodyT
from storage.audit.history import HistoryEntry
from storage.households.actors import Holder
from storage.households.declared import CHANGES
from storage.households.foreseen import Told
from storage.households.households import Household
from storage.households.members import Member

_FOR_GOOD: Mapping[str, datetime] = MappingProxyType({})
Sides = tuple[Member | None, Member | None]
"""Somebody before a change, and after it."""
ACTS = tuple(name for name, change in CHANGES.items() if change.by is Holder)
"""What the holder does, as the history calls it."""


class HolderAction(FoyerAction):
    """An action that looks at the household of the verified person."""

    def household(self) -> Household:
        return self.uow.households.of(self.proved.household_id)

    def members(self) -> tuple[Member, ...]:
        """Everybody of the account, the holder first; nobody where nobody is verified."""
        return self.household().members if self.session is not None else ()

    def others(self) -> tuple[Member, ...]:
        """Everybody but the holder, by seat."""
        return self.members()[1:]

    def fitting(self, said: str, people: Sequence[SomebodyT]) -> tuple[SomebodyT, ...]:
        """Return whom of `people` a name can mean."""
        return tuple(self.reference.meant(said, people))

    def holder(self) -> Holder:
        """The actor of a change; the system of record checks it again."""
        session = self.proved
        return Holder(session.id, session.conversation_id, session.person_id)

    def service_names(self) -> dict[str, Mapping[str, str]]:
        """Return what each service is called, by code, in the catalogue's order."""
        return {service.code: service.names for service in self.uow.households.services()}

    def named(
        self,
        codes: Iterable[str],
        ends: Mapping[str, datetime] = _FOR_GOOD,
        pauses: Mapping[str, datetime] = _FOR_GOOD,
    ) -> Any:
        """Return services as a value of a text: "a, b (until Sunday) and c", or that it is none.

        Those that are retired since are named too: the past is told as it was. What is paused
        until a moment is named with it.
        """
        wanted = {*codes, *pauses}
        known = self.uow.households.services(retired=True)
        names = [
            _until(service.names, ends.get(service.code), pauses.get(service.code))
            for service in known
            if service.code in wanted
        ]
        return names or {"response": "text_no_services"}

    def may_use(self, person: Member, codes: Iterable[str] | None = None) -> Any:
        """Return what somebody may use now, or these of it, as `named` does."""
        ends = dict(person.ends)
        if codes is not None:
            return self.named(codes, ends)
        return self.named(person.services, ends, dict(person.pauses))

    def told(self, entry: HistoryEntry) -> dict[str, Any]:
        """Return what was done, as a value of a text."""
        had, has = (side.get("services", ()) for side in (entry.before, entry.after))
        lost = [code for code in had if code not in has]
        pauses = moments_in(entry.after, "pauses")
        values = {
            "action": entry.action,
            "name": entry.target or {"response": "text_erased_person"},
            "after": self.named(lost)
            if entry.action == "retire_service"
            else self.named(has, pauses=pauses),
            "approved": entry.after.get("approved"),
        }
        return {"response": "text_history", "parameters": values}

    def to_be_told(self, change: str, *sides: Sides, also: Collection[str] = ()) -> Any:
        """Return who will hear of a change by mail, as a value of its card.

        `sides` are people before and after it, `also` the mails that it queues by itself.
        """
        return told_by_mail(self.hearing(change, *sides, also=also))

    def hearing(self, change: str, *sides: Sides, also: Collection[str] = ()) -> list[Told]:
        """Return who will hear of it."""
        return [
            told
            for before, after in sides
            for told in self.uow.foreseen.told(change, before, after, also=also)
        ]

    def codes_of(self, given: Any) -> list[str]:
        """Return the services among an answer: a list, one code, "all" or "none"."""
        wanted = given if isinstance(given, list) else [given]
        codes = [service.code for service in self.uow.households.services()]
        return codes if "all" in wanted else [code for code in codes if code in wanted]


class ReadServices(HolderAction):
    """Turns what was said into codes of the catalogue: some, all, or none."""

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        return [SlotSet(self.asked, self.codes_of(filled(tracker, self.asked)))]


def _until(
    names: Mapping[str, str], ends_at: datetime | None, resumes_at: datetime | None
) -> Mapping[str, Any]:
    """Return what a service is called, with when somebody's access to it ends, or is back."""
    at = resumes_at or ends_at
    if at is None:
        return names
    response = "text_service_paused" if resumes_at else "text_service_until"
    return {"response": response, "parameters": {"service": names, **end_values(at)}}


def told_by_mail(told: Iterable[Told]) -> dict[str, Any]:
    """Return who hears of something, as a value of a card: each once, with all addresses."""
    addresses: dict[int, dict[str, None]] = {}
    people: dict[int, Member] = {}
    for reader in told:
        people[reader.person.id] = reader.person
        addresses.setdefault(reader.person.id, {}).update(dict.fromkeys(reader.addresses))
    if not people:
        return {"response": "text_nobody_told"}
    said = [_reader(person, [*addresses[number]]) for number, person in people.items()]
    return {"response": "text_told", "parameters": {"people": said}}


def _reader(person: Member, addresses: list[str]) -> dict[str, Any]:
    """Return a reader of mails; where the holder reads theirs is nobody else's business."""
    if person.role == "holder":
        return {"response": "text_told_holder", "parameters": {"name": person.name}}
    values = {"name": person.name, "addresses": addresses}
    return {"response": "text_told_person", "parameters": values}


def about(person: Member) -> dict[str, Any]:
    """Return a person as values of a text."""
    names = {"first_name": person.first_name, "called": person.called, "name": person.name}
    return {**names, "email": person.email}


def service_buttons(
    slot: str, names: Mapping[str, Mapping[str, str]], codes: Iterable[str]
) -> list[dict[str, Any]]:
    """Return one button for each service."""
    return [{"title": names[c], "payload": f"/SetSlots({slot}={c})"} for c in codes]
