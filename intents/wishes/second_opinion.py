"""What the classifier knows better than the words: whole messages that no verb of ours explains."""

from collections.abc import Sequence
from dataclasses import replace

from intents.classifier.rights import direction
from intents.clauses.clause import DOING, Clause
from intents.context import Context, Wish
from intents.parse_result import FALLBACK
from intents.sighting import Sighting
from intents.tasks import CHANGE, GRANT
from intents.wishes.acts import main_act, orders

_SURE = 0.95
_UNHEARD = 0.02
NO_WISH, TOLD, SURELY_TOLD = 0.6, 0.94, 0.98
"""How likely it must be that nothing is wanted, so that nothing is done: where the rules find no
wish, where they find one that is said in passing, and where there is an order."""
_WEIGHTY = frozenset({"create_user", "delete_user"})
"""What is never done on the word of one reader alone, where the other surely hears a task that
changes somebody who is there: "strip Jo of the whole works", "Édouard changed his address: …"; and
nobody is added without a name where the other hears nothing of the kind."""
_SERVICES = "faq/access_rights"
_OF_SOMEBODY = frozenset({CHANGE, "edit_profile", "delete_user"})
_TOLD_OF = frozenset(
    {CHANGE, "create_user", "delete_user", "edit_profile", "reset_password", "suspend_user"}
)
"""What people tell of, and plan, as well as order: that somebody is locked is enough to unlock."""


def with_second_opinion(
    wishes: Sequence[Wish], parts: Sequence[Clause], sighting: Sighting, context: Context
) -> list[Wish]:
    """Return the wishes of a message; where it has one alone, as both readers have it.

    Where something is open, the classifier has heard only half of what is meant: at a card it only
    tells where all of it is called off.
    """
    if len(wishes) != 1 or not sighting.parse.ranking:
        return list(wishes)
    wish = wishes[0]
    if context.card is not None:
        return [] if _only_cancels(wish, sighting) else [wish]
    if wish.mood != "wish" or context.expects:
        return [wish]
    named = any(part.has("something") or "access" in part.values("field") for part in parts)
    vague = wish.intent == CHANGE and not (wish.services or named)  # "give her the boot"
    weighty = wish.intent in _WEIGHTY and not (
        any(map(_is_plain, parts)) or (wish.intent == "delete_user" and _does_more(parts))
    )
    if (vague or weighty) and _is_contradicted(wish, sighting):
        return []
    if wish.intent == CHANGE and not (wish.change or vague) and direction(sighting.rights) == GRANT:
        return [replace(wish, change=GRANT)]  # to take away needs plain words
    return list(wishes)


def is_only_told(
    wishes: Sequence[Wish], parts: Sequence[Clause], sighting: Sighting, context: Context
) -> bool:
    """Whether a first message is none that wants something now, whatever its verbs are.

    As in "I used to let Jo pay", "one day I'll have to remove him", "my wife says I should". Who
    asks for something plainly wants it, and that somebody cannot come in is enough to say.
    """
    told = sighting.wanting.get("told", 0.0)
    if context.card is not None or context.expects or told < NO_WISH:
        return False
    if any(part.has("ask_bot", "please") or _is_wished(part) or _is_for_us(part) for part in parts):
        return False
    if not all(w.intent in _TOLD_OF and w.mood != "question" for w in wishes):
        return False
    ends = any("until" in wish.values for wish in wishes)  # "he can keep it till Friday"
    ordered = any(_is_ordered(part) or _hands_out(part) for part in parts)
    least = SURELY_TOLD if ordered else TOLD if wishes else NO_WISH
    return not ends and told >= least


def heard_as(sighting: Sighting, parts: Sequence[Clause], *, told: bool) -> str:
    """Return the intent of the classifier, but for a task that is only told of.

    How oneself does a task is a question for the article of that name, where there is one; what a
    service is, one for the article about services.
    """
    intent = sighting.parse.intent.name
    if told and intent in _TOLD_OF:
        return FALLBACK
    if any(map(_asks_what_it_is, parts)):
        return _SERVICES
    article = f"faq/{intent}"
    known = any(ranked.name == article for ranked in sighting.parse.ranking)
    return article if known and any(map(_asks_how, parts)) else intent


