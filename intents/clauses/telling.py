"""Where a clause begins that tells how things are: "…, the landline is for everyone"."""

from collections.abc import Sequence
from itertools import dropwhile, takewhile

from intents.clauses.clause import Clause
from intents.spans.span import Span

_LEADS_TO_IT = ("wh", "what_of", "as_whom", "whether", "because", "when", "says", "asking", "but")
"""What makes a subject and its verb part of what stands before: "what he is using"."""
_NAMES = ("person", "service", "act", "want", "modal", "he", "they", "me", "it", "also", "wh")
_FAR = 5
"""Spans up to the verb that tells of a thing."""


def begins_to_tell(spans: Sequence[Span], at: int) -> bool:
    """Whether a subject and its verb begin here, behind something that is whole."""
    if spans[at - 1].has(*_LEADS_TO_IT):
        return False
    fine = "," in spans[at].gap and (
        is_found_fine(_up_to_a_pause(spans, at)) or is_left_alone(spans[at:])
    )
    return _of_somebody(spans, at) or _of_a_thing(spans, at) or fine


def is_found_fine(spans: Sequence[Span]) -> bool:
    """As in "take everything from Kevin, the TV is okay", "…, la voir c'est correct": it stays."""
    if any(span.has("minds_not") for span in spans):
        return all(span.act() in {"", "use", "keep"} for span in spans)
    small = ("article", "possessive", "but", "polite", "still")
    said = [span for span in spans if not span.has(*small)]
    if len(said) > 1 and said[0].has("he") and not said[0].has("subject"):
        said = said[1:]  # "her invoice is fine"
    while said and (said[-1].tags.keys() == {"filler"} or _is_for_them(said[-1])):
        said.pop()  # "… par exemple", "… for her"
    uses = bool(said) and said[0].act() == "use"
    said = said[1:] if uses else said
    what, judged = (said[:1], said[1:]) if said and said[0].has("service") else ([], said)
    if not (what or uses) or not judged or not _is_good(judged[-1]):
        return False
    if len(judged) > 1 and judged[0].has("it") and not judged[0].has("article"):
        judged = judged[1:]  # "la voir, ça c'est correct"
    if len(judged) == 1:
        return judged[0].end - judged[0].first > 1  # "c'est correct"
    return len(judged) == len("ab") and judged[0].has("is", "link_name")


def _is_good(span: Span) -> bool:
    return span.has("yes", "fine", "well") or span.act() == "approve"  # "ok for her"


def is_left_alone(spans: Sequence[Span]) -> bool:
    """As in "remove Rose, Omar is fine": somebody with whom all is well."""
    who, to_be, fine = (*spans, None, None, None)[:3]
    if who is None or to_be is None or fine is None or to_be.gap.strip() or fine.gap.strip():
        return False
    behind = _up_to_a_pause(spans, 0)[len("abc") :]
    more = any(span.act() or span.has("without", "neg", "service") for span in behind)
    return who.has("person") and to_be.has("is") and _is_good(fine) and not more


def tells_of_somebody(spans: Sequence[Span]) -> bool:
    """As in "Kevin works nights", "Kevin m'a dit …": somebody, and a verb that nobody orders."""
    end = 1  # "Kevin and Tyler are fine"
    while end + 1 < len(spans) and spans[end].has("and") and spans[end + 1].has("person"):
        end += 2
    near = spans[end : end + 4]
    behind = [span for span in near if not span.has("me", "only", "it") or span.has("is")]
    somebody = spans[0].has("person", "all_people") or spans[0].has_all("he", "subject")
    if not (somebody and behind) or behind[0].gap.strip(" '’"):
        return False
    does, more = behind[0], behind[1:2]
    if spans[0].has("all_people") and not more:
        return False  # "everybody's"
    told = does.has(*_TELLS) or does.act() == "keep" or does.tags.get("field") == "request"
    if told and not does.has("is_given", "modal"):
        return True
    goes_on = bool(more) and not more[0].gap.strip()
    if goes_on and does.act() == "use":
        return more[0].has("postposed")  # "Kevin regarde jamais"
    if goes_on and does.has_all("no", "neg"):  # "he never calls anyone back"
        return not more[0].has("service", "person", "he", "article")
    name = does.has("new") or (does.text[:1].isupper() and not goes_on)  # "Kevin Smith"
    unknown = does.is_content and not name
    small = does.has("filler") and not does.has("article", "genitive", "to", "also", "possessive")
    leads = goes_on and (small or does.has("neg", "modal", "yes"))  # "Hélène va pleurer"
    return unknown or (leads and (more[0].is_content or more[0].has("wait")))


