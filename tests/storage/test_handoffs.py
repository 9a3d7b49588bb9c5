"""The queue, claims, and the lane to the agents' group, on both databases."""

from datetime import timedelta
from functools import partial

import pytest

from storage.database import Database
from storage.handoff.desk_rows import DeskRow
from storage.handoff.handoffs import Case
from tests.fakes.clock import ManualClock
from tests.fakes.households import start_chat
from tests.fakes.threads import in_parallel

A_MINUTE = timedelta(minutes=1)
MOST = 20
"""Requests that a group takes in a minute (Telegram)."""


def open_case(database: Database, chat: str = "chat-1") -> Case:
    conversation = start_chat(database, chat)
    with database.write() as uow:
        desk = uow.conversations.ensure("terminal", "bot", "agents")
        return uow.handoffs.open(
            conversation, desk, reason="asked", language="en", summary={"title": "1"}
        )


def owner_of(database: Database, case: Case) -> str:
    with database.read() as uow:
        return uow.conversations.owner(case.conversation_id)


def say(database: Database, case: Case, text: str, speaker: str = "bot") -> int:
    with database.write() as uow:
        return uow.outbox.reply(
            conversation_id=case.conversation_id,
            inbox_id=None,
            channel="terminal",
            template="t",
            text=text,
            language="en",
            parameters={},
            buttons=[],
            sent=False,
            speaker=speaker,
        )


def test_a_case_goes_from_the_queue_to_an_agent_and_back_to_the_bot(database: Database) -> None:
    case = open_case(database)
    assert owner_of(database, case) == "queue"
    with database.write() as uow:
        uow.handoffs.claim(case, "nadia", "Nadia")
    assert owner_of(database, case) == "agent"
    with database.write() as uow:
        uow.handoffs.lend(uow.handoffs.get(case.id))
    assert owner_of(database, case) == "bot"
    with database.write() as uow:
        uow.handoffs.take_back(uow.handoffs.get(case.id))
    assert owner_of(database, case) == "agent"
    with database.write() as uow:
        uow.handoffs.close(uow.handoffs.get(case.id), "closed")
        assert uow.ratings.rate(case.id, case.conversation_id, 5)
        assert not uow.ratings.rate(case.id, case.conversation_id, 1), "the first answer counts"
    assert owner_of(database, case) == "bot"


def test_a_case_is_rated_from_its_own_chat_alone(database: Database) -> None:
    case, other = open_case(database), open_case(database, "chat-2")
    with database.write() as uow:
        uow.handoffs.close(case, "closed")
        assert not uow.ratings.rate(case.id, other.conversation_id, 1)
        assert not uow.ratings.rate(other.id, other.conversation_id, 1), "it is still open"


def test_nothing_of_the_bot_is_taken_while_an_agent_has_the_conversation(
    database: Database,
) -> None:
    case = open_case(database)
    say(database, case, "bot before")
    with database.write() as uow:
        uow.handoffs.claim(case, "nadia", "Nadia")
    say(database, case, "agent", "agent")
    say(database, case, "bot after")
    with database.write() as uow:
        row = uow.chat_outbox.take(case.conversation_id)
        assert row is not None
        assert row.text == "agent"
        uow.chat_outbox.sent(row)
        assert uow.chat_outbox.take(case.conversation_id) is None
        assert uow.outbox.dead() == [], "an operator has nothing to look at"
        assert uow.outbox.counts().dead == 0


def test_a_message_under_way_is_not_superseded_unless_it_fails(database: Database) -> None:
    case = open_case(database)
    say(database, case, "under way")
    with database.write() as uow:
        row = uow.chat_outbox.take(case.conversation_id)
        assert row is not None
        assert uow.chat_outbox.supersede(case.conversation_id) == []
        uow.chat_outbox.postpone(row, "away")
        assert uow.chat_outbox.supersede(case.conversation_id) == ["under way"]


