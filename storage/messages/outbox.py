"""Replies and mails on their way out: written with the turn, sent after its commit."""

import json
from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import datetime, timedelta
from typing import Any

from cryptography.fernet import InvalidToken
from sqlalchemy import ColumnElement, bindparam, func, select

from storage.addresses import Addresses
from storage.errors import MailLimit
from storage.limits import CHAT_CLAIM, MAIL_PATIENCE
from storage.messages.mail_allowances import LAST, USUAL, Cause, MailAllowances
from storage.messages.mail_order import (
    NOBODY_WAITS,
    Awaited,
    behind_older,
    most_awaited,
    rank,
)
from storage.messages.objection_links import ObjectionLinks
from storage.messages.outbox_rows import DeadRow, MailList, OutboxRow
from storage.messages.queue import Queue, is_dead, is_unsent
from storage.messages.tables import conversation, outbox
from storage.table_base import columns_of
from storage.transaction import part
from storage.work import MAIL_SHARDS

_STORED = [outbox.c[field.name] for field in fields(OutboxRow) if field.name in outbox.c]
_ROW = select(*_STORED)
_REPLIES = _ROW.where(outbox.c.inbox_id == bindparam("of_inbox")).order_by(outbox.c.id)
_OLDER = outbox.alias("older")
_IS_LISTED = (
    select(_OLDER.c.id)
    .where(_OLDER.c.receiver == outbox.c.receiver, _OLDER.c.held)
    .where(_OLDER.c.sent_at.is_(None), _OLDER.c.dead_at.is_(None))
    .where(_OLDER.c.member_id.is_not_distinct_from(outbox.c.member_id), _OLDER.c.id < outbox.c.id)
    .exists()
)
_IS_ALONE = outbox.c.held.is_(False)
_LEAVES = _IS_ALONE | ~_IS_LISTED
_DEAD = (
    select(*columns_of(DeadRow, outbox, conversation))
    .outerjoin(conversation, conversation.c.id == outbox.c.conversation_id)
    .where(is_dead(outbox))
    .order_by(outbox.c.id)
)
_LEFT = (
    select(outbox.c.sent_at, outbox.c.attempts, outbox.c.error, outbox.c.next_attempt_at)
    .where(
        outbox.c.conversation_id == bindparam("of_conversation"),
        outbox.c.question == bindparam("of_question"),
        outbox.c.dead_at.is_(None),
    )
    .order_by(outbox.c.id.desc())
    .limit(1)
)
_SHARD = func.coalesce(func.substr(outbox.c.receiver, 1, 1), MAIL_SHARDS[0])
_ADOPT = outbox.update().where(
    outbox.c.conversation_id == bindparam("of_conversation"),
    outbox.c.inbox_id.is_(None),
    is_unsent(outbox),
)


def _is_mail(shard: str | None) -> ColumnElement[bool]:
    mail = (outbox.c.kind == "mail") & is_unsent(outbox)
    return mail if shard is None else mail & _SHARD.in_([shard])


