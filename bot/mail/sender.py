"""Sends mail: works off the mails of the outbox over SMTP.

The rows are the truth (`docs/design.md`): a mail is claimed, sent, and marked as sent. A crash
in between sends it again, under the same Message-ID; none is ever lost.
"""

import asyncio
import logging
import re
import time
from collections import deque
from collections.abc import Collection, Iterable
from contextlib import suppress
from datetime import timedelta
from email.message import EmailMessage

from aiosmtplib import (
    SMTP,
    SMTPDataError,
    SMTPException,
    SMTPNotSupported,
    SMTPRecipientsRefused,
)

from bot.mail.rendering import MailRenderer
from bot.mail.smtp import SECONDS, SmtpSettings
from storage.database import Database
from storage.messages.outbox_rows import OutboxRow
from storage.work import MAIL_SHARDS

log = logging.getLogger(__name__)

BATCH = 20
PAUSE = 0.5
OUTAGE_PAUSE = 3.0
"""Seconds between looks at the outbox, while mails leave too; and after the mail server could not
be reached."""

GRACE = 5.0
"""Seconds for what is under way when told to stop; a mail cut off then goes out again later."""

UNOPENED = "its secrets are sealed with a key that is not among those of FOYER_SECRET_KEY"

_PERMANENT = 500
"""From here on a reply code of SMTP means: do not try again (RFC 5321, 4.2.1)."""
_NOBODYS = frozenset({550, 551, 553})
"""Said of the whole mail, these mean its one receiver (RFC 5321, 4.2.3)."""
_ADDRESS = re.compile(r"[^\s<>]+@[^\s<>]+")


