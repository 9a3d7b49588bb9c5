"""What stands around a yes and is no part of it: "back. yes", "correct, he moved to Alberta"."""

from collections.abc import Sequence
from itertools import pairwise

from intents.answers.beside_a_yes import AGAINST
from intents.answers.remarks import pauses
from intents.context import Card
from intents.spans.span import Span
from intents.tasks import REVOKE, SENDS_AWAY
from intents.words.dictionary import is_word

_AGREES = ("yes", "polite", "filler", "emphasis")
_LEADS = ("explains", "filler", "emphasis", "is", "was", "aux", "he", "they", "because")
_SMALL = ("filler", "article", "possessive", "polite", "emphasis", "you")
_MORE = (
    *("neg", "no", "nomore", "unwilling", "but", "whether", "hedge", "wait", "modal", "want"),
    *("service", "all_services", "email", "language", "only", "also", "instead", "actually"),
    *("wh", "asking", "ask_done", "ask_bot", "cancel", "state", "until", "off", "gone"),
)
_APART = (
    *("later", "when", "laugh", "well", "danger", "alarm", "field", "all_people", "both", "two"),
    *("all_of", "somebody", "other", "others", "returns", "from"),
)
"""What makes a remark more than one: when it is to be, for whom else, or that nothing was meant."""
_FEW = 4
"""Words that may say where to, and since when."""


def without_return(spans: Sequence[Span]) -> Sequence[Span]:
    """Return what is said by somebody who is back: "back, sorry. yes do it", "c'est décidé. Oui".

    What is said before only says that it goes on: "elle a dit oui, go".
    """
    pausing = [at for at, span in enumerate(spans) if at and pauses(span)]
    at = next((at for at in pausing if spans[at].starts_sentence), next(iter(pausing), 0))
    said = [span for span in spans[:at] if not span.has("returns", *_AGREES, "link_name")]
    told = [span for span in spans[:at] if span.has("answered")]
    idle = all(span.tags.get("answered") == "" for span in said)
    idle = idle and not any(span.has("neg", "no", "control") for span in told)
    idle = idle and not any(span.tags["answered"] for span in told)  # "elle a dit non"
    back = bool(told) or any(span.has("returns") for span in spans[:at])
    idle = (idle and back) or _remarks(spans[:at], spans[at:])
    return spans[at:] if idle and spans[at].has("yes") else spans


_OF_A_DOUBT = ("neg", "no", "trouble", "actually", "aux", "without", "no_doubt", "it", "cancel")
_IDLE = (*_AGREES, "writer", "me", "is", "was", "what_of")


def without_doubt(spans: Sequence[Span]) -> Sequence[Span]:
    """Return what follows a doubt that is denied: "no, I have no second thoughts. Go ahead".

    What follows has to say so plainly: "no, no issues, I'm fine" is no yes.
    """
    at = next((n for n in range(1, len(spans)) if _goes_ahead(spans, n)), 0)
    before = spans[: at if not at or pauses(spans[at]) else at - 1]
    idle = all(span.has(*_OF_A_DOUBT, *_IDLE) for span in before)
    return spans[at:] if idle and _denies_a_doubt(before) else spans


def _denies_a_doubt(spans: Sequence[Span]) -> bool:
    """As in "no second thoughts", "je ne me trompe pas", "don't cancel", "t'as bien compris"."""
    for at, span in enumerate(spans):
        before = spans[at - 1] if at and not span.gap.strip() else None
        if span.has("no_doubt"):
            return not any(refuses.has("no") for refuses in spans[at + 1 :])
        if before is not None and span.has("trouble") and before.has("no", "neg", "without"):
            return True
        if before is not None and span.has("cancel") and before.has("neg"):
            return True
        behind = spans[at + 1] if at + 1 < len(spans) else None
        late = behind is not None and behind.has("postposed") and not behind.gap.strip(" '’")
        if span.has("actually") and (late or (before is not None and before.has("neg"))):
            return True
    return False


def _goes_ahead(spans: Sequence[Span], at: int) -> bool:
    """Whether a plain yes begins here, with a word at most before it: "do go ahead", "so yes"."""
    lead = spans[at - 1]
    led = pauses(lead) and lead.has(*_AGREES, "aux", "concludes")
    return spans[at].has("goes_ahead", "only_yes") and (pauses(spans[at]) or led)


def without_haste(spans: Sequence[Span]) -> Sequence[Span]:
    """Return what is said before haste: "oui mais fais ça vite, j'ai peur qu'il en rachète"."""
    but = next((at for at, span in enumerate(spans) if span.has("but")), 0)
    end = next((at for at in range(but + 1, len(spans)) if spans[at].gap.strip()), len(spans))
    hurry, why = spans[but + 1 : end], spans[end:]
    agreed = but and any(span.has("only_yes") for span in spans[:but])
    plain = all(span.has("haste", *_AGREES) and not span.act() for span in hurry)
    hastens = plain and any(span.has("haste") for span in hurry)
    return spans[:but] if agreed and hastens and (not why or _is_feared(why)) else spans


