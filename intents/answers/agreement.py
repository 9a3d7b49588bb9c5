"""What counts as a yes, or a "wait": the whole message, never its first word."""

from collections.abc import Sequence
from itertools import pairwise

from intents.answers.answer import is_odd
from intents.answers.beside_a_yes import AGAINST, is_the_rest, tells_otherwise
from intents.answers.reasons import (
    without_doubt,
    without_haste,
    without_reason,
    without_return,
    without_thanks,
)
from intents.answers.remarks import services_in
from intents.answers.shown import is_on, is_the_card, is_whole, kinds, points_at_all
from intents.clauses.clause import DOING
from intents.context import Card, Context, Wish
from intents.sighting import Sighting
from intents.spans.span import Span, some
from intents.tasks import GRANT, PROFILE, REVOKE, SENDS_AWAY

UNLIKELY, SAME, LIKELY, REMARKED, SURE, CERTAIN, NEVER = 0.1, 0.4, 0.65, 0.75, 0.9, 0.98, 2.0
"""How sure the classifier must be of a yes: of plain agreement, of what names the card, of more,
with a remark behind it ("absolutely, he's earned it"), of "let's do this" and "please" alone, of
words that nobody knows; and of what is no yes."""

_PARTICLES = ("left_out", "switched_off", "off")
"""What belongs to a verb that the card does: "lock him out", "take her off"."""
_CLOSING = frozenset({"thank", "goodbye"})
_FEW = 3
"""Words of a clause behind "that is what …"."""
LONG_NUMBER = 3
"""Digits of a number that is no button's: "100 %", "1000 fois oui"."""


def agrees(
    spans: Sequence[Span], sighting: Sighting, context: Context, wishes: Sequence[Wish]
) -> bool:
    """Whether a message belongs to agreement, politeness, or names exactly what the card shows.

    `wishes` are what it says should be done: the same as the card is agreement too.

    Other words may stand there if none of them spoils a yes, and if the whole sounds like one to
    the classifier, which must be certain where yeses are not said with them (`docs/reading.md`).
    """
    if not _may_agree(spans, sighting) or _takes_leave(spans, sighting):
        return False
    card = context.card or Card("")
    whole, sounds = spans, sighting.answers.get("yes", 0.0)
    spans = without_thanks(without_haste(without_return(without_doubt(spans))))
    spans = without_reason(spans, context.card, likely=sounds >= LIKELY, surely=sounds >= REMARKED)
    same = is_the_card(wishes, card)
    another = not same and (_wants_another_thing(spans, wishes, card) or _puts_right(spans, card))
    if not another and points_at_all(spans, card):
        return True
    if another or _names_some(spans, card) or _asks_back(spans) or tells_otherwise(spans, card):
        return False
    beside = [
        at
        for at, span in enumerate(spans)
        if not span.has("yes", "polite")
        and (span.has("hedge", "asking") or not is_on(card, span))  # "oui mettons"
        and not (same and (span.act() or span.has(*_PARTICLES)))
        and not is_the_rest(spans, at, context)
    ]
    if any(_spoils(spans, at, sighting.agreeing, card) for at in beside):
        return False
    beyond = [spans[at] for at in beside]
    if len(spans) < len(whole) and not beyond:
        return True  # the rest, which says why, is not what the classifier knows as a yes
    least = _least(spans, beyond, card, same=same)
    felt = any(s.has("to_me") and not s.has("yes") for s in spans) and any(
        span.is_content for span in beyond
    )  # "ouaip, ça me fait de la peine"
    if felt or any(
        span.mention or not (span.tags or _agrees_with(span, sighting.agreeing)) for span in beyond
    ):
        least = max(least, CERTAIN)
    return sighting.answers.get("yes", 0.0) >= least


def _may_agree(spans: Sequence[Span], sighting: Sighting) -> bool:
    """Whether it is no question, and made of words; "yes hi", "ok pis là" are only a beginning."""
    if not spans or "?" in sighting.end or any("?" in span.gap for span in spans):
        return False
    known = any(span.tags for span in spans) or bool(sighting.agreeing)
    known = known or sighting.answers.get("yes", 0.0) >= CERTAIN  # "yesplease"
    numbered = any(span.text.isdecimal() and len(span.text) < LONG_NUMBER for span in spans)
    odd = is_odd(sighting.text) and not any(span.has("yes") for span in spans)
    before, last = (spans[0], *spans)[-2:]
    trails = last.has("greeting", "and") or (before.has("and") and last.has("clitic"))
    goes_on = len(spans) > 1 and trails
    return known and not (sighting.is_cut or numbered or odd or goes_on)


def _takes_leave(spans: Sequence[Span], sighting: Sighting) -> bool:
    """As in "that's all, thank you", "bon ben merci là": it ends a talk, and agrees to nothing."""
    if any(span.has("yes") and not span.has("polite") for span in spans):
        return False
    small = all(span.has("polite", "filler", "nothing_else") for span in spans)
    ends = sighting.parse.intent.name in _CLOSING or some(spans, "nothing_else")
    return small and ends


