"""Where a verb begins another clause, and where it only ends one: "usage Kevin, remove please"."""

from collections.abc import Sequence

from intents.clauses.borders import OBJECTS, completes, is_why_a_mail_comes, lists
from intents.clauses.clause import DOING
from intents.clauses.telling import is_relative
from intents.spans.grammar import has_it_done, is_compound
from intents.spans.span import Span

_LEADING = (
    *("neg", "nomore", "ask_bot", "want", "also", "instead", "polite", "modal", "only", "later"),
    *("list_mark", "you", "or", "link_name", "ask_done", "as_whom"),
)
_BESIDE_A_VERB = ("polite", "filler")
_PREDICATES = ("modal", "want", "state")


def new_verb(now: list[Span], span: Span) -> int | None:
    """Return from where on spans of the clause belong to a verb that begins another one."""
    predicate = span.has(*_PREDICATES, "is_given")
    doing = span.act() in DOING and span.act() != "undo"
    doing = doing and not is_compound((*now, span), len(now))
    doing = doing or (span.has("writes") and _behind_an_and(now))
    if not (doing or predicate):
        return None
    if _completes_it(now, span):
        return None
    relative = predicate and any(earlier.has("wh") for earlier in now[-2:])
    relative = relative or any(earlier.tags.get("field") == "link" for earlier in now[-2:])
    relative = relative or is_why_a_mail_comes(now)
    relative = relative or now[-1].has("except", "without") or is_relative((*now, span), len(now))
    last = next((earlier for earlier in reversed(now) if not earlier.has("polite")), now[-1])
    paused = any("," in near.gap for near in (*now[-3:], span)) or last.has("and", "no", "actually")
    same = doing and not paused and any(_is_same_verb(earlier, span) for earlier in now)
    had = range(len(now))  # "get the TV taken off"; not in "get Jo unlocked, and remove Kevin"
    done = any(has_it_done((*now, span), at) and not has_it_done(now, at) for at in had)
    if relative or same or done or not is_whole(now) or (completes(now) and not paused):
        return None
    if (joint := _subject(now, span) or _joint(now, predicate=predicate)) is not None:
        return joint
    kept = _without_its_lead(now, span)
    return kept if doing and kept and is_whole(now[:kept]) else None


def _behind_an_and(now: Sequence[Span]) -> bool:
    """As in "unlock Tyler and, while you are at it, write to Kevin in French"."""
    said = [span for span in now if not span.has(*_BESIDE_A_VERB, "also") or span.has("and")]
    return bool(said) and said[-1].has("and")


def _without_its_lead(now: Sequence[Span], span: Span) -> int:
    """Return where the words begin that lead to a verb: "… au lieu de | le supprimer"."""
    kept = len(now)
    if now[-1].tags.get("clitic") == "object" and not span.gap.strip():
        kept -= 1
    while kept and (now[kept - 1].has(*_LEADING) or _is_joint(now[kept - 1])):
        if now[kept - 1].has("postposed") and _denies_a_verb(now[: kept - 1]):
            break  # "supprime-le pas, enlève-lui la télé"
        kept -= 1
    return kept


def _completes_it(now: Sequence[Span], span: Span) -> bool:
    """As in "have her access removed", "let him keep it", "Tyler's TV has to go"."""
    if now[-1].has("passive") or (now[0].has("aux") and now[0].act() == "use"):
        return True
    led = [earlier for earlier in now if earlier.act() or not earlier.has("is")][-1:]
    lets = len(now) > 1 and now[-2].has("lets") and now[-1].has("he", "they", "person")
    if lets or (led and led[0].act() == "let_not"):  # "she must not keep it"
        return True
    said = span.has("loses", "goes_away", "passive", "state") and not span.gap.strip()
    return said and not any(map(Span.act, now)) and _waits_for_a_verb(now)


def _denies_a_verb(before: Sequence[Span]) -> bool:
    """Whether a *pas* stands right behind a verb, or behind its pronoun."""
    verb = next((span for span in reversed(before) if not span.has("clitic")), None)
    return verb is not None and verb.act() in DOING


def _is_same_verb(earlier: Span, span: Span) -> bool:
    """As in "take the TV, take it all"; not in "rather than removing her just take the TV"."""
    return earlier.act() == span.act() and (span.has("gerund") or not earlier.has("gerund"))


def _subject(now: Sequence[Span], span: Span) -> int | None:
    """Return where the service, or whoever keeps it, begins: "take the bill, the TV stays"."""
    at = len(now) - 1
    while at > 0 and now[at].has("modal", "subject", "it"):
        at -= 1  # "…, the TV can stay", "…, la télé il la garde"
    if span.act() != "keep" or not (now[at].has("service") or _opens_with(now[at])):
        return None
    while at > 1 and now[at - 1].has("article") and "," not in now[at].gap:
        at -= 1
    return at if "," in now[at].gap or now[at - 1].has("and") else None


