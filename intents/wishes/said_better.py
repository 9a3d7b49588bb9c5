"""What is said better elsewhere in a message: it is wished for once."""

from collections.abc import Sequence

from intents.context import Wish
from intents.tasks import PROFILE, SET
from intents.wishes.heard import Heard


def is_said_better(wish: Wish, wishes: Sequence[Wish]) -> bool:
    """As in "Kevin changed his name, it's Kevin Walsh now": that it changes, and into what.

    Of two names for one person the later one is meant: "she takes her father's name: Rose Roy".
    """
    edits = [w for w in wishes if (w.intent, w.mood) == ("edit_profile", "wish")]
    later = edits[edits.index(wish) + 1 :] if wish in edits and "name" in wish.values else ()
    if any(w.about == wish.about and "name" in w.values for w in later):
        return True
    given = PROFILE | {"name"}
    says = any(w.about and w.about <= wish.about and given & w.values.keys() for w in edits)
    return wish in edits and says and bool(wish.whom) and not given & wish.values.keys()


def is_so(wish: Wish, heard: Heard) -> bool:
    """As in "right now Omar can only look at it. Can you let him pay?": how it is, told before."""
    behind = heard.wishes[heard.wishes.index(wish) + 1 :]
    if (wish.mood, wish.change) != ("wish", SET) or wish in heard.ordered or not behind:
        return False
    people = [heard.context.person(ref) for ref in wish.about]
    return bool(people) and all(who and who.services == {*wish.services} for who in people)


def is_told_of_kin(wish: Wish, heard: Heard) -> bool:
    """As in "my son needs data for his trip, please let Kevin add it": one and the same."""
    kin = bool(wish.whom) and all(who.relation and not who.refs for who in wish.whom)
    if not kin or wish in heard.ordered:
        return False
    what = (wish.intent, wish.mood, wish.change, wish.services)
    named = [w for w in heard.ordered if (w.intent, w.mood, w.change, w.services) == what]
    return not heard.adds_on and any(who.refs for w in named for who in w.whom)