def _wants_another_thing(spans: Sequence[Span], wishes: Sequence[Wish], card: Card) -> bool:
    """As in "yes send the password link", or "take him off", at a card that does neither."""
    others = [wish for wish in wishes if wish.mood == "wish" and wish.intent != card.intent]
    if others and any(span.has("reset_noun", "invite_noun") for span in spans):
        return True
    if any(wish.intent == card.intent and _is_opposed(wish, card) for wish in wishes):
        return True  # "yes, the TV is for Jo", at a card that takes it
    removes = any(wish.intent in SENDS_AWAY for wish in others)
    return removes and card.intent not in SENDS_AWAY and any(span.has("off") for span in spans)


def _is_opposed(wish: Wish, card: Card) -> bool:
    return wish.mood == "wish" and {wish.change, card.change} == {GRANT, REVOKE}


def _names_some(spans: Sequence[Span], card: Card) -> bool:
    """Whether only some of what a card shows is named: "yes, remove Omar", "the usage will do"."""
    if names_some_services(spans, card):
        return True
    if len(card.people) < len("ab"):
        return False
    named = {ref for span in spans if span.mention for ref in span.mention.refs}
    singled_out = any(span.has("he") and not span.has("they", "it", "yes") for span in spans)
    return not named >= card.people if named else singled_out


def names_some_services(spans: Sequence[Span], card: Card) -> bool:
    """Whether some of several services on a card are named, and not the others."""
    return bool(named := services_in(spans)) and named < card.services


def _agrees_with(span: Span, agreeing: frozenset[int]) -> bool:
    """Whether yeses are said with each of its words."""
    return agreeing.issuperset(range(span.first, span.end))


def _least(spans: Sequence[Span], beyond: Sequence[Span], card: Card, *, same: bool) -> float:
    """How sure the classifier must be of a yes; `beyond` are words that agree to nothing."""
    said = any(span.has("yes") for span in spans)
    whole = any(is_whole(card, span) for span in spans)
    whole = whole and all(span.has("filler") for span in beyond)  # "yes, do both"
    if said and (whole or _is_of_this_too(spans, beyond)):
        return 0.0
    names = any(is_on(card, span) and not span.has("he", "it", "yes") for span in spans)
    if names and _repeats_the_card(spans, beyond, card):
        return 0.0
    if not beyond and (same or said or any(span.act() for span in spans)):
        plain = same or len(spans) == 1 or spans[0].has("only_yes")  # "oui pourquoi pas"
        return 0.0 if plain else UNLIKELY
    emphatic = len(beyond) == 1 and beyond[0].has("emphasis")  # "okay then"
    if same or (said and (names or emphatic)):
        return SAME
    if said:
        return LIKELY
    if not card.intent and len(spans) > 1:
        return NEVER
    does = any(
        span.act() in DOING - kinds()["go_ahead"] and not span.has("filler") for span in beyond
    )
    if does or all(span.has("polite") and not span.has("please") for span in spans):
        return CERTAIN
    return SURE if any(span.act() in DOING or span.has("please") for span in spans) else LIKELY


def _is_of_this_too(spans: Sequence[Span], beyond: Sequence[Span]) -> bool:
    """As in "yes, that too", at the second of two cards."""
    also = bool(beyond) and all(span.has("also") for span in beyond)
    alone = len(spans) == len("ab") and spans[0].has("only_yes")  # "oui aussi"
    alone = alone and spans[1].end - spans[1].first == 1  # not "oui, et aussi"
    return also and len(spans) > 1 and (alone or spans[-2].has("it"))


def _repeats_the_card(spans: Sequence[Span], beyond: Sequence[Span], card: Card) -> bool:
    """As in "yes, Kevin", "yes, French for him"; not in "Kevin is fine", "right, Kevin …"."""
    said = [span for span in spans if not span.has("polite")]
    opens = bool(said) and said[0].has("only_yes")
    small = all(span.has("to", "and", "article") and not span.has("is") for span in beyond)
    return opens and small and not said[-1].has("to", "and") and is_on(card, said[-1])


def _spoils(spans: Sequence[Span], at: int, agreeing: frozenset[int], card: Card) -> bool:
    """Whether a word that is no agreement itself cannot stand beside one."""
    span = spans[at]
    small = bool(span.tags) and set(span.tags) <= kinds()["small"]
    said_so = _agrees_with(span, agreeing)
    if _is_answered(spans, at) or _leads_on(spans, at) or _is_what_was_meant(spans, at):
        return False
    strange = (span.tags and not small) or (span.is_content and _is_for_somebody(spans, at))
    if strange and not said_so:
        return True
    if span.mention is not None and not span.mention.refs:
        if not span.mention.relation:
            return not (said_so and span.text.islower())  # "roger that"
        return not _is_spoken_to(spans, at)
    if span.tags.get("field") in PROFILE:
        return True
    behind = spans[at + 1] if at + 1 < len(spans) else span
    loose = kinds()["loose_acts"]
    aimed = any(following.has("he", "they", "person", "service") for following in spans[at + 1 :])
    if span.act() and (aimed or card.change in AGAINST or span.act() not in loose):
        return True
    if span.has("wh"):
        return span.tags["wh"] != "" or not behind.has("me")  # "just what I want"
    spoils = span.has(*kinds()["spoiling"]) and not span.has("emphasis")
    return spoils and not _is_no_trouble(spans, at)


