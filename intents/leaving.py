"""Who is not wanted on the account, and by whom: "I don't want Kevin on it any more"."""

from intents.clauses import Clause


def is_unwanted(clause: Clause) -> bool:
    """Whether who is named shall be off the account, as whoever writes says."""
    return not (_is_anothers_wish(clause) or _is_of_a_stranger(clause))


def _is_anothers_wish(clause: Clause) -> bool:
    """As in "Hélène no longer wants Tyler on the account": it is not the holder who says so."""
    said = [at for at, _ in clause.tagged("nomore")]
    who = [at for at, span in clause.tagged("person") if span.mention is not None]
    return bool(said) and any(at < said[0] for at in who) and any(at > said[0] for at in who)


def _is_of_a_stranger(clause: Clause) -> bool:
    """As in "I don't want a stranger in our account": nobody who is named leaves it."""
    unwanted = next((at for at, _ in clause.tagged("nomore")), 0)
    behind = clause.spans[unwanted + 1 :]
    whom = any(span.has("person", "he", "they", "all_people", "other") for span in behind)
    return not whom and any(span.is_content for span in behind)
