"""People who wander through conversations: seeded, so that a walk can be walked again."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random

from bot.dialogue.message import Message
from storage.households.actors import Operator
from storage.households.importing.records import HouseholdRecord, MemberRecord
from tests.fakes.chats import CHANNEL, Chat, World
from tests.fakes.people import HADDAD, person
from tests.fakes.yaml_files import read_yaml

WORDS = read_yaml(Path(__file__).with_name("walk_words.yml"))
YES = frozenset({"yes", "oui", "ok", "1", "yes yes yes"})
KINDS = ("photo", "voice", "sticker", "location", "forward", "group")
WAITS = (1, 6, 16, 40, 25 * 60)
"""Minutes: a pause, a session that lapses idle or absolutely, a silence, an undo that is over."""
WRONG_CODE = "0000 0000"
CHOICES = ["{name}", "yes", "oui"]
HABITS = {"go on": 44, "say": 26, "tap": 13, "tap old": 5, "send": 3, "edit": 4, "wait": 3}
"""How often people do what; what cannot be done now is going on."""
TALKATIVE = {"holder": 24, "again": 5, "second": 10, "neighbour": 1, "stranger": 1}
PROVING = frozenset({"username", "one_time_code"})
EAGER = 0.8
"""How often somebody who is asked to prove who they are just does."""
TAPPING = 0.7
"""How often a question with buttons is answered by one of them."""


def _family(account: str, *members: MemberRecord) -> HouseholdRecord:
    return HouseholdRecord(account, "en", members)


LEO = person("secondary", "Léo Gagnon")
SHAPES: dict[str, HouseholdRecord] = {
    "full": HADDAD,
    "alone": _family("90210003", person("holder", "Rosa Diaz")),
    "mixed": _family(
        "90210004",
        person("holder", "Diane Tremblay"),
        person("secondary", "Hugo Tremblay", language="fr"),
        person("secondary", "Léa Tremblay-Roy", language="fr", status="locked"),
        person("secondary", "Sam Roy", status="invited"),
    ),
    "alike": _family(
        "90210005",
        person("holder", "Gabriel Gagnon", language="fr"),
        LEO,
        replace(LEO, username="leo2", email="leo2@example.com"),
        person("secondary", "Marie Gagnon", status="locked"),
        person("secondary", "Marie-Ève Roy"),
    ),
}
NEIGHBOURS = _family(
    "90210009", person("holder", "Paul Neighbour"), person("secondary", "Ines Neighbour")
)


@dataclass(slots=True)
class Walker:
    """Somebody in a chat; a stranger knows user names, and never a code."""

    chat: Chat
    username: str
    member_id: int | None
    buttons: list[tuple[str, str]] = field(default_factory=list)
    """Title and payload of every button that was ever shown here."""
    typed: list[str] = field(default_factory=list)
    """The messenger's numbers of what was typed."""

    @property
    def question(self) -> str | None:
        """The slot that this chat is asked for, if it has begun."""
        with self.chat.world.app.database.read() as uow:
            known = uow.conversations.find(CHANNEL, CHANNEL, self.chat.name)
        question = known.state.get("question") if known else None
        return str(question[2]) if question else None


@dataclass(frozen=True, slots=True)
class Deed:
    """What somebody does next: a message, or a wait."""

    walker: Walker
    what: str
    message: Message | None = None
    minutes: int = 0

    @property
    def says_yes(self) -> bool:
        return self.what.casefold().split(",")[0].split(" ")[0] in {"yes", "oui"} or (
            self.what.casefold() in YES
        )