def _asks_what_it_is(part: Clause) -> bool:
    """As in "what is voicemail?", "hmm wait what's usage exactly": a thing, and nobody's."""
    small = ("wait", "hedge", "polite", "is", "article", "exactly", "filler")
    said = [span for span in part.spans if span.has("wh", "service") or not span.has(*small)]
    kinds = (("wh",), ("service",))
    return len(said) == len(kinds) and all(
        span.has(*each) and span.tags.get("wh", "") == "" and not span.act()
        for span, each in zip(said, kinds, strict=True)
    )


def _asks_how(part: Clause) -> bool:
    """As in "how do I pause my roommate", "comment je mets mon coloc en pause"."""
    how = [at for at, span in part.tagged("wh") if span.tags["wh"] == "how"]
    near = part.spans[how[0] + 1 : how[0] + 4] if how else ()
    return any(span.has("writer", "me") and not span.has("possessive") for span in near)


def _is_wished(part: Clause) -> bool:
    """As in "I'd like Jo removed, many thanks": by whoever writes, and now."""
    wants = [at for at, _ in part.tagged("want")]
    lead = part.spans[: wants[0]] if wants else ()
    ones_own = any(s.has("writer", "me") and not s.has("possessive", "article") for s in lead)
    return ones_own and not (part.unreal or part.has("neg", "nomore", "hedge"))


def _is_for_us(part: Clause) -> bool:
    """As in "le reste tu y ôtes": what whoever is spoken to does is an order."""
    at, act = main_act(part)
    lead = part.spans[max(0, at - 3) : max(0, at)]
    told = part.has("neg", "asking", "past")
    return act in DOING and any(span.has("you") for span in lead) and not told


def _is_ordered(part: Clause) -> bool:
    """As in "remove Jo", which may be taken back in the same breath; not "I'll remove Jo"."""
    at, act = main_act(part)
    told = any(span.has("writer", "subject") for span in part.spans[: max(0, at)])
    return not (part.unreal or told) and act != "use" and orders(part)


def _hands_out(part: Clause) -> bool:
    """As in "voicemail for everyone", "la télé à Jo svp": a thing, and whom it is for."""
    said = [span for span in part.spans if not span.has("article", "polite")]
    kinds = (("service", "all_services"), ("to",), ("person", "all_people"))
    fits = all(span.has(*each) for span, each in zip(said, kinds, strict=False))
    return len(said) == len(kinds) and fits


def _does_more(parts: Sequence[Clause]) -> bool:
    """Whether there is another verb, of which the classifier may have heard."""
    verbs = [act for part in parts for act in part.values("act") - {"use", "keep"}]
    return len(verbs) > 1


def _only_cancels(wish: Wish, sighting: Sighting) -> bool:
    """As in "scrap the whole thing", at a card: all of it is the card."""
    surest = sighting.parse.ranking[0]
    of_nobody = wish.intent == CHANGE and not (wish.whom or "until" in wish.values)
    surely = surest.name == "cancel" and surest.confidence >= _SURE
    return of_nobody and len(wish.services) > 1 and surely


def _is_plain(part: Clause) -> bool:
    """As in "remove Kevin": a verb, somebody, and nothing behind them."""
    said = [span for span in part.spans if not span.has("polite")]
    ends = len(said) > 1 and said[-1].has("person", "he", "all_people")
    return ends and said[-2].act() in DOING


def _is_contradicted(wish: Wish, sighting: Sighting) -> bool:
    heard = {ranked.name: ranked.confidence for ranked in sighting.parse.ranking}
    unheard = heard.get(wish.intent, 0.0) < _UNHEARD
    if wish.intent == "create_user" and not (wish.whom or wish.values):
        return unheard  # "put me through to a member of staff"
    surest = sighting.parse.ranking[0]
    surely = surest.name in _OF_SOMEBODY and surest.confidence >= _SURE
    surely = surely and sighting.parse.intent.name == surest.name
    return surely and unheard