def _opens_with(who: Span) -> bool:
    """As in "the bill I don't mind, Kevin keeps it": somebody, behind a comma."""
    return who.has("person") and "," in who.gap


def _joint(now: Sequence[Span], *, predicate: bool) -> int | None:
    """Return where a conjunction or a comma after a whole clause begins the next one.

    Whoever stands right before a predicate is its subject: "unlock Tyler, and Jo may …".
    """
    for at in range(len(now) - 1, 0, -1):
        if now[at].act() in DOING or now[at].has("service", "email"):
            return None
        pair = at > 1 and now[at - 1].has("person") and "," in now[at - 1].gap
        subject = predicate and at == len(now) - 2 and not pair and _does_something(now[:at])
        if lists(now, at) and not subject:
            continue
        if "," in now[at].gap or now[at].has("and"):
            return at if is_whole(now[:at]) else None
    return None


def _does_something(now: Sequence[Span]) -> bool:
    """Whether there is a verb that has all it needs; "give" and "let" wait for what is given."""
    return any(span.act() in DOING - {"give", "let_not"} for span in now) and is_whole(now)


def is_whole(now: Sequence[Span]) -> bool:
    """Whether a clause has a verb and what the verb is about."""
    kinds = frozenset[str]().union(*[span.tags for span in now])
    service = not kinds.isdisjoint({"service", "with_bill"})
    written = "field" in kinds and not kinds.isdisjoint({"email", "language"})
    written = written or {"writes", "language"} <= kinds  # "write to Kevin in French"
    somebody = not kinds.isdisjoint({"person", "all_people"})
    if somebody and (service or written or "reset_noun" in kinds):
        return True
    doing = "act" in kinds and any(span.act() in DOING for span in now)
    if doing and "neg" in kinds:
        return True
    if "act" in kinds and any(span.act() == "resend" and " " in span.text for span in now):
        return True  # "send it again"
    verb = doing or (service and not kinds.isdisjoint({"modal", "state"}))
    if now[0].has("cancel") and any(span.tags.get("field") == "invitation" for span in now):
        verb = True  # "cancel her invitation"
    return verb and any(span.has(*OBJECTS) for span in now if not span.act())


def _is_joint(span: Span) -> bool:
    return span.has("filler") and not span.has("he", "person")


def with_verbs_last(parts: Sequence[Sequence[Span]]) -> list[Sequence[Span]]:
    """Join a verb that stands alone to what it is about: "usage Kevin, remove please"."""
    joined: list[Sequence[Span]] = []
    for part in parts:
        verb, *beside = _from_its_verb(part)
        bare = verb.act() in DOING and all(span.has(*_BESIDE_A_VERB) for span in beside)
        bare = bare and not any(span.has("it", "he", "they") for span in part)
        gap = part[0].gap.strip()
        asked = bool(joined) and joined[-1][0].has_all("aux", "owns")  # "does Jo have TV …"
        said = bare or (not (gap or asked) and _is_said_of(part))
        if said and joined and gap in {"", ","} and _waits_for_a_verb(joined[-1]):
            joined[-1] = [*joined[-1], *part]
        else:
            joined.append(part)
    return joined


def _from_its_verb(part: Sequence[Span]) -> Sequence[Span]:
    """Return a part without what leads to its verb: "is to be removed", "est à enlever"."""
    at = next((at for at, span in enumerate(part) if span.act()), 0)
    led = at > 0 and part[0].has("is") and all(span.has(*_LEADS_TO_BE) for span in part[:at])
    return part[at:] if led else part


_LEADS_TO_BE = ("is", "to", "passive", "infinitive")


def _is_said_of(part: Sequence[Span]) -> bool:
    """As in "Jo's TV | should be taken away", "the bill for Jo | I want gone": it names nothing."""
    be = part[1:] if part[0].has("please") and any(s.has("is") for s in part[1:2]) else part
    led = next((span for span in be if not span.has("aux", "filler") or span.has("wh")), be[0])
    begins = led.has(*_BEGINS) and not led.has("passive")
    said = any(span.act() in DOING or span.has("state", "passive") for span in part)
    beside = [span for span in part if not span.act()]
    return said and not begins and not any(span.has(*OBJECTS, "it") for span in beside)


_BEGINS = ("wh", "ask_bot", "polite", "and", "but", "no", "yes", "cancel", "actually", "you")


def _waits_for_a_verb(part: Sequence[Span]) -> bool:
    """Whether somebody and something are named, and nothing is said of them."""
    named = ("person", "service", "all_services", "all_people", "and", "but", "to", "polite")
    lead = ("ask_bot", "want", "introduces", "filler")
    alone = all(span.has(*named, *lead) or span.tags.get("field") == "access" for span in part)
    return alone and all(any(span.has(kind) for span in part) for kind in ("person", "service"))
