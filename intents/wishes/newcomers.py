"""Puts together what several clauses say of those who are to be added."""

from collections.abc import Sequence
from dataclasses import replace

from intents.clauses.clause import Clause
from intents.context import Mention, Wish
from intents.tasks import CHANGE, GRANT, REVOKE
from intents.who.named import Named
from intents.wishes.given import one_by_one, pairs, values
from intents.wishes.heard import Heard

_OF_THEM = frozenset({CHANGE, "edit_profile"})
_IN_ORDER = frozenset({"email", "language"})
"""What is given in the order of those who come, where it is given as often."""
_SHARED = frozenset({"language", "until"})
"""What is meant for all who come, where it is said of none of them."""


def introduce(heard: Heard) -> None:
    """As in "Amy Chan, amy@… She can see the bill": access of strangers with an address adds them.

    Where there is one of them alone, whatever else is said of the account keeps them out.
    """
    grants = [wish for wish in heard.wishes if (wish.intent, wish.mood) == (CHANGE, "wish")]
    coming = [who for who in heard.people if who.is_new]
    known = [who for wish in heard.wishes for who in wish.whom if who.refs]
    if known or heard.asked or len(grants) != len(heard.wishes):
        return
    listed = all(new.services for new in heard.introduced.values())
    if len(heard.introduced) > 1 and (grants or listed or heard.adds):
        shared = {kind: heard.given[kind] for kind in _SHARED & heard.given.keys()}
        each = heard.introduced.values()
        news = [replace(new, values={**shared, **new.values}) for new in each]
    elif not grants and _is_told_of_one(heard):
        news = [*heard.introduced.values()]
    elif grants and coming and heard.given.get("email"):
        news = [Wish("create_user", "wish", _in_full(coming), values=heard.given)]
    else:
        return
    everybody = tuple(who for new in news for who in new.whom)
    whom = [wish if wish.whom else replace(wish, whom=everybody) for wish in heard.wishes]
    heard.wishes = [*news, *whom]


def _is_told_of_one(heard: Heard) -> bool:
    """As in "there's room for my sister: Amal Haddad, amal@…, French, the bill": all of her."""
    idle = not (heard.context.expects or heard.context.card or heard.wishes)
    whole = [new for new in heard.introduced.values() if new.services and "language" in new.values]
    return idle and len(heard.introduced) == len(whole) == 1


def used_by_newcomers(heard: Heard, clause: Clause, named: Named) -> list[Wish]:
    """As in "add Amy Chan and Leo Chan. Amy sees the bill, Leo the usage"."""
    coming = _in_full(heard.before.coming)
    whom = _named(named.people, coming)
    if not (whom and named.services and set(whom) <= set(coming)) or clause.has("neg", "nomore"):
        return _in_stead(heard, clause, named)
    return [
        Wish(CHANGE, "wish", tuple(people), GRANT, tuple(services))
        for people, services in pairs(named, named.services)
    ]


def _in_stead(heard: Heard, clause: Clause, named: Named) -> list[Wish]:
    """As in "remove Jo, Ben Carver in her place": whoever is new comes."""
    last = heard.wishes[-1] if heard.wishes else None
    leaves = last is not None and (last.intent, last.mood) == ("delete_user", "wish")
    new = tuple(who for who in named.people if who.is_new)
    if not (leaves and new and clause.has("in_stead")):
        return []
    return [Wish("create_user", "wish", new, "", tuple(named.services), values(clause))]


def each_their_own(new: Wish, named: Named) -> list[Wish]:
    """As in "add Amy, amy@…, with the bill and Leo, leo@…, with the usage"."""
    by_name = tuple(who for who in new.whom if not who.relation)
    if len(by_name) == 1 and not any(who.refs for who in new.whom):
        return [replace(new, whom=by_name)]  # "my sister: Maya Haddad" is one
    groups = list(pairs(named, new.services))
    if len(groups) == 1 or not all(len(people) == 1 for people, _ in groups):
        return [new]
    return [
        replace(wish, services=tuple(services))
        for wish, (_, services) in zip(_one_by_one([new], new.whom), groups, strict=False)
    ]