class MailSender:
    """Without `smtp` every mail stays where it is."""

    def __init__(
        self, database: Database, renderer: MailRenderer, smtp: SmtpSettings | None
    ) -> None:
        self._database = database
        self._renderer = renderer
        self._awaited = renderer.catalogue.awaited
        self._smtp = smtp
        self._ends = False

    def end(self) -> None:
        """Begin no other mail: whoever runs this is to end."""
        self._ends = True

    async def run(self, stop: asyncio.Event, wake: asyncio.Event | None = None) -> None:
        """Send whatever falls due until `stop`; `wake` cuts a rest short: a mail was queued."""
        if self._smtp is None:
            log.warning("no mail server is set (FOYER_SMTP_URL): mails stay in the outbox")
            await stop.wait()
            return
        wake = wake or asyncio.Event()
        working = asyncio.create_task(self._work_off(stop, wake))
        try:
            await stop.wait()
            self.end()
            wake.set()
            await asyncio.wait([working], timeout=GRACE)
        finally:
            working.cancel()

    async def work(self, shard: str) -> timedelta | None:
        """Send a batch of what is due in a shard, and give the hand back, to others or to an end.

        Returns how long the rest has to wait, None: nothing is left.
        """
        if self._smtp is None:
            return None
        try:
            await self.send_due(shard)
        except (SMTPException, OSError) as error:
            log.warning("the mail server failed: %s", _reason(error))
            return timedelta(seconds=OUTAGE_PAUSE)
        return await asyncio.to_thread(self._due_in, shard)

    def due_shards(self) -> Collection[str]:
        """Return the shards in which a mail is due, or a mail was asked for."""
        if self._smtp is None:
            return ()
        with self._database.read() as uow:
            asked = MAIL_SHARDS[:1] if uow.forgotten.waits() else ""
            return {*uow.outbox.mail_shards(), *asked}

    async def send_due(self, shard: str | None = None) -> int:
        """Send what is due, of a shard or of all; how many mails left.

        Raises SMTPException or OSError when the connection fails. Mails that were not tried by
        then are not touched: an outage costs no attempts.
        """
        due = await asyncio.to_thread(self._due, shard) if self._smtp else []
        if self._smtp is None or not due:
            return 0
        async with self._smtp.client() as client:
            return await self._send_all(client, due, shard)

    async def _work_off(self, stop: asyncio.Event, wake: asyncio.Event) -> None:
        while not stop.is_set():
            wake.clear()
            rest = await self._round()
            with suppress(TimeoutError):
                await asyncio.wait_for(wake.wait(), rest)

    async def _round(self) -> float:
        """One look at the outbox; returns how long to rest after it."""
        try:
            sent = await self.send_due()
        except (SMTPException, OSError) as error:
            log.warning("the mail server failed: %s", _reason(error))
            return OUTAGE_PAUSE
        except Exception:  # whatever it was, the mails of tomorrow must still leave
            log.exception("the outbox could not be worked off")
            return OUTAGE_PAUSE
        return 0 if sent == BATCH else PAUSE

    async def _send_all(self, client: SMTP, due: Iterable[OutboxRow], shard: str | None) -> int:
        """After a failure the same person's younger mails wait, so that none overtakes.

        While it lasts, what is due is looked for anew: by now somebody may wait for a mail.
        """
        sent, tried, waiting = 0, 0, set[str | None]()
        mails, looked = deque(due), time.monotonic()
        while mails and tried < BATCH and client.is_connected and not self._ends:
            mail = mails.popleft()
            if mail.recipient in waiting:
                continue
            tried += 1
            row = await asyncio.to_thread(self._claimed, mail)
            if row is not None and await self._send(client, row):
                sent += 1
            else:
                waiting.add(mail.recipient)
            if mail.template not in self._awaited.at_once and time.monotonic() - looked > PAUSE:
                mails, looked = deque(await asyncio.to_thread(self._due, shard)), time.monotonic()
        return sent

    async def _send(self, client: SMTP, row: OutboxRow) -> bool:
        message = await asyncio.to_thread(self._rendered, row)
        if message is None:
            return False
        try:
            async with asyncio.timeout(SECONDS):
                await client.send_message(message)
        except Exception as error:  # whatever sending raised, it is an attempt that failed
            reason = _unnamed(_reason(error), row.recipient or "")
            log.warning("mail %s (%s) was not sent: %s", row.id, row.template, reason)
            await asyncio.to_thread(self._failed, row, reason, bounced=_is_bounce(error))
            if isinstance(error, OSError):  # the connection is gone, or in an unknown state
                raise
            return False
        await asyncio.to_thread(self._sent, row)
        return True

    def _due(self, shard: str | None) -> list[OutboxRow]:
        """What was asked for by a user name is looked up first: then it is a mail like others."""
        with self._database.read() as uow:
            asked = shard in {None, MAIL_SHARDS[0]} and uow.forgotten.waits()
        if asked:
            with self._database.write() as uow:
                uow.forgotten.answer(BATCH)
        with self._database.read() as uow:
            return uow.outbox.due_mails(BATCH, shard, self._awaited)

    def _due_in(self, shard: str) -> timedelta | None:
        with self._database.read() as uow:
            return uow.outbox.mails_due_in(shard)

    def _claimed(self, mail: OutboxRow) -> OutboxRow | None:
        with self._database.write() as uow:
            return uow.outbox.claim(mail)

    def _rendered(self, row: OutboxRow) -> EmailMessage | None:
        """The message; None when it cannot be rendered."""
        if row.unopened:  # another process may have its key
            log.error("mail %s (%s): %s", row.id, row.template, UNOPENED)
            self._postpone(row, UNOPENED)
            return None
        try:
            return self._renderer.render(row)
        except Exception as error:  # this one will never go out; the others must
            log.exception("mail %s (%s) cannot be rendered", row.id, row.template)
            with self._database.write() as uow:
                uow.outbox.kill(row, _reason(error))
            return None

    def _sent(self, row: OutboxRow) -> None:
        with self._database.write() as uow:
            uow.outbox.sent(row)

    def _postpone(self, row: OutboxRow, reason: str) -> None:
        with self._database.write() as uow:
            uow.outbox.postpone(row, reason)

    def _failed(self, row: OutboxRow, reason: str, *, bounced: bool) -> None:
        if not bounced:
            self._postpone(row, reason)
            return
        with self._database.write() as uow:
            uow.outbox.kill(row, reason)
            if row.member_id is not None:
                uow.undelivered.tell(row.member_id, row.recipient or "")


def _is_bounce(error: Exception) -> bool:
    """Did the server say for good that it does not take mail for this person?

    Or that it cannot carry the address: letters beyond ASCII before the @ need SMTPUTF8.
    """
    match error:
        case SMTPRecipientsRefused():
            return all(refused.code >= _PERMANENT for refused in error.recipients)
        case SMTPDataError():
            return error.code in _NOBODYS
        case _:
            return isinstance(error, SMTPNotSupported)


def _unnamed(reason: str, address: str) -> str:
    """What the server said, without whom it said it of: logs are no place for addresses."""
    local = address.rpartition("@")[0]
    reason = _ADDRESS.sub("…", reason)
    return re.sub(rf"(?<!\w){re.escape(local)}(?!\w)", "…", reason) if local else reason


def _reason(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"
