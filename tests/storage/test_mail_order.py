"""Which mails leave next: what somebody waits for goes before what has only happened."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from bot.mail.catalogue import Catalogue
from storage.database import Database
from storage.messages.mail_allowances import Cause
from storage.messages.mail_order import Awaited
from storage.messages.outbox_rows import OutboxRow
from tests.fakes.clock import ManualClock

AWAITED = Catalogue.load().awaited
NEWS = ("closed", "rights_changed", "profile_changed", "deleted", "access_request")
CODE, INVITATION = "one_time_code", "activation"
BATCH = 20
SEEDS = range(4)


@dataclass(slots=True)
class Post:
    """The mails of one database, in its own order and in that of their leaving."""

    database: Database
    clock: ManualClock
    left: list[int] = field(default_factory=list)

    def queue(self, kind: str, to: str) -> int:
        with self.database.write() as uow:
            return uow.outbox.mail(
                kind, to=to, language="en", parameters={}, secrets={"x": "y"}, cause=cause_of(kind)
            )

    def next(self, limit: int = BATCH, awaited: Awaited = AWAITED) -> list[OutboxRow]:
        with self.database.read() as uow:
            return uow.outbox.due_mails(limit, None, awaited)

    def send(self, mail: OutboxRow) -> None:
        with self.database.write() as uow:
            claimed = uow.outbox.claim(mail)
            assert claimed is not None
            uow.outbox.sent(claimed)
        self.left += mail.ids

    def fail(self, mail: OutboxRow) -> None:
        with self.database.write() as uow:
            claimed = uow.outbox.claim(mail)
            assert claimed is not None
            uow.outbox.postpone(claimed, "450 later")

    def send_all(self) -> None:
        while due := self.next():
            for mail in due:
                self.send(mail)


def cause_of(kind: str) -> Cause:
    """Of what is asked for a cause that knows no allowance: here it is without end."""
    if kind not in AWAITED.templates:
        return "event"
    return "proved" if kind == CODE else "anybody"


@pytest.fixture
def post(database: Database, clock: ManualClock) -> Post:
    return Post(database, clock)


def address(number: int) -> str:
    return f"person{number}@example.com"


def in_any_state(post: Post, chance: random.Random) -> None:
    """Fill the outbox with anything, some of it held, in back-off or in somebody's hand."""
    for _ in range(chance.randint(30, 60)):
        kind = chance.choice([*NEWS * 4, INVITATION, CODE, "password_reset_notice"])
        post.queue(kind, address(chance.randint(0, 9)))
        if chance.random() < 0.2:
            post.clock.advance(minutes=chance.randint(1, 90))
        if chance.random() < 0.2 and (due := post.next(awaited=Awaited())):
            (post.fail if chance.random() < 0.5 else post.send)(chance.choice(due))


@pytest.mark.parametrize("seed", SEEDS)
def test_whatever_is_queued_a_code_is_next_behind_older_codes_alone(post: Post, seed: int) -> None:
    chance = random.Random(seed)
    in_any_state(post, chance)
    code = post.queue(CODE, address(chance.randint(0, 9)))
    ids = [mail.id for mail in post.next()]
    before = post.next()[: ids.index(code)]
    assert all(mail.template in AWAITED.at_once and mail.id < code for mail in before)


@pytest.mark.parametrize("seed", SEEDS)
def test_whatever_is_queued_each_mail_leaves_once_and_no_invitation_overtakes_its_readers_news(
    post: Post, seed: int
) -> None:
    chance = random.Random(seed)
    for _ in range(3):
        in_any_state(post, chance)
        for _ in range(chance.randint(1, 3)):
            check_order(post.next(), post.next(1000, Awaited()))
            for mail in post.next()[: chance.randint(1, BATCH)]:
                post.send(mail)
    post.clock.advance(days=1)
    post.send_all()
    assert sorted(post.left) == list(range(1, max(post.left) + 1))


def check_order(chosen: Sequence[OutboxRow], due: Sequence[OutboxRow]) -> None:
    """What one reader is told leaves in its order, but for what they wait for at the screen."""
    assert {mail.id for mail in chosen} <= {mail.id for mail in due}
    gone: set[int] = set()
    for mail in chosen:
        if mail.template not in AWAITED.at_once:
            older = {
                each.id
                for each in due
                if each.recipient == mail.recipient
                and each.id < mail.id
                and each.template not in AWAITED.at_once
            }
            assert older <= gone, f"{mail.template} {mail.id} goes before {older - gone}"
        gone.add(mail.id)


def test_an_invitation_goes_before_the_news_of_others(post: Post) -> None:
    for number in range(50):
        post.queue("closed", address(number))
    invitation = post.queue(INVITATION, "new@example.com")
    assert post.next()[0].id == invitation


def test_whoever_is_invited_anew_reads_first_that_the_former_access_ended(post: Post) -> None:
    for number in range(50):
        post.queue("closed", address(number))
    former = post.queue(INVITATION, "ana@example.com")
    ended = post.queue("deleted", "ana@example.com")
    anew = post.queue(INVITATION, "Ana@Example.com")
    assert [mail.id for mail in post.next()][:3] == [former, ended, anew]


def test_a_code_does_not_wait_for_what_its_own_reader_is_told(post: Post) -> None:
    for kind in NEWS:
        post.queue(kind, "ana@example.com")
    code = post.queue(CODE, "ana@example.com")
    assert [mail.id for mail in post.next(1)] == [code]


def test_no_flood_of_codes_keeps_back_what_has_happened(post: Post) -> None:
    news = [post.queue("verification_notice", address(number)) for number in range(10)]
    for looks in (1, 2):
        for number in range(100):
            post.queue(CODE, address(number))
        for mail in post.next():
            post.send(mail)
        assert [each for each in post.left if each in news] == news[: 5 * looks]


def test_without_anybody_who_waits_the_oldest_leave_first(post: Post) -> None:
    ids = [post.queue(NEWS[number % 5], address(number)) for number in range(30)]
    assert [mail.id for mail in post.next()] == ids[:BATCH]
