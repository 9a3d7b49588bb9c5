"""Where a clause ends or goes on: numbers of a list, two of a kind, a new subject."""

from collections.abc import Sequence
from itertools import takewhile

from intents.clauses.clause import DOING
from intents.clauses.telling import fronts_a_service, tells_of_somebody
from intents.spans.span import Span
from intents.tasks import PROFILE

_LISTED = ("person", "service")
_LIST_NUMBER = 2
_PAIR = 2
_MENDS = frozenset({"change", "rename", "unlock", "unblock", "reset", "send", "resend"})
OBJECTS = (
    *("person", "service", "all_people", "all_services", "both", "other", "field", "email"),
    *("he", "they", "no_services", "somebody", "something", "rest"),
)
"""What a verb is about."""
_NEAR = 4
"""Spans from "you" to what is to be done."""
_LETS_IN = frozenset({"unlock", "unblock", "reset", "send", "resend", "resume", "let_back"})
_FAR_WISH = 6
"""Spans in which a noun says for whom it is."""
_FAR = 7
"""Spans from whose address it is to the address."""


def is_list_number(spans: Sequence[Span], at: int) -> bool:
    span = spans[at]
    behind = spans[at + 1].gap if at + 1 < len(spans) else ""
    short = span.text.isdecimal() and len(span.text) < _LIST_NUMBER + 1
    return short and behind[:1] in {")", ".", "-", ":", "°"}


def asks_when(spans: Sequence[Span], at: int, end: str) -> bool:
    """As in "her invite expires when exactly?": the question word ends what it asks about."""
    if not spans[at].has_all("wh", "when") or spans[at].gap.strip():
        return False
    last = next((n for n in range(at + 1, len(spans)) if spans[n].gap.strip()), len(spans))
    mark = spans[last].gap if last < len(spans) else end
    return "?" in mark and all(span.has("filler", "polite") for span in spans[at + 1 : last])


def joins(spans: Sequence[Span], at: int) -> bool:
    """As in "à Kevin puis à Jo": a word that goes on to the next thing, between two of a kind."""
    if not (spans[at].has("list_mark") and spans[at].has("and")):
        return False
    behind = (span for span in spans[at + 1 :] if not span.has("to", "article"))
    following = next(behind, spans[at])
    return any(spans[at - 1].has(kind) and following.has(kind) for kind in _LISTED)


def ends_apart(spans: Sequence[Span], at: int, now: Sequence[Span]) -> bool:
    """As in "the bill for good and the TV until Friday": each service has an end of its own."""
    if not spans[at].has("service"):
        return False
    said = [span for span in now if span.has("until", "service", "person")]
    if not (len(said) > 1 and said[-1].has("until") and said[-2].has("service")):
        return False
    behind = spans[at + 1 :]
    end = next((p for p, span in enumerate(behind) if span.has("until")), None)
    return end is not None and not any(span.has("person", "act") for span in behind[:end])


def denies_next(spans: Sequence[Span], at: int) -> bool:
    """As in "mais pas la facture": a service that a *not* stands before."""
    behind = [span for span in spans[at + 1 : at + _NEAR] if not span.has("article")]
    no, what = (*behind[:2], None, None)[:2]
    return no is not None and what is not None and no.has("neg") and what.has("service")


def lists(now: Sequence[Span], at: int) -> bool:
    """Whether a conjunction stands between two of a kind: "all but Kevin and Jo"."""
    around = (now[at - 1], now[at + 1]) if at + 1 < len(now) else ()
    return bool(around) and any(all(o.has(kind) for o in around) for kind in _LISTED)


def another_subject(spans: Sequence[Span], at: int) -> bool:
    """As in "… et tu vires Théo", "… and Sam goes on": what they do, nobody knows yet.

    It is no part of the list before, so that whoever it is about is not drawn into that wish.
    """
    if at and spans[at].has("person") and _cannot_be_listed(spans, at):
        return True  # "…, Jo doesn't need it"
    near = spans[at + 1 : at + 3]
    if at and spans[at].has("new") and any(s.has("in_stead") and not s.gap.strip() for s in near):
        return True  # "remove Jo, Ben Carver in her place"
    if not (at and spans[at - 1].has("and")):
        return False
    behind = spans[at + 1] if at + 1 < len(spans) else None
    if behind is None or behind.gap.strip():
        return False
    if spans[at].has("person") and behind.tags.get("wh") == "who":
        return at > 1 and not spans[at - 2].has("person")  # "…, and Kevin who fixes it is away"
    instead = behind.has("relation") and any(
        span.has("in_stead") for span in spans[at + 2 : at + 4]
    )
    unknown = spans[at].is_content and (behind.has("new") or instead)  # "… and onboard Ben Carver"
    return unknown or spans[at].has("you") or (spans[at].has("new") and behind.is_content)


