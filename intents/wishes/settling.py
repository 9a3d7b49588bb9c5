"""Puts together what several clauses say of one wish."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import pairwise

from intents.context import Wish
from intents.tasks import CHANGE, GRANT, REVOKE, SENDS_AWAY, SET
from intents.wishes import turning
from intents.wishes.heard import Heard
from intents.wishes.newcomers import hand_over, introduce, welcome
from intents.wishes.references import services_of
from intents.wishes.told import is_said_better, is_so, is_told_of_kin

_ENDING = frozenset({CHANGE, "suspend_user"})
"""Wishes for what may end by itself."""
_OF_REQUESTS = frozenset({CHANGE, "decide_request", "request_access", "request_status"})
"""Wishes that an answer to a request takes the place of."""
_SENDS_AGAIN = frozenset({"resend", "resend_invitation"})


def settle(heard: Heard) -> None:
    """Put together what several clauses say of one wish."""
    _copy(heard)
    removals = [w for w in heard.wishes if (w.intent, w.mood) == ("delete_user", "wish")]
    leaving = {who for w in removals for who in w.about}
    heard.wishes = [w for w in heard.wishes if not _goes_without_saying(w, leaving)]
    plain = {who for w in heard.wishes if w.intent != CHANGE for who in w.about}
    heard.wishes = [w for w in heard.wishes if not (plain and _is_vague(w) and w.about <= plain)]
    heard.wishes = [w for w in heard.wishes if not is_said_better(w, heard.wishes)]
    heard.wishes = [w for w in heard.wishes if not _is_said_in_full(w, heard.wishes)]
    heard.wishes = [w for w in heard.wishes if not is_told_of_kin(w, heard)]
    heard.wishes = [w for w in heard.wishes if not is_so(w, heard)]
    whole = {w.intent for w in heard.wishes if w.whom}  # "too many tries, unlock Tyler" is one wish
    heard.wishes = [w for w in heard.wishes if w.whom or w.services or w.intent not in whole]
    _let_back(heard)
    _take_back(heard)
    _follow_orders(heard)
    _close(heard)
    _end(heard)
    _keep_only(heard)
    _tell_apart(heard)
    _limit(heard)
    introduce(heard)
    hand_over(heard)
    _answer(heard)
    if [w.intent for w in heard.wishes] == ["undo_change"]:
        known = tuple(who for who in heard.people if who.refs)
        heard.wishes = [replace(w, whom=w.whom or known) for w in heard.wishes]
    _invite(heard)
    if any(w.intent in {"resend_invitation", "reset_password"} for w in heard.wishes):
        heard.wishes = [w for w in heard.wishes if w.intent != "resend"]
    _answer_requests(heard)
    if heard.signs_out and heard.wishes:  # alone it steers, and does not wait for its turn
        heard.wishes.insert(0, Wish("end_verification", "wish"))
    welcome(heard)


def _let_back(heard: Heard) -> None:
    """As in "Tyler has been suspended long enough, let him back in": nobody speaks of a lock."""
    heard.wishes = [
        replace(w, intent="resume_user")
        if w.intent == "unlock_user" and w.about and w.about <= heard.suspended
        else w
        for w in heard.wishes
    ]


def _copy(heard: Heard) -> None:
    """As in "The same as Kevin", where services are asked for: what he can use."""
    known = [mention for mention in heard.people if mention.refs]
    if heard.copies and "service" in heard.context.expects and len(known) == 1:
        heard.services = heard.services or services_of(heard, known[0]) or []


def _goes_without_saying(wish: Wish, leaving: set[str]) -> bool:
    """Whether somebody who leaves loses by it what the wish takes, or has no use for a mail."""
    takes = (wish.intent, wish.mood, wish.change) == (CHANGE, "wish", REVOKE)
    sends = wish.intent in _SENDS_AGAIN and wish.mood == "wish"
    return (takes or sends) and bool(wish.whom) and wish.about <= leaving


def _is_vague(wish: Wish) -> bool:
    """As in "open up Jo's account, it's locked": that something is given, and nothing is named."""
    gives = (wish.intent, wish.mood, wish.change) == (CHANGE, "wish", GRANT)
    named = wish.services or "access" in wish.values.get("fields", ())
    return gives and not named


def _is_said_in_full(wish: Wish, wishes: Sequence[Wish]) -> bool:
    """As in "change his access, he gets just the TV": that it changes, and what it shall be."""
    vague = (wish.intent, wish.mood) == (CHANGE, "wish") and not wish.services
    change = wish.change in {"", GRANT} and bool(wish.whom)
    return (
        vague
        and change
        and any(
            (w.intent, w.mood, w.change in {GRANT, SET}) == (CHANGE, "wish", True)
            and w.services
            and wish.about <= w.about
            for w in wishes
        )
    )


def _answer_requests(heard: Heard) -> None:
    """As in "Approve it, but only the TV": what is said of access says how it is answered."""
    decided = [wish for wish in heard.wishes if wish.intent == "decide_request"]
    if not decided:
        return
    access = [wish for wish in heard.wishes if wish.intent == CHANGE]
    declined = all(wish.change == "decline" for wish in decided)
    if access and heard.context.holder and not (heard.context.access_is_asked or heard.requested):
        others = [wish for wish in heard.wishes if wish not in decided]
        heard.wishes = turning.refused(others) if declined else others
        return  # "Simon may add data, please allow it": nobody asked for it
    if declined:  # "he asked to see the bill; I refuse"
        access = [w for w in access if heard.wishes.index(w) > heard.wishes.index(decided[0])]
    told = tuple(mention for wish in access for mention in wish.whom)
    others = [wish for wish in heard.wishes if wish.intent not in _OF_REQUESTS]
    answered = [replace(wish, whom=wish.whom or told) for wish in decided]
    if granted := tuple(code for w in access if w.change == GRANT for code in w.services):
        answered = [replace(answered[0], change="approve", services=granted)]
    heard.wishes = [*answered, *others]


def _tell_apart(heard: Heard) -> None:
    """As in "give him the bill and take it from her": who she is, where he was meant by both."""
    for at, (wish, later) in enumerate(pairwise(list(heard.wishes))):
        alike = (wish.mood, wish.whom, {*wish.services}) == ("wish", later.whom, {*later.services})
        undone = (wish.change, later.change, later.mood) == (GRANT, REVOKE, "wish")
        if alike and undone and wish.services and not {"until"} & later.values.keys():
            heard.wishes[at + 1] = replace(later, whom=())


def _keep_only(heard: Heard) -> None:
    """As in "Leave him the bill and take the rest": what is left is all that there shall be."""
    for wish, later in pairwise(list(heard.wishes)):
        rest = set(heard.context.services) - set(wish.services)
        alike = (wish.intent, wish.mood, wish.whom) == (later.intent, later.mood, later.whom)
        left = wish.change in {GRANT, SET} and later.change == REVOKE
        told = (wish.change, later.change) == (REVOKE, SET)  # "block the bill, just the bill"
        if alike and told and set(later.services) == set(wish.services):
            heard.wishes.remove(later)
        elif alike and told and _says_what_is_left(wish, later):
            heard.wishes.remove(wish)
        elif alike and left and rest and set(later.services) == rest:
            heard.wishes.remove(later)
            heard.wishes[heard.wishes.index(wish)] = replace(wish, change=SET)


def _says_what_is_left(wish: Wish, later: Wish) -> bool:
    """As in "take everything from her, she only keeps the bill", "no more TV, just the bill"."""
    taken, left = {*wish.services}, {*later.services}
    return left < taken or left.isdisjoint(taken)


def _limit(heard: Heard) -> None:
    """As in "Jo gets all that Kevin has. She must not pay, though.": less is given, or taken."""
    for wish, later in pairwise(list(heard.wishes)):
        alike = (wish.intent, wish.mood, wish.about) == (later.intent, later.mood, later.about)
        less = {*wish.services} & {*later.services}
        gives = wish.change in {GRANT, SET} and later.change == REVOKE
        takes = (wish.change, later.change) == (REVOKE, GRANT) and "until" not in later.values
        takes = takes and {*wish.services} == {*heard.context.services}
        if not (alike and (gives or takes) and less and {*wish.services} - less):
            continue
        whom = [person for ref in later.about if (person := heard.context.person(ref))]
        held = {code for person in whom for code in person.services}
        needed = held if gives else less - held
        second = tuple(code for code in later.services if code not in less or code in needed)
        first = tuple(code for code in wish.services if code not in less)
        at = heard.wishes.index(wish)
        heard.wishes[at : at + 2] = [
            replace(wish, services=first),
            *([replace(later, services=second)] if second else []),
        ]


def _take_back(heard: Heard) -> None:
    """Drop what is wished for and then refused: "… and the bill, no, do not take that"."""
    heard.wishes = [
        wish
        for at, wish in enumerate(heard.wishes)
        if not any(_is_refused(wish, later) for later in heard.wishes[at + 1 :])
    ]


def _follow_orders(heard: Heard) -> None:
    """As in "She forgot her password and now it is locked. Unlock her.": only what is ordered.

    Of whoever is to go it says why: "remove Jo, she never got her invitation".
    """
    opened = _ordered(heard, {"unlock_user"})
    gone = _ordered(heard, SENDS_AWAY)
    told = [w for w in heard.wishes if w.mood == "wish" and w.whom and w not in heard.ordered]
    follow = [
        w
        for w in told
        if (w.intent == "reset_password" and w.about <= opened)
        or (w.intent in _HELPS_IN and w.about <= gone)
    ]
    heard.wishes = [w for w in heard.wishes if w not in follow]


_HELPS_IN = frozenset({"reset_password", "resend_invitation", "unlock_user"})


def _ordered(heard: Heard, intents: Collection[str]) -> set[str]:
    """Return those about whom something was ordered."""
    return {
        who for w in heard.ordered if w.intent in intents and w.mood == "wish" for who in w.about
    }


def _close(heard: Heard) -> None:
    """As in "Jo gets the TV, no more, no less.": what is given is all that there shall be."""
    heard.wishes = [
        replace(wish, change=SET)
        if wish in heard.exact and (wish.mood, wish.change) == ("wish", GRANT) and wish.services
        else wish
        for wish in heard.wishes
    ]


def _end(heard: Heard) -> None:
    """As in "Block Kevin. Until Sunday.": an end by itself is that of the wish before."""
    ending = [w for w in heard.wishes if w.intent in _ENDING and w.mood == "wish"]
    if heard.ends_alone and not any("until" in w.values for w in ending):
        values = {"until": heard.ends_alone}
        heard.wishes = [
            replace(w, values={**w.values, **values}) if w in ending else w for w in heard.wishes
        ]


def _invite(heard: Heard) -> None:
    """As in "Send it again, but to jo@…": where to; a new address of somebody invited invites."""
    sends = [w for w in heard.wishes if w.intent in _SENDS_AGAIN and w.mood == "wish"]
    moved = {
        who.value
        for wish in heard.wishes
        if (wish.intent, wish.mood) == ("edit_profile", "wish") and "email" in wish.values
        for who in wish.whom
        if (person := heard.context.person(who.value)) and person.status == "invited"
    }
    if moved:
        heard.wishes = [w for w in heard.wishes if w not in sends or not w.about <= moved]
    elif len(sends) == 1 and (email := heard.given.get("email")):
        values = {"email": email, **sends[0].values}
        heard.wishes = [replace(w, values=values) if w in sends else w for w in heard.wishes]


def _is_refused(wish: Wish, refusal: Wish) -> bool:
    moods = (wish.mood, refusal.mood) == ("wish", "refusal")
    same = (wish.intent, wish.change, wish.about) == (refusal.intent, refusal.change, refusal.about)
    return moods and same and set(wish.services) <= set(refusal.services)


def _answer(heard: Heard) -> None:
    """As in "Rose asked for the voicemail, it's a yes": an answer to a request."""
    known = tuple(mention for mention in heard.people if mention.refs)
    if not heard.requested or heard.asked or not known:
        return
    if heard.gives and heard.context.holder and not heard.context.access_is_asked:
        heard.wishes = [w for w in heard.wishes if w.intent != "request_access" or not w.whom]
        return  # he asked whoever writes, who gives it: "… please give him this"
    if not heard.answers:
        return
    decision = "approve" if heard.answers == {"yes"} else "decline"
    if len(heard.answers) == 1 and not any(w.intent == "decide_request" for w in heard.wishes):
        others = [w for w in heard.wishes if w.intent not in _OF_REQUESTS]
        granted = [code for code in heard.services if code not in heard.not_services]
        part = tuple(granted) if decision == "approve" else ()
        heard.wishes = [Wish("decide_request", "wish", known[:1], decision, part), *others]
