"""Spans put together once they are laid: new names, verbs that allow, corrections."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from intents.clauses.clause import DOING
from intents.context import Mention
from intents.sighting import Sighting
from intents.spans.span import Span, only_with, some
from intents.tasks import LEAVING
from intents.words.lexicon import participles
from intents.words.tokens import fold

_REACH = 8
"""How far a French "ne" reaches."""
_OWN_VERBS = {
    ("change", "tv_channels"),
    ("add", "data_addons"),
    ("change", "voicemail"),
    ("send", "voicemail"),
}


def with_their_verbs(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Read "change the channels" as what is allowed where another verb allows it."""
    allowed = False
    reread: list[Span] = []
    for at, span in enumerate(spans):
        behind = spans[at + 1 : at + 4]
        passive = span.has("passive") and behind and behind[0].act() in DOING
        if passive:
            reread.append(replace(span, tags={"want": "", "passive": ""}))
        elif (allowed or span.has("gerund")) and span.act() and _is_own_verb(span, behind):
            reread.append(replace(span, tags={"act": "use"}))
        else:
            reread.append(span)
        allowed = allowed or span.has("act", "modal", "want", "except", "aux")
    return tuple(reread)


def _is_own_verb(span: Span, behind: Sequence[Span]) -> bool:
    """Whether a verb says what is done with the service behind it: "change the channels"."""
    service = next((following.value for following in behind if following.has("service")), "")
    return (span.act(), service) in _OWN_VERBS


