"""`foyer inbox` and `foyer outbox`: what an operator sees and does about what failed."""

import asyncio
from pathlib import Path

import pytest

from bot.dialogue.message import Message
from bot.operating.parked import told
from bot.running import SCHEMA_DOES_NOT_FIT
from tests.fakes.chats import Chat, World
from tests.fakes.operators import Operator
from tests.fakes.records import Records

TYPED = "please add Zoé Roy zoe@example.com"


def park(chat: Chat, text: str = TYPED, error: str = "RuntimeError: boom") -> int:
    """Have the newest message of the chat parked, as after three failures."""
    inbox_id = chat.receive(Message(text))
    with chat.world.app.database.write() as uow:
        for _ in range(3):
            uow.inbox.fail(inbox_id, error)
        uow.inbox.park(inbox_id, error)
    return inbox_id


def kill_mail(world: World, error: str = "SMTPRecipientsRefused: 550 no such user") -> int:
    with world.app.database.write() as uow:
        mail = uow.outbox.mail(
            "one_time_code", to="zoe@example.com", language="en", parameters={"name": "Zoé"},
            secrets={"code": "12345678"}, member_id=1,
        )  # fmt: skip
        due = next(row for row in uow.outbox.due_mails(1000) if row.id == mail)
        assert uow.outbox.claim(due)
        uow.outbox.kill(due, error)
    return mail


def test_when_nothing_failed_it_says_so(world: World, operator: Operator) -> None:
    for words in (("inbox", "list"), ("inbox", "retry", "--all")):
        assert operator.foyer(*words).output == "Nothing is parked.\n"
    for words in (("outbox", "list"), ("outbox", "retry", "--all")):
        result = operator.foyer(*words)
        assert (result.output, result.exit_code) == ("Nothing has failed.\n", 0)


def test_a_parked_message_is_one_line_without_what_was_typed(
    world: World, operator: Operator
) -> None:
    parked = park(world.chat("4711"), error=f"ValueError: cannot read {TYPED!r}\n{TYPED}")
    result = operator.foyer("inbox", "list")
    assert result.exit_code == 0
    assert result.output == (
        f"{parked}  rest chat 4711  text  since 2026-03-02 15:00:00 UTC  3 attempts  "
        "ValueError: cannot read …\n"
    )


def test_a_dead_mail_is_one_line_without_its_address_and_code(
    world: World, operator: Operator
) -> None:
    mail = kill_mail(world, "SMTPRecipientsRefused: 550 zoe@example.com unknown 1234 5678")
    assert operator.foyer("outbox", "list").output == (
        f"{mail}  mail to member 1  one_time_code  since 2026-03-02 15:00:00 UTC  1 attempt  "
        "SMTPRecipientsRefused: 550 … unknown …\n"
    )


def test_a_dead_reply_names_its_chat(world: World, operator: Operator) -> None:
    chat = world.chat("4711")
    chat.say("hello")
    with world.app.database.write() as uow:
        reply = uow.outbox.reply(
            conversation_id=chat.row.id, inbox_id=None, channel="rest", template="utter_greet",
            text="Hello Zoé", language="en", parameters={}, buttons=[], sent=False,
        )  # fmt: skip
        uow.chat_outbox.kill_chat(chat.row.id, "Forbidden: bot was blocked by the user")
    line = operator.foyer("outbox", "list").output
    assert line.startswith(f"{reply}  rest chat 4711  utter_greet  since ")
    assert line.endswith("Forbidden: bot was blocked by the user\n")
    assert "Zoé" not in line


def test_a_tapped_button_is_called_a_button(world: World, operator: Operator) -> None:
    tapped = world.chat().receive(Message("", button="bAAAABBBBCCCCDDDD"))
    with world.app.database.write() as uow:
        uow.inbox.park(tapped, "RuntimeError: boom")
    line = operator.foyer("inbox", "list").output
    assert "  button  " in line
    assert "AAAA" not in line


def test_a_chat_cannot_write_on_the_operators_terminal(world: World, operator: Operator) -> None:
    park(world.chat("\x1b[2Jx\n\u202e9"))
    output = operator.foyer("inbox", "list").output
    assert "rest chat \ufffd[2Jx\ufffd\ufffd9  " in output
    assert output.count("\n") == 1


def test_a_retried_message_is_answered_by_the_process_that_runs(
    world: World, operator: Operator
) -> None:
    chat = world.chat()
    parked = park(chat, "hello")
    result = operator.foyer("inbox", "retry", str(parked))
    assert (result.output, result.exit_code) == (f"{parked} will be worked off again.\n", 0)
    asyncio.run(world.app.dispatcher.run_waiting())
    with world.app.database.read() as uow:
        assert [reply.template for reply in uow.outbox.replies(parked)] == ["utter_greet"]
    assert operator.foyer("inbox", "list").output == "Nothing is parked.\n"


