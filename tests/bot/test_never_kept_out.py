"""A stranger who never stops keeps the holder out of nothing, whatever proofs are demanded.

He has twenty chats, a list of passwords, and the page for a forgotten one. He goes on between any
two steps of the holder, so that whatever she does is done while he runs.
"""

import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import count, cycle, islice

import pytest

from bot.faces import web_app
from storage.database import Database
from storage.keys import Keys
from storage.messages.outbox_rows import OutboxRow
from tests.bot.test_sign_in_link import SECRET, token
from tests.fakes.chats import Chat, World
from tests.fakes.passwords import quickly_hashed
from tests.web.visits import ORIGIN, PASSWORD, Browser

HOLDER = "diane"
NEW = "battery staple 9"
NUMBER = re.compile(r"\b(\d{3} \d{3})\b")
TALKING = 2
"""Of his chats, those in which he types; in the others he asks for codes as an action does."""
AT_MOST = timedelta(minutes=2)


@dataclass
class Stranger:
    """Knows a user name, and nothing else."""

    world: World
    browser: Browser
    chats: list[Chat] = field(default_factory=list)
    guesses: Iterator[int] = field(default_factory=count)
    turns: Iterator[Chat] = field(default_factory=lambda: iter(()))

    def __post_init__(self) -> None:
        self.chats = [self.world.chat(f"stranger {number}") for number in range(20)]
        self.turns = cycle(self.chats)
        for chat in self.chats:
            self.say(chat, "sign me in")
        for chat in self.chats[:TALKING]:
            self.say(chat, HOLDER)

    def say(self, chat: Chat, text: str) -> None:
        """He is quick: no time passes."""
        chat.receive_text(text)
        chat.work_off()

    def go_on(self) -> None:
        for chat in self.chats[:TALKING]:
            self.say(chat, "send me a new code")
            self.say(chat, "0000 0000")
        with self.world.app.database.write() as uow:
            for chat in islice(self.turns, 5):
                uow.codes.request(HOLDER, conversation_id=chat.row.id, task="sign_in", chat="rest")
        for _ in range(2):
            self.browser.sign_in(HOLDER, f"guess {next(self.guesses)}")
        self.browser.send("/forgot", username=HOLDER)


@dataclass
class Siege:
    """The holder, and the stranger who goes on before each of her steps."""

    world: World
    browser: Browser
    stranger: Stranger
    demand: str

    def step(self, seconds: int = 5) -> None:
        self.world.clock.advance(seconds=seconds)
        self.stranger.go_on()
        self.world.collect_mails()

    def mail(self, kind: str, **said: str) -> OutboxRow:
        """The newest in her mailbox of that kind, or the last of a day."""
        self.world.collect_mails()
        fitting = [
            mail
            for mail in self.world.mailbox
            if mail.template in {kind, f"{kind}_last"} and mail.recipient == "diane@example.com"
            if all(mail.parameters.get(name) == value for name, value in said.items())
        ]
        assert fitting, f"no {kind} has come"
        return fitting[-1]

    def choose_password(self) -> None:
        path = self.mail("password_reset").secrets["reset_url"].removeprefix(ORIGIN)
        self.step()
        self.browser.get(path)
        self.step()
        chosen = self.browser.post(path, data={"password": NEW, "password_again": NEW})
        assert chosen.status_code == 200

    def verify(self, name: str = "fresh") -> Chat:
        """In a chat that has never verified, by the page, and by a code where both are asked."""
        chat = self.world.chat(name)
        chat.say("who is on my account?")
        self.step()
        chat.tap("Sign in on our page")
        link = token(chat)
        self.step()
        page = self.browser.send(f"/link/{link}")
        assert page.status_code == 303
        self.step()
        number = NUMBER.search(self.browser.get(f"/link/{link}").text)
        assert number is not None
        self.step()
        chat.say(number[1])
        if self.demand == "both":
            assert "utter_ask_one_time_code" in chat.templates()
            self.step()
            chat.say(self.mail("one_time_code", chat=f"rest {name}").secrets["code"])
        assert chat.templates()[0] == "utter_verified"
        return chat


@pytest.fixture(params=["any", "both"])
def siege(request: pytest.FixtureRequest, world: World) -> Iterator[Siege]:
    url = world.app.settings.database_url
    with closing(
        Database(url, clock=world.clock, keys=Keys(SECRET), demand=request.param)
    ) as database:
        turns = replace(world.app.turns, database=database)
        world.app = replace(world.app, database=database, turns=turns)
        pages = web_app(world.app)
        browser = Browser(pages)
        set_password(world, PASSWORD)
        yield Siege(world, browser, Stranger(world, Browser(pages)), request.param)


def set_password(world: World, password: str) -> None:
    with world.app.database.write() as uow:
        member_id = uow.sign_in.candidate(HOLDER).member_id
        assert member_id is not None
        uow.accounts._proofs.set_password(member_id, quickly_hashed(password))


def test_who_has_signed_in_here_before_signs_in_and_verifies_a_fresh_chat(siege: Siege) -> None:
    assert siege.browser.sign_in(HOLDER, PASSWORD).status_code == 303
    siege.browser.sign_out()
    for _ in range(3):
        siege.step()
    began = siege.world.clock()
    assert siege.browser.sign_in(HOLDER, PASSWORD).status_code == 303
    siege.verify()
    assert siege.world.clock() - began <= AT_MOST
    assert siege.mail("verification_notice", chat="rest fresh"), "while he runs"


def test_who_comes_with_an_unknown_browser_chooses_a_password_and_is_in(siege: Siege) -> None:
    for _ in range(3):
        siege.step()
    began = siege.world.clock()
    assert siege.browser.sign_in(HOLDER, PASSWORD).status_code == 422, "unknown, and locked"
    siege.choose_password()
    assert siege.browser.is_signed_in
    siege.verify()
    assert siege.world.clock() - began <= AT_MOST
    assert siege.mail("verification_notice", chat="rest fresh"), "while he runs"


def test_the_last_mail_of_a_day_lets_the_holder_in_twelve_hours_later(siege: Siege) -> None:
    for _ in range(12):
        siege.world.clock.advance(minutes=20)
        siege.step()
    siege.world.clock.advance(hours=8)
    began = siege.world.clock()
    before = len(siege.world.mailbox)
    siege.browser.send("/forgot", username=HOLDER)
    siege.step()
    assert len(siege.world.mailbox) == before, "the allowance of the day is used up"
    assert siege.mail("password_reset").template == "password_reset_last"
    siege.choose_password()
    siege.verify()
    assert siege.world.clock() - began <= AT_MOST
    assert siege.mail("verification_notice", chat="rest fresh"), "while he runs"


def test_the_last_code_of_a_day_has_such_a_link_too(siege: Siege) -> None:
    for _ in range(12):
        siege.world.clock.advance(minutes=20)
        siege.step()
    siege.world.clock.advance(hours=8)
    last = siege.mail("one_time_code")
    assert last.template == "one_time_code_last"
    path = last.secrets["reset_url"].removeprefix(ORIGIN)
    siege.browser.post(path, data={"password": NEW, "password_again": NEW})
    assert siege.browser.is_signed_in


def test_he_himself_gets_nowhere_and_her_mailbox_is_not_filled(siege: Siege) -> None:
    for _ in range(12):
        siege.world.clock.advance(minutes=20)
        siege.step()
    assert not siege.stranger.browser.is_signed_in
    kinds = [mail.template.removesuffix("_last") for mail in siege.world.mailbox]
    counts = {kind: kinds.count(kind) for kind in set(kinds)}
    assert counts == {"one_time_code": 10, "password_reset": 5, "locked": 1}