class Outbox(Queue[OutboxRow]):
    """What is said and mailed; as a lane, the mails."""

    _addresses = part(Addresses)
    _allowances = part(MailAllowances)
    _objections = part(ObjectionLinks)

    table = outbox
    patience = MAIL_PATIENCE

    def reply(
        self,
        *,
        conversation_id: int,
        inbox_id: int | None,
        channel: str,
        template: str,
        text: str,
        language: str,
        parameters: dict[str, Any],
        buttons: list[Any],
        question: str | None = None,
        protected: bool = False,
        sent: bool,
        speaker: str = "bot",
        act: dict[str, Any] | None = None,
        source: str | None = None,
        due: datetime | None = None,
    ) -> int:
        """Say something in a chat. `sent` where the channel takes replies with the turn itself.

        `speaker` "agent": it leaves also while an agent has the conversation.
        """
        return self._put(
            due=due,
            kind="chat",
            conversation_id=conversation_id,
            inbox_id=inbox_id,
            channel=channel,
            template=template,
            text=text,
            language=language,
            parameters=parameters,
            buttons=buttons,
            question=question,
            protected=protected,
            sent_at=self._clock() if sent else None,
            speaker=speaker,
            act=act,
            source=source,
        )

    def remove(self, *, conversation_id: int, inbox_id: int, channel: str, message_id: str) -> int:
        """Have a message of the person deleted from the chat: it carried a secret."""
        return self._put(
            kind="chat",
            conversation_id=conversation_id,
            inbox_id=inbox_id,
            channel=channel,
            template="message_removed",
            removes=message_id,
            language="",
            parameters={},
            buttons=[],
        )

    def replies(self, inbox_id: int) -> list[OutboxRow]:
        """What was said in that turn, in order."""
        rows = self._connection.execute(_REPLIES, {"of_inbox": inbox_id})
        return [self._opened(row) for row in rows]

    def adopt(self, conversation_id: int, inbox_id: int) -> None:
        """Hand what was said outside a turn, and not yet sent, to this turn's answer."""
        values = {
            "of_conversation": conversation_id,
            "inbox_id": inbox_id,
            "sent_at": self._clock(),
        }
        self._connection.execute(_ADOPT, values)

    def left_at(self, conversation_id: int, question: str) -> datetime | None:
        """When the newest card of that question left for the person.

        One that is just being sent has left when that began: quick people answer before we know.
        """
        values = {"of_conversation": conversation_id, "of_question": question}
        row = self._connection.execute(_LEFT, values).one_or_none()
        if row is None or row.sent_at is not None:
            return None if row is None else row.sent_at
        under_way = row.attempts > 0 and row.error is None
        return row.next_attempt_at - CHAT_CLAIM if under_way else None

    def mail(
        self,
        kind: str,
        *,
        to: str,
        language: str,
        parameters: dict[str, Any],
        secrets: dict[str, str] | None = None,
        member_id: int | None = None,
        cause: Cause | None = None,
    ) -> int:
        """Queue a mail of this kind; secret parameters are sealed until it is sent.

        Raises MailLimit where what is asked for was asked for too often; an event is never too
        much, but may be held to be listed with others.
        """
        asked_for = kind.removesuffix(LAST)
        cause = cause or USUAL.get(asked_for, "event")
        if not self._allowances.room(asked_for, cause, to, member_id).is_left:
            raise MailLimit
        held_until = self._allowances.held_until(kind, to) if cause == "event" else None
        return self._put(
            due=held_until,
            kind="mail",
            channel="mail",
            template=kind,
            recipient=to,
            receiver=self._allowances.receiver(to),
            cause=cause,
            held=held_until is not None,
            language=language,
            parameters=parameters,
            buttons=[],
            secrets=self._keys.seal(json.dumps(secrets)) if secrets else None,
            member_id=member_id,
        )

    def due_mails(
        self, limit: int, shard: str | None = None, awaited: Awaited = NOBODY_WAITS
    ) -> list[OutboxRow]:
        """Mails to send now: what is `awaited`, then the oldest.

        However much is awaited, the last quarter are the oldest of all. One in back-off does not
        hold up younger ones. Of a `shard` (`storage.work.MAIL_SHARDS`), or of all of them.
        """
        first = self._awaited(most_awaited(limit), shard, awaited)
        others = _LEAVES & outbox.c.id.not_in([row.id for row in first])
        return [*first, *self._due(shard, others, limit - len(first))]

    def _awaited(self, limit: int, shard: str | None, awaited: Awaited) -> list[OutboxRow]:
        """What somebody waits for, and what has to leave before it."""
        if not awaited.templates:
            return []
        which = outbox.c.template.in_(awaited.templates) & _IS_ALONE
        rows = self._due(shard, which, limit, rank(awaited))
        in_turn = [row for row in rows if row.template in awaited.in_turn]
        if not in_turn:
            return rows
        same = outbox.c.receiver.in_({each for row in in_turn for each in self._receivers(row)})
        older = self._due(shard, _LEAVES & same & (outbox.c.id < in_turn[-1].id))
        return behind_older(rows, older, awaited, lambda row: self._receivers(row)[0])[:limit]

    def _due(
        self,
        shard: str | None,
        which: ColumnElement[bool],
        limit: int | None = None,
        *before_age: ColumnElement[int],
    ) -> list[OutboxRow]:
        due = (
            _ROW.add_columns(outbox.c.held)
            .where(_is_mail(shard), outbox.c.next_attempt_at <= self._clock(), which)
            .order_by(*before_age, outbox.c.id)
            .limit(limit)
        )
        rows = [(self._opened(row), held) for *row, held in self._connection.execute(due)]
        return [self._listed(row) if held else row for row, held in rows]

    def _receivers(self, row: OutboxRow) -> list[str]:
        return self._allowances.receivers(row.recipient or "")

    def mails_due_in(self, shard: str) -> timedelta | None:
        """How long the mails of a shard have to wait; None: there is none."""
        first = select(func.min(outbox.c.next_attempt_at)).where(_is_mail(shard))
        due = self._connection.scalar(first)
        return None if due is None else due - self._clock()

    def mail_shards(self) -> list[str]:
        """Those of which a mail is due."""
        due = _is_mail(None) & (outbox.c.next_attempt_at <= self._clock())
        return list(self._connection.scalars(select(_SHARD).where(due).distinct()))

    def _listed(self, first: OutboxRow) -> MailList:
        """All that was held for the person so far."""
        later = (
            _ROW.where(outbox.c.receiver.in_(self._receivers(first)))
            .where(outbox.c.held, is_unsent(outbox), outbox.c.id > first.id)
            .where(outbox.c.member_id.is_not_distinct_from(first.member_id))
            .order_by(outbox.c.id)
        )
        others = tuple(self._opened(row) for row in self._connection.execute(later))
        values = {field.name: getattr(first, field.name) for field in fields(first)}
        return MailList(**values, others=others)

    def dead(self) -> list[DeadRow]:
        """What nobody tries to send any more, oldest first."""
        return [DeadRow(*row) for row in self._connection.execute(_DEAD)]

    def _opened(self, row: Sequence[Any]) -> OutboxRow:
        *values, sealed = row
        try:
            secrets = json.loads(self._keys.open(sealed)) if sealed else {}
        except InvalidToken:  # one row that no key opens must not hold up the others
            return OutboxRow(*(*values, {}, True))
        opened = OutboxRow(*(*values, secrets))
        buttons = self._addresses.on_buttons(opened.buttons)
        return replace(
            opened,
            text=self._addresses.filled_in(opened.text),
            buttons=buttons,
            objection_url=self._objections.of(opened),
        )
