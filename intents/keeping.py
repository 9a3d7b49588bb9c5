"""What is to stay as it is: a clause that says so is no wish to change it."""

from collections.abc import Iterator

from intents.clauses import DOING, Clause
from intents.context import Wish
from intents.named import Named
from intents.tasks import CHANGE, PROFILE, REVOKE
from intents.telling import is_found_fine


def keeps(clause: Clause, act: str) -> bool:
    """As in "Rose keeps it"; not in "he keeps signing us up", "he stays no longer"."""
    if is_found_fine(clause.spans):
        return True
    told = any(span.is_content for span in clause.spans) or "use" in clause.values("act")
    ends = clause.has("until") and clause.has("service")  # "he keeps the TV until Sunday"
    return act == "keep" and not (told or ends or clause.has("nomore", "neg"))


def left_as_it_is(clause: Clause) -> str:
    """Return what is not to be done: "Tyler stays locked", "touchez pas au courriel à Jo"."""
    kept = next((at for at, span in clause.tagged("act") if span.act() == "keep"), -1)
    does_more = any(span.act() in DOING - {"keep", "lock", "give"} for span in clause.spans)
    said = clause.has("nomore", "neg", "email", "until", "service", "all_services")
    if kept < 0 or does_more or said:
        return ""
    if clause.has("state"):
        return "resume_user" if "suspended" in clause.values("state") else "unlock_user"
    fields = {span.tags.get("field", "") for span in clause.spans[kept + 1 :]}
    return "edit_profile" if fields & PROFILE else ""


def without_the_others(named: Named) -> Iterator[Wish]:
    """As in "Jo may keep the bill but not the TV": the TV is taken."""
    if named.denied_services and named.people:
        taken = tuple(named.denied_services)
        yield Wish(CHANGE, "wish", tuple(named.people), REVOKE, taken)
