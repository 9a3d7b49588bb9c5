"""A secondary user who wants to go: the holder hears of it, and alone can let them go."""

from datetime import datetime, timedelta

from storage.audit.past import Past
from storage.errors import AskedToday
from storage.households.actors import Secondary
from storage.households.changing import Changing
from storage.households.members import Members, holder_of
from storage.households.notices import Notices
from storage.identity.sessions import Session
from storage.limits import REQUEST_LIFETIME
from storage.messages.chat_events import ChatEvents
from storage.transaction import Repository, part

_ASK = "ask_to_leave"
_ONCE_IN = timedelta(days=1)
"""How often somebody may ask: nobody is to press the holder."""


class Leaving(Repository):
    _change = part(Changing)
    _past = part(Past)
    _members = part(Members)
    _notices = part(Notices)
    _chat_events = part(ChatEvents)

    def waiting(self, household_id: int) -> dict[int, datetime]:
        """Return who asked to go and is still there, and when; it counts as long as a request."""
        since = self._clock() - REQUEST_LIFETIME
        asked = self._past.done_since(household_id, since, {_ASK})
        newest = {entry.actor_member_id: entry.at for entry in reversed(asked)}
        there = self._members.of(household_id) if newest else ()
        return {member.id: newest[member.id] for member in there if member.id in newest}

    def has_asked(self, household_id: int, member_id: int) -> bool:
        """Whether somebody asked so lately that the holder is not told again."""
        asked_at = self.waiting(household_id).get(member_id)
        return asked_at is not None and asked_at > self._clock() - _ONCE_IN

    def ask(self, session: Session) -> None:
        """Tell the holder, by mail and in linked chats; nothing else changes.

        Raises NotAuthorised or AskedToday.
        """
        actor = Secondary(session.id, session.conversation_id, session.person_id)
        with self._change(actor, _ASK, session.member_id) as done:
            person, home = done.person, done.mandate.household_id
            if self.has_asked(home, person.id):
                raise AskedToday
            done.note()
            people = self._members.of(home)
            holder = holder_of(people)
            who = next(member.name for member in people if member.id == person.id)
            self._notices.tell("leave_request", holder, done.mandate.signature, who=who)
            context = {"who": who, "number": person.id}
            self._chat_events.tell(holder.id, "pattern_leave_request", context)
