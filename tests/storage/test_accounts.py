"""The pages behind mailed links: choosing a password, and "this wasn't me"."""

import pytest

from storage.database import Database
from storage.errors import InvalidUsername, LinkVoid, UsernameTaken
from storage.households.actors import Holder
from storage.identity.credentials import hash_password
from storage.identity.credentials import verify as password_fits
from tests.fakes.clock import ManualClock
from tests.fakes.households import (
    acting,
    ask_code,
    mailed,
    make_household,
    newcomer,
    start_chat,
    verify,
)

HOLDER = "holder-90210001"


@pytest.fixture
def chat(database: Database) -> int:
    make_household(database)
    return start_chat(database)


@pytest.fixture
def holder(database: Database, chat: int) -> Holder:
    return acting(verify(database, HOLDER, chat))


@pytest.fixture
def token(database: Database, holder: Holder) -> str:
    """Of an activation mail."""
    with database.write() as uow:
        uow.households.create_member(holder, newcomer())
    return mailed(database, "activation")["activation_url"].rpartition("/")[2]


def activate(database: Database, token: str, username: str = "Zoé.Roy") -> int:
    with database.write() as uow:
        return uow.accounts.activate(token, username=username, password_hash="a hash").id


def test_an_invited_person_chooses_a_name_and_becomes_active(
    database: Database, token: str, holder: Holder
) -> None:
    activate(database, token)
    with database.read() as uow:
        session = uow.sessions.live(holder.conversation_id, holder.person_id, touch=False)
        assert session is not None
        zoe = uow.households.of(session.household_id).members[1]
        assert uow.audit.verify(session.household_id)
    assert (zoe.status, zoe.username) == ("active", "Zoé.Roy")
    assert verify(database, "zoé.roy", start_chat(database, "hers")).member_id == zoe.id


def test_the_link_shows_who_it_is_for_and_looking_does_not_use_it(
    database: Database, token: str
) -> None:
    with database.read() as uow:
        view = uow.links.peek(token, "activation")
    assert view is not None
    assert (view.first_name, view.language, view.username) == ("Zoé", "fr", None)
    activate(database, token)


def test_the_link_works_once(database: Database, token: str) -> None:
    activate(database, token)
    with pytest.raises(LinkVoid):
        activate(database, token, "another.name")


def test_the_link_works_for_five_days(database: Database, token: str, clock: ManualClock) -> None:
    clock.advance(days=5)
    with pytest.raises(LinkVoid):
        activate(database, token)


@pytest.mark.parametrize("name", [HOLDER, HOLDER.upper(), "ｈolder-90210001"])
def test_a_user_name_is_taken_in_any_spelling_and_the_link_stays_good(
    database: Database, token: str, name: str
) -> None:
    with pytest.raises(UsernameTaken):
        activate(database, token, name)
    activate(database, token)


@pytest.mark.parametrize(
    ("name", "reason"),
    [("ab", "length"), ("x" * 41, "length"), ("zo roy", "characters"), ("a/b/c", "characters")],
)
def test_a_strange_user_name_is_refused(
    database: Database, token: str, name: str, reason: str
) -> None:
    with pytest.raises(InvalidUsername) as refusal:
        activate(database, token, name)
    assert refusal.value.reason == reason
    activate(database, token)


def test_a_password_is_kept_as_argon2id_only() -> None:
    kept = hash_password("correct horse 7")
    assert kept.startswith("$argon2id$")
    assert password_fits(kept, "correct horse 7")
    assert not password_fits(kept, "correct horse 8")
    assert not password_fits("not a hash", "correct horse 7")


def disowning_token(database: Database) -> str:
    return mailed(database, "verification_notice")["not_me_url"].rpartition("/")[2]


def test_disowning_ends_the_session_and_lists_what_was_changed(
    database: Database, holder: Holder
) -> None:
    notice = disowning_token(database)
    with database.write() as uow:
        receipt = uow.households.create_member(holder, newcomer())
    with database.write() as uow:
        disowned = uow.accounts.disown(notice)
        assert uow.sessions.live(holder.conversation_id, holder.person_id) is None
        assert uow.audit.verify(disowned.household_id)
    assert disowned.chat == "Terminal"
    [change] = disowned.changes
    assert (change.receipt, change.action, change.target) == (receipt.number, "create", "Zoé")


def test_a_disowned_chat_is_kept_off_the_account_for_a_day(
    database: Database, chat: int, holder: Holder, clock: ManualClock
) -> None:
    notice = disowning_token(database)
    code = ask_code(database, HOLDER, chat)
    with database.write() as uow:
        uow.accounts.disown(notice)
        digest = uow.keys.code_digest(code)
        late = uow.codes.redeem(digest, conversation_id=chat, person_id=holder.person_id)
        assert late.outcome == "void"
        waiting = len(uow.outbox.due_mails(100))
        uow.codes.request(HOLDER, conversation_id=chat, task="list_users", chat="Terminal")
        assert len(uow.outbox.due_mails(100)) == waiting
    clock.advance(days=1)
    assert verify(database, HOLDER, chat).role == "holder"


def test_a_disowned_chat_does_not_keep_the_owners_own_chat_out(
    database: Database, holder: Holder
) -> None:
    with database.write() as uow:
        uow.accounts.disown(disowning_token(database))
    assert verify(database, HOLDER, start_chat(database, "the owner's")).role == "holder"


def test_disowning_works_once_and_for_seven_days(
    database: Database, holder: Holder, clock: ManualClock
) -> None:
    notice = disowning_token(database)
    with database.write() as uow:
        uow.accounts.disown(notice)
    with pytest.raises(LinkVoid), database.write() as uow:
        uow.accounts.disown(notice)
    verify(database, HOLDER, start_chat(database, "chat-2"))
    late = disowning_token(database)
    clock.advance(days=7)
    with pytest.raises(LinkVoid), database.write() as uow:
        uow.accounts.disown(late)
