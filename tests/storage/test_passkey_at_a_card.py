"""A holder who has a passkey removes nobody and changes no address without it, by any way."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any

import pytest

from storage.database import Database
from storage.errors import (
    LinkVoid,
    NoSuchPasskey,
    NotAuthorised,
    PasskeyReplayed,
    PasskeyWanted,
)
from storage.households.actors import Holder, Operator, Self
from storage.households.declared import CHANGES
from storage.limits import PASSKEY_KEPT, PASSKEY_LINK_LIFETIME, SESSION_IDLE
from tests.fakes.changes import Desk
from tests.fakes.clock import ManualClock
from tests.fakes.households import start_chat, verify
from tests.fakes.passkeys import give_passkey, page_token, use_passkey

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


def test_a_page_works_once(desk: Desk, clock: ManualClock) -> None:
    used = give_passkey(desk.database, desk.household.holder.id)
    token = page_token(desk.database, desk.holder)
    use_passkey(desk.database, token, used)
    clock.advance(seconds=1)
    with pytest.raises(LinkVoid):
        use_passkey(desk.database, token, used)


def test_the_same_page_is_offered_while_it_lives_and_then_a_new_one(
    desk: Desk, clock: ManualClock
) -> None:
    holder = desk.holder
    first = page_token(desk.database, holder)
    assert page_token(desk.database, holder) == first
    use_passkey(desk.database, first, give_passkey(desk.database, desk.household.holder.id))
    assert page_token(desk.database, holder) != first


@pytest.mark.parametrize("after", [SESSION_IDLE, PASSKEY_LINK_LIFETIME])
def test_a_page_ends_with_the_session_of_its_chat(
    desk: Desk, clock: ManualClock, after: object
) -> None:
    used = give_passkey(desk.database, desk.household.holder.id)
    token = page_token(desk.database, desk.holder)
    if after == PASSKEY_LINK_LIFETIME:  # the session goes on, the page does not
        for _ in range(2):
            clock.advance(minutes=4)
            with desk.database.write() as uow:
                uow.sessions.live(desk.chat, "person-1")
        clock.advance(minutes=2)
        assert desk.holder is not None
    else:
        clock.advance(minutes=5)
    with pytest.raises(LinkVoid):
        use_passkey(desk.database, token, used)


def test_signing_out_ends_the_page(desk: Desk) -> None:
    used = give_passkey(desk.database, desk.household.holder.id)
    token = page_token(desk.database, desk.holder)
    with desk.database.write() as uow:
        uow.sessions.end(desk.chat)
        assert uow.passkey_links.peek(token) is None
    with pytest.raises(LinkVoid):
        use_passkey(desk.database, token, used)


def test_a_passkey_of_anybody_else_confirms_nothing(desk: Desk) -> None:
    """Not even that of somebody of the same household, or of one that was removed."""
    mine = give_passkey(desk.database, desk.household.holder.id)
    of_leo = give_passkey(desk.database, desk.leo.id)
    token = page_token(desk.database, desk.holder)
    with pytest.raises(NoSuchPasskey):
        use_passkey(desk.database, token, of_leo)
    with desk.database.write() as uow:
        uow.passkeys.end(SUPPORT, f"holder-{desk.account}", [mine.id])
    with pytest.raises(NoSuchPasskey):
        use_passkey(desk.database, token, mine)


def test_one_that_was_just_added_beside_another_counts_after_a_day(
    desk: Desk, clock: ManualClock
) -> None:
    """Whoever has got at the account adds one of their own, and has a mail sent about it."""
    holder = desk.household.holder.id
    give_passkey(desk.database, holder, "her own")
    thiefs = give_passkey(desk.database, holder, "a thief's")
    with pytest.raises(NoSuchPasskey):
        use_passkey(desk.database, page_token(desk.database, desk.holder), thiefs)
    clock.advance(hours=24)
    use_passkey(desk.database, page_token(desk.database, desk.holder), thiefs)


def test_no_answer_of_a_passkey_is_taken_twice(desk: Desk, clock: ManualClock) -> None:
    used = give_passkey(desk.database, desk.household.holder.id)
    challenged_at = clock()
    use_passkey(desk.database, page_token(desk.database, desk.holder), used, challenged_at)
    clock.advance(seconds=1)
    again = page_token(desk.database, desk.holder)
    with pytest.raises(PasskeyReplayed):
        use_passkey(desk.database, again, used, challenged_at)


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


def test_who_has_no_session_is_led_to_no_page(desk: Desk, clock: ManualClock) -> None:
    holder = desk.holder
    clock.advance(minutes=5)
    with pytest.raises(NotAuthorised):
        page_token(desk.database, holder)


def test_what_leads_to_the_page_stands_nowhere(desk: Desk, contents: Callable[[], bytes]) -> None:
    token = page_token(desk.database, desk.holder)
    assert token.encode() not in contents()