def hand_over(heard: Heard) -> None:
    """What is said of a newcomer's access belongs to the wish that adds them."""
    news = [wish for wish in heard.wishes if wish.intent == "create_user"]
    if not news:
        return
    coming = _named([who for wish in news for who in wish.whom], heard.people)
    heard.wishes = [replace(wish, whom=_named(wish.whom, coming)) for wish in heard.wishes]
    news = old = [wish for wish in heard.wishes if wish.intent == "create_user"]
    names = {who.said for who in coming}
    if all(who.relation for who in coming):  # "my husband. His name is Karim"
        names |= {who.said for who in heard.people if not who.refs}
    about = [
        wish
        for wish in heard.wishes
        if wish.intent in _OF_THEM
        and wish.mood == "wish"
        and {who.said for who in wish.whom} <= names
    ]
    if not about:
        return
    by_name = [who for who in coming if not who.relation]  # "my wife: Ana Souza" is one
    if len(by_name) > 1 and any(0 < len(wish.whom) < len(by_name) for wish in about):
        news = _one_by_one(news, coming)
    first = next(at for at, wish in enumerate(heard.wishes) if wish in old)
    others = [wish for wish in heard.wishes[first:] if wish not in (*about, *old)]
    before = [wish for wish in heard.wishes[:first] if wish not in about]
    heard.wishes = [*before, *(_with_what_is_said(wish, about) for wish in news), *others]


def _with_what_is_said(new: Wish, about: Sequence[Wish]) -> Wish:
    """Return a wish to add somebody, with what others say of them, or of nobody by name."""
    own = [wish for wish in about if not wish.whom or _meets(wish, new)]
    given = [new, *(wish for wish in own if wish.change != REVOKE)]
    refused = {code for wish in own if wish.change == REVOKE for code in wish.services}
    told = dict.fromkeys(code for wish in given for code in wish.services)
    spoken = {k: v for wish in own for k, v in wish.values.items() if k != "name"}
    services = tuple(code for code in told if code not in refused)
    return replace(new, services=services, values={**spoken, **new.values})


def _meets(wish: Wish, new: Wish) -> bool:
    relations = all(who.relation for who in new.whom)
    return relations or not wish.about.isdisjoint(new.about)


def _one_by_one(news: Sequence[Wish], coming: Sequence[Mention]) -> list[Wish]:
    """Return a wish for each newcomer, with what was given in their order."""
    in_order = [
        replace(wish, whom=tuple(who for who in coming if who.value in wish.about)) for wish in news
    ]
    return [each for wish in in_order for each in one_by_one(wish, _IN_ORDER)]


def _in_full(whom: Sequence[Mention]) -> tuple[Mention, ...]:
    """As in "my cousin Lena … Lena Osei, lena@…": once by the first name, once by the whole."""
    return _named(whom, whom)


def _named(whom: Sequence[Mention], coming: Sequence[Mention]) -> tuple[Mention, ...]:
    """Return people with the whole names that those who come were called by."""
    whole = [who for who in coming if " " in who.said and not who.refs]
    fuller = {who.said: next((w for w in whole if _begins(who, w)), who) for who in whom}
    return tuple(dict.fromkeys(fuller[who.said] for who in whom))


def _begins(short: Mention, whole: Mention) -> bool:
    return not short.refs and whole.said.startswith(f"{short.said} ")


def welcome(heard: Heard) -> None:
    """Wishes for somebody who is not on the account yet are one: that they be added."""
    news = [wish for wish in heard.wishes if wish.intent == "create_user"]
    if len(news) == 1 and len(heard.wishes) == 1:
        coming = [who for who in heard.people if not who.refs]
        whom = tuple(coming) if all(who.relation for who in news[0].whom) else news[0].whom
        merged = {**heard.given, **news[0].values}
        services = news[0].services or tuple(heard.services)
        heard.wishes = [replace(news[0], whom=whom, values=merged, services=services)]
        return
    others = {wish.intent for wish in heard.wishes if wish not in news}
    address = heard.given.get("email")
    if len(news) == 1 and isinstance(address, str) and others == {"delete_user"}:
        values = {"email": address, **news[0].values}  # "… put Amira in his place. amira@…"
        heard.wishes = [replace(w, values=values) if w in news else w for w in heard.wishes]
