"""What is to stay as it is: a clause that says so is no wish to change it."""

from collections.abc import Sequence
from itertools import pairwise

from intents.clauses.clause import DOING, Clause
from intents.clauses.telling import is_found_fine, is_left_alone
from intents.context import Wish
from intents.spans.span import Span, some
from intents.tasks import CHANGE, PROFILE, REVOKE
from intents.who.named import Named


def keeps(clause: Clause, act: str) -> bool:
    """As in "Rose keeps it"; not in "he keeps signing us up", "he stays no longer"."""
    if is_found_fine(clause.spans) or is_left_alone(clause.spans):
        return True
    used = "use" in clause.values("act") and not leaves_using(clause)
    told = (any(span.is_content for span in clause.spans) and not _may_keep(clause.spans)) or used
    ends = clause.has("until") and clause.has("service")  # "he keeps the TV until Sunday"
    return act == "keep" and not (told or ends or clause.has("nomore", "neg"))


def _may_keep(spans: Sequence[Span]) -> bool:
    """As in "the TV he can keep for the waiting room": whatever else is said, it is allowed."""
    said = [span for span in spans if not span.has("subject")]
    return any(may.has("modal") and keep.act() == "keep" for may, keep in pairwise(said))


def leaves_using(clause: Clause) -> bool:
    """As in "just leave him looking at the bill"; not in "she keeps watching TV"."""
    spans = clause.spans
    return any(
        keep.act() == "keep" and who.has("person", "he", "they") and use.has_all("act", "gerund")
        for keep, who, use in zip(spans, spans[1:], spans[2:], strict=False)
    )


def left_as_it_is(clause: Clause) -> str:
    """Return what is not to be done: "Tyler stays locked", "touchez pas au courriel à Jo"."""
    if _drops_the_link(clause):
        return "reset_password"
    kept = next((at for at, span in clause.tagged("act") if span.act() == "keep"), -1)
    does_more = any(span.act() in DOING - {"keep", "lock", "give"} for span in clause.spans)
    said = clause.has("nomore", "neg", "email", "until", "service", "all_services")
    if kept < 0 or does_more or said:
        return ""
    if clause.has("state"):
        return "resume_user" if "suspended" in clause.values("state") else "unlock_user"
    fields = {span.tags.get("field", "") for span in clause.spans[kept + 1 :]}
    return "edit_profile" if fields & PROFILE else ""


def _drops_the_link(clause: Clause) -> bool:
    """As in "never mind Kevin's password", "laisse faire pour le mot de passe de Jo"."""
    link = clause.has("reset_noun") or clause.values("field") & {"password", "link"}
    whom = clause.has("person", "all_people", "both", "he")
    return bool(link) and whom and clause.spans[0].has("cancel") and not clause.has("act")


def lets_be(clause: Clause) -> bool:
    """As in "let Jo stay", "let him stew": who is let do something has nothing given."""
    stews = any(
        lets.has("lets") and who.has("he", "person") and does.is_content
        for lets, who, does in zip(clause.spans, clause.spans[1:], clause.spans[2:], strict=False)
    )
    theirs = any(lets.has("lets") and what.has("that_one") for lets, what in pairwise(clause.spans))
    return stews or theirs or "keep" in clause.values("act")


def lets_alone(clause: Clause, before: Sequence[Span]) -> bool:
    """As in "non, laisse Tyler": behind a no, nothing is given to who is let."""
    said = [span for span in clause.spans if not span.has("polite")]
    alone = len(said) == len("ab") and said[0].has("lets") and said[1].has("person", "he")
    return alone and some(before, "no")


def without_the_others(clause: Clause, named: Named) -> Wish | None:
    """As in "Jo keeps the bill but not the TV": the TV is taken."""
    exact = clause.has("neg", "nomore", "only", "nothing_else", "until") and not named.services
    if exact or not (named.denied_services and named.people) or named.measured:
        return None
    return Wish(CHANGE, "wish", tuple(named.people), REVOKE, tuple(named.denied_services))
