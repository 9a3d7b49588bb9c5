"""What agents say with a word, as they have written it themselves: for every desk there is."""

from sqlalchemy import select

from storage.handoff.tables import canned_reply
from storage.statements import insert_once
from storage.transaction import Repository


class CannedReplies(Repository):
    def own(self) -> dict[str, dict[str, str]]:
        """The texts by name and language."""
        rows = select(canned_reply.c.name, canned_reply.c.language, canned_reply.c.text)
        own: dict[str, dict[str, str]] = {}
        for name, language, text in self._connection.execute(rows.order_by(canned_reply.c.name)):
            own.setdefault(name, {})[language] = text
        return own

    def put(self, name: str, language: str, text: str, agent_id: str) -> None:
        """It says that from now on, in that language; who wrote it is kept."""
        values = {"text": text, "agent_id": agent_id, "changed_at": self._clock()}
        fresh = {"name": name, "language": language, **values}
        if insert_once(self._connection, canned_reply, fresh) is None:
            known = canned_reply.c.language == language
            changed = canned_reply.update().where(canned_reply.c.name == name, known)
            self._connection.execute(changed.values(values))

    def remove(self, name: str) -> bool:
        """It is gone in every language; False where agents have written none of that name."""
        gone = canned_reply.delete().where(canned_reply.c.name == name)
        return self._connection.execute(gone).rowcount > 0