def _is_for_somebody(spans: Sequence[Span], at: int) -> bool:
    """As in "yes please, for the twins": whoever that is, the card does not say it."""
    lead = [span for span in spans[max(0, at - 2) : at] if not span.has("article", "possessive")]
    return bool(lead) and lead[-1].has("to") and not lead[-1].has("yes", "link_name")


def _leads_on(spans: Sequence[Span], at: int) -> bool:
    """As in "ok back do it", "d'accord, dans ce cas, enlevez-la": a yes before it, and behind."""
    before, behind = spans[:at], spans[at + 1 :]
    if spans[at].has("concludes") and not before:  # "in that case, yes"
        return any(span.has("only_yes") for span in behind[:1])
    agreed = any(span.has("yes") for span in before)
    goes_on = spans[at].has("returns", "concludes")
    return goes_on and agreed and any(span.has("yes") or span.act() for span in behind[:1])


def _is_what_was_meant(spans: Sequence[Span], at: int) -> bool:
    """As in "yes, that is precisely what I meant"."""
    what = at - 1 if spans[at].has("i_mean") else at
    asks = not (what > 0 and spans[what].has("wh"))
    told = not asks and spans[what - 1].has("exactly", "link_name", "is")
    return told and len(spans) - what <= _FEW


def _is_spoken_to(spans: Sequence[Span], at: int) -> bool:
    """As in "oui mon chum", "yes dear": whom it is said to."""
    does = any(span.act() and not span.has("yes") for span in spans)
    return 0 < at == len(spans) - 1 and not does


def _is_answered(spans: Sequence[Span], at: int) -> bool:
    """As in "ah bon, alors oui": whoever is surprised says yes in the end."""
    if spans[at].tags.get("hedge") == "reluctant":  # "ouin, c'est ça"
        behind = spans[at + 1 :]
        plain = all(span.has("yes", "polite") for span in behind)
        return plain and any(span.has("yes") for span in behind)
    surprised = spans[at].tags.get("hedge") == "surprise"
    concluded = at + 1 < len(spans) and spans[at + 1].has("concludes")  # not in "ah bon, super"
    return surprised and concluded and any(span.has("yes") for span in spans[at + 2 :])


def _is_no_trouble(spans: Sequence[Span], at: int) -> bool:
    """As in "I have no objection", "sans hésiter", "je n'ai aucune objection"."""
    near = spans[max(at - 1, 0) : at + (4 if spans[at].has("neg") else 2)]
    return any(
        span.has("neg", "no", "without", "no_services") and behind.has("trouble")
        for span, behind in pairwise(near)
    )


def _asks_back(spans: Sequence[Span]) -> bool:
    """As in "Do I have to say yes", "are you sure": a question without its mark."""
    if any(span.has("you") and span.gap == "-" for span in spans):
        return True
    if any(span.has("aux") and span.end - span.first > 1 for span in spans):
        return True
    said = [span for span in spans if not span.has("polite")]
    for at, (span, behind) in enumerate(pairwise(said)):
        opens = at == 0 or span.gap.strip() or len(span.gap) > 1 or said[at - 1].has("yes")
        inverted = span.has("aux", "ask_done") and not span.has("yes")
        if opens and inverted and behind.has("me", "you", "it", "he", "they"):
            return True
        addressed = bool(behind.gap.strip())  # "ben oui toi, fais ça"
        if opens and span.has("you") and not (span.has("yes") or addressed) and behind.has("yes"):
            return not behind.has("act")
    return False


def _puts_right(spans: Sequence[Span], card: Card) -> bool:
    """As in "Correct the name", "yes add me": a verb about something that the card is not."""
    verbs = [
        span for span in spans if span.act() and not (span.has("yes") and span.act() == "change")
    ]
    opposed = card.change in AGAINST and any(not is_on(card, span) for span in verbs)
    return opposed or any(
        (span.has("yes") and span.act() == "change" and behind.gap == " " and not behind.has("yes"))
        or (span.act() in DOING and behind.has("me"))
        for span, behind in pairwise(spans)
    )


def waits(spans: Sequence[Span]) -> bool:
    """Whether somebody asks for time: "one moment", "let me ask my wife", "demain"."""
    does = any(span.act() and not span.has("yes", "no") for span in spans)
    return any(
        span.has("wait", "later", "hedge") and not (does and span.tags.get("hedge") == "sound")
        for span in spans
    )  # "hm, put him on hold instead" asks for no time
