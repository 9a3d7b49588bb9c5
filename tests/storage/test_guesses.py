"""Guessing codes and numbers: what a chat, an account and all of them together may get wrong."""

from collections.abc import Callable

import pytest

from storage.database import Database
from storage.identity.verification import Redemption
from storage.keys import Keys
from storage.limits import GUESSES_PER_ACCOUNT, GUESSES_PER_CONVERSATION, WAVE_ACCOUNTS
from tests.fakes.clock import ManualClock
from tests.fakes.households import PERSON, make_household, start_chat, verify
from tests.fakes.sign_in_links import claim, offer
from tests.fakes.sign_in_links import redeem as redeem_number

HOLDER = "holder-90210001"
ONE_DAY = {"days": 1, "minutes": 10}


@pytest.fixture
def chat(database: Database) -> int:
    make_household(database, secondaries=1)
    return start_chat(database)


def ask(database: Database, chat: int, username: str = HOLDER) -> str | None:
    """Ask for a code; the one that was mailed, if one was."""
    with database.write() as uow:
        waiting = len(uow.outbox.due_mails(1000))
        uow.codes.request(username, conversation_id=chat, task="list_users", chat="Terminal")
        mails = uow.outbox.due_mails(1000)
        return mails[-1].secrets["code"] if len(mails) > waiting else None


def redeem(database: Database, chat: int, code: str) -> Redemption:
    with database.write() as uow:
        digest = uow.keys.code_digest(code)
        return uow.codes.redeem(digest, conversation_id=chat, person_id=PERSON)


def wrong(code: str | None) -> str:
    return f"{(int(code or 0) + 1) % 10**8:08d}"


def guess(database: Database, chat: int, times: int, username: str = HOLDER) -> list[str]:
    """Guess wrong so often, with a new code whenever the last one is void; the outcomes."""
    outcomes: list[str] = []
    code = ask(database, chat, username)
    while len(outcomes) < times:
        outcomes.append(redeem(database, chat, wrong(code)).outcome)
        if outcomes[-1] == "void" and len(outcomes) < times:
            code = ask(database, chat, username)
    return outcomes


@pytest.mark.parametrize("username", [HOLDER, "nobody"])
def test_ten_wrong_codes_a_day_stop_a_chat_whatever_the_name(
    database: Database, chat: int, clock: ManualClock, username: str
) -> None:
    outcomes = guess(database, chat, GUESSES_PER_CONVERSATION, username)
    assert outcomes == ["wrong"] * 4 + ["void"] + ["wrong"] * 4 + ["spent"]
    clock.advance(minutes=20)
    assert ask(database, chat) is None
    assert redeem(database, chat, "12345678").outcome == "spent"
    clock.advance(**ONE_DAY)
    code = ask(database, chat)
    assert code is not None
    assert redeem(database, chat, code).outcome == "verified"


def test_a_right_code_is_worth_nothing_in_a_chat_that_has_used_up_its_guesses(
    database: Database, chat: int
) -> None:
    guess(database, chat, GUESSES_PER_CONVERSATION - 1)
    code = ask(database, chat)
    assert code is not None
    assert redeem(database, chat, wrong(code)).outcome == "spent"
    assert redeem(database, chat, code).outcome == "spent"


def test_wrong_numbers_of_the_page_count_too_and_stop_codes_and_numbers_alike(
    database: Database, chat: int, clock: ManualClock
) -> None:
    make_household(database, "90210002")
    with database.read() as uow:
        holder = uow.sign_in.candidate(HOLDER).member_id
    assert holder is not None
    for _ in range(3):
        number = claim(database, offer(database, chat), holder)
        for _ in range(3):
            redeem_number(database, chat, f"{(int(number) + 1) % 10**6:06d}")
    code = ask(database, chat)
    assert redeem(database, chat, wrong(code)).outcome == "spent"
    number = claim(database, offer(database, chat), holder)
    assert redeem_number(database, chat, number).outcome == "spent"
    clock.advance(**ONE_DAY)
    number = claim(database, offer(database, chat), holder)
    assert redeem_number(database, chat, number).outcome == "verified"


