"""Who is not wanted on the account, and by whom: "I don't want Kevin on it any more"."""

from intents.clauses.clause import Clause


def is_unwanted(clause: Clause) -> bool:
    """Whether who is named shall be off the account, as whoever writes says."""
    return not (_is_anothers_wish(clause) or _is_of_a_stranger(clause))


def _is_anothers_wish(clause: Clause) -> bool:
    """As in "Hélène no longer wants Tyler on the account": it is not the holder who says so."""
    said = [at for at, _ in clause.tagged("nomore")]
    who = [at for at, span in clause.tagged("person") if span.mention is not None]
    return bool(said) and any(at < said[0] for at in who) and any(at > said[0] for at in who)


def _is_of_a_stranger(clause: Clause) -> bool:
    """As in "I don't want a stranger in our account", "… problems with Kevin on it".

    Who leaves is named right behind the wish, and nothing else is said of them.
    """
    unwanted = next((at for at, _ in clause.tagged("nomore")), 0)
    behind = [s for s in clause.spans[unwanted + 1 :] if s.has(*_WHO) or not s.has(*_SMALL)]
    if not behind or not behind[0].has(*_WHO):
        return True
    more = behind[1:]
    owns = bool(more) and more[0].gap.strip() in {"'", "’"}
    return owns or any(span.is_content or span.has("left_out", "left", "only") for span in more)


_WHO = ("person", "he", "they", "all_people", "other")
_SMALL = ("filler", "article", "introduces", "polite", "is", "to")