def test_of_a_takeover_and_a_sender_at_once_one_comes_first(database: Database) -> None:
    for number in range(10):
        case = open_case(database, f"chat {number}")
        say(database, case, "from the bot")
        taken = in_parallel(2, partial(_race, database, case))
        sent = taken[1]
        with database.read() as uow:
            claimed = uow.handoffs.get(case.id).status == "claimed"
        assert claimed
        assert sent in {"from the bot", None}
        with database.write() as uow:
            assert uow.chat_outbox.take(case.conversation_id) is None


def _race(database: Database, case: Case, one: int) -> str | None:
    chat = ("terminal", "bot", f"chat {case.id - 1}")
    with database.write() as uow:
        if one == 0:
            uow.conversations.locked(*chat)
            uow.handoffs.claim(case, "nadia", "Nadia")
            return None
        row = uow.chat_outbox.take(case.conversation_id)
        if row is not None:
            uow.chat_outbox.sent(row)
        return row.text if row else None


def drain(database: Database, clock: ManualClock, case: Case, until: timedelta) -> list[DeskRow]:
    """Let a sender look five times a second until nothing waits; what it requested."""
    requests: list[DeskRow] = []
    end = clock() + until
    while clock() < end:
        with database.write() as uow:
            row = uow.desk_outbox.take(case.desk_id)
            if row is not None:
                requests.append(row)
                uow.desk_outbox.sent(row, sent_as=str(len(requests)))
        clock.advance(seconds=0.2)
    return requests


@pytest.mark.parametrize("cases", [1, 3])
def test_three_hundred_messages_in_a_minute_keep_the_limit_and_their_order(
    database: Database, clock: ManualClock, cases: int
) -> None:
    open_cases = [open_case(database, f"chat {number}") for number in range(cases)]
    requests: list[DeskRow] = []
    for number in range(300):
        with database.write() as uow:
            uow.desk_outbox.put(open_cases[number % cases], "line", f"message {number}.")
        requests += drain(database, clock, open_cases[0], timedelta(seconds=0.2))
    requests += drain(database, clock, open_cases[0], timedelta(seconds=30))
    with database.read() as uow:
        assert uow.outbox.counts().waiting == 0, "nothing is lost"
    for number, one in enumerate(open_cases):
        mine = [row for row in requests if row.case.id == one.id and not row.needs_topic]
        lines = [line for row in mine for line in row.text.split("\n")]
        assert lines == [f"message {n}." for n in range(number, 300, cases)], "in order"
    assert len(requests) <= MOST * 2, "a minute and a half"


def test_no_minute_has_more_than_twenty_requests(database: Database, clock: ManualClock) -> None:
    case = open_case(database)
    moments = []
    for number in range(700):
        with database.write() as uow:
            uow.desk_outbox.put(case, "copy", f"picture {number}")
            row = uow.desk_outbox.take(case.desk_id)
            if row is not None:
                uow.desk_outbox.sent(row, sent_as="1")
                moments.append(clock())
        clock.advance(seconds=0.3)
    assert len(moments) > 60
    for start in moments:
        assert sum(start <= one < start + A_MINUTE for one in moments) <= MOST


def test_a_long_text_becomes_several_messages_and_loses_nothing(
    database: Database, clock: ManualClock
) -> None:
    case = open_case(database)
    text = "".join(f"{number:05d}" for number in range(2000))
    with database.write() as uow:
        uow.desk_outbox.put(case, "line", text)
    requests = [r for r in drain(database, clock, case, timedelta(minutes=1)) if not r.needs_topic]
    assert "".join(row.text for row in requests).replace("\n", "") == text
    assert max(len(row.text) for row in requests) <= 4000


def test_the_agents_of_a_desk_are_those_who_were_named_last(database: Database) -> None:
    with database.write() as uow:
        desk = uow.conversations.ensure("terminal", "bot", "agents")
        uow.handoffs.set_agents(desk, {"1": "Nadia", "2": "Tom"})
        uow.handoffs.set_agents(desk, {"2": "Thomas"})
        assert uow.handoffs.agents(desk) == {"2": "Thomas"}
