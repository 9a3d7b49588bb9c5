"""Somebody has an older key that is still listed: what they make with it now counts nowhere.

What was given out before the rotation goes on (`test_rotated_keys.py`): it is known by its row.
"""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from storage.database import Database
from storage.errors import LinkVoid
from storage.keys import Keys
from storage.messages.objection_links import ToldOf
from tests.conftest import SECRET
from tests.fakes.clock import ManualClock
from tests.fakes.households import CHAT, PERSON, acting, make_household, start_chat, verify
from tests.fakes.passkeys import give_passkey

NEW = "1:N3w-key-of-the-tests-that-nobody-guesses"
DEVICE = "telegram 123 42"


@pytest.fixture
def leaked() -> Keys:
    return Keys(SECRET)


@pytest.fixture
def rotated(database_url: str, clock: ManualClock) -> Iterator[Database]:
    opened = Database(database_url, clock=clock, keys=Keys(f"{NEW},0:{SECRET}"))
    yield opened
    opened.close()


@pytest.fixture
def forger(database_url: str, clock: ManualClock, leaked: Keys) -> Iterator[Database]:
    """Makes links as we would; of the rows it knows what somebody outside could guess."""
    opened = Database(database_url, clock=clock, keys=leaked)
    yield opened
    opened.close()


def tell(database: Database, leaked: Keys) -> ToldOf:
    """Mail the holder something; what whoever knows them, and has that key, could make of it."""
    holder = make_household(database).holder
    with database.write() as uow:
        mail_id = uow.outbox.mail(
            "unlocked", to=holder.email, language="en", parameters={}, member_id=holder.id
        )
        receiver = leaked.account_digest(f"mail to {holder.email}")[:32]
        return ToldOf(mail_id, "unlocked", holder.id, uow.clock(), receiver)


def link_by(database: Database, told: ToldOf) -> str:
    with database.read() as uow:
        return uow.objections.links.address(told).rpartition("/")[2]


def is_heard(database: Database, token: str) -> bool:
    try:
        with database.write() as uow:
            return uow.objections.enter(token) is not None
    except LinkVoid:
        return False


def test_nobody_objects_to_a_mail_in_anothers_name(
    rotated: Database, forger: Database, leaked: Keys
) -> None:
    told = tell(rotated, leaked)
    assert not is_heard(rotated, link_by(forger, told))
    with rotated.read() as uow:
        address = uow.outbox.due_mails(100)[-1].objection_url
    assert is_heard(rotated, address.rpartition("/")[2])


def test_nobody_objects_to_a_mail_that_there_never_was(
    rotated: Database, forger: Database, leaked: Keys
) -> None:
    told = tell(rotated, leaked)
    made_up = replace(told, mail_id=told.mail_id + 1, template="deleted")
    assert not is_heard(rotated, link_by(forger, made_up))


def test_a_page_for_a_chat_has_another_address_than_an_older_key_makes(
    rotated: Database, leaked: Keys
) -> None:
    holder = make_household(rotated).holder
    give_passkey(rotated, holder.id)
    chat = start_chat(rotated)
    session = verify(rotated, str(holder.username), chat)
    with rotated.write() as uow:
        page = uow.sign_in_links.offer(
            conversation_id=chat, person_id=PERSON, chat=CHAT, task="list_users"
        ).page
        passkey_page = uow.passkey_links.offer(acting(session), "x").address
    [signing_in] = leaked.sign_in_tokens(_reference(page))
    [using_a_passkey] = leaked.passkey_tokens(_reference(passkey_page))
    with rotated.read() as uow:
        assert uow.sign_in_links.peek(signing_in) is None
        assert uow.passkey_links.peek(using_a_passkey) is None


def test_a_device_that_came_back_is_known_by_the_first_key_alone(
    database: Database, rotated: Database, leaked: Keys
) -> None:
    holder = make_household(database).holder
    [former] = leaked.device_tokens(DEVICE)
    with database.write() as uow:
        uow.browsers.remember(former, holder.id)
    with rotated.write() as uow:
        device, *_ = tokens = uow.keys.device_tokens(DEVICE)
        uow.browsers.rename(uow.browsers.seen_before(tokens), device)
        assert uow.browsers.knows(device, holder.id)
        assert not uow.browsers.knows(former, holder.id)


def _reference(placeholder: str) -> str:
    return placeholder.strip("⟨⟩").partition(":")[2]