def names_a_wish(spans: Sequence[Span], at: int, now: Sequence[Span]) -> bool:
    """As in "unlock Jo, and a new password for Tyler": a noun wishes for it as a verb would."""
    span, near = spans[at], spans[at : at + _FAR_WISH]
    access = "access" in span.tags.values() or span.act() == "use" or span.has("something")
    access = access and any(before.act() in _LETS_IN for before in now)
    access = access and any(behind.has("service") for behind in near)
    if not (access or span.has("reset_noun")) or not any(who.has("person") for who in near):
        return False
    said = (before for before in reversed(now) if before.has("and") or not _is_small(before))
    last = next(said, None)
    return last is not None and last.has("and")


def _is_small(span: Span) -> bool:
    return span.has("filler") and not span.has("he", "person")


def is_why_a_mail_comes(now: Sequence[Span]) -> bool:
    """As in "he should get a mail to choose a new password": what the mail is for."""
    said = [span.tags.get("field", "") for span in now[-2:]]
    return said[:1] == ["email"] and now[-1].has("to")


def tells_how_somebody_stands(spans: Sequence[Span], at: int) -> bool:
    """As in "Hélène mistyped it and Tyler is locked"; not in "Hélène and Tyler are locked"."""
    alone = at > 1 and spans[at - 1].has("and") and not spans[at - 2].has("person")
    if not (alone and spans[at].has("person")):
        return False
    near = [span for span in spans[at + 1 : at + 3] if not span.gap.strip()]
    stands = [kind for span, kind in zip(near, ("is", "state"), strict=False) if span.has(kind)]
    return len(stands) == _PAIR


def is_about_the_others(spans: Sequence[Span], at: int, now: Sequence[Span]) -> bool:
    """As in "I keep Rose and Omar, the others can go": no object of the verb that keeps."""
    if not (spans[at].has("others") and spans[at].gap.strip()):
        return False
    return any(span.act() == "keep" for span in now) and any(span.has("person") for span in now)


def is_about_the_rest(spans: Sequence[Span], at: int) -> bool:
    """As in "… the bill, and that's it: the rest, that goes"; not in "… the bill, the rest"."""
    if not (spans[at].has("rest") and spans[at].gap.strip()):
        return False
    behind = [span for span in spans[at + 1 : at + _NEAR] if not span.has("it", "he", "clitic")]
    return bool(behind) and bool(behind[0].act())


def is_to_come_first(spans: Sequence[Span], at: int, now: Sequence[Span]) -> bool:
    """As in "before Jo gets it you'll have to fix her address": what comes first is the wish."""
    leads = spans[at].has("you", "want", "ask_bot") and len(now) > _LIST_NUMBER
    if not leads or now[-1].has("wh", "what_of", "as_whom", "you"):
        return False
    first = any(span.has("before_that") for span in now[:2])
    near = spans[at + 1 : at + _NEAR]
    return first and any(behind.has("to_do") or behind.act() in _MENDS for behind in near)


def is_behind_a_reason(spans: Sequence[Span], at: int, now: Sequence[Span]) -> bool:
    """As in "since I'm away, Hélène must be able to pay", "après réflexion, nous voulons …"."""
    wants = spans[at + 1] if at + 1 < len(spans) else None
    if "," not in spans[at].gap or wants is None or wants.gap.strip():
        return False
    if not any(span.has("because", "when", "once") for span in now[:2]):
        return False
    subject = spans[at].has("person") or (spans[at].has("filler") and not spans[at].act())
    return subject and wants.has("want")


def fronts_its_end(spans: Sequence[Span], at: int) -> bool:
    """As in "unlock Tyler and, for two weeks only, let Jo pay": of what follows."""
    behind = spans[at + 1 : at + 2]
    joined = at > 0 and spans[at - 1].has("and", "list_mark")
    return joined and spans[at].has("until") and any("," in span.gap for span in behind)


def tells_a_value(spans: Sequence[Span], at: int) -> bool:
    """As in "remove Jo, and Kevin's e-mail becomes k@…": whose address it is loses nothing."""
    if not (at and (spans[at - 1].has("and") or "," in spans[at].gap)):
        return False
    ahead = list(takewhile(lambda span: not (span.act() or span.has("and")), spans[at : at + _FAR]))
    field = next((n for n, span in enumerate(ahead) if span.tags.get("field") == "email"), None)
    whose = any(span.has("person") for span in ahead)
    opens = field is not None and all(span.has("article", "person", "is") for span in ahead[:field])
    return opens and whose and any(span.has("email") for span in ahead)