def test_a_dropped_message_is_never_answered_and_its_text_is_gone(
    world: World, operator: Operator
) -> None:
    parked = park(world.chat())
    result = operator.foyer("inbox", "drop", str(parked))
    assert result.output == f"{parked} is given up, and its text erased.\n"
    asyncio.run(world.app.dispatcher.run_waiting())
    rows = Records(world).rows("SELECT body, error, done_at IS NOT NULL FROM inbox")
    assert rows == [(None, "RuntimeError: boom", 1)]
    assert Records(world).rows("SELECT count(*) FROM outbox") == [(0,)]


def test_a_dropped_mail_is_never_sent_and_its_words_are_gone(
    world: World, operator: Operator
) -> None:
    mail = kill_mail(world)
    result = operator.foyer("outbox", "drop", str(mail))
    assert (result.output, result.exit_code) == (f"{mail} is given up, and its text erased.\n", 0)
    assert operator.foyer("outbox", "list").output == "Nothing has failed.\n"
    again = operator.foyer("outbox", "drop", str(mail))
    assert (again.exit_code, "has not failed" in again.output) == (1, True)
    rows = Records(world).rows(f"SELECT parameters, secrets FROM outbox WHERE id = {mail}")
    assert rows == [("{}", None)]


def test_a_retried_mail_is_due_again(world: World, operator: Operator) -> None:
    mail = kill_mail(world)
    result = operator.foyer("outbox", "retry", str(mail))
    assert (result.output, result.exit_code) == (f"{mail} will be sent again.\n", 0)
    world.clock.advance(days=36500)  # past the operator's own clock, which is the real one
    assert world.code() == "12345678"
    assert operator.foyer("outbox", "list").output == "Nothing has failed.\n"


def test_all_means_every_one(world: World, operator: Operator) -> None:
    chat = world.chat()
    first, second = park(chat), park(chat)
    lines = operator.foyer("inbox", "retry", "--all").output.splitlines()
    assert lines == [f"{one} will be worked off again." for one in (first, second)]


def test_an_unknown_number_is_named_and_the_others_are_still_done(
    world: World, operator: Operator
) -> None:
    parked = park(world.chat())
    huge = str(10**30)
    result = operator.foyer("inbox", "retry", huge, str(parked), str(parked))
    assert result.exit_code == 1
    assert result.output.splitlines() == [
        f"{huge} is not parked; `foyer inbox list` shows what is.",
        f"{parked} will be worked off again.",
    ]
    dropped = operator.foyer("inbox", "drop", str(parked))
    assert (dropped.exit_code, "is not parked" in dropped.output) == (1, True)
    unsent = operator.foyer("outbox", "retry", "7")
    assert unsent.output == "7 has not failed; `foyer outbox list` shows what has.\n"
    assert unsent.exit_code == 1


@pytest.mark.parametrize(
    "words", [("inbox", "retry"), ("outbox", "retry"), ("inbox", "retry", "1", "--all")]
)
def test_retry_wants_numbers_or_all(
    world: World, operator: Operator, words: tuple[str, ...]
) -> None:
    parked = park(world.chat())
    assert operator.foyer(*words).exit_code == 2
    assert f"{parked}  " in operator.foyer("inbox", "list").output


@pytest.mark.parametrize(
    "words", [("inbox", "list"), ("inbox", "drop", "1"), ("outbox", "retry", "--all")]
)
def test_an_old_schema_is_refused_with_the_command_that_helps(
    tmp_path: Path, words: tuple[str, ...], caplog: pytest.LogCaptureFixture
) -> None:
    elsewhere = Operator(f"sqlite+pysqlite:///{tmp_path / 'empty.db'}")  # does not migrate itself
    assert elsewhere.foyer(*words).exit_code == SCHEMA_DOES_NOT_FIT == 3
    assert "run `foyer migrate` first" in caplog.text


@pytest.mark.parametrize(
    ("error", "typed", "shown"),
    [
        (None, [], "no error is known"),
        ("", [], "no error is known"),
        ("KeyError: 'Zoé'", [], "KeyError: …"),
        ('BadRequest: Can\'t read tag "x" at 5', [], "BadRequest: Can't read tag … at 5"),
        ("ValueError: 'it's \"Zoé\"' is odd", [], "ValueError: … is odd"),
        ("ValueError: 'cut in the mid", [], "ValueError: …"),
        ("ValueError: zoé roy is odd", [{"text": "I am Zoé ROY"}], "ValueError: … is odd"),
        ("OSError: https://x.example/bot1:AB/send failed", [], "OSError: … failed"),
        ("SMTPError: 550 <z@example.com> unknown", [], "SMTPError: 550 … unknown"),
        ("RuntimeError: code 1234 5678 or 12345678", [], "RuntimeError: code … or …"),
    ],
)
def test_an_error_is_told_without_what_it_quotes(
    error: str | None, typed: list[object], shown: str
) -> None:
    assert told(error, typed) == shown
