"""Nobody learns from the answers which user names exist (OWASP: user enumeration)."""

from collections.abc import Callable

import pytest

from tests.fakes.chats import Chat, World
from tests.fakes.records import Records
from tests.fakes.talks import begin

NAMES = ["diane", "hugo", "lea", "omar", "zz.diane", "diane@example.com"]
Said = list[tuple[str, str, tuple[str, ...]]]


def heard(chat: Chat) -> Said:
    return [
        (one.template, one.text or "", tuple(b["title"] for b in one.buttons))
        for one in chat.replies
    ]


def whole_exchange(chat: Chat, name: str) -> list[Said]:
    """Ask, guess until it is void, ask for more codes than allowed, guess again."""
    steps: list[Callable[[], object]] = [
        lambda: chat.say(name),
        *[lambda: chat.say("0000 0000")] * 6,
        *[lambda: chat.tap("Send a new code")] * 4,
        lambda: chat.say("00000000"),
        lambda: chat.say("0000"),
        lambda: chat.say("0000"),
        lambda: chat.tap("Use another user name"),
        lambda: chat.say(name),
        lambda: chat.say("0000-0000"),
        lambda: chat.say("talk to a person"),
        lambda: chat.say("cancel"),
    ]
    begin(chat)
    said = []
    for step in steps:
        step()
        said.append(heard(chat))
    return said


@pytest.mark.parametrize("name", NAMES)
def test_every_user_name_gets_the_same_exchange(world: World, name: str) -> None:
    unknown = whole_exchange(world.chat("unknown"), "zz.unknown")
    assert whole_exchange(world.chat("known"), name) == unknown


def test_a_name_over_its_limit_gets_the_same_answer(world: World) -> None:
    first = [whole_exchange(world.chat(f"chat-{number}"), "diane") for number in range(4)]
    assert all(one == first[0] for one in first)
    world.collect_mails()
    assert len([mail for mail in world.mailbox if mail.template == "one_time_code"]) == 5


def test_known_and_unknown_names_leave_the_same_number_of_rows(world: World) -> None:
    records = Records(world)
    counts = []
    for name in ("diane", "zz.unknown"):
        whole_exchange(world.chat(name), name)
        counts.append(
            records.rows(
                "SELECT count(*) FROM one_time_code o JOIN conversation c"
                f" ON c.id = o.conversation_id WHERE c.chat_id = '{name}'"
            )
        )
    assert counts[0] == counts[1]


def test_no_name_is_looked_up_in_a_household_before_proof(chat: Chat) -> None:
    said = chat.say("Add Hugo Tremblay, hugo@example.com, he only needs to see the bills")
    said += chat.say("diane")
    assert not [text for text in said if "already" in text]
