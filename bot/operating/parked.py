"""What failed, for an operator: `foyer inbox` and `foyer outbox`.

The lines never show what a person typed, nor a secret. An error may quote either, so that what
stands in quotes, words of the message itself, addresses and long numbers are left out of it.
"""

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import typer

from bot.app import open_database
from bot.running import unready
from bot.settings import Settings
from storage.database import Database
from storage.messages.inbox import InboxRow
from storage.messages.outbox_rows import DeadRow

UNKNOWN = 1
"""Exit status when one of the ids is not among what failed."""

NOTHING_PARKED = "Nothing is parked."
NOT_PARKED = "is not parked; `foyer inbox list` shows what is"
NOTHING_FAILED = "Nothing has failed."
NOT_FAILED = "has not failed; `foyer outbox list` shows what has"

_LEFT_OUT = "…"
_QUOTED = re.compile(r"(?<!\w)[\"'«“‘`](?:.*[\"'»”’`]|.*$)")
"""From the first quote to the last: what is quoted may hold quotes."""
_ADDRESS = re.compile(r"\S+@\S+|\w+://\S+")
_LONG_NUMBER = re.compile(r"\d(?:[\s-]?\d){3,}")
_WORD = re.compile(r"\w+")
_RUN = re.compile(rf"{_LEFT_OUT}(?:\s*{_LEFT_OUT})+")
_OURS = {"kind", "language"}
"""Parts of a message that no person types."""


@dataclass(frozen=True, slots=True)
class Report:
    """What is printed, and the exit status."""

    lines: tuple[str, ...]
    status: int = 0


def operate(settings: Settings, work: Callable[[Database], Report]) -> int:
    """Do it on the configured database, print what it says, and return the exit status."""
    if status := unready(settings):
        return status
    database = open_database(settings)
    try:
        report = work(database)
    finally:
        database.close()
    for line in report.lines:
        typer.echo(line)
    return report.status


def list_inbox(database: Database) -> Report:
    with database.read() as uow:
        lines = tuple(map(_parked_line, uow.inbox.parked()))
    return Report(lines or (NOTHING_PARKED,))


def retry_inbox(database: Database, ids: Collection[int] | None) -> Report:
    """Have these parked messages worked off again; with None, every one."""
    with database.write() as uow:
        parked = [row.id for row in uow.inbox.parked()]
        asked = parked if ids is None else ids
        retried = {row_id for row_id in parked if row_id in asked and uow.inbox.retry(row_id)}
    return _report(asked, retried, "will be worked off again", NOT_PARKED, NOTHING_PARKED)


def drop_inbox(database: Database, ids: Collection[int]) -> Report:
    """Give these parked messages up."""
    with database.write() as uow:
        dropped = {row.id for row in uow.inbox.parked() if row.id in ids and uow.inbox.drop(row.id)}
    return _report(ids, dropped, "is given up, and its text erased", NOT_PARKED, NOTHING_PARKED)


def list_outbox(database: Database) -> Report:
    with database.read() as uow:
        lines = tuple(map(_dead_line, uow.outbox.dead()))
    return Report(lines or (NOTHING_FAILED,))


def retry_outbox(database: Database, ids: Collection[int] | None) -> Report:
    """Have these replies and mails sent again; with None, all that failed."""
    with database.write() as uow:
        dead = [row.id for row in uow.outbox.dead()]
        asked = dead if ids is None else ids
        retried = {row_id for row_id in dead if row_id in asked and uow.outbox.retry(row_id)}
    return _report(asked, retried, "will be sent again", NOT_FAILED, NOTHING_FAILED)


def drop_outbox(database: Database, ids: Collection[int]) -> Report:
    """Give these replies and mails up."""
    with database.write() as uow:
        dropped = {row.id for row in uow.outbox.dead() if row.id in ids and uow.outbox.drop(row.id)}
    return _report(ids, dropped, "is given up, and its text erased", NOT_FAILED, NOTHING_FAILED)


def _report(
    asked: Collection[int], done: Collection[int], said: str, unknown: str, nothing: str
) -> Report:
    lines = tuple(
        f"{row_id} {said if row_id in done else unknown}." for row_id in dict.fromkeys(asked)
    )
    return Report(lines or (nothing,), 0 if set(asked) <= set(done) else UNKNOWN)


def _parked_line(row: InboxRow) -> str:
    body = row.body or {}
    kind = "button" if body.get("button") else str(body.get("kind", "message"))
    typed = [value for name, value in body.items() if name not in _OURS]
    return _line(row, f"{row.channel} chat {row.chat_id}", kind, row.parked_at, typed)


def _dead_line(row: DeadRow) -> str:
    where = f"{row.channel} chat {row.chat_id}" if row.kind == "chat" else _addressee(row)
    return _line(row, where, row.template, row.dead_at, [row.recipient, row.parameters])


def _addressee(row: DeadRow) -> str:
    """An address may have been typed in a chat: the member's number finds it."""
    return "mail" if row.member_id is None else f"mail to member {row.member_id}"


def _line(
    row: InboxRow | DeadRow, where: str, what: str, since: datetime | None, typed: list[Any]
) -> str:
    assert since is not None, "what failed has a time"
    at = since.astimezone(UTC).strftime("since %Y-%m-%d %H:%M:%S UTC")
    times = "1 attempt" if row.attempts == 1 else f"{row.attempts} attempts"
    columns = (str(row.id), where, what, at, times, told(row.error, typed))
    return "  ".join(map(on_one_line, columns))


def told(error: str | None, typed: Any) -> str:
    """Return the first line of an error without what it may quote of `typed`, or of a secret."""
    line = next(iter((error or "").splitlines()), "") or "no error is known"
    for secret in (_QUOTED, _ADDRESS, _LONG_NUMBER):
        line = secret.sub(_LEFT_OUT, line)
    known = {word for text in _strings(typed) for word in _WORD.findall(text.casefold())}
    line = _WORD.sub(lambda word: _LEFT_OUT if word[0].casefold() in known else word[0], line)
    return _RUN.sub(_LEFT_OUT, line)


def _strings(value: Any) -> Iterator[str]:
    match value:
        case dict():
            yield from (text for item in value.values() for text in _strings(item))
        case list() | tuple():
            yield from (text for item in value for text in _strings(item))
        case str():
            yield value


def on_one_line(text: str) -> str:
    """Return it without what would move the cursor of a terminal, or could not be printed."""
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)
