"""Another secret key is put first while mails wait: whoever gets several gets them in order."""

import random
from collections.abc import Iterator

import pytest

from storage.database import Database
from storage.errors import MailLimit
from storage.keys import Keys
from storage.limits import EVENTS_PER_HOUR, RESETS_PER_HOUR
from storage.messages.mail_order import Awaited
from storage.messages.outbox_rows import MailList
from storage.messages.tables import outbox
from tests.conftest import SECRET
from tests.fakes.clock import ManualClock
from tests.storage.test_mail_order import (
    BATCH,
    INVITATION,
    NEWS,
    SEEDS,
    Post,
    address,
    check_order,
    in_any_state,
)

NEW = "1:N3w-key-of-the-tests-that-nobody-guesses"
BEFORE, AFTER = f"0:{SECRET},{NEW}", f"{NEW},0:{SECRET}"
ANA, ANA_IN_CAPITALS = "ana@example.com", "Ana@Example.com"


class Posts:
    """The same mails as processes with other keys see them, the old key first or the new one."""

    def __init__(self, url: str, clock: ManualClock) -> None:
        self.before, self.after = (
            Post(Database(url, clock=clock, keys=Keys(secret)), clock) for secret in (BEFORE, AFTER)
        )


@pytest.fixture
def posts(database_url: str, clock: ManualClock) -> Iterator[Posts]:
    opened = Posts(database_url, clock)
    yield opened
    opened.before.database.close()
    opened.after.database.close()


def ids(post: Post, limit: int = BATCH) -> list[int]:
    return [mail.id for mail in post.next(limit)]


def shards(post: Post) -> list[str]:
    with post.database.read() as uow:
        return uow.outbox.mail_shards()


def test_an_invitation_does_not_overtake_what_was_told_under_the_former_key(posts: Posts) -> None:
    for number in range(50):
        posts.before.queue("closed", address(number))
    ended = posts.before.queue("deleted", ANA)
    invitation = posts.after.queue(INVITATION, ANA_IN_CAPITALS)
    assert ids(posts.after)[:2] == [ended, invitation]


def test_what_one_reader_gets_is_sent_by_one_hand(posts: Posts) -> None:
    """Each shard has a sender of its own: in two of them, mails would leave side by side."""
    for number in range(20):
        posts.before.queue(NEWS[0], address(number))
    before = shards(posts.before)
    for number in range(20):
        posts.after.queue(NEWS[1], address(number).upper())
    assert sorted(shards(posts.after)) == sorted(before)


def test_once_all_have_left_mails_are_known_by_the_first_key_alone(posts: Posts) -> None:
    posts.before.queue(NEWS[0], ANA)
    posts.after.send_all()
    posts.after.queue(NEWS[1], ANA)
    with posts.after.database.read() as uow:
        newest = outbox.select().order_by(outbox.c.id.desc()).limit(1)
        row = uow.outbox._connection.execute(newest).one()
    assert row.receiver == Keys(NEW).account_digest(f"mail to {ANA}")


def test_what_was_held_under_the_former_key_is_listed_in_one_mail_with_the_rest(
    posts: Posts,
) -> None:
    for post in (posts.before, posts.after):
        for _ in range(EVENTS_PER_HOUR):
            post.queue("rights_changed", ANA)
    posts.after.send_all()
    posts.after.clock.advance(hours=1)
    [listing] = posts.after.next()
    assert isinstance(listing, MailList)
    assert len(listing.mails) == EVENTS_PER_HOUR


def test_what_a_reader_got_under_the_former_key_counts(posts: Posts) -> None:
    for _ in range(RESETS_PER_HOUR):
        posts.before.queue("password_reset", ANA)
    posts.before.send_all()
    with pytest.raises(MailLimit), posts.after.database.write() as uow:
        uow.outbox.mail("password_reset", to=ANA, language="en", parameters={})


@pytest.mark.parametrize("seed", SEEDS)
def test_whichever_key_is_first_each_mail_leaves_once_and_in_its_order(
    posts: Posts, seed: int
) -> None:
    chance = random.Random(seed)
    post = posts.after
    for _ in range(4):
        in_any_state(chance.choice([posts.before, posts.after]), chance)
        check_order(post.next(), post.next(1000, Awaited()))
        for mail in post.next()[: chance.randint(1, BATCH)]:
            post.send(mail)
    post.clock.advance(days=1)
    post.send_all()
    left = posts.before.left + posts.after.left
    assert sorted(left) == list(range(1, max(left) + 1))
