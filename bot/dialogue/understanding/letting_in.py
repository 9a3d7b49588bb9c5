"""Letting people in again: how somebody is kept out decides what is meant."""

from collections.abc import Iterator
from dataclasses import replace

from bot.dialogue.understanding.situation import Situation
from intents.context import Mention, Wish

_LETS_IN_OF = {"locked": "unlock_user", "suspended": "resume_user"}
LETS_IN = frozenset(_LETS_IN_OF.values())


def with_who_waits(wish: Wish, s: Situation) -> Wish:
    """As in "let them back in": whoever was spoken of last, where they are kept out."""
    spoken = [s.context.person(ref) for ref in s.context.topic.people]
    kept_out = [each.ref for each in spoken if each and each.status in _LETS_IN_OF]
    if wish.whom or wish.intent not in LETS_IN or not kept_out:
        return wish
    return replace(wish, whom=Mention.each(kept_out))


def let_back(wish: Wish, s: Situation) -> Wish:
    """As in "give him his access back": whoever is suspended has it again when they are let in."""
    people = [s.context.person(mention.value) for mention in wish.whom]
    suspended = bool(people) and all(each and each.status == "suspended" for each in people)
    gives = wish.intent == "change_rights" and wish.change == "grant" and not wish.services
    return replace(wish, intent="resume_user", change="") if suspended and gives else wish


def by_need(wish: Wish, s: Situation) -> Iterator[Wish]:
    """Part a wish to let in people who are kept out: some are locked, some suspended."""
    of_each = [
        (_LETS_IN_OF[person.status], mention)
        for mention in wish.whom
        if (person := s.context.person(mention.value)) and person.status in _LETS_IN_OF
    ]
    if wish.intent not in LETS_IN or len(of_each) < len(wish.whom) or not of_each:
        yield wish
        return
    for need in dict.fromkeys(need for need, _ in of_each):
        whom = tuple(mention for needed, mention in of_each if needed == need)
        yield replace(wish, intent=need, whom=whom)


def let_in(wish: Wish, s: Situation) -> str:
    """Return how somebody is let in again: how they stand decides, where the words fit both."""
    meant = {ref for mention in wish.whom for ref in mention.refs}
    people = [person for person in s.context.people if person.ref in meant or not meant]
    needs = {_LETS_IN_OF[person.status] for person in people if person.status in _LETS_IN_OF}
    return needs.pop() if len(needs) == 1 else wish.intent
