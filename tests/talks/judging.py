"""Whether a talk has reached its end, and whether something changed that nobody asked for."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from tests.talks.homes import Copy
from tests.talks.state import Person, State
from tests.talks.talk import Talk, Wishes

Mail = tuple[str, str]
"""Its kind, and the address that it went to."""

LISTS = ("rights", "request", "until")
TEXTS = ("status", "name", "email", "language")
WITH_A_CHANGE: Mapping[str, Sequence[str]] = {
    "password_reset": (),
    "deleted": ("gone",),
    "unlocked": ("status",),
    "activation": ("email",),
}
"""Mails that leave only when they were asked for, and the wishes that are for them too."""


@dataclass(slots=True)
class Verdict:
    missing: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def outcome(self) -> str:
        return "WRONG" if self.wrong else "miss" if self.missing else "ok"

    @property
    def why(self) -> str:
        return "; ".join([*self.wrong, *self.missing])

    def note(self, fault: str, *, wrong: bool) -> None:
        (self.wrong if wrong else self.missing).append(fault)


def judge_state(verdict: Verdict, talk: Talk, before: State, after: State) -> None:
    """Compare the household with the wished one; what is as it was, or as on the way, is a miss."""
    wanted = _wanted(before, talk.end, talk.copy)
    on_the_way = _wanted(before, talk.via, talk.copy)
    for who in sorted({*wanted, *after, *before}):
        wish, now = wanted.get(who), after.get(who)
        earlier = [state[who] for state in (before, on_the_way) if who in state]
        if wish and now:
            for key in _differences(who, wish, now):
                known = any(_same(who, key, one, now) for one in earlier)
                verdict.note(f"{who}.{key}: {now[key]} instead of {wish[key]}", wrong=not known)
        elif wish:
            is_new = who.startswith("new:")
            fault = f"{who} is {'not there' if is_new else 'gone'}"
            verdict.note(fault, wrong=not is_new and who in on_the_way)
        elif now:
            known = any(not list(_differences(who, one, now)) for one in earlier)
            how = "still there" if earlier else "new"
            verdict.note(f"{who} is {how}: {now['name']} {now['rights']}", wrong=not known)


def judge_replies(verdict: Verdict, talk: Talk, replies: Sequence[str]) -> None:
    verdict.missing += [str(says) for says in talk.says if not says.holds(replies)]


def judge_mails(verdict: Verdict, talk: Talk, mails: Sequence[Mail]) -> None:
    """Look whether the wished mails left, and no weighty one that nobody asked for."""

    def is_to(user: str, address: str) -> bool:
        return f"{talk.copy.username(user)}@" in address

    wished = [(kind, user) for kind, user in talk.end.get("sent") or []]
    for kind, user in wished:
        if not any(sent == kind and is_to(user, address) for sent, address in mails):
            verdict.missing.append(f"no {kind} to {user}")
    if talk.end.get("may_send"):
        return
    for kind, address in mails:
        if kind in WITH_A_CHANGE and not any(
            is_to(user, address) for user in _asked_for(kind, wished, talk)
        ):
            verdict.wrong.append(f"{kind} to {address}")


def _asked_for(kind: str, wished: Sequence[tuple[str, str]], talk: Talk) -> set[str]:
    by_change = (
        user
        for said in (talk.end, talk.via)
        for change in WITH_A_CHANGE[kind]
        for user in said.get(change) or ()
    )
    return {*by_change, *(user for sent, user in wished if sent == kind)}


def _wanted(before: State, wishes: Wishes, copy: Copy) -> State:
    """The household as it was, with what a talk says of the end."""
    wanted = deepcopy(before)
    for key in (*LISTS, *TEXTS):
        for who, value in (wishes.get(key) or {}).items():
            wanted[who][key] = sorted(value) if key in LISTS else value
    for who, email in (wishes.get("email") or {}).items():
        wanted[who]["email"] = copy.numbered(email)
    for who in wishes.get("gone") or ():
        wanted.pop(who, None)
    for person in wishes.get("new") or ():
        added = _added(person, copy)
        wanted[f"new:{added['email']}"] = added
    return wanted


def _added(person: Wishes, copy: Copy) -> Person:
    return {
        "name": person["name"],
        "email": copy.numbered(person["email"]),
        "status": "invited",
        "language": person.get("language"),
        "rights": sorted(person.get("rights") or []),
        "request": [],
        "until": [],
    }


def _differences(who: str, wish: Person, now: Person) -> Iterator[str]:
    return (key for key in wish if not _same(who, key, wish, now))


def _same(who: str, key: str, wish: Person, now: Person) -> bool:
    if key == "language" and wish[key] is None:
        return True
    if key == "name" and who.startswith("new:"):
        return _folded(wish[key]) == _folded(now[key])
    return bool(wish[key] == now[key])


def _folded(name: Any) -> str:
    plain = unicodedata.normalize("NFKD", str(name)).encode("ascii", "ignore").decode()
    return plain.casefold().strip()
