"""A talk, as it is written: a list of them in YAML, each a mapping of

id, kind, lang   a name of its own; what it is about; en or fr
home             A (unless said), B or F: a household of `homes.yml`
talk             what is said: a text, by the holder, or {as: kevin, say: a text}.
                 "@tap REGEX" taps the first shown button whose title matches; "@user" and "@code"
                 are the speaker's user name and the code that was mailed; {n} the talk's number
signed_in        true (unless said): everybody who speaks has been verified before
end              what must differ at the end, by user name; all else must be as it was before:
                 rights, status, name, email, language, request (open ones, as services),
                 until (services that end some day, or "suspended"); gone: [jo];
                 new: [{name: Nora Roy, email: nora@example.com, rights: [usage], language: fr}];
                 sent: [[password_reset, kevin]]; may_send: true, where unnamed mails may leave
via              the same keys: where it rightly passes through; staying there is no fault
says             [n, must or mustnot, REGEX] about the answer to step n; -1 is the last
human            true: at the end a person has been called
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from tests.fakes.yaml_files import read_yaml
from tests.talks.homes import Copy, homes

Wishes = Mapping[str, Any]
"""`end` or `via`."""


@dataclass(frozen=True, slots=True)
class Says:
    """What the answer to a step must hold, or must not."""

    step: int
    mode: str
    pattern: str

    def holds(self, replies: Sequence[str]) -> bool:
        index = self.step - 1 if self.step > 0 else self.step
        reply = replies[index] if len(replies) >= abs(self.step) else ""
        found = re.search(self.pattern, reply, re.IGNORECASE | re.DOTALL)
        return (found is not None) == (self.mode == "must")

    def __str__(self) -> str:
        return f"reply {self.step} {self.mode} /{self.pattern}/"


@dataclass(frozen=True, slots=True)
class Talk:
    id: str
    kind: str
    copy: Copy
    steps: Sequence[tuple[str, str]]
    """Who says what."""
    signed_in: bool = True
    end: Wishes = field(default_factory=dict)
    via: Wishes = field(default_factory=dict)
    says: Sequence[Says] = ()
    human: bool = False

    @classmethod
    def read(cls, entry: Mapping[str, Any], number: int) -> Self:
        copy = Copy(entry.get("home", "A"), number, entry["lang"])
        steps = [
            (step["as"], step["say"]) if isinstance(step, dict) else (copy.holder, step)
            for step in entry["talk"]
        ]
        wishes = [entry.get("end") or {}, entry.get("via") or {}]
        unknown = {who for who, _ in steps}.union(*map(_named, wishes)) - homes()[copy.home].keys()
        if unknown:
            raise ValueError(f"{entry['id']}: who is {', '.join(sorted(unknown))}?")
        return cls(
            id=entry["id"],
            kind=str(entry["kind"]),
            copy=copy,
            steps=steps,
            signed_in=entry.get("signed_in", True),
            end=wishes[0],
            via=wishes[1],
            says=[Says(*says) for says in entry.get("says") or []],
            human=entry.get("human", False),
        )

    @property
    def people(self) -> list[str]:
        """Who speaks, in the order of their first words."""
        return list(dict.fromkeys(who for who, _ in self.steps))


def _named(wishes: Wishes) -> set[str]:
    """Whose state it is that these wishes are about."""
    by_name = [value for value in wishes.values() if isinstance(value, dict)]
    return set().union(*by_name, wishes.get("gone") or ())


def load_talks(paths: Iterable[Path], only: Sequence[str] = ()) -> list[Talk]:
    """The talks of these files, or of them `only` those with these ids, numbered in order."""
    entries = [entry for path in paths for entry in read_yaml(path)]
    chosen = [entry for entry in entries if not only or entry["id"] in only]
    twice = [name for name, times in Counter(one["id"] for one in chosen).items() if times > 1]
    if twice:
        raise ValueError(f"more than one talk is called {', '.join(twice)}")
    return [Talk.read(entry, number) for number, entry in enumerate(chosen)]
