"""A person's data for themselves: every column has its place, no secret has one."""

import json
from typing import Any

import pytest
from sqlalchemy import text

from storage.errors import NoSuchMember
from storage.households.actors import Operator
from storage.households.exporting.columns import EXPORTED
from storage.households.exporting.left_out import COLUMNS, TABLES
from storage.households.exporting.reading import PersonData
from storage.table_base import Base
from tests.fakes.changes import Desk
from tests.fakes.households import mailed, start_chat, verify

OPERATOR = Operator("foyer export")
ENGINE = {name for name in Base.metadata.tables if name.startswith(("procrastinate", "made_for"))}
SECRET_WORDS = ("hash", "digest", "token", "secret", "salt", "mac", "public_key", "credential_id")


def export(desk: Desk, username: str) -> PersonData:
    with desk.database.write() as uow:
        return uow.exporting.export(OPERATOR, username)


def all_of(data: PersonData) -> str:
    return json.dumps(dict(data.parts), default=str, ensure_ascii=False)


def test_every_column_is_handed_out_or_left_out_for_a_reason() -> None:
    handed_out = {part.table.name: set(part.columns) for part in EXPORTED.values()}
    for name, table in Base.metadata.tables.items():
        if name in ENGINE:
            continue
        assert (name in handed_out) != (name in TABLES), name
        for column in table.columns if name in handed_out else ():
            told, why = column.name in handed_out[name], COLUMNS.get(f"{name}.{column.name}")
            assert told != bool(why), f"{name}.{column.name}"
    columns = {f"{name}.{c.name}" for name, t in Base.metadata.tables.items() for c in t.columns}
    assert columns >= COLUMNS.keys()
    assert Base.metadata.tables.keys() >= TABLES.keys()


def test_no_column_that_holds_a_secret_is_handed_out() -> None:
    for name, part in EXPORTED.items():
        for column in part.columns:
            assert not any(word in column for word in SECRET_WORDS), f"{name}: {column}"


def test_nothing_that_proves_or_opens_anything_is_in_it(desk: Desk) -> None:
    leo = desk.leo
    verify(desk.database, str(leo.username), start_chat(desk.database, "Léo's chat"))
    desk.do("reset_password", leo.id)
    token = mailed(desk.database, "password_reset")["reset_url"].rpartition("/")[2]
    with desk.database.write() as uow:
        cookie = uow.page_sessions.open(leo.id)
    told = all_of(export(desk, str(leo.username)))
    kept = [
        "SELECT token_digest FROM link",
        "SELECT code_digest FROM one_time_code",
        "SELECT account_digest FROM one_time_code",
        "SELECT token_digest FROM page_session",
        "SELECT secrets FROM outbox WHERE secrets IS NOT NULL",
        "SELECT mac FROM audit",
        "SELECT salt FROM audit_detail",
    ]
    with desk.database._engine.connect() as connection:
        secrets = [str(value) for query in kept for value in connection.scalars(text(query))]
    assert len(secrets) > len(kept)
    assert not [secret for secret in (*secrets, token, cookie) if secret in told]


def test_it_is_about_that_person_and_nobody_else(desk: Desk) -> None:
    zoe = desk.invite()
    desk.do("edit_profile", zoe.id, first_name="Zoélie")
    desk.do("change_rights", desk.leo.id, grant=["pay_bill"])
    data = export(desk, str(desk.leo.username))
    told = all_of(data)
    for name in ("Zoé", zoe.email, desk.household.holder.email):
        assert name not in told
    [profile] = data.parts["profile"]
    assert (profile["first_name"], profile["email"]) == ("Léo", desk.leo.email)
    assert [row["service"] for row in data.parts["access"]] == ["view_invoice", "pay_bill"]
    assert "rights" in [row["action"] for row in data.parts["history"]]
    assert "rights_changed" in [row["template"] for row in data.parts["mails"]]


def test_what_was_said_is_in_it_and_what_somebody_else_said_in_the_same_chat_is_not(
    desk: Desk,
) -> None:
    own, shared = start_chat(desk.database, "own"), start_chat(desk.database, "shared")
    say(desk, shared, "before anybody")
    verify(desk.database, f"holder-{desk.account}", shared)
    say(desk, shared, "of the holder")
    desk.clock.advance(minutes=20)
    for chat in (own, shared):
        verify(desk.database, str(desk.leo.username), chat)
    say(desk, shared, "of Léo")
    say(desk, own, "my code ⟨code:0a1b2c:gAAAsealed⟩ here")
    words = [row["text"] for row in export(desk, str(desk.leo.username)).parts["messages"]]
    assert sorted(words) == ["my code ⟨code⟩ here", "of Léo"]


def test_it_is_entered_in_the_audit(desk: Desk) -> None:
    data = export(desk, str(desk.leo.username))
    with desk.database.read() as uow:
        newest = uow.history.entries(desk.household_id)[0]
    assert (newest.receipt, newest.action) == (data.receipt, "export")
    assert (newest.actor_kind, newest.target_member_id) == ("operator", desk.leo.id)


def test_somebody_deleted_is_still_told_what_is_kept_and_a_stranger_nothing(desk: Desk) -> None:
    username = str(desk.leo.username)
    desk.do("delete", desk.leo.id)
    [profile] = export(desk, username.upper()).parts["profile"]
    assert profile["deleted_at"] is not None
    with pytest.raises(NoSuchMember):
        export(desk, "nobody.at.all")


def say(desk: Desk, conversation_id: int, words: str) -> None:
    event: dict[str, Any] = {"event": "user", "text": words}
    with desk.database.write() as uow:
        uow.conversations.append(conversation_id, [event])
