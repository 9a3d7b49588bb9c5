"""What a message has said so far: the memory of those who read its clauses."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from intents.clauses.clause import Clause
from intents.clauses.telling import only_tells
from intents.context import Context, Mention, Wish
from intents.spans.grammar import only_names
from intents.spans.span import Span
from intents.tasks import GRANT
from intents.who.genders import introduced
from intents.who.named import Named
from intents.who.whom import Spoken
from intents.wishes.given import values
from intents.wishes.moods import says_what_was_meant


@dataclass(slots=True)
class Heard:
    """What the clauses of one message have said so far, in their order."""

    context: Context
    before: Spoken = field(default_factory=Spoken)
    wishes: list[Wish] = field(default_factory=list)
    people: list[Mention] = field(default_factory=list)
    services: list[str] = field(default_factory=list)
    not_people: list[Mention] = field(default_factory=list)
    not_services: list[str] = field(default_factory=list)
    quantified: set[str] = field(default_factory=set)
    """Which sets the message has without naming anybody: all_people, all_services, …"""
    refers: bool = False
    """Whether a pronoun stands for somebody."""
    signs_out: bool = False
    supposed: Wish | None = None
    """What is only supposed: "if I gave her the bill"."""
    put_out: Wish | None = None
    """Who is only supposed to be put out: "if I suspended her"."""
    wonders: bool = False
    """Whether the message asks what would be then."""
    asks_what: bool = False
    """Whether it does so in plain words: "what", "quoi"."""
    copies: bool = False
    """Whether something is to be the same as what somebody has."""
    asked: bool = False
    """Whether some clause asks how things are."""
    given: dict[str, Any] = field(default_factory=dict)
    requested: bool = False
    """Whether somebody's request is spoken of, and how it is answered."""
    answers: set[str] = field(default_factory=set)
    adds: bool = False
    """Whether it is said that somebody is to be added."""
    introduced: dict[str, Wish] = field(default_factory=dict)
    """Strangers who have an address and a clause to themselves, by name: how they are added."""
    turned: tuple[Span, ...] = ()
    """The words that the clause before ends in and that may take it back: "no wait"."""
    called_off: int = -1
    """How many wishes there were when all of them were called off: "no wait, do nothing"."""
    ends_alone: str = ""
    """Until when, where a clause says nothing else."""
    fields: set[str] = field(default_factory=set)
    """What the clause before speaks of: an invitation, an address."""
    tongue: tuple[Mention, str] | None = None
    """Whose language was spoken of, and which: "Jo reads French better"."""
    addressed: Mention | None = None
    """Whose address was spoken of."""
    renames: bool = False
    """Whether somebody's name was spoken of."""
    named_anew: tuple[Mention, str] | None = None
    """Who was told to have another name, and which: "her name is now Rose Roy"."""
    readdresses: bool = False
    """Whether it was said that it changes: "change Jo's e-mail, put …"."""
    whole: list[str] = field(default_factory=list)
    """All services, where they were spoken of as such last: "every single one, … to have it"."""
    fronted: Clause | None = None
    """The clause before, where it only names what the next one is about."""
    fronted_wishes: list[Wish] = field(default_factory=list)
    """What that would wish for if nothing followed."""
    ordered: list[Wish] = field(default_factory=list)
    """Wishes said as an order; others only follow from what is told: "she forgot her password"."""
    gives: bool = False
    """Whether something is given in plain words, whatever was asked for."""
    adds_on: bool = False
    """Whether something is said to be so for somebody else as well: "too"."""
    suspended: set[str] = field(default_factory=set)
    """Who is told to be suspended."""
    exact: list[Wish] = field(default_factory=list)
    """Wishes with which there shall be no more and no less than what they name."""
    opened: bool = False
    """Whether the clause before only opens a question."""
    asked_for: bool = False
    """Whether the clause before asks that something be asked for."""
    defined: dict[str, str] = field(default_factory=dict)
    """Who a relation is, where the message says so: "my husband is Omar"."""

    def note(self, clause: Clause, named: Named, *, kept: bool) -> None:
        """Take in what a clause names; `kept`: nothing is given or taken of it."""
        self._define(clause)
        self._introduce(clause, named)
        if not self.wishes and says_what_was_meant(clause):
            self._take_back(named)
        self.adds_on |= clause.has("also")
        if "suspended" in clause.values("state"):
            self.suspended |= {who.value for who in named.people}
        stays = kept and "person" in self.context.expects  # whom to remove? "Simon. Rose stays"
        people = self.not_people if stays else self.people
        if not (named.all_people and only_tells(clause)):  # "he never calls anyone back"
            people += [mention for mention in named.people if mention not in people]
        into = self.not_services if kept else self.services
        into += [code for code in named.services if code not in into]
        self.not_people += named.not_people
        self.not_services += named.not_services
        kinds = ("all_people", "all_services", "no_services", "somebody")
        self.quantified |= {kind for kind in kinds if getattr(named, kind)}

    def _introduce(self, clause: Clause, named: Named) -> None:
        """Take in a stranger of a list: "Clara Roy, clara@…, in French, she may see the bill"."""
        self.adds |= "add" in clause.values("to_do") | clause.values("act")
        strangers = [who for who in named.people if who.is_new]
        if len(strangers) == 1 and len(named.people) == 1 and clause.has("email"):
            given = {kind: v for kind, v in values(clause).items() if kind in {"email", "language"}}
            new = Wish("create_user", "wish", (strangers[0],), "", tuple(named.services), given)
            self.introduced[strangers[0].said] = new

    def _take_back(self, named: Named) -> None:
        """As in "I typed voicemail but I meant the data": what was said first was not meant."""
        if named.services:
            self.not_services += [code for code in self.services if code not in named.services]
            self.services.clear()
        if named.people:
            self.not_people += [who for who in self.people if who not in named.people]
            self.people.clear()

    def _define(self, clause: Clause) -> None:
        """Take in who a relation is: "my husband is Omar", "c'est Kevin mon fils"."""
        spans = clause.spans
        named = [at for at, span in enumerate(spans) if span.mention]
        for first, second in pairwise(named):
            if any(span.has("and", "or", "also") for span in spans[first:second]):
                continue
            pair = [mention for at in (first, second) if (mention := spans[at].mention)]
            kin = next((who for who in pair if who.relation and not who.refs), None)
            known = next((who for who in pair if len(who.refs) == 1), None)
            if kin and known and not clause.has("act"):
                self.defined[kin.said] = known.refs[0]

    def remember(self, clause: Clause, named: Named) -> None:
        """Keep who and what a clause names, for words that point back."""
        self.before.genders.update((who.value, sex) for who, sex in introduced(clause.spans))
        who = next((at for at, span in enumerate(clause.spans) if span.mention), 0)
        fronted = clause.ends_in == "," and not clause.has("act", "service", "modal", "want")
        fronted = fronted and only_names(clause.spans[who:])
        self.before.fronted[:] = named.people if fronted else ()
        if named.nobody or named.all_people:
            self.before.spared.extend(named.not_people)
        if _stays_behind(clause):
            self.before.spared.extend(named.people)
        if not named.nobody:
            pointed = len(named.people) > 1 and not _called_by_name(clause, named.people)
            one_by_one = not (named.all_people or pointed)
            self.before.mention(named.people, one_by_one=one_by_one)
            if named.all_people:  # "the whole family was here, and Omar …": he is nearest
                self.before.mention(
                    _called_by_name(clause, (*named.people, *named.not_people)), one_by_one=True
                )
        if services := [*named.services, *named.not_services]:
            self.before.services.extend(services)
            given = bool(self.wishes) and self.wishes[-1].change == GRANT
            spoken = named.services if given else named.not_services  # "…, that he can keep"
            self.before.last[:] = spoken if named.all_services else services
            self.whole = services if named.all_services else []


def _stays_behind(clause: Clause) -> bool:
    """As in "Kevin and Tyler left but Jo stayed. Remove them": she is none of them."""
    stays = clause.values("act") == {"keep"} or (clause.has("neg") and not clause.has("act"))
    return (
        clause.spans[0].has("but") and stays and clause.has("person") and not clause.has("service")
    )


def _called_by_name(clause: Clause, people: Sequence[Mention]) -> list[Mention]:
    """Return those of some people whom a clause calls by their names, beside its sets."""
    return [span.mention for span in clause.spans if span.mention and span.mention in people]