def strangers_guess(database: Database, clock: ManualClock, username: str = HOLDER) -> list[str]:
    """Use up what strangers may guess at an account, five in each chat."""
    outcomes: list[str] = []
    for number in range(GUESSES_PER_ACCOUNT // 5):
        outcomes += guess(database, start_chat(database, f"{username} {number}"), 5, username)
        clock.advance(minutes=30)
    return outcomes


def test_twenty_wrong_codes_a_day_are_all_that_strangers_have_for_an_account(
    database: Database, chat: int, clock: ManualClock
) -> None:
    before = ask(database, chat)
    assert before is not None
    strangers_guess(database, clock)
    stranger = start_chat(database, "one more")
    assert ask(database, stranger) is None
    clock.advance(**ONE_DAY)
    code = ask(database, stranger)
    assert code is not None
    assert redeem(database, stranger, code).outcome == "verified"


def test_a_code_that_was_mailed_before_is_then_as_wrong_as_any(
    database: Database, chat: int, clock: ManualClock
) -> None:
    chats = [start_chat(database, f"stranger {number}") for number in range(4)]
    codes = [ask(database, stranger) for stranger in chats]
    mine = ask(database, chat)
    assert mine is not None
    for stranger, code in zip(chats, codes, strict=True):
        for _ in range(5):
            redeem(database, stranger, wrong(code))
    assert redeem(database, chat, mine).outcome == "wrong"


def test_an_account_that_nobody_has_is_answered_alike(
    database: Database, chat: int, clock: ManualClock
) -> None:
    known = strangers_guess(database, clock)
    assert strangers_guess(database, clock, "nobody") == known
    later = [start_chat(database, name) for name in ("known", "unknown")]
    told = [guess(database, later[0], 5), guess(database, later[1], 5, "nobody")]
    assert told[0] == told[1]


def test_strangers_do_not_keep_the_holder_out_of_a_chat_that_verified_before(
    database: Database, chat: int, clock: ManualClock
) -> None:
    verify(database, HOLDER, chat)
    clock.advance(days=3)
    strangers_guess(database, clock)
    assert verify(database, HOLDER, chat).role == "holder"


def test_nor_out_of_a_fresh_chat_where_the_password_was_proved(
    database_url: str, chat: int, clock: ManualClock, keys: Keys
) -> None:
    database = Database(database_url, clock=clock, keys=keys, demand="both")
    fresh = start_chat(database, "fresh")
    strangers_guess(database, clock)
    with database.read() as uow:
        holder = uow.sign_in.candidate(HOLDER).member_id
    assert holder is not None
    number = claim(database, offer(database, fresh), holder)
    assert redeem_number(database, fresh, number).outcome == "half"
    clock.advance(minutes=2)
    code = ask(database, fresh)
    assert code is not None
    assert redeem(database, fresh, code).outcome == "verified"
    database.close()


def test_a_chat_that_the_account_disowned_is_a_stranger_again(
    database: Database, chat: int, clock: ManualClock
) -> None:
    session = verify(database, HOLDER, chat)
    with database.write() as uow:
        uow.accounts._verification.disown(chat, session.member_id)
    clock.advance(days=2)
    strangers_guess(database, clock)
    assert ask(database, chat) is None


def test_a_wave_over_many_accounts_is_alarming_and_slips_of_a_few_are_not(
    database: Database, clock: ManualClock
) -> None:
    for number in range(WAVE_ACCOUNTS):
        with database.read() as uow:
            wave = uow.guesses.wave()
        assert (wave.accounts, wave.is_alarming) == (number, False)
        guess(database, start_chat(database, f"chat {number}"), 2, f"name {number}")
    with database.read() as uow:
        wave = uow.guesses.wave()
    assert (wave.guesses, wave.is_alarming) == (2 * WAVE_ACCOUNTS, True)
    clock.advance(hours=1)
    with database.read() as uow:
        assert not uow.guesses.wave().is_alarming


def test_no_name_and_no_code_stands_in_what_is_counted(
    database: Database, chat: int, contents: Callable[[], bytes]
) -> None:
    guess(database, chat, 5, "an-unknown-name")
    assert b"an-unknown-name" not in contents()
