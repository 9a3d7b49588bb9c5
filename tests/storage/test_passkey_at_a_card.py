"""A holder who has a passkey removes nobody and changes no address without it, by any way."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.database import Database
from storage.errors import (
    PasskeyWanted,
)
from storage.households.actors import Holder, Operator, Self
from storage.households.declared import CHANGES
from storage.identity.passkey_rows import Passkey
from storage.limits import PASSKEY_KEPT
from tests.fakes.changes import Desk
from tests.fakes.clock import ManualClock
from tests.fakes.households import acting, start_chat, verify
from tests.fakes.passkeys import give_passkey, page_token, use_passkey
from tests.fakes.scale import examples

ACCOUNTS = count(90220001)
SUPPORT = Operator("foyer passkeys remove")
MOVED = "elsewhere@example.com"


def nothing(_: Desk) -> None:
    """Nothing has to be so beforehand."""


@dataclass(frozen=True, slots=True)
class Way:
    """Something that the holder does: the change that it is, and what is so before."""

    change: str
    do: Callable[[Desk], object]
    before: Callable[[Desk], object] = nothing
    waits: bool = False


def wish(desk: Desk) -> None:
    """Léo asks for more."""
    chat = start_chat(desk.database, f"Léo of {desk.account}")
    session = verify(desk.database, str(desk.leo.username), chat)
    with desk.database.write() as uow:
        uow.requests.ask(session, ["pay_bill"])


def answer(desk: Desk) -> None:
    holder = desk.holder
    with desk.database.write() as uow:
        [request] = uow.requests.open_for(desk.household_id)
        uow.requests.approve(holder, request.id, ["pay_bill"])


def undo_newest(desk: Desk) -> None:
    assert desk.newest is not None
    desk.undo(desk.newest)


def edit(**values: Any) -> Callable[[Desk], object]:
    return lambda desk: desk.do("edit_profile", desk.leo.id, **values)


def rights(*codes: str) -> Callable[[Desk], object]:
    return lambda desk: desk.do("change_rights", desk.leo.id, revoke=codes)


def delete(desk: Desk) -> None:
    desk.do("delete", desk.leo.id)


def reset(desk: Desk) -> None:
    desk.do("reset_password", desk.leo.id)


WAYS = {
    "removes somebody": Way("delete", delete, waits=True),
    "changes an address": Way("edit", edit(email=MOVED), waits=True),
    "says that a mailbox is lost": Way(
        "edit", edit(email=MOVED, mailbox_lost=True), before=edit(email=MOVED), waits=True
    ),
    "has a new address asked again": Way("edit", edit(email=MOVED), before=edit(email=MOVED)),
    "changes all at once": Way("edit", edit(email=MOVED, first_name="Max"), waits=True),
    "changes a name": Way("edit", edit(first_name="Max")),
    "changes a language": Way("edit", edit(language="fr")),
    "adds somebody": Way("create", lambda desk: desk.do_create()),
    "takes access away": Way("rights", rights("view_invoice")),
    "sends a link": Way("reset_link", reset),
    "unlocks": Way(
        "unlock",
        lambda desk: desk.do("unlock", desk.leo.id),
        before=lambda desk: desk.lock(desk.leo.id),
    ),
    "suspends": Way("suspend", lambda desk: desk.do("suspend", desk.leo.id)),
    "lets back in": Way(
        "resume",
        lambda desk: desk.do("resume", desk.leo.id),
        before=lambda desk: desk.do("suspend", desk.leo.id),
    ),
    "answers a request": Way("decide_request", answer, before=wish),
    "takes an adding back": Way("undo", undo_newest, before=lambda desk: desk.do_create()),
    "takes a removal back": Way("undo", undo_newest, before=delete),
    "takes a new address back": Way("undo", undo_newest, before=edit(email=MOVED)),
    "takes new rights back": Way("undo", undo_newest, before=rights("view_invoice")),
    "takes a link back": Way("undo", undo_newest, before=reset),
}


@pytest.fixture
def desks(database: Database, clock: ManualClock) -> Iterator[Desk]:
    """One household after the other, in one database."""
    return (Desk.make(database, clock, str(account)) for account in ACCOUNTS)


def confirm(desk: Desk) -> Holder:
    """Give the holder a passkey that they have just used in their session."""
    holder = desk.holder
    used = give_passkey(desk.database, desk.household.holder.id)
    use_passkey(desk.database, page_token(desk.database, holder), used)
    return holder


@pytest.mark.parametrize("name", WAYS)
def test_a_passkey_is_asked_for_where_it_is_declared_and_nowhere_else(
    desks: Iterator[Desk], name: str
) -> None:
    way = WAYS[name]
    without, having, confirmed = (next(desks) for _ in range(3))
    for desk in (without, having, confirmed):
        way.before(desk)
    give_passkey(having.database, having.household.holder.id)
    confirm(confirmed)
    for desk in (without, confirmed):
        way.do(desk)
    assert having.holder
    before = having.household, having.queued
    if way.waits:
        with pytest.raises(PasskeyWanted):
            way.do(having)
        assert (having.household, having.queued) == before
    else:
        way.do(having)
    assert having.audit_is_whole


def test_these_are_all_the_ways_of_a_holder_and_nobody_else_is_asked() -> None:
    assert {way.change for way in WAYS.values()} == {
        name for name, change in CHANGES.items() if change.by is Holder
    }
    declared = {name for name, change in CHANGES.items() if change.passkey is not None}
    assert declared == {way.change for way in WAYS.values() if way.waits}


def test_an_address_in_other_letters_is_the_same_address(desk: Desk) -> None:
    give_passkey(desk.database, desk.household.holder.id)
    desk.do("edit_profile", desk.leo.id, email=desk.leo.email.upper(), first_name="Max")
    assert desk.leo.first_name == "Max"


def test_the_passkey_is_good_for_the_rest_of_the_session_and_for_no_other(
    desk: Desk, clock: ManualClock
) -> None:
    confirm(desk)
    zoe = desk.invite()
    for _ in range(3):  # as somebody who goes on writing
        clock.advance(minutes=4)
        with desk.database.write() as uow:
            assert uow.sessions.live(desk.chat, "person-1") is not None
    desk.do("delete", zoe.id)
    clock.advance(minutes=5)
    with pytest.raises(PasskeyWanted):
        desk.do("delete", desk.leo.id)


def test_a_passkey_in_one_chat_confirms_no_other_chat(desk: Desk) -> None:
    confirm(desk)
    chat = start_chat(desk.database, "another one")
    session = verify(desk.database, f"holder-{desk.account}", chat)
    with desk.database.write() as uow, pytest.raises(PasskeyWanted):
        uow.changes.delete(
            Holder(session.id, session.conversation_id, session.person_id), desk.leo.id
        )


def test_who_is_rid_of_their_passkey_is_asked_for_it_a_day_more_and_then_not(
    desk: Desk, clock: ManualClock
) -> None:
    holder = desk.household.holder.id
    lost = give_passkey(desk.database, holder)
    with desk.database.write() as uow:
        token = uow.page_sessions.open(holder)
    with desk.database.write() as uow:
        uow.passkeys.remove(Self(holder, token), lost.id)
    with pytest.raises(PasskeyWanted):
        delete(desk)
    clock.advance(seconds=PASSKEY_KEPT.total_seconds())
    delete(desk)


def test_a_passkey_that_support_has_removed_is_asked_for_no_longer(desk: Desk) -> None:
    give_passkey(desk.database, desk.household.holder.id)
    with desk.database.write() as uow:
        assert uow.passkeys.end(SUPPORT, f"holder-{desk.account}") == 1
    delete(desk)
    assert [mail.template for mail in desk.mails()][-2:] == ["passkey_ended", "deleted"]
    assert desk.audit_is_whole


STEPS = st.lists(
    st.sampled_from(["wait", "prove", "give", "use", "lose", "delete", "move", "rename"]),
    max_size=10,
)


@dataclass(slots=True)
class Walk:
    """What the holder has, and the sessions in which they have used it."""

    desk: Desk
    passkeys: list[Passkey] = field(default_factory=list)
    confirmed: set[int] = field(default_factory=set)
    moves: Iterator[int] = field(default_factory=lambda: count(1))

    def holder(self) -> Holder:
        """Proved anew where the session has lapsed; codes are for other tests."""
        chat, person = self.desk.chat, "person-1"
        with self.desk.database.write() as uow:
            session = uow.sessions.live(chat, person) or uow.sessions.open(
                member_id=self.desk.household.holder.id,
                conversation_id=chat,
                person_id=person,
                chat="Terminal",
            )
        return acting(session)

    def step(self, name: str) -> None:
        holder, database = self.holder(), self.desk.database
        match name:
            case "wait":
                self.desk.clock.advance(minutes=3)
            case "prove":
                with database.write() as uow:
                    uow.sessions.end(self.desk.chat)
            case "give":
                self.passkeys.append(give_passkey(database, self.desk.household.holder.id))
            case "use" if self.passkeys:
                self.desk.clock.advance(seconds=1)
                use_passkey(database, page_token(database, holder), self.passkeys[0])
                self.confirmed.add(holder.session_id)
            case "lose":
                with database.write() as uow:
                    uow.passkeys.end(SUPPORT, f"holder-{self.desk.account}")
                self.passkeys.clear()
            case "delete" | "move":
                self.attempt(name, waits=holder.session_id not in self.confirmed)
            case "rename":
                edit(first_name="M" + "a" * next(self.moves))(self.desk)

    def attempt(self, name: str, *, waits: bool) -> None:
        do = delete if name == "delete" else edit(email=f"{next(self.moves)}@example.org")
        if waits and self.passkeys:
            with pytest.raises(PasskeyWanted):
                do(self.desk)
            return
        do(self.desk)
        if name == "delete":
            undo_newest(self.desk)


@pytest.mark.slow
@settings(
    max_examples=examples(20),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=STEPS)
def test_whatever_happens_the_passkey_is_asked_for_until_it_is_used_in_that_session(
    database: Database, clock: ManualClock, steps: list[str]
) -> None:
    walk = Walk(Desk.make(database, clock, str(next(ACCOUNTS))))
    for step in steps:
        walk.step(step)
    assert walk.desk.audit_is_whole
    walk.desk.take_mails()
