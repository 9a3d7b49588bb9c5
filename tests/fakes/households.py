"""Households with known people, and people who have proved who they are."""

from storage.database import Database
from storage.households.actors import Holder, Operator
from storage.households.households import Household, NewMember
from storage.households.importing.records import HouseholdRecord, MemberRecord
from storage.identity.sessions import Session
from tests.fakes.passwords import quickly_hashed

OPERATOR = Operator("digest of a file")
PERSON = "person-1"
CHAT = "Terminal"


def record_of(
    account_number: str = "90210001",
    *,
    secondaries: int = 0,
    status: str = "active",
    password: str | None = None,
) -> HouseholdRecord:
    """A holder `holder-N` and secondary users `second1-N`, `second2-N`, …; one password for all."""
    password_hash = quickly_hashed(password) if password else None
    holder = MemberRecord(
        role="holder",
        username=f"holder-{account_number}",
        first_name="Hélène",
        last_name="Tremblay",
        email=f"holder@{account_number}.example.com",
        status="active",
        password_hash=password_hash,
    )
    others = [
        MemberRecord(
            role="secondary",
            username=f"second{number}-{account_number}",
            first_name="Léo",
            last_name="Gagnon",
            email=f"second{number}@{account_number}.example.com",
            language="en",
            status=status,
            rights=("view_invoice",),
            password_hash=password_hash,
        )
        for number in range(1, secondaries + 1)
    ]
    return HouseholdRecord(account_number, "fr", (holder, *others))


def make_household(
    database: Database,
    account_number: str = "90210001",
    *,
    secondaries: int = 0,
    status: str = "active",
    password: str | None = None,
) -> Household:
    record = record_of(account_number, secondaries=secondaries, status=status, password=password)
    with database.write() as uow:
        uow.importing.apply(OPERATOR, [record])
        found = uow.households.find(account_number)
    assert found is not None
    return found


def start_chat(database: Database, chat_id: str = "chat-1") -> int:
    """The id of a conversation."""
    with database.write() as uow:
        return uow.conversations.locked("terminal", "bot", chat_id).id


def look_up(database: Database) -> None:
    """Find out whose the user names are for which a new password was asked, as the sender does."""
    with database.write() as uow:
        uow.forgotten.answer(1000)


def mailed(database: Database, kind: str) -> dict[str, str]:
    """The secrets of the newest unsent mail of that kind."""
    if kind.startswith("password_reset"):
        look_up(database)
    with database.read() as uow:
        return [row.secrets for row in uow.outbox.due_mails(1000) if row.template == kind][-1]


def ask_code(database: Database, username: str, conversation_id: int) -> str:
    """Ask for a code and read it in the mailbox."""
    with database.write() as uow:
        uow.codes.request(username, conversation_id=conversation_id, task="list_users", chat=CHAT)
    return mailed(database, "one_time_code")["code"]


def verify(
    database: Database, username: str, conversation_id: int, person_id: str = PERSON
) -> Session:
    """Prove to be that person, in that chat."""
    code = ask_code(database, username, conversation_id)
    with database.write() as uow:
        redemption = uow.codes.redeem(
            uow.keys.candidate(code), conversation_id=conversation_id, person_id=person_id
        )
    assert redemption.session is not None
    return redemption.session


def acting(session: Session) -> Holder:
    return Holder(session.id, session.conversation_id, session.person_id)


def newcomer(number: int = 1) -> NewMember:
    return NewMember(
        first_name="Zoé",
        last_name="Roy",
        email=f"zoe{number}@example.com",
        language="fr",
        services=("view_invoice",),
    )