def only_tells(clause: Clause) -> bool:
    """As in "remove Jo, and Kevin works nights": of somebody, and nothing that goes on."""
    more = clause.has("service", "all_services", "also", "same", "actually", "instead")
    said = list(dropwhile(lambda span: span.has("and", "but", "article"), clause.spans))
    return bool(said) and not more and (tells_of_somebody(said) or tells_of_oneself(said))


def tells_of_oneself(spans: Sequence[Span]) -> bool:
    """As in "j'attends les enfants", "I work nights": I, and a verb that asks for nothing."""
    behind = [span for span in spans[1:] if not span.has("clitic", "filler") or span.has("is")]
    if not spans[0].has("writer") or not behind or behind[0].gap.strip(" '’"):
        return False
    does = behind[0]
    return not does.act() and (does.is_content or does.has("wait", "is", "was", "i_did", "departs"))


_TELLS = (
    *("is", "was", "aux", "owns", "says", "gone", "departs", "left", "delivery", "postposed"),
)


def _is_for_them(span: Span) -> bool:
    return span.has("he", "they", "person", "to") and not span.has("is", "yes", "subject", "act")


def _up_to_a_pause(spans: Sequence[Span], at: int) -> Sequence[Span]:
    goes_on = takewhile(lambda span: not span.gap.strip(" '’"), spans[at + 1 :])
    return (spans[at], *goes_on)


def _of_somebody(spans: Sequence[Span], at: int) -> bool:
    """As in "theyre on the same boat", "…, elle regarde la facture"."""
    span, behind = spans[at], spans[at + 1 : at + 2]
    if not span.has("he", "they") or span.gap == "-":
        return False
    if span.has("is") or (behind and behind[0].has("is")):
        return True
    if span.has("subject") and behind and behind[0].has("past") and not _is_renaming(behind[0]):
        thing = spans[at + 2 : at + 3]  # not in "the TV he used"
        return bool(thing) and thing[0].has("article", "possessive", "to_me")
    if "," in span.gap and _did(spans[at + 1 : at + 3]):
        return True
    if _runs_on(spans, at):
        return True
    paused = span.has("subject") and ("," in span.gap or spans[at - 1].has("and"))
    verb = next((does for does in spans[at + 1 : at + 3] if not does.has("only", "still")), None)
    if verb is None or not paused:
        return False
    does = verb.act() in {"use", "let_not"} or verb.has("service", "says", "neg")
    does = does or verb.has_all("aux", "owns")  # "…, he does nothing but complain"
    return does or (verb is behind[0] and verb.is_content)  # "…, he lives in", "pis y comprend"


def _runs_on(spans: Sequence[Span], at: int) -> bool:
    """As in "remove Kevin he doesn't pay", "give Jo TV please she has nothing": no mark between.

    Not in "the TV she used": whoever stands right behind a thing tells which it is.
    """
    does, what = spans[at + 1 : at + 2], spans[at + 2 : at + 3]
    if not spans[at].has_all("he", "subject") or spans[at - 1].has("field", "article", "service"):
        return False
    told = any(s.has("neg", "nomore") or (s.has("aux") and not s.has("modal")) for s in does)
    return told and any(not span.gap.strip() for span in what)


def _did(behind: Sequence[Span]) -> bool:
    """As in "…, y'a jamais payé sa part": an auxiliary, and what was done or not."""
    has, what = (*behind, None, None)[:2]
    if has is None or what is None or has.gap.strip(" '’") or not has.has_all("was", "owns"):
        return False
    return what.has("postposed") or what.is_content


def _is_renaming(verb: Span) -> bool:
    """As in "he changed his e-mail to …", which says what it is to be."""
    return verb.act() in {"change", "rename"}


def _of_a_thing(spans: Sequence[Span], at: int) -> bool:
    return "," in spans[at].gap and tells_of_a_thing(spans[at : at + _FAR])


