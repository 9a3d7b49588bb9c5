"""A new password that is asked for by typing a user name.

The page writes one row, the same for every name, and looks nobody up. Whose name it is, and
whether the allowance has room, is found out before the next mails leave: so that neither the
answer nor its time tells anything.
"""

from cryptography.fernet import InvalidToken
from sqlalchemy import select

from storage.audit.chain import Signature
from storage.audit.past import Past
from storage.households.members import Member, Members
from storage.households.notices import Notices
from storage.identity.tables import reset_request
from storage.limits import OLD_ADDRESS_TOLD, RESET_LIFETIME, USERNAME_LENGTH
from storage.messages.mail_allowances import MailAllowances
from storage.statements import insert_row
from storage.transaction import Repository, part
from storage.work import MAIL_SHARDS, MAILS, Work


class Forgotten(Repository):
    _members = part(Members)
    _notices = part(Notices)
    _past = part(Past)
    _allowances = part(MailAllowances)

    def ask(self, username: str) -> None:
        """Have a link mailed for that name, if it is somebody's; the caller never knows."""
        sealed = self._keys.seal(username.strip()[: USERNAME_LENGTH[-1] + 1])
        insert_row(self._connection, reset_request, username=sealed, asked_at=self._clock())
        self._leave(Work(MAILS, MAIL_SHARDS[0]))

    def waits(self) -> bool:
        return self._connection.scalar(select(reset_request.c.id).limit(1)) is not None

    def answer(self, limit: int) -> None:
        """Look up the names that were typed, oldest first, and queue the mails.

        A name that was typed longer ago than a link lives is dropped: its person has gone on.
        """
        oldest = (
            select(reset_request.c.id)
            .order_by(reset_request.c.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        taken = self._connection.execute(
            reset_request.delete()
            .where(reset_request.c.id.in_(oldest))
            .returning(reset_request.c.id, reset_request.c.username, reset_request.c.asked_at)
        ).all()
        since = self._clock() - RESET_LIFETIME
        for row in sorted(taken, key=lambda row: row.id):
            person = self._whose(row.username) if row.asked_at > since else None
            if person is not None:
                self._mail(person)

    def _whose(self, sealed: str) -> Member | None:
        try:
            return self._members.by_username(self._keys.open(sealed))
        except InvalidToken:
            return None  # typed before the key was changed

    def _mail(self, person: Member) -> None:
        """More than the allowance sends nothing, and makes no earlier link worthless.

        Somebody suspended is told so once more instead, as often as they would get a link.
        """
        if person.status == "suspended":
            self._notices.suspended(person)
            return
        room = self._allowances.room("password_reset", "anybody", person.proved_email, person.id)
        if not room.is_left:
            return
        former = self._past.former_addresses(
            person.household_id, person.id, self._clock() - OLD_ADDRESS_TOLD
        )
        until = room.renews_at if room.is_last else None
        self._notices.reset(person, Signature("page"), former, cause="anybody", last_until=until)
