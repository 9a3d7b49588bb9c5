"""A long conversation costs no more than a short one: every step finds its rows by an index."""

import pytest
from sqlalchemy import Executable, Select, Update

from storage.clock import Clock
from storage.database import Database
from storage.identity import sessions
from storage.keys import Keys
from storage.messages import conversations, inbox, outbox


@pytest.mark.parametrize(
    ("statement", "index"),
    [
        (inbox._NEXT, "ix_inbox_waiting"),
        (inbox._FIND, "sqlite_autoindex_inbox_1"),
        (conversations._FIND, "sqlite_autoindex_conversation_1"),
        (conversations._EVENTS, "ix_conversation_event_order"),
        (outbox._REPLIES, "ix_outbox_inbox"),
        (outbox._LEFT, "ix_outbox_question"),
        (outbox._ADOPT, "ix_outbox_unsaid"),
        (sessions._LIVE, "ix_verified_session_conversation"),
    ],
)
def test_a_turn_never_reads_through_a_table(
    sqlite_url: str, clock: Clock, keys: Keys, statement: Executable, index: str
) -> None:
    assert isinstance(statement, Select | Update)
    database = Database(sqlite_url, clock=clock, keys=keys)
    with database._engine.connect() as connection:
        columns = ["sent_at"] if isinstance(statement, Update) else None
        compiled = statement.compile(connection, column_keys=columns)
        values = (None,) * len(compiled.positiontup or ())
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {compiled}", values).all()
    database.close()
    steps = [str(row[3]) for row in plan]
    assert not [step for step in steps if step.startswith("SCAN")]
    assert any(index in step for step in steps)
    assert not [step for step in steps if "TEMP B-TREE" in step]