def _cannot_be_listed(spans: Sequence[Span], at: int) -> bool:
    """Whether what somebody does not do, need or have follows right behind the name."""
    if not ("," in spans[at].gap or spans[at - 1].has("and", "but")):
        return False
    if tells_of_somebody(spans[at:]) and ("," in spans[at].gap or _will(spans[at + 1])):
        return True
    behind = [span for span in spans[at + 1 : at + 4] if not span.has("it", "clitic")]
    return (
        bool(behind)
        and not behind[0].gap.strip()
        and (behind[0].has("nomore", "unwilling", "declines") or _is_unable(behind))
    )


def _will(behind: Span) -> bool:
    """As in "… to Jo and Kevin will pay"; not in "let Jo and Kevin have it"."""
    return behind.has("aux") and not behind.has("owns", "was", "is")


def _is_unable(behind: Sequence[Span]) -> bool:
    """As in "…, Kevin can't have it", "mais Kevin peut pas"."""
    denied = any(span.has("neg") for span in behind[:2])
    return denied and behind[0].has("modal", "aux")


def is_a_service_denied(spans: Sequence[Span], at: int) -> bool:
    """As in "…, the bill is no longer hers", "…, la télé il en a besoin": said of one alone."""
    if "," not in spans[at].gap:
        return False
    said = [span for span in spans[at : at + _NEAR + 1] if not span.has("article")]
    if fronts_a_service(said):
        return True
    kinds = ("service", "is", "nomore")
    return [span.has(kind) for span, kind in zip(said, kinds, strict=False)] == [True] * len(kinds)


def awaits_its_verb(now: Sequence[Span]) -> bool:
    """As in "I'd like that my boys, Kevin and Jo, …": only who is meant is said behind *that*."""
    if now[-1].has("all_of") and all(span.has("person", "and", "all_of") for span in now):
        return True  # "Kevin and Jo, both of them, should …"
    at = next((n for n, span in enumerate(now) if span.has("introduces")), None)
    if not at or not now[at - 1].has("want"):
        return False
    behind = now[at + 1 :]
    people = sum(span.has("person", "all_people") for span in behind)
    named = ("person", "and", "filler", "all_people", "except")
    small = all(span.has(*named) or span.is_content for span in behind)
    return bool(people) and small


def concludes(now: Sequence[Span], span: Span) -> bool:
    """As in "only Kevin lives here, so remove the others", "I don't see well, so it's Jo who …"."""
    if now[-1].has("concludes") and span.act() in DOING:
        known = any(said.has("person", "all_people", "service") for said in now)
        return known or now[0].has("when", "because")
    if not (span.has("concludes") and "," in span.gap):
        return False
    of_somebody = any(said.has("me", "he", "person") for said in now)
    return of_somebody and any(said.is_content or said.has(*_PREDICATES) for said in now)


def steps_aside(now: Sequence[Span], span: Span) -> bool:
    """As in "…, it's the playoffs", behind a comma; not in "my son, that's Jo"."""
    turns = span.has("me", "want", "aux", "ask_done") or span.act() in DOING
    if turns and not span.has("person", "service", "asking") and not awaits_its_verb(now):
        return True
    if not span.has("explains"):
        return False
    detail = any(earlier.tags.get("field") in PROFILE for earlier in now)
    kin = len(now) == 1 and now[0].has("relation") and span.has("link_name")
    return not (detail or kin)


_PREDICATES = ("nomore", "is", "was", "aux", "modal", "want")


def is_inside(span: Span, now: Sequence[Span]) -> bool:
    """As in "retirez-lui plutôt la télé": between a verb and what it takes."""
    verb = now[-1].gap == "-" or now[-1].act() not in {"", "use"}
    instead = span.has("instead") and verb and not span.gap.strip()
    return instead or is_told_of_it(span, now)


def is_told_of_it(span: Span, now: Sequence[Span]) -> bool:
    """As in "change her name to Simone, it was typed wrong": how it was, which nothing turns."""
    told = list(takewhile(lambda said: "," not in said.gap, reversed(now)))
    subject = now[len(now) - len(told) - 1]
    was = any(said.has("is", "was") for said in told)
    return not span.gap.strip() and subject.has("it") and was


def completes(now: Sequence[Span]) -> bool:
    """Whether a verb only says what is allowed or ended: "let her change the channels"."""
    verbs = [at for at, span in enumerate(now) if span.act() in DOING]
    behind = now[verbs[-1] :] if verbs else ()
    act = now[verbs[-1]].act() if verbs else ""
    bare = act == "remove" and not any(span.has(*OBJECTS) for span in behind[1:])
    allows = act in {"give", "let_not"} or bare
    return allows and not any(span.has("service", "all_services") for span in behind)