@dataclass(slots=True)
class Walk:
    """One household, its neighbours, and the people who chat."""

    world: World
    random: Random
    household: HouseholdRecord
    walkers: list[Walker] = field(default_factory=list)
    story: list[str] = field(default_factory=list)

    def begin(self) -> None:
        holder, *others = self.household.members
        with self.world.app.database.write() as uow:
            uow.importing.apply(Operator("tests"), [self.household, NEIGHBOURS])
        named = {"holder": holder, "again": holder, "neighbour": NEIGHBOURS.members[0]}
        if others:
            named["second"] = self.random.choice(others)
        for name, who in named.items():
            walker = Walker(self.world.chat(name), who.username, self._member(who.username))
            self.walkers.append(walker)
        self.walkers.append(Walker(self.world.chat("stranger"), holder.username, None))

    def _member(self, username: str) -> int:
        with self.world.app.database.read() as uow:
            households = [uow.households.find(one) for one in self.accounts]
        people = [one for found in households if found for one in found.members]
        return next(one.id for one in people if one.username == username)

    @property
    def accounts(self) -> tuple[str, str]:
        return self.household.account_number, NEIGHBOURS.account_number

    def choose(self) -> Deed:
        [walker] = self.random.choices(
            self.walkers, [TALKATIVE[one.chat.name] for one in self.walkers]
        )
        if walker.question in PROVING and self.random.random() < EAGER:
            return self._go_on(walker)
        [habit] = self.random.choices(list(HABITS), list(HABITS.values()))
        match habit:
            case "wait":
                minutes = self.random.choice(WAITS)
                return Deed(walker, f"waits {minutes} minutes", None, minutes)
            case "tap old" if walker.buttons:
                return self._tap(walker, walker.buttons)
            case "tap" if shown := self._shown(walker):
                return self._tap(walker, shown)
            case "send":
                kind = self.random.choice(KINDS)
                return Deed(walker, f"sends a {kind}", Message("", kind=kind))
            case "edit" if walker.typed:
                return self._type(walker, self._any_words(), self.random.choice(walker.typed))
            case "say":
                return self._type(walker, self._any_words())
            case _:
                return self._go_on(walker)

    def do(self, deed: Deed) -> None:
        """Do it, and let the events that it made run in the other chats."""
        walker, chat = deed.walker, deed.walker.chat
        self.world.clock.advance(minutes=deed.minutes)
        self.story.append(f"{chat.name}: {deed.what}")
        if deed.message is None:
            return
        if deed.message.message_id is not None:
            walker.typed.append(deed.message.message_id)
        chat.send(deed.message)
        for reply in chat.replies:
            titles = " ".join(f"[{one['title']}]" for one in reply.buttons)
            self.story.append(f"    {reply.template}: {reply.text} {titles}")
            walker.buttons += [(str(one["title"]), str(one["payload"])) for one in reply.buttons]

    def _go_on(self, walker: Walker) -> Deed:
        question, shown = walker.question, self._shown(walker)
        match question:
            case None:
                return self._type(walker, self.random.choice(WORDS["tasks"]))
            case "username":
                return self._type(walker, walker.username)
            case "one_time_code":
                return self._type(walker, self._code(walker))
        if shown and self.random.random() < TAPPING:
            return self._tap(walker, shown)
        return self._type(walker, self.random.choice(WORDS["good"].get(question, CHOICES)))

    def _code(self, walker: Walker) -> str:
        """The newest code that this person was mailed for this chat."""
        self.world.collect_mails()
        codes = [
            one.secrets["code"]
            for one in self.world.mailbox
            if one.template == "one_time_code"
            and one.member_id == walker.member_id
            and str(one.parameters["chat"]).endswith(f" {walker.chat.name}")
        ]
        return codes[-1] if codes and walker.member_id is not None else WRONG_CODE

    def _shown(self, walker: Walker) -> list[tuple[str, str]]:
        buttons = [one for reply in walker.chat.replies for one in reply.buttons]
        return [(str(one["title"]), str(one["payload"])) for one in buttons]

    def _tap(self, walker: Walker, buttons: Sequence[tuple[str, str]]) -> Deed:
        title, payload = self.random.choice(buttons)
        return Deed(walker, title, Message("", button=payload))

    def _type(self, walker: Walker, words: str, edits: str | None = None) -> Deed:
        text = words.replace("{name}", self._somebody()).replace("{other}", self._somebody())
        number = edits or f"{walker.chat.name}-{len(self.story)}"
        kind = "edited" if edits else "text"
        return Deed(walker, text, Message(text, kind=kind, message_id=number))

    def _any_words(self) -> str:
        kinds = ("tasks", "answers", "corrections", "steering", "questions", "chatter")
        [kind] = self.random.choices(kinds, (5, 6, 3, 4, 2, 3))
        return str(self.random.choice(WORDS[kind]))

    def _somebody(self) -> str:
        one = self.random.choice(self.household.members)
        return self.random.choice([one.first_name, f"{one.first_name} {one.last_name}"])
