"""What a message means in its context: the value that the dialogue decides by."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any

from intents.answers import stated, usernames
from intents.answers.remarks import is_told, starts_at
from intents.answers.verdicts import Verdict, by_person, by_service
from intents.context import Mention, Person, Wish, last_of
from intents.parse_result import FALLBACK
from intents.secrets.secrets_typed import tells_secret
from intents.sighting import Sighting
from intents.spans import harm
from intents.spans.grammar import only_names
from intents.spans.span import Span

REFUSED = 0.9
"""How likely the whole must be a no, for a card to be dropped."""
HEARD = 0.55
"""How likely it must be that somebody in the queue speaks of the waiting."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a message means in its context.

    `answer` is "yes" or "no" where the whole message is that, else empty. `kinds` are the kinds of
    words in it. People, services and values are those of the whole message, for the open question.
    """

    sighting: Sighting
    intent: str = FALLBACK
    answer: str = ""
    waits: bool = False
    wishes: tuple[Wish, ...] = ()
    kinds: frozenset[str] = frozenset()
    fields: tuple[str, ...] = ()
    people: tuple[Mention, ...] = ()
    services: tuple[str, ...] = ()
    not_people: tuple[Mention, ...] = ()
    not_services: tuple[str, ...] = ()
    quantified: frozenset[str] = frozenset()
    values: Mapping[str, Any] = field(default_factory=dict)
    left: tuple[str, ...] = ()
    words: int = 0
    asks: bool = False
    refers: bool = False
    """Whether a pronoun stands for somebody: "and take it off him"."""
    control: str = ""
    """What the whole message asks of the conversation itself: "help", "go_back", …"""
    choices: tuple[int, ...] = ()
    """Which of the buttons are meant."""
    titled: int | None = None
    """Which of them is meant by its title, which is no answer to anybody else."""
    odd: bool = False
    """Whether it has signs that no name has."""
    spans: tuple[Span, ...] = ()
    holder: Person | None = None
    """Whose household it is, where that is known."""
    value: str = ""
    """What stands where a new name would stand: behind "to", "it is", or alone."""
    domain: str = ""
    ending: str = ""
    """The domain, or the ending, of an address that is put right: "oops, gmail", "it is .com"."""
    defined: Mapping[str, str] = field(default_factory=dict)
    """Who a relation is, where the message says so: "my husband is Omar"."""
    acts: tuple[str, ...] = ()
    """What the verbs of the message do, in their order."""
    remark: str = ""
    """What is to be passed on to somebody: "no, he is twelve", "tell her it's for school"."""
    explains: bool = False
    """Whether that says why something is wished for: "it's for school"."""
    called_off: bool = False
    """Whether all that it says is called off: "scratch that, I'd rather talk to him"."""
    loosely: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What else the words for a service can mean: "the bill" is seen, or paid."""

    def has(self, *kinds: str) -> bool:
        return not self.kinds.isdisjoint(kinds)

    def last(self, kind: str) -> Any:
        """Return the value of a kind that the message gives, the last where it gives several."""
        return last_of(self.values, kind)

    def last_about(self, name: str, kind: str) -> Any:
        """Return the value that stands behind somebody's name, where each of several has one.

        "Ian in English and Beth in French"; of anybody else it is the last one.
        """
        people = [at for at, span in enumerate(self.spans) if span.mention is not None]
        if not name or not isinstance(self.values.get(kind), list) or len(people) < len("ab"):
            return self.last(kind)
        for at, end in zip_longest(people, people[1:], fillvalue=len(self.spans)):
            mention = self.spans[at].mention
            own = [span.value for span in self.spans[at:end] if span.has(kind)]
            if own and mention is not None and Mention(mention.first_name).is_same(name):
                return own[-1]
        return self.last(kind)

    def said(self, mood: str = "wish", *intents: str) -> list[Wish]:
        """Return the wishes of a mood, all or those for some tasks."""
        return [w for w in self.wishes if w.mood == mood and (not intents or w.intent in intents)]

    @property
    def name(self) -> str:
        """The message as a name, without what leads to it."""
        return stated.name(self.sighting, self.spans, self.holder)

    @property
    def username(self) -> str:
        """The message as a user name, without what leads to it."""
        return usernames.username(self.sighting, self.spans)

    @property
    def only_names(self) -> bool:
        """Whether people are named, and nothing is told of them; or whoever else was meant is."""
        return any(only_names(part) for part in (self.spans, self._corrected))

    @property
    def _corrected(self) -> tuple[Span, ...]:
        """The last sentence, where it puts right who is meant: "… it's Jo I meant"."""
        turned = [at for at, span in enumerate(self.spans) if _may_turn(span)]
        last = self.spans[turned[-1] :] if turned else ()
        turns = any(span.has("actually") for span in last)
        return last if turns and any(span.has("person") for span in last) else self.spans

    @property
    def tells_secret(self) -> bool:
        """Whether a password, a card's number or a PIN is given away."""
        return tells_secret(self.spans)

    @property
    def danger(self) -> str:
        """Whether somebody may be in danger: "none", "maybe" or "plain"."""
        return harm.level(self.spans, self.sighting.parse.danger, self.words)

    @property
    def says_danger(self) -> bool:
        """Whether that is said in so many words."""
        return harm.is_outright(self.spans, self.sighting.parse.danger, self.words)

    @property
    def mourns(self) -> bool:
        """Whether somebody's death is told of."""
        return harm.mourns(self.spans)

    @property
    def says_well(self) -> bool:
        """Whether all is said to be well, where somebody was asked whether it is."""
        return not self.asks and harm.says_well(self.spans, mildly=True)

    @property
    def queued(self) -> str:
        """What somebody in the queue says of the waiting: "place", "leave", … Empty: nothing."""
        likely = self.sighting.waiting
        best = max(likely, key=likely.__getitem__, default="")
        return best if best != "question" and likely.get(best, 0) >= HEARD else ""

    @property
    def head(self) -> tuple[Span, ...]:
        """The words before those that are passed on."""
        return self.spans[: starts_at(self.spans, self.sighting, self.remark)]

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """How each who asked for something is answered, or each of the services."""
        if self.sighting.is_cut or self.marked or self.has("whether", "ask_done"):
            return ()
        of_one = by_service(self.spans) if not self.people[1:] else ()
        return of_one or by_person(self.spans)

    @property
    def statement(self) -> str:
        """The whole message as words to pass on, where it tells something and wishes nothing."""
        plain = self.answer and not self.left
        told = not (plain or self.wishes) and is_told(self.spans)
        return self.sighting.text.strip() if told else ""

    @property
    def sounds_like_no(self) -> bool:
        """Whether the whole surely refuses what a card shows, in whatever words."""
        return self.called_off or self.sighting.answers.get("no", 0.0) >= REFUSED

    @property
    def refuses_first(self) -> bool:
        """Whether a no opens it, whatever else it says."""
        return bool(self.spans) and self.spans[0].has("no", "cancel")

    @property
    def passes_on(self) -> bool:
        """Whether words are to be passed on that ask nothing: "tell him we talk when he works"."""
        return bool(self.remark) and "?" not in self.remark

    @property
    def marked(self) -> bool:
        """Whether a question mark stands in it."""
        return "?" in self.text

    @property
    def text(self) -> str:
        return self.sighting.text

    @property
    def confidence(self) -> float:
        return self.sighting.parse.intent.confidence

    @property
    def of_oneself(self) -> bool:
        """Whether what it ends in speaks of whoever writes: "oh my, it's Roy" does not."""
        starts = [at for at, span in enumerate(self.spans) if span.gap.strip()]
        return any(span.has("me", "own_account") for span in self.spans[max(starts, default=0) :])

    @property
    def me(self) -> bool:
        """Whether the message speaks of whoever writes it."""
        return self.has("me", "own_account")


def _may_turn(span: Span) -> bool:
    return span.starts_sentence or ("," in span.gap and span.has("actually"))
