"""Whatever the holder does in whatever order: six at most, no address twice, a whole audit,
and an undo that restores what its change had changed, and nothing else.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.database import Database
from storage.errors import Refusal
from storage.households.changing import Receipt
from storage.households.households import NewMember
from storage.households.members import Member, personal
from storage.households.undoing import Undoable
from storage.names import folded
from tests.fakes.changes import Desk
from tests.fakes.clock import ManualClock
from tests.fakes.scale import examples

pytestmark = pytest.mark.slow

ACCOUNTS = count(1)
SERVICES = ["view_invoice", "pay_bill", "usage"]
NAMES = ["Max", "Mia", "Mo"]
CHANGES = [
    "create",
    "rights",
    "rights for a time",
    "edit",
    "move",
    "reset",
    "lock",
    "unlock",
    "suspend",
    "resume",
    "delete",
]
STEPS = st.lists(
    st.tuples(
        st.sampled_from([*CHANGES, "undo newest", "undo newest", "undo any"]),
        st.integers(0, 5),
        st.integers(0, 5),
    ),
    max_size=25,
)


@dataclass
class Walk:
    """One household, all that was done in it, and everybody as they were before each change."""

    desk: Desk
    receipts: list[str] = field(default_factory=list)
    before: dict[str, Member | None] = field(default_factory=dict)

    def step(self, name: str, one: int, two: int) -> None:
        people = self.desk.household.members[1:]
        if name.startswith("undo"):
            self.undo(self.newest() if name == "undo newest" else self.any(one * 6 + two))
        elif name == "create":
            self.create(one)
        elif people:
            self.change(name, people[one % len(people)], two)

    def create(self, number: int) -> None:
        new = NewMember(NAMES[number % 3], "Roy", f"{number}@example.com", "fr", ("usage",))
        holder = self.desk.holder
        with self.desk.database.write() as uow:
            receipt = uow.households.create_member(holder, new)
        self.keep(receipt, None)

    def change(self, name: str, person: Member, number: int) -> None:
        match name:
            case "rights":
                given, taken = SERVICES[number % 3], SERVICES[number // 2]
                more: dict[str, Any] = {"grant": [given], "revoke": [taken]}
                self.keep(self.desk.do("change_rights", person.id, **more), person)
            case "rights for a time":
                until = self.desk.clock() + timedelta(hours=number + 1)
                more = {"grant": [SERVICES[number % 3]], "until": until}
                self.keep(self.desk.do("change_rights", person.id, **more), person)
            case "suspend":
                ends = self.desk.clock() + timedelta(hours=number) if number else None
                self.keep(self.desk.do("suspend", person.id, until=ends), person)
            case "resume":
                self.keep(self.desk.do("resume", person.id), person)
            case "edit":
                more = {"first_name": NAMES[number % 3], "language": "fr"}
                self.keep(self.desk.do("edit_profile", person.id, **more), person)
            case "move":
                email = f"{number}@EXAMPLE.com"
                is_other = folded(email) != folded(person.email)  # else it is mailed again
                receipt = self.desk.do("edit_profile", person.id, email=email)
                self.keep(receipt, person, can_be_undone=is_other)
            case "reset":
                self.keep(self.desk.do("reset_password", person.id), person)
            case "lock":
                self.desk.lock(person.id)
            case "unlock":
                self.keep(self.desk.do("unlock", person.id), person, can_be_undone=False)
            case "delete":
                self.keep(self.desk.do("delete", person.id), person)

    def keep(self, receipt: Receipt, before: Member | None, *, can_be_undone: bool = True) -> None:
        """What was just done is what "undo that" means."""
        assert (self.desk.newest == receipt.number) == can_be_undone
        self.receipts.append(receipt.number)
        self.before[receipt.number] = before

    def newest(self) -> str:
        newest = self.desk.newest
        assert newest is None or newest in self.receipts
        return newest or "none"

    def any(self, number: int) -> str:
        return self.receipts[number % len(self.receipts)] if self.receipts else "none"

    def undo(self, receipt: str) -> None:
        change = self.desk.find(receipt)
        now = self.desk.get(change.member_id) if isinstance(change, Undoable) else None
        undo = self.desk.undo(receipt)
        assert isinstance(change, Undoable)
        after, before = self.desk.get(change.member_id), self.before[receipt]
        self.receipts.append(undo.number)
        if change.action == "create":
            assert after is None
        elif change.action == "delete":
            assert _but_seat(after) == _but_seat(before)
        else:
            assert _values(after) == {**_values(now), **_former(change, before)}


def _but_seat(person: Member | None) -> dict[str, Any]:
    assert person is not None
    return {**_values(person), "username": person.username, "id": person.id}


def _values(person: Member | None) -> dict[str, Any]:
    assert person is not None
    return personal(person)


def _former(change: Undoable, before: Member | None) -> dict[str, Any]:
    """What the change had changed, as it was."""
    was = _values(before)
    return {name: was[name] for name in was if change.after.get(name, was[name]) != was[name]}


@pytest.mark.soak
@settings(
    max_examples=examples(40),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=STEPS)
def test_any_changes_keep_every_rule(
    database: Database, clock: ManualClock, steps: list[tuple[str, int, int]]
) -> None:
    walk = Walk(Desk.make(database, clock, f"{next(ACCOUNTS):08d}"))
    for step in steps:
        before, mails = walk.desk.household, len(walk.desk.mails())
        try:
            walk.step(*step)
        except Refusal:
            assert walk.desk.household == before
            assert len(walk.desk.mails()) == mails
        household = walk.desk.household
        assert len(household.members) <= 6
        assert len({folded(one.email) for one in household.members}) == len(household.members)
        assert {one.seat for one in household.members} <= set(range(1, 7))
    assert walk.desk.audit_is_whole
    walk.desk.take_mails()
