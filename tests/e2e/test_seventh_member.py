"""Six at most, through the conversation: fifty people press Yes at once, in three processes."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from threading import Barrier

import pytest

from storage.database import Database
from tests.e2e.ledger import Ledger, open_database
from tests.e2e.mailbox import Mailbox
from tests.e2e.rest import RestChat, connect
from tests.e2e.server import Server
from tests.fakes.households import make_household, verify
from tests.fakes.scale import WHOLE
from tests.fakes.threads import in_parallel

pytestmark = pytest.mark.slow

ACCOUNT = "90210001"
CREATORS = 50 if WHOLE else 20
PROCESSES = 3
FULL = "All 6 places of your household are taken (5 secondary users and you)"


@pytest.fixture
def servers(tmp_path: Path, database_url: str, mailbox: Mailbox) -> Iterator[list[Server]]:
    """Three processes on one database, which start side by side."""
    started = [Server(tmp_path, database_url, mailbox.port) for _ in range(PROCESSES)]
    with ExitStack() as stack:
        for server in started:
            stack.callback(server.kill)
            server.launch()
        for server in started:
            server.wait_until_up()
        yield started


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = open_database(database_url)
    yield opened
    opened.close()


def test_of_many_people_who_say_yes_at_once_five_are_served_and_the_rest_told_kindly(
    database: Database, database_url: str, servers: Sequence[Server]
) -> None:
    household = make_household(database, ACCOUNT)
    with ExitStack() as stack:
        doors = [stack.enter_context(connect(server.address)) for server in servers]
        chats = [RestChat(doors[n % PROCESSES], f"creator-{n}") for n in range(CREATORS)]
        for chat in chats:
            sign_in(database, chat.sender)
        in_parallel(CREATORS, lambda n: come_to_the_card(chats[n]))
        ready = Barrier(CREATORS)
        outcomes = in_parallel(CREATORS, lambda n: press_yes(chats[n], ready))
    assert Counter(outcomes) == {"created": 5, "full": CREATORS - 5}
    assert [seat for seat, _, _ in Ledger(database_url).members(ACCOUNT)] == [1, 2, 3, 4, 5, 6]
    assert Ledger(database_url).number("SELECT count(*) FROM member") == 6
    with database.read() as uow:
        assert uow.audit.verify(household.id)
    assert [server.log for server in servers if "Traceback" in server.log] == []


def sign_in(database: Database, sender: str) -> None:
    """Verify the chat as the holder's, past the conversation, to reach the card sooner."""
    with database.write() as uow:
        conversation = uow.conversations.locked("rest", "rest", sender)
    verify(database, f"holder-{ACCOUNT}", conversation.id, person_id=sender)


def come_to_the_card(chat: RestChat) -> None:
    chat.say(f"Add Zoé Roy, {chat.sender}@example.com, she only needs to see the bills")
    chat.button("Yes")


def press_yes(chat: RestChat, ready: Barrier) -> str:
    """How it ended: "created", "full", or what else was said.

    Whose card has grown old meanwhile is shown a new one, and says yes to that.
    """
    ready.wait()
    said = chat.tap("Yes")
    while chat.offers("Yes"):
        said = chat.tap("Yes")
    if len(said) == 1 and "Receipt F-" in said[0]:
        return "created"
    return "full" if len(said) == 1 and said[0].startswith(FULL) else "\n".join(said)
