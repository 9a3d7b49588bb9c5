"""What proves a member: the password, and everything that a change of it makes worthless."""

from sqlalchemy import ColumnElement, Table, select

from storage.identity.links import Links
from storage.identity.page_sessions import PageSessions
from storage.identity.sessions import Sessions
from storage.identity.tables import credential, one_time_code, sign_in_link
from storage.statements import insert_row
from storage.transaction import Repository, part


class Proofs(Repository):
    _links = part(Links)
    _sessions = part(Sessions)
    _page_sessions = part(PageSessions)

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
        self.end(member_id)

    def end(self, member_id: int) -> None:
        """End what is open for the member now, but no link that was mailed to them."""
        self._sessions.end_of_member(member_id)
        self._page_sessions.end_of_member(member_id)
        self._void(sign_in_link, sign_in_link.c.member_id == member_id)
        self._void(one_time_code, one_time_code.c.member_id == member_id)

    def void_mailed(self, member_id: int) -> None:
        """End what opens by the mailbox: another one counts."""
        self._links.void(member_id)
        self._void(one_time_code, one_time_code.c.member_id == member_id)

    def void_proofs_of_chat(self, conversation_id: int) -> None:
        for proof in (one_time_code, sign_in_link):
            self._void(proof, proof.c.conversation_id == conversation_id)

    def _void(self, proof: Table, which: ColumnElement[bool]) -> None:
        """Used ones too: where two proofs are demanded, one may be waiting for the other."""
        self._connection.execute(
            proof.update().where(which, proof.c.voided_at.is_(None)).values(voided_at=self._clock())
        )
