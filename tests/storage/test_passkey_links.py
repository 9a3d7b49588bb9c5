"""Where a chat has a passkey used: whose page it is, how long it lives, that it works once."""

from collections.abc import Callable

import pytest

from storage.errors import (
    LinkVoid,
    NoSuchPasskey,
    NotAuthorised,
    PasskeyReplayed,
    Refusal,
)
from storage.households.actors import Operator
from tests.fakes.changes import Desk
from tests.fakes.clock import ManualClock
from tests.fakes.passkeys import give_passkey, page_token, use_passkey
from tests.fakes.threads import in_parallel

SUPPORT = Operator("foyer passkeys remove")


def test_a_page_works_once(desk: Desk, clock: ManualClock) -> None:
    used = give_passkey(desk.database, desk.household.holder.id)
    token = page_token(desk.database, desk.holder)
    use_passkey(desk.database, token, used)
    clock.advance(seconds=1)
    with pytest.raises(LinkVoid):
        use_passkey(desk.database, token, used)


def test_of_many_windows_at_once_one_confirms(desk: Desk) -> None:
    used = give_passkey(desk.database, desk.household.holder.id)
    token = page_token(desk.database, desk.holder)

    def confirm_too(_: int) -> str:
        try:
            use_passkey(desk.database, token, used)
        except Refusal as refusal:
            return refusal.reason
        return "confirmed"

    assert sorted(in_parallel(8, confirm_too)) == ["confirmed", *["link_void"] * 7]


def test_removals_and_uses_at_once_wait_for_one_another(desk: Desk) -> None:
    """Support ends the passkey at the very moment: either may be first, and neither hangs."""
    used = give_passkey(desk.database, desk.household.holder.id)
    token = page_token(desk.database, desk.holder)

    def work(number: int) -> str:
        try:
            if number % 2:
                use_passkey(desk.database, token, used)
            else:
                with desk.database.write() as uow:
                    uow.passkeys.end(SUPPORT, f"holder-{desk.account}")
        except Refusal as refusal:
            return refusal.reason
        return "done"

    assert set(in_parallel(8, work)) <= {"done", "link_void", "no_such_passkey"}
    assert desk.audit_is_whole


def test_the_same_page_is_offered_while_it_lives_and_then_a_new_one(
    desk: Desk, clock: ManualClock
) -> None:
    holder = desk.holder
    first = page_token(desk.database, holder)
    assert page_token(desk.database, holder) == first
    use_passkey(desk.database, first, give_passkey(desk.database, desk.household.holder.id))
    assert page_token(desk.database, holder) != first


def test_a_page_ends_after_ten_minutes_however_busy_its_chat_is(
    desk: Desk, clock: ManualClock
) -> None:
    used = give_passkey(desk.database, desk.household.holder.id)
    token = page_token(desk.database, desk.holder)
    for _ in range(5):
        clock.advance(minutes=2)
        with desk.database.write() as uow:
            assert uow.sessions.live(desk.chat, "person-1") is not None
    with pytest.raises(LinkVoid):
        use_passkey(desk.database, token, used)


def test_a_page_ends_with_the_session_of_its_chat(desk: Desk, clock: ManualClock) -> None:
    used = give_passkey(desk.database, desk.household.holder.id)
    token = page_token(desk.database, desk.holder)
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


def test_who_has_no_session_is_led_to_no_page(desk: Desk, clock: ManualClock) -> None:
    holder = desk.holder
    clock.advance(minutes=5)
    with pytest.raises(NotAuthorised):
        page_token(desk.database, holder)


def test_what_leads_to_the_page_stands_nowhere(desk: Desk, contents: Callable[[], bytes]) -> None:
    token = page_token(desk.database, desk.holder)
    assert token.encode() not in contents()
