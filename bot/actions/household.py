"""What the actions of the account holder's tasks share: the household, and who acts."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bot.actions.base import DeskAction
from intents.household import SomebodyT
from storage.authority import Holder
from storage.households import Household
from storage.members import Member
from storage.sessions import Session


class HolderAction(DeskAction):
    """An action that looks at the household of the verified person."""

    @property
    def session(self) -> Session | None:
        """The live session of this chat and person; a task goes on only after a new proof."""
        return self.uow.sessions.live(self.desk.conversation.id, self.desk.person_id, touch=False)

    def household(self) -> Household:
        session = self.session
        assert session is not None, "the flow verifies first"
        return self.uow.households.of(session.household_id)

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
        session = self.session
        assert session is not None, "the flow verifies first"
        return Holder(session.id, session.conversation_id, session.person_id)

    def service_names(self) -> dict[str, dict[str, str]]:
        """Return what each service is called, by code, in the catalogue's order."""
        return {
            service.code: {"en": service.name_en, "fr": service.name_fr}
            for service in self.uow.households.services()
        }

    def named(self, codes: Iterable[str]) -> Any:
        """Return services as a value of a text: "a, b and c", or that there are none."""
        wanted = set(codes)
        names = [name for code, name in self.service_names().items() if code in wanted]
        return names or {"response": "text_no_services"}

    def codes_of(self, given: Any) -> list[str]:
        """Return the services among an answer: a list, one code, "all" or "none"."""
        wanted = given if isinstance(given, list) else [given]
        codes = [service.code for service in self.uow.households.services()]
        return codes if "all" in wanted else [code for code in codes if code in wanted]


def about(person: Member) -> dict[str, Any]:
    """Return a person as values of a text."""
    return {
        "first_name": person.first_name,
        "last_name": person.last_name,
        "email": person.email,
    }


def service_buttons(
    slot: str, names: Mapping[str, Mapping[str, str]], codes: Iterable[str]
) -> list[dict[str, Any]]:
    """Return one button for each service."""
    return [{"title": names[c], "payload": f"/SetSlots({slot}={c})"} for c in codes]
