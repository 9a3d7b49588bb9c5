"""Identity by e-mailed code."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from storage.database import Database
from storage.identity.verification import Redemption
from storage.keys import Keys
from tests.fakes.clock import ManualClock
from tests.fakes.households import (
    OPERATOR,
    PERSON,
    ask_code,
    make_household,
    record_of,
    start_chat,
    verify,
)
from tests.fakes.threads import in_parallel

Contents = Callable[[], bytes]
HOLDER = "holder-90210001"


@pytest.fixture
def chat(database: Database) -> int:
    make_household(database, secondaries=1)
    return start_chat(database)


def request(database: Database, username: str, chat: int) -> None:
    with database.write() as uow:
        uow.codes.request(username, conversation_id=chat, task="list_users", chat="Terminal")


def redeem(database: Database, chat: int, code: str, person_id: str = PERSON) -> Redemption:
    with database.write() as uow:
        digest = uow.keys.code_digest(code)
        return uow.codes.redeem(digest, conversation_id=chat, person_id=person_id)


def codes_mailed(database: Database) -> int:
    with database.read() as uow:
        return sum(row.template.startswith("one_time_code") for row in uow.outbox.due_mails(1000))


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**8:08d}"


def test_the_code_from_the_mail_opens_a_session(database: Database, chat: int) -> None:
    code = ask_code(database, HOLDER, chat)
    assert len(code) == 8
    assert code.isdecimal()
    redemption = redeem(database, chat, code)
    assert redemption.outcome == "verified"
    assert redemption.session is not None
    assert (redemption.session.role, redemption.session.first_name) == ("holder", "Hélène")


def test_the_mail_goes_to_the_address_on_file_and_names_chat_and_task(
    database: Database, chat: int
) -> None:
    ask_code(database, HOLDER, chat)
    with database.read() as uow:
        [mail] = uow.outbox.due_mails(10)
    assert mail.recipient == "holder@90210001.example.com"
    assert mail.language == "fr"
    assert mail.parameters == {
        "first_name": "Hélène",
        "task": "list_users",
        "chat": "Terminal",
        "minutes": 10,
    }


@pytest.mark.parametrize("typed", ["HOLDER-90210001", "  holder-90210001 ", "ｈolder-90210001"])
def test_a_user_name_may_be_typed_in_any_case_and_width(
    database: Database, chat: int, typed: str
) -> None:
    request(database, typed, chat)
    assert codes_mailed(database) == 1


def test_a_code_is_good_for_ten_minutes(database: Database, chat: int, clock: ManualClock) -> None:
    code = ask_code(database, HOLDER, chat)
    clock.advance(minutes=10)
    assert redeem(database, chat, code).outcome == "void"
    code = ask_code(database, HOLDER, chat)
    clock.advance(minutes=9, seconds=59)
    assert redeem(database, chat, code).outcome == "verified"


def test_five_wrong_codes_void_the_right_one(database: Database, chat: int) -> None:
    code = ask_code(database, HOLDER, chat)
    answers = [redeem(database, chat, wrong(code)) for _ in range(5)]
    assert [(one.outcome, one.tries_left) for one in answers] == [
        ("wrong", 4),
        ("wrong", 3),
        ("wrong", 2),
        ("wrong", 1),
        ("void", 0),
    ]
    assert redeem(database, chat, code).outcome == "void"


def test_a_code_is_used_once(database: Database, chat: int) -> None:
    code = ask_code(database, HOLDER, chat)
    assert redeem(database, chat, code).outcome == "verified"
    assert redeem(database, chat, code).outcome == "void"


def test_fifty_parallel_submissions_give_one_success(database: Database, chat: int) -> None:
    code = ask_code(database, HOLDER, chat)
    outcomes = in_parallel(50, lambda _: redeem(database, chat, code).outcome)
    assert sorted(outcomes) == sorted(["verified"] + ["void"] * 49)


def test_only_the_newest_code_of_a_chat_counts(database: Database, chat: int) -> None:
    older = ask_code(database, HOLDER, chat)
    newer = ask_code(database, HOLDER, chat)
    assert redeem(database, chat, older).outcome == "wrong"
    assert redeem(database, chat, newer).outcome == "verified"


def test_a_code_works_only_in_the_chat_that_asked(database: Database, chat: int) -> None:
    code = ask_code(database, HOLDER, chat)
    elsewhere = start_chat(database, "chat-2")
    assert redeem(database, elsewhere, code).outcome == "void"
    request(database, HOLDER, elsewhere)
    assert redeem(database, elsewhere, code).outcome == "wrong"
    assert redeem(database, chat, code).outcome == "verified"


def test_an_unknown_name_gets_the_same_answers_and_no_mail(database: Database, chat: int) -> None:
    request(database, "nobody", chat)
    assert codes_mailed(database) == 0
    with database.read() as uow:
        assert uow.codes.open(chat)
    answers = [redeem(database, chat, "12345678") for _ in range(5)]
    assert [one.outcome for one in answers] == ["wrong"] * 4 + ["void"]


def test_a_code_is_awaited_until_it_is_judged(
    database: Database, chat: int, clock: ManualClock
) -> None:
    with database.read() as uow:
        assert not uow.codes.open(chat)
    code = ask_code(database, HOLDER, chat)
    with database.read() as uow:
        assert uow.codes.open(chat)
    redeem(database, chat, code)
    with database.read() as uow:
        assert not uow.codes.open(chat)
    request(database, HOLDER, chat)
    clock.advance(minutes=10)
    with database.read() as uow:
        assert not uow.codes.open(chat)


@pytest.mark.parametrize("username", [HOLDER, "nobody"])
def test_a_chat_gets_three_codes_in_a_quarter_of_an_hour(
    database: Database, chat: int, clock: ManualClock, username: str
) -> None:
    for _ in range(4):
        request(database, username, chat)
    sent = 3 if username == HOLDER else 0
    assert codes_mailed(database) == sent
    clock.advance(minutes=15)
    request(database, HOLDER, chat)
    assert codes_mailed(database) == sent + 1


def test_a_request_beyond_the_limit_leaves_the_last_code_in_force(
    database: Database, chat: int
) -> None:
    for _ in range(2):
        request(database, HOLDER, chat)
    code = ask_code(database, HOLDER, chat)
    request(database, HOLDER, chat)
    assert redeem(database, chat, code).outcome == "verified"


def test_strangers_together_get_five_codes_an_hour_and_ten_a_day(
    database: Database, chat: int, clock: ManualClock
) -> None:
    for number in range(20):
        request(database, HOLDER, start_chat(database, f"stranger-{number}"))
    assert codes_mailed(database) == 5
    clock.advance(hours=1)
    for number in range(20):
        request(database, HOLDER, start_chat(database, f"stranger-{number}"))
    assert codes_mailed(database) == 10
    clock.advance(hours=1)
    request(database, HOLDER, start_chat(database, "stranger-1"))
    assert codes_mailed(database) == 10


def test_parallel_strangers_do_not_get_more(database: Database, chat: int) -> None:
    chats = [start_chat(database, f"stranger-{number}") for number in range(20)]
    in_parallel(20, lambda number: request(database, HOLDER, chats[number]))
    assert codes_mailed(database) == 5


def test_a_stranger_in_a_loop_does_not_keep_the_holder_out(
    database: Database, chat: int, clock: ManualClock
) -> None:
    verify(database, HOLDER, chat)
    clock.advance(days=2)
    for number in range(20):
        request(database, HOLDER, start_chat(database, f"stranger-{number}"))
    assert verify(database, HOLDER, chat).role == "holder"


def test_no_code_stands_in_the_database_in_clear(
    database: Database, chat: int, contents: Contents
) -> None:
    code = ask_code(database, HOLDER, chat)
    redeem(database, chat, wrong(code))
    assert code.encode() not in contents()
    assert HOLDER.encode() in contents(), "the search would have found it"


def test_a_locked_member_may_verify(database: Database) -> None:
    record = record_of("90210009", secondaries=1)
    locked = replace(record.members[1], status="locked")
    with database.write() as uow:
        uow.importing.apply(OPERATOR, [replace(record, members=(record.members[0], locked))])
    session = verify(database, locked.username, start_chat(database, "chat-9"))
    assert session.role == "secondary"


def test_a_digest_is_of_no_use_without_the_secret_key(keys: Keys) -> None:
    assert keys.code_digest("12345678") != Keys("another secret key here").code_digest("12345678")
    assert keys.code_digest("12345678") != keys.token_digest("12345678")
