"""What proves a member: the password, and everything that a change of it makes worthless."""

from sqlalchemy import ColumnElement, Connection, select

from storage.clock import Clock
from storage.links import Links
from storage.sessions import Sessions
from storage.statements import insert_row
from storage.tables import credential, one_time_code


class Proofs:
    def __init__(
        self, connection: Connection, clock: Clock, *, links: Links, sessions: Sessions
    ) -> None:
        self._connection = connection
        self._clock = clock
        self._links = links
        self._sessions = sessions

    def has_password(self, member_id: int) -> bool:
        statement = select(credential.c.member_id).where(credential.c.member_id == member_id)
        return self._connection.scalar(statement) is not None

    def set_password(self, member_id: int, password_hash: str) -> None:
        """Store the argon2id hash; whatever was open for the member is void."""
        self._connection.execute(credential.delete().where(credential.c.member_id == member_id))
        insert_row(
            self._connection,
            credential,
            member_id=member_id,
            password_hash=password_hash,
            changed_at=self._clock(),
        )
        self.void(member_id)

    def void(self, member_id: int) -> None:
        """End the member's open codes, links and sessions: a credential or the address changed."""
        self._links.void(member_id)
        self._sessions.end_of_member(member_id)
        self._void_codes(one_time_code.c.member_id == member_id)

    def void_codes_of_chat(self, conversation_id: int) -> None:
        self._void_codes(one_time_code.c.conversation_id == conversation_id)

    def _void_codes(self, which: ColumnElement[bool]) -> None:
        self._connection.execute(
            one_time_code.update()
            .where(which, one_time_code.c.used_at.is_(None), one_time_code.c.voided_at.is_(None))
            .values(voided_at=self._clock())
        )