def with_what_stays(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Read "leave Tyler locked", "laisse-le barré", "he stays suspended" as what is kept."""
    reread = list(spans)
    for at, span in enumerate(spans):
        if span.act() not in LEAVING:
            continue
        end = at + 1
        small = ("person", "he", "they", "filler", "emphasis")
        while end < len(spans) and _is_left(spans[end], small):
            end += 1
        between = spans[at + 1 : end + 1]
        paused = any("," in part.gap for part in between)
        before = spans[at - 1] if at else span
        somebody = before.tags.get("clitic") == "object"  # "tu me le laisses barré"
        somebody = somebody or span.act() == "keep"
        somebody = somebody or any(part.has("person", "he") for part in between)
        if end < len(spans) and spans[end].has("state", "as_it_is") and somebody and not paused:
            reread[at] = replace(span, tags={"act": "keep"})
            tags = {kind: value for kind, value in spans[end].tags.items() if kind != "act"}
            reread[end] = replace(spans[end], tags=tags)
    if some(reread, "as_before"):
        reread = [_as_kept(reread, at) for at in range(len(reread))]
    if some(reread, "lets"):
        reread = [_as_left_alone(reread, at) for at in range(len(reread))]
    return tuple(reread)


def _as_left_alone(spans: Sequence[Span], at: int) -> Span:
    """As in "lui, on laisse": nothing is let, so that all stays as it is."""
    ends = at + 1 == len(spans) or bool(spans[at + 1].gap.strip())
    before = spans[at - 1] if at else None
    if not (spans[at].has("lets") and ends and before is not None and not spans[at].gap.strip()):
        return spans[at]
    starts = (n for n in range(at, 0, -1) if spans[n].starts_sentence or spans[n].has("but"))
    said = spans[next(starts, 0) : at]
    alone = before.has("subject", "me", "he") and not any(span.has("service") for span in said)
    return replace(spans[at], tags={"act": "keep"}) if alone else spans[at]


def _as_kept(spans: Sequence[Span], at: int) -> Span:
    """As in "Jo keeps the TV, as before": how it is kept, and nothing that is undone."""
    span = spans[at]
    if not span.has("as_before") or span.act() != "undo":
        return span
    acts = [earlier.act() for earlier in spans[:at] if earlier.act() in DOING]
    return replace(span, tags={"filler": ""}) if acts and acts[-1] == "keep" else span


def _is_left(span: Span, small: Sequence[str]) -> bool:
    """As in "laisse les droits à Kevin comme ils sont": who, and what of them stays."""
    access = span.tags.get("field") == "access"
    return (span.has(*small) or access) and not span.has("as_it_is")


@only_with("until")
def with_ends(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Read "but only until Sunday", "for a week, no longer" as said of the end, of nothing else."""
    reread = list(spans)
    for before, span in pairwise(range(len(spans))):
        if spans[before].has("until") and _closes(spans, span):
            reread[span] = replace(spans[span], tags={"filler": ""})
        leads = before
        while spans[span].has("until") and leads >= 0 and spans[leads].has("only", "but"):
            reread[leads] = replace(spans[leads], tags={"filler": ""})
            leads -= 1
    return tuple(reread)


def _closes(spans: Sequence[Span], at: int) -> bool:
    """Whether a word behind an end only says that it is one."""
    last = at + 1 == len(spans) or spans[at + 1].starts_sentence
    return spans[at].has("nothing_else", "only") or (last and spans[at].has("nomore"))


@only_with("service", "cancel")
def with_what_was_done(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Read "they have all forgotten it" as told: behind an auxiliary nothing is called off.

    An "all" beside it belongs to it, and to no wish.
    """
    told = list(spans)
    for at, span in enumerate(spans):
        if span.has("service") and _was_done(spans, at):
            told[at] = replace(span, tags={"filler": ""}, value="")
        if not span.has("cancel"):
            continue
        start = at
        while (
            start
            and spans[start - 1].has("all_services", "emphasis")
            and not (spans[start - 1].has("was"))
        ):
            start -= 1
        if not (start and spans[start - 1].has("was")):
            continue
        end = at + 2 if spans[at + 1 : at + 2] and spans[at + 1].has("all_services") else at + 1
        told[start:end] = [replace(part, tags={"filler": ""}) for part in spans[start:end]]
    return tuple(told)


def _was_done(spans: Sequence[Span], at: int) -> bool:
    """As in "a toujours ben payé": a participle behind its auxiliary, and nothing to be done."""
    before = [span for span in spans[max(0, at - _REACH) : at] if not span.has("still", "polite")]
    done = " " not in spans[at].text and spans[at].text.endswith(participles())
    denied = any(span.has("nomore") for span in before[-2:])
    return done and bool(before) and before[-1].has("was") and not denied


@only_with("new", "email")
def with_whole_names(spans: Sequence[Span], sighting: Sighting) -> tuple[Span, ...]:
    """Join words that nobody knows to the new name beside them: "emy gagnon", typed small.

    Before an address a run of such words is a name by itself.
    """
    joined: list[Span] = []
    for span in spans:
        last = joined[-1] if joined else None
        if (
            last is not None
            and span.gap == " "
            and _is_a_name(last, sighting)
            and span.text.casefold() != last.text.partition(" ")[0].casefold()  # "Ann Roy ann@…"
            and (_is_a_name(span, sighting) and (last.has("new") or span.has("new")))
            and (last.has("new") or not span.text[:1].isupper() or last.text[:1].isupper())
        ):
            joined[-1] = _joined_names([last, span])
            continue
        if span.has("email") and _is_whole_in(span, joined):
            joined[-2:] = [_joined_names(joined[-2:])]
        before_address = span.has("email") and last is not None
        if before_address and not any(earlier.has("new") for earlier in joined):
            run: list[Span] = []
            while joined and (_is_a_name(joined[-1], sighting) or _is_capital(joined[-1])):
                run.insert(0, joined.pop())
            joined += [_joined_names(run)] if run else []
        joined.append(span)
    first = {span.text.partition(" ")[0] for span in joined if span.has("new")}
    return tuple(
        replace(span, tags={"person": "", "new": ""}, mention=Mention(span.text))
        if span.is_content and span.text in first  # "Grace Kim, grace@… Grace pays"
        else span
        for span in joined
    )


_PREDICATES = ("want", "modal", "state")
_BETWEEN = ("actually", "no", "wait", "filler", "polite", "emphasis", "hedge", "link_name", "me")


def with_corrections(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Leave out whoever is put right at once: "Kevin, no wait, Tyler" is Tyler."""
    if not some(spans, "actually", "wait", "no"):
        return tuple(spans)
    reread = list(spans)
    before: int | None = None
    turned = acts = agreed = False
    for at, span in enumerate(spans):
        acts = acts or span.act() in DOING
        says_yes = span.has("yes") and not acts  # "yes for Kevin, no for Hugo"
        agreed = agreed or says_yes or span.act() in _DECIDES
        if span.has("person"):
            if acts and _begins_anew(spans[at + 1 :]):
                before = None  # "remove Kevin, no wait, Tyler needs TV"
            if before is not None and turned and _stands_for(span, spans[before]):
                reread[before] = replace(reread[before], tags={"filler": ""}, mention=None)
            before, turned = at, False
        elif span.has(*_BETWEEN) and span.act() != "keep":
            halts = at > 0 and spans[at - 1].has("hedge", "actually")  # "tyler euh non jo"
            paused = before is not None and any("," in s.gap for s in spans[before + 1 : at])
            says_no = _is_no(span, halts or paused)  # "Jo, ben non, Tyler"
            turned = turned or span.has("actually", "wait") or (says_no and not agreed)
        else:
            before = None
    return tuple(reread)


_DECIDES = frozenset({"approve", "decline"})
"""Verbs that answer a request: "say yes to Kevin, no to Hugo"."""


def _stands_for(name: Span, before: Span) -> bool:
    """Whether a name can stand for the one before: not Carter in "Ben Carver, sorry, Carter"."""
    return name.is_known or len(name.text.split()) >= len(before.text.split())


def _begins_anew(behind: Sequence[Span]) -> bool:
    """Whether somebody is the subject of what follows, and not put in another one's place."""
    return bool(behind) and behind[0].has(*_PREDICATES) and not behind[0].gap.strip()


def _is_no(span: Span, halts: bool) -> bool:
    paused = halts or span.gap.strip() not in {"", ":"}
    return paused and span.has("no") and not span.has("neg", "act")


def _is_a_name(span: Span, sighting: Sighting) -> bool:
    keys = [token.key for token in sighting.tokens[span.first : span.end]]
    unknown = span.is_content and sighting.ordinary.isdisjoint(keys) and span.text.isalpha()
    return span.has("new") or unknown


def _is_whole_in(email: Span, before: Sequence[Span]) -> bool:
    """Whether an address has the word before a new name in it too: "Will Young, will.young@…"."""
    first, last = (None, None, *before)[-2:]
    if first is None or last is None or not last.has("person") or last.gap != " ":
        return False
    capital = first.text.istitle() and first.mention is None and " " not in last.text
    return capital and fold(email.value.partition("@")[0]).startswith(fold(first.text))


def _is_capital(span: Span) -> bool:
    """Whether an ordinary word is written as a name is: "Grace Bell, grace@example.com"."""
    return span.is_content and span.text.istitle()


def _joined_names(spans: Sequence[Span]) -> Span:
    text = " ".join(span.text for span in spans)
    return Span(
        spans[0].first,
        spans[-1].end,
        text,
        spans[0].gap,
        {"person": "", "new": ""},
        text,
        Mention(text),
    )
