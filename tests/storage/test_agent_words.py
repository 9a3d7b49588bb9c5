"""What an agent says can be corrected, whether it waits, is on its way, or has left."""

import pytest

from storage.database import Database
from storage.messages.chat_outbox import ChatRow
from storage.messages.conversations import ConversationRow

SOURCE = "901"
"""The agent's own message, in the topic of the case."""
AGAIN = "Correction: at six"
PHOTO = {"kind": "copy", "chat": "-100", "message": SOURCE, "caption": "at five"}
OF_AN_ALBUM = {**PHOTO, "caption": "", "album": "a1"}


@pytest.fixture
def customer(database: Database) -> ConversationRow:
    with database.write() as uow:
        return uow.conversations.locked("telegram", "1", "42")


def say(database: Database, customer: ConversationRow, act: dict[str, str] | None = None) -> None:
    with database.write() as uow:
        uow.agent_words.say(customer, "at five", language="en", source=SOURCE, act=act)


def correct(database: Database, customer: ConversationRow) -> bool:
    return corrected(database, customer, "at six") == "changed"


def corrected(database: Database, customer: ConversationRow, text: str) -> str:
    with database.write() as uow:
        return uow.agent_words.correct(customer, SOURCE, text, f"Correction: {text}")


def take(database: Database, customer: ConversationRow) -> ChatRow:
    with database.write() as uow:
        row = uow.chat_outbox.take(customer.id)
    assert row is not None
    return row


def left(database: Database, row: ChatRow, sent_as: str | None) -> None:
    with database.write() as uow:
        uow.chat_outbox.sent(row, sent_as=sent_as)


def test_what_still_waits_leaves_corrected(database: Database, customer: ConversationRow) -> None:
    say(database, customer)
    assert correct(database, customer)
    assert take(database, customer).text == "at six"


def test_what_stands_below_a_picture_that_waits_leaves_corrected(
    database: Database, customer: ConversationRow
) -> None:
    say(database, customer, PHOTO)
    assert correct(database, customer)
    assert take(database, customer).act == {**PHOTO, "caption": "at six"}


def test_of_two_corrections_the_last_one_counts(
    database: Database, customer: ConversationRow
) -> None:
    say(database, customer)
    row = take(database, customer)
    for text in ("at six", "at seven"):
        corrected(database, customer, text)
    left(database, row, sent_as=None)
    assert take(database, customer).text == "Correction: at seven"


@pytest.mark.parametrize("in_between", [True, False], ids=["on its way", "has left"])
@pytest.mark.parametrize(
    ("act", "kind"), [(None, "edit"), (PHOTO, "caption")], ids=["a text", "a picture"]
)
def test_what_the_customer_has_is_edited(
    database: Database,
    customer: ConversationRow,
    act: dict[str, str] | None,
    kind: str,
    *,
    in_between: bool,
) -> None:
    say(database, customer, act)
    row = take(database, customer)
    if in_between:
        assert correct(database, customer)
    left(database, row, sent_as="77")
    if not in_between:
        assert correct(database, customer)
    edit = take(database, customer)
    assert (edit.act, edit.text) == ({"kind": kind, "message": "77"}, "at six")


@pytest.mark.parametrize("in_between", [True, False], ids=["on its way", "has left"])
def test_where_nobody_knows_its_number_it_is_said_again(
    database: Database, customer: ConversationRow, *, in_between: bool
) -> None:
    say(database, customer)
    row = take(database, customer)
    if in_between:
        assert correct(database, customer)
    left(database, row, sent_as=None)
    if not in_between:
        assert correct(database, customer)
    again = take(database, customer)
    assert (again.act, again.text) == (None, AGAIN)


def test_what_was_said_again_is_called_a_correction_however_often_it_is_corrected(
    database: Database, customer: ConversationRow
) -> None:
    say(database, customer)
    left(database, take(database, customer), sent_as=None)
    for text in ("at six", "at seven"):
        assert corrected(database, customer, text) == "changed"
    again = take(database, customer)
    assert again.text == "Correction: at seven"
    left(database, again, sent_as="78")
    assert corrected(database, customer, "at seven") == "same"
    assert corrected(database, customer, "at eight") == "changed"
    edit = take(database, customer)
    assert (edit.act, edit.text) == ({"kind": "edit", "message": "78"}, "at eight")


def test_what_was_said_in_the_place_of_a_refused_picture_is_edited_as_words(
    database: Database, customer: ConversationRow
) -> None:
    say(database, customer, PHOTO)
    row = take(database, customer)
    assert correct(database, customer)
    with database.write() as uow:
        uow.chat_outbox.kill(row, "refused")
    again = take(database, customer)
    assert (again.act, again.text) == (None, AGAIN)
    left(database, again, sent_as="78")
    assert corrected(database, customer, "at seven") == "changed"
    assert take(database, customer).act == {"kind": "edit", "message": "78"}


def test_words_that_come_later_to_an_album_are_said_by_themselves_and_corrected_there(
    database: Database, customer: ConversationRow
) -> None:
    say(database, customer, OF_AN_ALBUM)
    assert corrected(database, customer, "") == "same", "another picture, say"
    assert correct(database, customer)
    left(database, take(database, customer), sent_as="77")
    words = take(database, customer)
    assert (words.act, words.text) == (None, "at six")
    left(database, words, sent_as="78")
    assert corrected(database, customer, "at seven") == "changed"
    assert take(database, customer).act == {"kind": "edit", "message": "78"}


def test_a_note_that_was_never_passed_on_cannot_be_corrected(
    database: Database, customer: ConversationRow
) -> None:
    assert not correct(database, customer)
