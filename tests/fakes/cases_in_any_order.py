"""One conversation whose events happen in any order, and what must come of them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from bot.dialogue.engine.state import DialogueState
from bot.dialogue.message import Message
from bot.handoff.group_changes import CHECKED, MOVED, TOPIC_CLOSED
from bot.handoff.message import DeskMessage
from storage.handoff.handoffs import Case
from tests.fakes.agents import Agents
from tests.fakes.chats import Chat
from tests.fakes.wire import Wire

ASKS = "I want to talk to a person"
GOES_BACK = "back to the bot"
HELLO = "hello"
AFRAID = "my husband hits me"
WELL = "I'm fine now, it was a joke"
MEANT = (ASKS, GOES_BACK, HELLO, AFRAID, WELL)
"""All that the customer says, with a number behind what must not get lost."""


@dataclass(slots=True)
class Said:
    """What an agent said to the customer, as it reads by now."""

    who: str
    number: str
    """The messenger's own number of the message."""
    text: str


@dataclass(slots=True, repr=False)
class CaseInAnyOrder:
    """What was said by whom in one interleaving, and what must come of it."""

    chat: Chat
    agents: Agents
    wire: Wire
    customer: list[str] = field(default_factory=list)
    """What the customer wrote while there was a case, or began one by."""
    said: list[Said] = field(default_factory=list)
    on_call: set[str] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)
    first: int = 0
    """The number of the first case of the chat."""
    _numbers: Any = field(default_factory=lambda: count(1))
    _waiting: dict[int, str] = field(default_factory=dict)
    """By the number of its row: what the customer wrote and the bot has not looked at."""

    @property
    def case(self) -> Case:
        """The newest of the chat."""
        with self.agents.world.app.database.read() as uow:
            case = uow.handoffs.newest_of(self.chat.row.id)
        assert case is not None
        return case

    @property
    def topics(self) -> list[list[str]]:
        """The lines of the topics of all cases of the chat."""
        self.agents.look()
        return [
            self.agents.topic(f"t{number}").split("\n")
            for number in range(self.first, self.case.id + 1)
        ]

    @property
    def waits(self) -> bool:
        """Whether the bot has something to look at."""
        with self.agents.world.app.database.read() as uow:
            key = (self.chat.channel, self.chat.bot_id, self.chat.name)
            return uow.inbox.next(*key) is not None

    # What the customer does.

    def _writes_to_us(self, text: str) -> None:
        """A message arrives; its turn runs later: the bot is slow."""
        self._waiting[self.chat.receive_text(text)] = text

    def customer_writes(self) -> None:
        self._writes_to_us(f"{HELLO} {next(self._numbers)}.")

    def customer_is_afraid(self) -> None:
        self._writes_to_us(f"{AFRAID} {next(self._numbers)}.")

    def customer_is_well(self) -> None:
        self._writes_to_us(f"{WELL} {next(self._numbers)}.")

    def customer_asks_again(self) -> None:
        self._writes_to_us(ASKS)

    def customer_goes_back(self) -> None:
        self._writes_to_us(GOES_BACK)

    def customer_rates(self) -> None:
        """Tap the best rating, where one is asked for."""
        buttons = self.chat.row.state["buttons"].items()
        best = [known for known, live in buttons if '"handoff_rating":"5"' in str(live)]
        if best:
            self.chat.receive(Message("", button=best[-1]))

    def the_bot_works(self) -> None:
        """Run one turn; whether there is a case before or after it says who must read the words."""
        with self.agents.world.app.database.read() as uow:
            row = uow.inbox.next(self.chat.channel, self.chat.bot_id, self.chat.name)
            before = uow.handoffs.of_conversation(self.chat.row.id)
            private = DialogueState.from_json(self.chat.row.state).is_private(uow.clock())
            banned = uow.bans.in_force(self.chat.row.id) is not None and not private
        if not self.chat.work_off_one() or row is None:
            return
        text = self._waiting.pop(row.id, "")
        with self.agents.world.app.database.read() as uow:
            after = uow.handoffs.of_conversation(self.chat.row.id)
            answers = uow.outbox.replies(row.id)
        if text in {"", ASKS, GOES_BACK}:
            return
        commented = any(reply.template == "utter_commented" for reply in answers)
        commented = commented and not banned  # it is kept with the rating, and told to nobody
        if before or after or commented:
            self.customer.append(text)
        elif not answers:
            self.wrong.append(f"nobody answers {text!r}")
        if text.startswith(AFRAID) and not (after and after.urgent):
            self.wrong.append(f"nobody is called for {text!r}")

    # What the agents do.

    def _writes(self, who: str, before: str = "") -> None:
        text = f"{who} says {next(self._numbers)}."
        if self._has_it(who):
            self.said.append(Said(who, text, text))
        self._from(who, DeskMessage(before + text, message_id=text))

    def _has_it(self, who: str) -> bool:
        return self.chat.row.owner == "agent" and self.case.agent_id == who

    def nadia_writes(self) -> None:
        self._writes("nadia")

    def tom_writes(self) -> None:
        self._writes("tom")

    def nadia_returns(self) -> None:
        self._writes("nadia", "/return ")

    def nadia_edits(self) -> None:
        self._edits("nadia")

    def tom_edits(self) -> None:
        self._edits("tom")

    def _edits(self, who: str) -> None:
        """Say the last message in other words."""
        mine = [said for said in self.said if said.who == who]
        if not mine:
            return
        text = f"{who} says {next(self._numbers)}."
        before = mine[-1].text
        if self._has_it(who):
            mine[-1].text = text
        self._from(who, DeskMessage(text, kind="edited", message_id=mine[-1].number))
        if "passed on can be corrected" in "\n".join(self.topics[-1][-2:]):
            mine[-1].text = before

    def nadia_claims(self) -> None:
        self._from("nadia", DeskMessage("", button="claim"))

    def tom_claims(self) -> None:
        self._from("tom", DeskMessage("", button="claim"))

    def nadia_releases(self) -> None:
        self._from("nadia", DeskMessage("/release"))

    def nadia_transfers(self) -> None:
        self._from("nadia", DeskMessage("/transfer Tom"))

    def tom_takes(self) -> None:
        self.agents.world.clock.advance(minutes=6)
        self._from("tom", DeskMessage("/take"))

    def nadia_closes(self) -> None:
        self._from("nadia", DeskMessage("", button="close"))

    def nadia_bans(self) -> None:
        self._from("nadia", DeskMessage("/ban swears at us"))

    def tom_lifts_the_ban(self) -> None:
        self._from("tom", DeskMessage("/unban"))

    def nadia_reopens(self) -> None:
        self._from("nadia", DeskMessage("/reopen"))

    def tom_is_on_call(self) -> None:
        self._from("tom", DeskMessage("/oncall"))
        self.on_call.add("tom")

    def nadia_is_on_call(self) -> None:
        self._from("nadia", DeskMessage("/oncall"))
        self.on_call.add("nadia")

    def tom_goes_home(self) -> None:
        self._from("tom", DeskMessage("/oncall off"))
        self.on_call.discard("tom")

    def nadia_goes_home(self) -> None:
        self._from("nadia", DeskMessage("/oncall off"))
        self.on_call.discard("nadia")

    # What the clock and the group do.

    def nobody_answers(self) -> None:
        """Somebody has waited for long: who is on call is called, or everybody."""
        self.agents.look()
        before = len(self.agents.shown.get("", []))
        self.agents.world.clock.advance(minutes=6)
        assert self.agents.world.app.watch is not None
        self.agents.world.app.watch.look()
        self.agents.look()
        for row in self.agents.shown.get("", [])[before:]:
            whom = self.on_call or {"nadia", "tom"}
            if row.kind == "ping" and "status" in row.act and not row.act["agent"]:
                self._expect({*row.mentions} == whom, f"{row.mentions} are called, not {whom}")

    def time_is_up(self) -> None:
        self.agents.world.clock.advance(minutes=31)
        assert self.agents.world.app.rests is not None
        self.agents.world.app.rests.look()

    def the_topic_is_closed(self) -> None:
        self._from("", DeskMessage("", kind=TOPIC_CLOSED))

    def the_group_moves(self) -> None:
        """To a chat that it never was in."""
        self._moves(f"-100{self.case.id}{next(self._numbers)}")

    def the_group_says_again_where_it_is(self) -> None:
        with self.agents.world.app.database.read() as uow:
            here = uow.agent_groups.address(self.case.desk_id).chat_id
        self._moves(here)

    def _moves(self, where: str) -> None:
        self.agents.receive("", DeskMessage(where, kind=MOVED), "")
        self.agents.work_off("")
        self.agents.look()  # before that the case has no topic to write in

    def the_group_is_away_and_back(self) -> None:
        for trouble in ("removed", ""):
            self.agents.receive("", DeskMessage(trouble, kind=CHECKED), "")
            self.agents.work_off("")

    def _from(self, who: str, message: DeskMessage) -> None:
        self.agents.look()  # a case that has just begun has its topic by then
        topic = f"t{self.case.id}"
        self.agents.receive(who, message, topic)
        self.agents.work_off(topic)

    def _expect(self, is_so: bool, otherwise: str) -> None:
        if not is_so:
            self.wrong.append(otherwise)

    def steps(self) -> list[Callable[[], None]]:
        wire = self.wire
        return [
            *[self.customer_writes, self.the_bot_works] * 2,
            *[self.the_bot_works] * 3,
            *[self.nadia_writes, self.tom_writes] * 2,
            *[self.nadia_edits, self.tom_edits],
            *[wire.begin, wire.end] * 2,
            *[wire.fail, wire.block],
            *[self.nadia_claims] * 2,
            *[self.tom_claims, self.nadia_reopens],
            *[self.nadia_releases, self.nadia_transfers, self.tom_takes],
            *[self.nadia_returns, self.nadia_closes, self.nadia_bans, self.tom_lifts_the_ban],
            *[self.customer_is_afraid, self.customer_is_well, self.customer_rates],
            *[self.customer_asks_again, self.customer_goes_back],
            *[self.tom_is_on_call, self.nadia_is_on_call, self.tom_goes_home],
            *[self.nadia_goes_home, self.nobody_answers, self.time_is_up],
            *[self.the_group_moves] * 2,
            *[self.the_topic_is_closed, self.the_group_says_again_where_it_is],
            self.the_group_is_away_and_back,
        ]
