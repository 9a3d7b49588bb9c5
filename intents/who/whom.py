"""Whom a word of a clause stands for: a name, a pronoun, "both", "the other one"."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from intents.context import Context, Mention
from intents.spans.span import Span
from intents.who.genders import gender_of

_STANDS = {
    **dict.fromkeys(("unlock", "unblock"), "locked"),
    **dict.fromkeys(("let_back", "resume"), "suspended"),
}
"""How whoever it is done to stands, by what is done."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """Who and what was mentioned before, nearest last: what a pronoun can stand for."""

    people: list[Mention] = field(default_factory=list)
    services: list[str] = field(default_factory=list)
    spared: list[Mention] = field(default_factory=list)
    """Those whom everybody else is "the others" to: "nobody but Rose"."""
    last: list[str] = field(default_factory=list)
    """The services that were mentioned together last: what "it" and "that" can be."""
    by_name: list[Mention] = field(default_factory=list)
    """Those who were named one by one: "each of them" is of them, not of a set."""
    fronted: list[Mention] = field(default_factory=list)
    """Those whom the clause before only names, for this one: "the other two, remove them"."""
    together: list[Mention] = field(default_factory=list)
    """Those who were named together last, if nobody was named alone since."""
    genders: dict[str, str] = field(default_factory=dict)
    """Who is a she and who is a he, as far as it is said."""
    apart: bool = False
    """Whether she and he are told apart: of those named together, nobody knows which is which."""
    coming: list[Mention] = field(default_factory=list)
    """Those who are to be added: nearer than people of the account, where they are named last."""

    def mention(self, people: Sequence[Mention], *, one_by_one: bool) -> None:
        """Take in whom a clause names: nearest last, but for those named only as a set."""
        earlier = [who for who in self.people if who not in people]
        fresh = [who for who in people if who not in self.people]
        self.people[:] = [*earlier, *people] if one_by_one else [*fresh, *self.people]
        self.by_name.extend(people if one_by_one else ())
        self.together[:] = people if len(people) > 1 else () if people else self.together

    def for_verb(self, act: str, context: Context, told: Sequence[Mention]) -> "Spoken":
        """Return it with the one nearest whom a verb can be for: who is locked is unlocked.

        That is who was told to be so (`told`), or the only one who is.
        """
        stands = _STANDS.get(act)
        known = [(who, context.person(who.value)) for who in self.people if stands]
        meant = [who for who, person in known if person and person.status == stands]
        meant = [*told[-1:]] if stands and told else meant
        if len(meant) != 1:
            return self
        return replace(self, people=[*(who for who in self.people if who not in meant), *meant])

    def nearest(self, pronoun: str = "") -> list[Mention]:
        """Return whom "she" stands for: whoever is added, else who is known, else anybody."""
        if self.people and self.people[-1] in self.coming:
            return self.people[-1:]
        if not pronoun and len(self.fronted) > 1:
            return list(self.fronted)  # "my boys, Kevin and Tyler, lose the TV"
        gender = gender_of(pronoun)
        fits = [who for who in self.people if self.genders.get(who.value, gender) == gender]
        people = fits if gender else self.people
        unsure = [who for who in self.together if who in people and who.value not in self.genders]
        if self.apart and len(unsure) > 1:
            return []
        return ([mention for mention in people if mention.refs] or people)[-1:]


@dataclass(frozen=True, slots=True)
class Told:
    """What decides whom a word stands for, beside the word."""

    before: Spoken
    locked: bool
    """Whether somebody is meant by how they stand."""
    explicit: int
    """Whether the clause names somebody, and speaks of another one."""
    indirect: bool
    """Whether it says from whom: then "la" is a thing."""
    things: bool
    """Whether services are asked for, and named: "both, the bill and the usage"."""
    spares: bool
    """Whether it names exceptions: "nobody but Rose"."""
    of_names: bool = False
    """Whether it speaks of what somebody is called."""


def each_of(spans: Sequence[Span], at: int) -> Iterator[Span]:
    """Yield all whom "both Kevins", "the Roys" mean, one after the other; else the span itself."""
    span = spans[at]
    refs = span.mention.refs if span.mention and at else ()
    if span.mention is None or not (_are_both(spans[:at], refs) or _are_a_family(spans, at, refs)):
        yield span
        return
    yield from (replace(span, mention=replace(span.mention, refs=(ref,))) for ref in refs)


def _are_both(before: Sequence[Span], refs: Sequence[str]) -> bool:
    led = [span for span in before[-2:] if not span.has("article")]
    return len(refs) == len("ab") and bool(led) and led[-1].has("both")


def _are_a_family(spans: Sequence[Span], at: int, refs: Sequence[str]) -> bool:
    """As in "the Roys", "aux Côté"; not in "one of the Roys", nor of one of them alone."""
    leads, name = spans[at - 1], spans[at]
    single = any(
        span.has("one_noun", "somebody", "genitive") for span in spans[max(0, at - 3) : at - 1]
    )
    told = leads.has("plural") or (
        leads.has("article", "both", "all_people") and name.has("plural")
    )
    return len(refs) > 1 and told and not (single or name.gap.strip())


def mentions(  # noqa: C901, PLR0912 -- a table of pronouns, which share what was spoken of
    span: Span, context: Context, told: Told, people: Sequence[Mention], refused: Sequence[Mention]
) -> Iterator[Mention]:
    """Return whom a span stands for; `people` and `refused` are those of its clause so far."""
    before, explicit = told.before, told.explicit
    if span.has("both") and told.things:
        return
    if span.mention is not None:
        yield _the_other(span.mention, context, before) if explicit > 1 else span.mention
        return
    if span.has("it") and explicit and (span.has("they") or told.indirect):
        return  # "give them to Marc", "enlève-la à Rose": things
    ordinal = span.tags.get("ordinal", "")
    if ordinal and len(context.topic.people) > 1:
        index = -1 if ordinal == "last" else int(ordinal) - 1
        yield from Mention.each(context.topic.people[index:][:1])
        return
    if "of_two" in span.tags and len(named := [*dict.fromkeys(before.by_name)][-2:]) > 1:
        yield named[0 if span.tags["of_two"] == "former" else 1]
        return
    if span.has("he", "they") and told.locked:
        yield from (Mention(p.first_name, (p.ref,)) for p in context.people if p.status == "locked")
        return
    everybody = [Mention(person.first_name, (person.ref,)) for person in context.people]
    spoken = list(dict.fromkeys([*before.people, *people]))
    topic = Mention.each(context.topic.people)
    if span.has("both", "all_of", "all_people") and context.candidates and not explicit:
        count = span.tags.get("all_of", "them")  # "both of them", of two of one name
        if count in {"them", str(len(context.candidates))}:
            yield from Mention.each(context.candidates)
    elif span.has("all_people") or (span.has("nobody") and told.spares):
        those = () if told.spares else _those(span, [*before.by_name, *people], topic)
        yield from those or (_of_them(everybody, before) if span.has("all_of") else everybody)
    elif span.has("both") and explicit:
        return
    elif span.has("both"):
        pair = spoken if len(spoken) == len("ab") else topic
        two = [people for people in (pair, everybody) if len(people) == len("ab")]
        yield from two[0] if two else ()
    elif span.has("other") and explicit > 1 and not refused:
        return
    elif span.has("other"):
        card = context.card.people if context.card and span.has("others") else frozenset()
        if len(card) > 1 and (spoken or refused):  # "just the other two": of those who are on it
            everybody = [mention for mention in everybody if mention.value in card]
        elif context.candidates and not card:  # "not Simon, the other one": of those it can be
            everybody = [*Mention.each(context.candidates)]
        taken = {mention.value for mention in (before.spared or spoken or refused or topic)}
        left = [mention for mention in everybody if mention.value not in taken]
        one_of_many = len(left) > 1 and not span.has("others")
        yield from [Mention(span.text, tuple(who.value for who in left))] if one_of_many else left
    elif span.has("they", "he") and not people:
        several = before.fronted or _of_them(before.people, before)
        antecedents = before.nearest(span.text) if span.has("he") else several
        if before.apart and not antecedents:
            return
        yield from antecedents or (topic[-1:] if span.has("he") and not span.has("they") else topic)


def _of_them(people: Sequence[Mention], before: Spoken) -> Sequence[Mention]:
    """As in "everybody moved out but Omar, take them all off": he was left out already."""
    return [who for who in people if who not in before.spared] or people


def singled_out(
    spans: Sequence[Span], people: Sequence[Mention], context: Context
) -> tuple[Mention, ...]:
    """Return who is named alone, where whom is asked: "Jo and Kevin; or rather, Jo alone"."""
    if "person" not in context.expects:
        return tuple(people)
    sides = [(*spans[max(0, at - 1) : at], *spans[at + 1 : at + 2]) for at in range(len(spans))]
    single = [any(side.has("only") for side in beside) for beside in sides]
    alone = [s.mention for s, only in zip(spans, single, strict=True) if s.mention and only]
    refs = {ref for who in alone for ref in who.refs}
    only = tuple(who for who in people if who.refs and refs.issuperset(who.refs))
    return only or tuple(people)


def who_stands_so(act: str, whom: Sequence[Mention], context: Context) -> list[Mention]:
    """Return whom a verb can be for: "unlock Roy" is the only one of the Roys who is locked."""
    stands = _STANDS.get(act)
    so = [person.ref for person in context.people if person.status == stands]
    fitting = [tuple(ref for ref in so if ref in who.refs) for who in whom]
    return [
        replace(who, refs=refs) if len(who.refs) > 1 and len(refs) == 1 else who
        for who, refs in zip(whom, fitting, strict=True)
    ]


def without(people: Sequence[Mention], named: Sequence[Mention]) -> list[Mention]:
    """As in "Tyler's last name is Gagné, not Gagnon": it is no longer his, and he is meant."""
    refs = {ref for who in named for ref in who.refs}
    return [who for who in people if refs.isdisjoint(who.refs)]


def _those(span: Span, named: Sequence[Mention], topic: Sequence[Mention]) -> Sequence[Mention]:
    """Return those who were named, where a set is counted: "Jo, Rose and Kevin: … to each"."""
    those = tuple(dict.fromkeys(who for who in named if who.refs or not who.relation)) or topic
    counts = {"them", str(len(those))}
    return those if len(those) > 1 and span.tags.get("all_of") in counts else ()


def _the_other(mention: Mention, context: Context, before: Spoken) -> Mention:
    """Return "the other Roy": of several, those of whom nobody spoke yet."""
    spoken = {ref for earlier in before.people for ref in earlier.refs} | set(context.topic.people)
    left = tuple(ref for ref in mention.refs if ref not in spoken)
    return replace(mention, refs=left) if left and len(mention.refs) > 1 else mention
