"""Who may answer at a desk, and what they are called."""

from collections.abc import Mapping

from sqlalchemy import bindparam, select

from storage.handoff.tables import agent
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
