"""Where the agents' group is, and the cases of groups that are none any more, on both databases."""

from storage.database import Database
from tests.storage.test_handoffs import open_case, say


def desk_named(database: Database, chat: str) -> int:
    with database.write() as uow:
        return uow.conversations.ensure("terminal", "bot", chat)


def test_a_desk_is_where_it_was_set_up_until_it_moves(database: Database) -> None:
    desk = desk_named(database, "agents")
    with database.write() as uow:
        assert uow.agent_groups.address(desk).chat_id == "agents"
        assert uow.agent_groups.moved(desk, "elsewhere")
        assert not uow.agent_groups.moved(desk, "elsewhere"), "that is known"
        uow.agent_groups.checked(desk, "no_topics")
        address = uow.agent_groups.address(desk)
    assert (address.chat_id, address.trouble) == ("elsewhere", "no_topics")


def test_another_desk_adopts_open_cases_with_what_was_still_to_be_shown(
    database: Database,
) -> None:
    first, second = open_case(database, "chat-1"), open_case(database, "chat-2")
    say(database, first, "a reply of the bot")
    with database.write() as uow:
        for case in (first, second):
            uow.desk_outbox.put(case, "line", f"of case {case.id}")
        uow.handoffs.close(second, "closed")
    new = desk_named(database, "new")
    with database.write() as uow:
        assert [case.id for case in uow.agent_groups.strays(new)] == [first.id]
        uow.agent_groups.adopt(first, new)
        uow.agent_groups.forget_others(new)
        assert uow.agent_groups.strays(new) == []
    with database.write() as uow:
        row = uow.desk_outbox.take(new, pace=False)
        assert row is not None
        assert (row.case.id, row.case.desk_id) == (first.id, new)
        assert uow.desk_outbox.take(first.desk_id, pace=False) is None
        assert uow.outbox.dead() == [], "nobody has to look at it"
        left = uow.chat_outbox.take(first.conversation_id)
    assert left is not None
    assert left.text == "a reply of the bot", "what is for the customer stays"