def _is_feared(spans: Sequence[Span]) -> bool:
    """As in "j'ai peur qu'il en rachète": what somebody else may do, and nothing to be done."""
    at = next((n for n, span in enumerate(spans) if span.tags.get("hedge") == "fears"), -1)
    lead, behind = spans[: max(0, at)], spans[at + 1 :]
    mine = all(span.has("writer", "filler") for span in lead)
    more = any(_says_more(span) or span.has(*_APART, "me") for span in behind)
    return at >= 0 and mine and bool(behind) and not more


def _remarks(before: Sequence[Span], behind: Sequence[Span]) -> bool:
    """As in "figures. yes remove him": a word or two, and then a yes that says what to do."""
    idle = all(span.is_content and is_word(span.text) for span in before)
    return 0 < len(before) < _FEW - 1 and idle and any(map(Span.act, behind))


def without_thanks(spans: Sequence[Span]) -> Sequence[Span]:
    """Return what is said before thanks for something: "yes. thank you for your patience"."""
    for at, (thanks, leads) in enumerate(pairwise(spans)):
        whole = thanks.has("thanks_for")
        behind = spans[at + 1 :] if whole else spans[at + 2 :]
        for_it = thanks.has("polite") and leads.has("to", "genitive") and not leads.gap.strip()
        if not (for_it or whole) or len(behind) > _FEW or any(map(_says_more, behind)):
            continue
        small = all(span.is_content or span.has(*_SMALL) for span in behind)
        said = any(span.has("only_yes") for span in spans[:at])  # not "ok thanks for explaining"
        if said and small:
            return spans[:at]
    return spans


def without_reason(
    spans: Sequence[Span], card: Card | None, *, likely: bool, surely: bool
) -> Sequence[Span]:
    """Return what is said before the reason; all of it where there is none.

    It says that who is on the card is gone, or, where the whole sounds like a yes (`likely`), how
    they are, and nothing else: "yes, he disagrees" is no reason. What sounds `surely` like one may
    be remarked on in any words that wish for nothing: "absolutely, he's earned it".
    """
    if card is None:
        return spans
    at = next((at for at in range(1, len(spans)) if _begins_a_remark(spans, at)), len(spans))
    agrees = any(span.has("yes") for span in spans[:at])
    agrees = agrees and all(span.has(*_AGREES) for span in spans[:at])
    if card.intent in SENDS_AWAY:
        return spans[:at] if agrees and _is_gone(spans[at:], card) else spans
    if surely and agrees and card.change not in AGAINST and _approves(spans[at:]):
        return spans[:at]
    thanks = any(span.has("polite") and not span.has("please") for span in spans[:at])
    tells = likely and card.change != REVOKE and not thanks and _tells(spans[at:], card)
    return spans[:at] if agrees and tells else spans


def _begins_a_remark(spans: Sequence[Span], at: int) -> bool:
    """As in "yes, she'll be thrilled", "yes she'll be thrilled"."""
    return pauses(spans[at]) or (spans[at - 1].has("only_yes") and spans[at].has("subject"))


def _approves(spans: Sequence[Span]) -> bool:
    """As in "…, he's earned it", "…, that would be a relief": of somebody or something, no more."""
    subject = bool(spans) and spans[0].has("subject", "it", "person")
    return subject and not any(_says_more(span) or span.has(*_APART) for span in spans)


def _tells(spans: Sequence[Span], card: Card) -> bool:
    """As in "she has an exam tonight", "he is twelve": of who is on the card, at some length."""
    if not spans or not _is_who(spans[0], card):
        return False
    verb = next((span for span in spans[1:] if not span.has("emphasis", "filler")), None)
    is_so = len(spans) > _FEW - 1 and any(span.has("owns", "is") for span in spans[1:3])
    return is_so and verb is not None and not any(map(_says_more, spans[1:]))


def _says_more(span: Span) -> bool:
    """Whether it may say what is to be done, or not, or of somebody else."""
    return bool(span.act() not in {"", "use"} or span.mention) or span.has(*_MORE)


def _is_gone(spans: Sequence[Span], card: Card) -> bool:
    gone = next((at for at, span in enumerate(spans) if span.has("gone")), None)
    if gone is None or not any(_is_who(span, card) for span in spans[:gone]):
        return False
    behind = spans[gone + 1 :]
    leads = all(span.has(*_LEADS) or _is_who(span, card) for span in spans[:gone])
    plain = all(_says_where(span) for span in behind)
    return leads and plain and len(behind) <= _FEW and not any(pauses(span) for span in behind)


def _says_where(span: Span) -> bool:
    """Whether it may be a place or a time; a capital word that nobody here is called is one."""
    stranger = span.mention is not None and not span.mention.refs
    return stranger or span.is_content or span.has("filler", "gone", "ordinal", "long_ago")


def _is_who(span: Span, card: Card) -> bool:
    """Whether it is somebody on the card, by name or by a pronoun."""
    if span.mention is not None:
        return bool(span.mention.refs) and card.people.issuperset(span.mention.refs)
    return span.has("he", "they")
