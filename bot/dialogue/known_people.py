"""Whom the next message may name, as the reader knows people."""

from bot.dialogue.understanding.contexts import reference
from intents.context import Asked, Person
from storage.households.members import Member
from storage.identity.sessions import Session
from storage.unit_of_work import UnitOfWork


def known_people(uow: UnitOfWork, session: Session | None) -> tuple[Person, ...]:
    """Return the household of a holder, who comes first; nobody before a proof."""
    if session is None or session.role != "holder":
        return ()
    return tuple(map(_person, uow.households.of(session.household_id).members))


def waiting_requests(uow: UnitOfWork, session: Session | None) -> tuple[Asked, ...]:
    """Return what waits for a holder's answer; nothing before a proof."""
    if session is None or session.role != "holder":
        return ()
    access = [
        Asked(str(request.id), reference(request.member_id), request.services)
        for request in uow.requests.open_for(session.household_id)
    ]
    leaving = [Asked("", reference(who)) for who in uow.leaving.waiting(session.household_id)]
    return (*access, *leaving)


def _person(member: Member) -> Person:
    return Person(
        reference(member.id),
        member.first_name,
        member.last_name,
        member.status,
        frozenset(member.services),
        member.called,
        member.email,
        member.username or "",
    )
