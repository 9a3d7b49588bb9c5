"""Who may answer at a desk, what they are called, and who of them is on duty."""

from collections.abc import Mapping

from sqlalchemy import bindparam, select

from storage.handoff.tables import agent, on_call
from storage.limits import ON_CALL_LASTS
from storage.statements import claim_name
from storage.transaction import Repository

_AGENTS = select(agent.c.person_id, agent.c.name, agent.c.handle).where(
    agent.c.desk_id == bindparam("of_desk")
)


class Team(Repository):
    def set_agents(
        self, desk_id: int, names: Mapping[str, str], handles: Mapping[str, str] | None = None
    ) -> None:
        """These people, by id, are the agents of a desk; nobody else is any more.

        `handles`: what some of them are called behind an @.
        """
        handles = handles or {}
        if self.agents(desk_id) == dict(names) and self.handles(desk_id) == dict(handles):
            return
        self._connection.execute(agent.delete().where(agent.c.desk_id == desk_id))
        rows = [
            {"desk_id": desk_id, "person_id": person, "name": name, "handle": handles.get(person)}
            for person, name in names.items()
        ]
        if rows:
            self._connection.execute(agent.insert(), rows)

    def agents(self, desk_id: int) -> dict[str, str]:
        """The names of a desk's agents, by their ids."""
        rows = self._connection.execute(_AGENTS, {"of_desk": desk_id})
        return {row[0]: row[1] for row in rows}

    def handles(self, desk_id: int) -> dict[str, str]:
        """What those of them who have such a name are called behind an @, by their ids."""
        rows = self._connection.execute(_AGENTS, {"of_desk": desk_id})
        return {row[0]: row[2] for row in rows if row[2]}

    def set_on_call(self, desk_id: int, person_id: str, *, begins: bool) -> None:
        """An agent is on duty from now on, or is not any more."""
        theirs = (on_call.c.desk_id == desk_id) & (on_call.c.person_id == person_id)
        self._connection.execute(on_call.delete().where(theirs))
        if begins:
            since = self._clock()
            claim_name(self._connection, on_call, desk_id=desk_id, person_id=person_id, since=since)

    def on_call(self, desk_id: int) -> dict[str, str]:
        """The names of the agents who are on duty, by their ids, in the order they began."""
        lasts = on_call.c.since > self._clock() - ON_CALL_LASTS
        duties = select(on_call.c.person_id).where(on_call.c.desk_id == desk_id, lasts)
        known = self.agents(desk_id)
        on_duty = self._connection.scalars(duties.order_by(on_call.c.since, on_call.c.person_id))
        return {person: known[person] for person in on_duty if person in known}

    def called(self, desk_id: int) -> dict[str, str]:
        """Whom a reminder calls: who is on duty; where nobody is, everybody."""
        return self.on_call(desk_id) or self.agents(desk_id)

    def count_on_call(self) -> int:
        """How many are on duty, at all desks."""
        desks = self._connection.scalars(select(on_call.c.desk_id).distinct())
        return sum(len(self.on_call(desk_id)) for desk_id in desks.all())
