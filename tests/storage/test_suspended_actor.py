"""Whoever is suspended, as an actor: no change of record is theirs to make, and nothing is lost."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import inspect, text

from storage.database import Database
from storage.errors import NotAuthorised
from storage.households.actors import Actor, Secondary, Self
from storage.households.declared import CHANGES
from storage.identity.credentials import hash_password
from tests.fakes.changes import Desk
from tests.fakes.clock import ManualClock
from tests.fakes.households import start_chat, verify
from tests.fakes.passkeys import give_passkey

HASH = hash_password("correct horse 7")
THEIRS = sorted(name for name, change in CHANGES.items() if change.by in {Secondary, Self})
"""Every change that somebody makes on their own behalf, in a chat, on a page or by a link."""
ENDED_AT_ONCE = {
    "verified_session", "page_session", "sign_in_link", "passkey_link", "one_time_code",
}  # fmt: skip
"""Tables of what does not go on after a suspension: proofs, and what leads to one."""
TOLD = {"outbox", "audit", "audit_detail", "inbox", "conversation", "conversation_event"}
"""Tables that tell of what was done."""


@pytest.fixture
def leo(desk: Desk) -> Desk:
    """Léo with everything that somebody can have: password, passkey, request, chat and rights."""
    desk.do("reset_password", desk.leo.id)
    with desk.database.write() as uow:
        uow.sign_in.reset(desk.token("password_reset", "reset_url"), password_hash=HASH)
    give_passkey(desk.database, desk.leo.id)
    desk.do("change_rights", desk.leo.id, grant=["usage"], until=desk.clock() + timedelta(days=9))
    return desk


def actors(desk: Desk) -> list[Actor]:
    """Léo, proved in a chat, on a page, and by each link that he has been mailed."""
    leo = desk.leo
    session = verify(desk.database, str(leo.username), start_chat(desk.database, "Léo's chat"))
    with desk.database.write() as uow:
        links = {change.link for change in CHANGES.values() if change.link}
        tokens = [uow.links.issue(link, leo.id).rpartition("/")[2] for link in sorted(links)]
        tokens.append(uow.page_sessions.open(leo.id))
        uow.requests.ask(session, ["tv_channels"])
    mine: list[Actor] = [Self(leo.id, token) for token in tokens]
    return [*mine, Secondary(session.id, session.conversation_id, session.person_id)]


def may(desk: Desk, actor: Actor, action: str) -> bool:
    with desk.database.write() as uow:
        try:
            uow.authority.check(actor, action)
        except NotAuthorised:
            return False
    return True


@pytest.mark.parametrize("action", THEIRS)
def test_no_change_that_was_theirs_to_make_is_meanwhile(leo: Desk, action: str) -> None:
    known = actors(leo)
    assert any(may(leo, actor, action) for actor in known)
    leo.do("suspend", leo.leo.id)
    assert not any(may(leo, actor, action) for actor in known)


@pytest.mark.parametrize("action", THEIRS)
def test_from_the_minute_of_its_end_on_a_new_proof_makes_them_an_actor_again(
    leo: Desk, clock: ManualClock, action: str
) -> None:
    leo.do("suspend", leo.leo.id, until=clock() + timedelta(minutes=1))
    clock.advance(minutes=1)
    assert any(may(leo, actor, action) for actor in actors(leo))


def about(database: Database, member_id: int) -> Mapping[str, list[Any]]:
    """Every row of every table that names somebody, but proofs that end and what tells of it."""
    with database.read() as uow:
        connection = uow.transaction.connection
        tables = inspect(connection)
        named = {
            table: [c["name"] for c in tables.get_columns(table) if c["name"].endswith("member_id")]
            for table in tables.get_table_names()
            if table not in ENDED_AT_ONCE | TOLD
        }
        rows = {
            table: connection.execute(
                text(f"SELECT * FROM {table} WHERE {' OR '.join(f'{c} = :who' for c in columns)}"),
                {"who": member_id},
            ).fetchall()
            for table, columns in named.items()
            if columns
        }
    return {table: sorted(map(repr, found)) for table, found in rows.items() if found}


@pytest.mark.parametrize("back", ["resume", "undo", "its end"])
def test_everything_that_is_kept_about_them_is_afterwards_what_it_was_before(
    leo: Desk, clock: ManualClock, back: str
) -> None:
    actors(leo)
    row, before = leo.row(leo.leo.id), about(leo.database, leo.leo.id)
    assert {"access_right", "access_request", "passkey", "chat_link"} <= before.keys()
    receipt = leo.do("suspend", leo.leo.id, until=clock() + timedelta(minutes=1))
    assert leo.row(leo.leo.id) != row
    if back == "resume":
        leo.do("resume", leo.leo.id)
    elif back == "undo":
        leo.undo(receipt)
    else:
        clock.advance(minutes=1)
        with leo.database.write() as uow:
            uow.ending.enter()
    assert about(leo.database, leo.leo.id) == before
    assert leo.row(leo.leo.id) == row
    assert leo.audit_is_whole
