"""The way to object to what a mail tells: an address that is made when the mail leaves.

It is sealed, and nothing of it is kept: it says which mail it stands in, of which kind, to whom,
and when. So it works for whoever was removed, and after the mail itself is forgotten.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography.fernet import InvalidToken

from storage.limits import OBJECTION_LIFETIME
from storage.messages.outbox_rows import OutboxRow
from storage.transaction import Repository

_PAGE = "not-agreed"
_MARK = "objection"
_PADDING = "="
_LONGEST = 400


@dataclass(frozen=True, slots=True)
class ToldOf:
    """The mail that a link stands in: its number, its kind, who was told, and when."""

    mail_id: int
    template: str
    member_id: int
    at: datetime


class ObjectionLinks(Repository):
    def of(self, mail: OutboxRow) -> str:
        """What stands at the end of a mail; "" for what is none, or to nobody whom we know."""
        if mail.kind != "mail" or mail.member_id is None:
            return ""
        return self.address(ToldOf(mail.id, mail.template, mail.member_id, mail.created_at))

    def address(self, told: ToldOf) -> str:
        """A page where somebody says that it was not agreed."""
        moment = int(told.at.timestamp())
        text = f"{_MARK} {told.mail_id} {told.template} {told.member_id} {moment}"
        token = self._keys.seal(text).rstrip(_PADDING)
        return f"{self.transaction.public_url}/{_PAGE}/{token}"

    def peek(self, token: str) -> ToldOf | None:
        """What the link is about, while it lives; None for anything that is not ours."""
        if len(token) > _LONGEST or not token.isascii():
            return None
        padded = token + _PADDING * (-len(token) % 4)
        try:
            mark, mail, template, member, moment = self._keys.open(padded).split(" ")
        except (InvalidToken, ValueError):
            return None
        at = datetime.fromtimestamp(int(moment), UTC) if mark == _MARK else None
        if at is None or at + OBJECTION_LIFETIME <= self._clock():
            return None
        return ToldOf(int(mail), template, int(member), at)