def tells_of_a_thing(spans: Sequence[Span]) -> bool:
    """As in "the landline is for everyone": of what is none of the people and services."""
    subject = list(takewhile(lambda span: not span.has("is"), spans))
    told = len(subject) < len(spans) and any(span.is_content for span in subject)
    return told and not any(span.has(*_NAMES) for span in subject if not span.has("article"))


def is_behind_an_aside(spans: Sequence[Span], at: int, now: Sequence[Span]) -> bool:
    """As in "my brother beat me again, just for that take …": a verb of which he is no subject."""
    if "," not in spans[at].gap or not _is_an_aside(now):
        return False
    ahead = spans[at : at + _FAR]
    if ahead[0].has("person") and len(ahead) > 1 and ahead[1].has("want", "modal"):
        return True  # "Kevin won't talk to me, Jo wants the TV"
    lead = list(takewhile(lambda span: not span.act(), ahead))
    subject = any(span.has("subject", "person", "me", "wh") for span in lead)
    whom = spans[at + len(lead) + 1 :]
    return len(lead) < len(ahead) and not subject and any(span.has("person") for span in whom)


def _is_an_aside(now: Sequence[Span]) -> bool:
    """As in "mon frère m'a battue": somebody, and a verb that nothing is done with."""
    who = next((n for n, span in enumerate(now) if span.has("person")), len(now))
    behind = now[who + 1 :]
    told = any(span.is_content for span in behind) and any(span.has("me") for span in behind)
    return told and not any(span.has(*_WISHING) for span in (*now[:who], *behind))


_WISHING = ("act", "want", "modal", "ask_bot", "service", "no", "person", "email", "wh")


def is_relative(spans: Sequence[Span], at: int) -> bool:
    """Whether a verb tells what was done: "cancel the invite I sent", "la télé que j'ai donnée"."""
    near = spans[max(0, at - _FAR) : at]
    who = next((n for n, span in enumerate(reversed(near), 1) if _is_writer(span)), len(near))
    between, before = near[len(near) - who + 1 :], near[: len(near) - who]
    thing = next((span for span in reversed(before) if not span.has("as_whom", "that_one")), None)
    if thing is None or not thing.has("field", "service", "somebody"):
        return False
    told = all(span.has("was", "he", "filler") and not span.has("want") for span in between)
    if thing.has("somebody"):
        return told and any(span.has("as_whom") for span in before)  # "somebody that I remove"
    return told and any(span.has("cancel") or span.act() for span in spans[: max(0, at - who)])


def _is_writer(span: Span) -> bool:
    """Whether it is whoever writes, or anybody: "I", "on"."""
    subject = span.has("subject") and not span.has("he", "they")
    return subject or (span.has("me") and not span.has("article", "to_me"))


def has_it(spans: Sequence[Span]) -> bool:
    """As in "Jo a la facture": who has it is told, and nothing is wished for."""
    said = [span for span in spans if not span.has("article")]
    return any(
        who.has("person")
        and has.has_all("owns", "was")
        and what.has("service")
        and not has.gap.strip()
        for who, has, what in zip(said, said[1:], said[2:], strict=False)
    )


def is_felt(before: Sequence[Span]) -> bool:
    """As in "thanks for letting him see it", "Kevin is happy to be able to", "il capote de …"."""
    if before and before[-1].has("thanks_for"):
        return True
    told = [span for span in before[-2:] if not span.has("genitive")]
    wished = any(span.has("want", "modal", "ask_bot", "act") for span in before)
    glad = bool(told) and (told[-1].has("yes") or told[-1].is_content)
    led = bool(before) and (before[-1].has("genitive") or before[-1].has("yes"))
    subject = any(span.has("person", "subject", "he") for span in before[:-1])
    return glad and led and subject and not wished


_OF_IT = ("clitic", "want", "is", "declines", "nomore")


def fronts_a_service(spans: Sequence[Span]) -> bool:
    """As in "la télé il en a besoin", "the TV he needs"; not in "the TV he used"."""
    what, who, does = (*[span for span in spans if not span.has("article")], None, None, None)[:3]
    if what is None or who is None or does is None or who.gap.strip() or does.gap.strip(" '’"):
        return False
    return what.has("service") and who.has("subject") and who.has("he") and does.has(*_OF_IT)
