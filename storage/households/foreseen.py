"""Who would be told by mail of a change that is about to be made, by what is declared of it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from storage.audit.past import Past
from storage.households.declared import CHANGES, Mail
from storage.households.members import Member, Members, addresses_of, holder_of
from storage.limits import OLD_ADDRESS_TOLD
from storage.names import folded
from storage.transaction import Repository, part


@dataclass(frozen=True, slots=True)
class Told:
    """Somebody who hears of it, and where."""

    person: Member
    addresses: tuple[str, ...]


def mails_of(
    change: str, before: Member | None, after: Member | None, also: Collection[str] = ()
) -> tuple[Mail, ...]:
    """The mails that a change of that kind sends for such a difference.

    `also` are the templates of others, which the change will queue itself.
    """
    return tuple(
        mail
        for mail in CHANGES[change].mails
        if mail.template in also or (mail.when is not None and mail.when(before, after))
    )


class Foreseen(Repository):
    _past = part(Past)
    _members = part(Members)

    def told(
        self,
        change: str,
        before: Member | None,
        after: Member | None,
        *,
        also: Collection[str] = (),
    ) -> tuple[Told, ...]:
        """Who would hear of it; nobody, where nothing is mailed."""
        person = after or before
        assert person is not None, "a change is about somebody"
        told: dict[int, Told] = {}
        for mail in mails_of(change, before, after, also):
            reader = person
            if mail.to == "holder":
                reader = holder_of(self._members.of(person.household_id))
            known = told.get(reader.id, Told(reader, ()))
            addresses = _once((*known.addresses, *self._addresses(mail, before or person, reader)))
            told[reader.id] = Told(reader, addresses)
        return tuple(told.values())

    def _addresses(self, mail: Mail, before: Member, person: Member) -> tuple[str, ...]:
        match mail.to:
            case "both addresses":
                return (*addresses_of(before), *addresses_of(person))
            case "new address":
                return (person.email,)
            case "proved address":
                return (person.proved_email,)
            case "former addresses":
                since = self._clock() - OLD_ADDRESS_TOLD
                former = self._past.former_addresses(person.household_id, person.id, since)
                return (*former, *addresses_of(person))
            case _ if mail.template == "activation":
                return (person.email,)
            case _:
                return addresses_of(person)


def _once(addresses: Iterable[str]) -> tuple[str, ...]:
    return tuple({folded(address): address for address in addresses}.values())
