"""Questions that are asked behind the verb: "ça coûte-tu de quoi", "faut tu que …"."""

from collections.abc import Sequence

from intents.clauses.clause import Clause
from intents.spans.grammar import is_adverb
from intents.spans.span import Span

_VERBS = ("want", "modal", "is", "act", "hedge")
_SUBJECTS = ("it", "he", "they", "me", "subject", "person")
_NEAR = 4
"""Spans from a subject to the word that asks."""


def is_inverted(clause: Clause) -> bool:
    """As in "ça coûte-tu de quoi, …": a verb that is asked about, by a word behind it."""
    spans = clause.spans
    return any(_asks(spans, at) for at in range(1, len(spans))) or _asks_at_its_place(spans)


def _asks(spans: Sequence[Span], at: int) -> bool:
    """Whether a "tu" behind a verb asks; in "contente-toi", "ça, tu l'enlèves" nothing does."""
    verb, particle = spans[at - 1], spans[at]
    if particle.tags.get("you") != "asks" or particle.gap.strip(" -") or verb.has("ask_bot"):
        return False
    if not (verb.is_content or verb.has(*_VERBS)) or verb.has("person", "service"):
        return False
    behind = spans[at + 1 : at + 2]
    if particle.gap == "-" or (verb.has("want") and any(span.has("introduces") for span in behind)):
        return True
    does = any(span.has("act", "clitic") for span in behind)
    return at > 1 and spans[at - 2].has(*_SUBJECTS) and not does


def _asks_at_its_place(spans: Sequence[Span]) -> bool:
    """As in "ça prend combien de temps débloquer Tyler": the word that asks stays where it is."""
    opens = spans[0].has("it") and not spans[0].has("clitic", "explains")
    near = spans[1:_NEAR]
    asks = next((n for n, span in enumerate(near) if span.has("wh")), 0)
    verb = near[asks - 1] if asks else None
    does = verb is not None and (verb.is_content or verb.has("act"))
    return opens and does and not near[asks].has("what_of")


def without_cleft(spans: Sequence[Span], end: str) -> Sequence[Span]:
    """Return what is said behind "what he really needs is …", which asks nothing; else all."""
    said = [span for span in spans if not is_adverb(span)]
    what, who, needs, to_be = (*said[:4], None, None, None, None)[:4]
    if what is None or who is None or needs is None or to_be is None or "?" in end:
        return spans
    wished = needs.has("want") and to_be.has("is", "link_name")
    cleft = what.has("what_of") and who.has("subject", "person") and wished
    return spans[spans.index(to_be) + 1 :] if cleft else spans
