"""A household of three and its holder at work, for tests of what the holder changes."""

from dataclasses import dataclass
from typing import Any, Self

from sqlalchemy import func, select, text

from storage.audit.history import HistoryEntry
from storage.database import Database
from storage.households.actors import Holder
from storage.households.changing import Receipt
from storage.households.households import Household
from storage.households.members import Member
from storage.households.undoing import Undoable
from storage.limits import FAILED_SIGN_INS
from storage.messages.outbox_rows import OutboxRow
from storage.messages.tables import outbox
from tests.fakes.clock import ManualClock
from tests.fakes.households import acting, make_household, newcomer, start_chat, verify

ACCOUNT = "90210001"


@dataclass
class Desk:
    """Hélène, the holder, beside Léo (active) and whoever a test adds."""

    database: Database
    clock: ManualClock
    account: str
    household_id: int
    chat: int

    @classmethod
    def make(cls, database: Database, clock: ManualClock, account: str = ACCOUNT) -> Self:
        household = make_household(database, account, secondaries=1)
        return cls(database, clock, account, household.id, start_chat(database, account))

    @property
    def household(self) -> Household:
        with self.database.read() as uow:
            return uow.households.of(self.household_id)

    @property
    def leo(self) -> Member:
        [found] = [
            one for one in self.household.members if one.username == f"second1-{self.account}"
        ]
        return found

    @property
    def holder(self) -> Holder:
        """Verified anew where the session has lapsed."""
        with self.database.read() as uow:
            session = uow.sessions.live(self.chat, "person-1", touch=False)
        return acting(session or verify(self.database, f"holder-{self.account}", self.chat))

    def enter(self) -> None:
        """Enter what has ended, or come back, by itself."""
        with self.database.write() as uow:
            uow.ending.enter()

    def by_itself(self) -> list[HistoryEntry]:
        """What the history says that time did."""
        with self.database.read() as uow:
            entries = uow.history.entries(self.household_id, 100)
        return [entry for entry in entries if entry.actor_kind == "system"]

    def do_create(self, number: int = 1) -> Receipt:
        holder = self.holder
        with self.database.write() as uow:
            return uow.households.create_member(holder, newcomer(number))

    def invite(self, number: int = 1) -> Member:
        return self.do_create(number).member

    def do(self, change: str, *arguments: Any, message: int | None = None, **more: Any) -> Receipt:
        """One change by the holder, in a transaction of its own."""
        holder = self.holder
        with self.database.write(request_id=message) as uow:
            receipt: Receipt = getattr(uow.changes, change)(holder, *arguments, **more)
        return receipt

    def confirm(self) -> None:
        """Somebody opens the newest mail about a new address, and says that it is theirs."""
        token = self.token("email_confirmation", "confirm_url")
        with self.database.write() as uow:
            uow.accounts.confirm_email(token)

    def undo(self, receipt: Receipt | str) -> Receipt:
        holder = self.holder
        number = receipt if isinstance(receipt, str) else receipt.number
        with self.database.write() as uow:
            return uow.undoing.undo(holder, number)

    def find(self, receipt: Receipt | str) -> Undoable | str:
        number = receipt if isinstance(receipt, str) else receipt.number
        with self.database.read() as uow:
            return uow.undoing.find(self.household_id, number)

    @property
    def newest(self) -> str | None:
        """The receipt of the change that "undo that" would mean."""
        with self.database.read() as uow:
            found = next(uow.undoing.standing(self.household_id), None)
        return found.receipt if found else None

    def row(self, member_id: int) -> dict[str, Any]:
        """All that is kept about a person, past the product; where they sit is free."""
        tables = ("member", "credential", "access_right")
        keys = {"member": "id"}
        with self.database._engine.connect() as connection:
            found = {
                name: connection.execute(
                    text(f"SELECT * FROM {name} WHERE {keys.get(name, 'member_id')} = :id"),
                    {"id": member_id},
                )
                .mappings()
                .all()
                for name in tables
            }
        return {
            name: [{key: row[key] for key in row if key != "seat"} for row in rows]
            for name, rows in found.items()
        }

    def lock(self, member_id: int) -> None:
        with self.database.write() as uow:
            for _ in range(FAILED_SIGN_INS):
                uow.lockout.failed(f"second1-{self.account}", member_id)

    def get(self, member_id: int) -> Member | None:
        with self.database.read() as uow:
            return next(
                (
                    one
                    for one in uow.households.of(self.household_id).members
                    if one.id == member_id
                ),
                None,
            )

    def mails(self, kind: str | None = None) -> list[OutboxRow]:
        """What waits to be sent, oldest first, but for the mails about who was verified."""
        with self.database.read() as uow:
            rows = uow.outbox.due_mails(1000)
        about = {"one_time_code", "verification_notice"}
        return [one for one in rows if one.template not in about and kind in {None, one.template}]

    @property
    def queued(self) -> int:
        """How many mails there are, sent or not, with those that are held to be told together."""
        mails = select(func.count()).where(outbox.c.recipient.is_not(None))
        with self.database._engine.connect() as connection:
            return connection.execute(mails).scalar_one()

    def take_mails(self) -> None:
        """Let everything leave that waits to be mailed."""
        with self.database.write() as uow:
            for mail in uow.outbox.due_mails(1000):
                uow.outbox.sent(mail)

    @property
    def audit_is_whole(self) -> bool:
        with self.database.read() as uow:
            return uow.audit.verify(self.household_id)

    def token(self, kind: str, secret: str) -> str:
        return self.mails(kind)[-1].secrets[secret].rpartition("/")[2]

    def is_live(self, token: str, kind: Any) -> bool:
        with self.database.read() as uow:
            return uow.links.peek(token, kind) is not None


def block_audit(database: Database) -> None:
    """Take the number that the next entry of the audit would have, so that it cannot be written.

    It is the id on PostgreSQL, where a sequence counts, and the receipt on SQLite.
    """
    in_the_way = (
        "INSERT INTO audit (id, household_id, seq, receipt, actor_kind, action, outcome, at,"
        " prev_mac, mac) SELECT id + 1, household_id, seq + 1000, :receipt, actor_kind, action,"
        " outcome, at, prev_mac, mac FROM audit WHERE id = :newest"
    )
    with database._engine.connect() as connection:
        newest = connection.execute(text("SELECT max(id) FROM audit")).scalar_one()
        values = {"newest": newest, "receipt": f"F-{newest + 2:06d}"}
        connection.execute(text(in_the_way), values)
        connection.commit()
