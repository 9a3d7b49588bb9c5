"""What the page of an account shows: to the holder the household, to anybody else their own.

It shows, and links to the chat: whatever changes something has its card there
(`docs/decisions/0039-the-holders-page-and-objections.md`).
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

import segno

from bot.chats import chat_in_words
from storage.audit.history import HistoryEntry
from storage.households.access_request_rows import AccessRequest
from storage.households.actors import Holder, Secondary
from storage.households.declared import CHANGES
from storage.households.households import Household
from storage.households.members import Member
from storage.identity.page_sessions import PageSession
from storage.unit_of_work import UnitOfWork

ChatAddress = Callable[[], str | None]
"""Where people find us in a messenger, once that is known."""

RECEIPTS = 8
"""The newest changes that the holder is shown."""
TOLD = tuple(name for name, change in CHANGES.items() if change.by in {Holder, Secondary})
"""The kinds of change that the page tells of: what people of the household did."""

Said = tuple[str, dict[str, Any]]
_NEVER: Mapping[str, datetime] = MappingProxyType({})
"""A phrase of `pages.yml` and its values."""


class AccountView:
    """One look at an account, in one language and one transaction."""

    def __init__(
        self, uow: UnitOfWork, session: PageSession, language: str, phrases: Mapping[str, Any]
    ) -> None:
        self._uow = uow
        self._session = session
        self._phrases = phrases
        self._services = {
            service.code: service.name(language) for service in uow.households.services()
        }

    def of(self, household: Household, me: Member, token: str) -> dict[str, Any]:
        """Return the values of `account.html`; only a holder's tell anything of others."""
        is_holder = me.role == "holder"
        chats = self._uow.linked_chats.of(me.id)
        return {
            "first_name": me.first_name,
            "username": me.username,
            "is_holder": is_holder,
            "holder_name": household.holder.name,
            "reachable": self._named(me.services, dict(me.ends)),
            "unreachable": [] if is_holder else self._lacking(me),
            "people": [self._person(member) for member in household.members[1:] if is_holder],
            "places": household.places_left,
            "requests": self._requests(household) if is_holder else self._own_request(me),
            "receipts": self._receipts() if is_holder else [],
            "chats": [
                (chat_in_words(chat.chat, self._phrases), when(chat.linked_at)) for chat in chats
            ],
            "browsers": len(self._uow.linked_chats.pages(me.id, token)),
        }

    def _person(self, person: Member) -> dict[str, Any]:
        return {
            "name": person.name,
            "stands": _stands(person),
            "services": self._named(person.services, dict(person.ends), dict(person.pauses)),
        }

    def _requests(self, household: Household) -> list[dict[str, Any]]:
        names = {member.id: member.name for member in household.members}
        return [
            {"who": names[request.member_id], **self._asked(request)}
            for request in self._uow.requests.open_for(household.id)
        ]

    def _own_request(self, me: Member) -> list[dict[str, Any]]:
        request = self._uow.requests.newest_open(me.id)
        return [] if request is None else [self._asked(request)]

    def _asked(self, request: AccessRequest) -> dict[str, Any]:
        return {
            "services": self._named(request.services),
            "since": {"day": request.created_at.isoformat()},
            "until": {"day": request.expires_at.isoformat()},
        }

    def _receipts(self) -> list[tuple[str, dict[str, Any], bool]]:
        home = self._session.household_id
        return [
            (self._told(entry.action), _values(entry), entry.undone is not None)
            for entry in self._uow.history.entries(home, RECEIPTS, actions=TOLD)
            if entry.outcome == "done"
        ]

    def _told(self, action: str) -> str:
        """Return the phrase that tells a change, by its name."""
        phrase = f"change_{action}"
        return phrase if phrase in self._phrases else "change_other"

    def _lacking(self, me: Member) -> list[Said]:
        missing = [code for code in self._services if code not in me.services]
        return self._named(missing, pauses=dict(me.pauses))

    def _named(
        self,
        codes: Iterable[str],
        ends: Mapping[str, datetime] = _NEVER,
        pauses: Mapping[str, datetime] = _NEVER,
    ) -> list[Said]:
        shown = {*codes, *pauses}
        return [
            _until(name, ends.get(code), pauses.get(code))
            for code, name in self._services.items()
            if code in shown
        ]


def _values(entry: HistoryEntry) -> dict[str, Any]:
    return {
        "target": entry.target or {"response": "erased_person"},
        "receipt": entry.receipt,
        **when(entry.at),
    }


def when(moment: datetime) -> dict[str, Any]:
    iso = moment.isoformat()
    return {"date": {"date": iso}, "time": {"time": iso}}


def qr_of(address: str) -> str:
    """Return a QR code as SVG: its own colours, so that a camera reads it on a dark page too."""
    code = segno.make(address, micro=False, error="m")
    return str(code.svg_inline(dark="#000", light="#fff", border=4, omitsize=True, svgclass="qr"))


def _stands(person: Member) -> Said:
    until = person.suspended_until
    if person.status == "suspended" and until is not None:
        return "stands_suspended_until", _moment(until)
    return f"stands_{person.status}", {}


def _until(name: str, ends_at: datetime | None, resumes_at: datetime | None) -> Said:
    if resumes_at is not None:
        return "service_paused", {"service": name, **_moment(resumes_at)}
    if ends_at is None:
        return "service_for_good", {"service": name}
    return "service_until", {"service": name, **_moment(ends_at)}


def _moment(at: datetime) -> dict[str, Any]:
    return {"ends_on": {"day": at.isoformat()}, "ends_at": {"time": at.isoformat()}}
