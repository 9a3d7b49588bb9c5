"""The two ends of a sign-in link: the chat that asks, and the page behind it."""

from storage.database import Database
from storage.identity.verification import Redemption
from tests.fakes.households import PERSON

URL = "http://127.0.0.1:8080/link/"


def offer(database: Database, chat: int, person: str = PERSON) -> str:
    """The token of the link that the chat gets."""
    with database.write() as uow:
        offered = uow.sign_in_links.offer(
            conversation_id=chat, person_id=person, chat="terminal chat-1", task="list_users"
        )
        address = uow.outbox._addresses.filled_in(f"Go to {offered.page} now")
    assert address is not None
    assert address.startswith(f"Go to {URL}")
    return address.removeprefix(f"Go to {URL}").removesuffix(" now")


def claim(database: Database, token: str, member_id: int) -> str:
    """Sign in behind the link; the number that the page shows."""
    with database.write() as uow:
        session = uow.page_sessions.live(uow.page_sessions.open(member_id))
        assert session is not None
        uow.sign_in_links.claim(token, member_id=member_id, page_session_id=session.id)
        number = uow.sign_in_links.number(token, session.id)
    assert number is not None
    return number


def redeem(database: Database, chat: int, digits: str, person: str = PERSON) -> Redemption:
    with database.write() as uow:
        digest = uow.keys.candidate(digits)
        return uow.sign_in_links.redeem(digest, conversation_id=chat, person_id=person)
