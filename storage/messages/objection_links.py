"""The way to object to what a mail tells: an address that is made when the mail leaves.

It is sealed, and nothing of it is kept: it says which mail it stands in, of which kind, to whom,
and when. So it works for whoever was removed, and after the mail itself is forgotten.

Whoever has an older key could seal one too. What was not sealed with the first key counts only
where the mail is still known, and by what stands for its receiver: that was made with the key of
its time, and of a mail that is younger than the rotation nobody else can tell it.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography.fernet import InvalidToken
from sqlalchemy import select

from storage.keys import is_among
from storage.limits import OBJECTION_LIFETIME
from storage.messages.outbox_rows import OutboxRow
from storage.messages.tables import outbox
from storage.transaction import Repository

_PAGE = "not-agreed"
_MARK = "objection"
_PADDING = "="
_LONGEST = 400
_RECEIVER = 32
"""Letters of what stands for the receiver: 128 bits."""


@dataclass(frozen=True, slots=True)
class ToldOf:
    """The mail that a link stands in: its number, its kind, who was told, and when."""

    mail_id: int
    template: str
    member_id: int
    at: datetime
    receiver: str = ""
    """What stands for the address in the row of the mail, shortened."""


class ObjectionLinks(Repository):
    def of(self, mail: OutboxRow) -> str:
        """What stands at the end of a mail; "" for what is none, or to nobody whom we know."""
        if mail.kind != "mail" or mail.member_id is None:
            return ""
        receiver = (mail.receiver or "")[:_RECEIVER]
        told = ToldOf(mail.id, mail.template, mail.member_id, mail.created_at, receiver)
        return self.address(told)

    def address(self, told: ToldOf) -> str:
        """A page where somebody says that it was not agreed."""
        moment = int(told.at.timestamp())
        text = f"{_MARK} {told.mail_id} {told.template} {told.member_id} {moment} {told.receiver}"
        token = self._keys.seal(text).rstrip(_PADDING)
        return f"{self.transaction.public_url}/{_PAGE}/{token}"

    def peek(self, token: str) -> ToldOf | None:
        """What the link is about, while it lives; None for anything that is not ours."""
        if len(token) > _LONGEST or not token.isascii():
            return None
        padded = token + _PADDING * (-len(token) % 4)
        told = self._opened(padded)
        if told is None or told.at + OBJECTION_LIFETIME <= self._clock():
            return None
        return told if self._keys.is_newest(padded) or self._is_known(told) else None

    def _opened(self, sealed: str) -> ToldOf | None:
        try:
            mark, mail, template, member, moment, *rest = self._keys.open(sealed).split(" ")
        except (InvalidToken, ValueError):
            return None
        if mark != _MARK:
            return None
        at = datetime.fromtimestamp(int(moment), UTC)
        return ToldOf(int(mail), template, int(member), at, "".join(rest))

    def _is_known(self, told: ToldOf) -> bool:
        receiver = self._connection.scalar(
            select(outbox.c.receiver).where(
                outbox.c.id == told.mail_id,
                outbox.c.template == told.template,
                outbox.c.member_id == told.member_id,
            )
        )
        return receiver is not None and is_among(told.receiver, [receiver[:_RECEIVER]])
