"""Speaks a meaning with the frames of the material: who, what and which act, put into words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from intents.reading import Reading
from tests.intents.french import elided, with_preposition
from tests.intents.telling import Atom
from tests.intents.written import EVERYBODY, REFS, SERVICES, material

TASKS = {
    "grant": ("change_rights", "grant"),
    "revoke": ("change_rights", "revoke"),
    "set": ("change_rights", "set"),
    "delete": ("delete_user", ""),
    "unlock": ("unlock_user", ""),
    "reset": ("reset_password", ""),
}
ACTS = tuple(TASKS)
JOINTS = {"en": (" and ", ", and ", ". ", ", then ", "; ", ", also "),
          "fr": (" et ", " pis ", ". ", ", puis ", "; ", ", et ")}  # fmt: skip
AND = {"en": (" and ", " and ", " as well as "), "fr": (" et ", " et ", " pis ")}
ALL_BUT = ("all_but_one", "all_but_two")
BORDERS = (". ", "; ")
"""Between two wishes of which the second does not begin with its verb."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """One wish, one refusal of one, or one question."""

    act: str
    mood: str
    people: frozenset[str]
    services: frozenset[str]

    def atoms(self) -> frozenset[Atom]:
        intent, change = TASKS[self.act]
        what = self.services or frozenset({""})
        return frozenset((self.mood, intent, change, p, s) for p in self.people for s in what)


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence, what it means, and the frames that it was made from."""

    text: str
    meanings: tuple[Meaning, ...]
    frames: tuple[str, ...]
    whom: str
    what: str


def atoms_of(reading: Reading) -> frozenset[Atom]:
    """The wishes and refusals of a reading; what it asks about is no wish."""
    return frozenset(
        (wish.mood, wish.intent, wish.change, person, service)
        for wish in reading.wishes
        if wish.mood != "question"
        for person in ([one.value for one in wish.whom] or [""])
        for service in (wish.services or ("",))
    )


@dataclass(frozen=True, slots=True)
class Filling:
    """What fills a blank: the meaning and the words."""

    meant: frozenset[str]
    words: str
    pattern: str
    names: tuple[str, ...] = ()


@dataclass(slots=True)
class Speaker:
    """Speaks one language, the same sentences for the same seed."""

    language: str
    random: Random

    @property
    def frames(self) -> Mapping[str, Any]:
        return material("frames", self.language)

    def all_frames(self) -> Iterator[tuple[str, str, str]]:
        """Mood, act and frame of everything that can be said."""
        for act in ACTS:
            yield from (("wish", act, frame) for frame in self.frames[act])
            yield from (("refusal", act, frame) for frame in self.frames["refuse"][act])
        for kind in ("ask", "ask_one"):
            yield from (("question", kind, frame) for frame in self.frames.get(kind, ()))

    def say(self, mood: str, act: str, frame: str) -> Said:
        """Speak one frame about somebody, with or without politeness or a story."""
        said = self.fill(mood, act, frame)
        text = said.text
        if mood != "question" and self.random.random() < 0.1:
            story = self.random.choice(self.frames["hedge_stories"])
            text = f"{story}. {text}" if self.random.random() < 0.5 else f"{text}. {story}"
        return Said(self.polite(text), said.meanings, said.frames, said.whom, said.what)

    def two(self, first: tuple[str, str, str], second: tuple[str, str, str]) -> Said:
        """Speak two frames in this order."""
        one, other = self.fill(*first), self.fill(*second)
        while self._leaves_out(one) and {"them", "eux"} & {*other.whom.split()}:
            other = self.fill(*second)  # whoever was left out would be none of them
        joints = BORDERS if second[2].startswith("{") else JOINTS[self.language]
        text = self.polite(one.text + self.random.choice(joints) + other.text)
        return Said(
            text,
            one.meanings + other.meanings,
            one.frames + other.frames,
            f"{one.whom} + {other.whom}",
            f"{one.what} + {other.what}",
        )

    def _leaves_out(self, said: Said) -> bool:
        names = self.frames["whom_names"]
        return any(said.whom in names[kind] for kind in set(ALL_BUT))

    def polite(self, text: str) -> str:
        before = self.random.choice(self.frames["polite_before"])
        after = self.random.choice(self.frames["polite_after"])
        if self.random.random() < 0.25:
            text = f"{before} {text}"
        asked = text.endswith("?")
        return f"{text} {after}" if not asked and self.random.random() < 0.25 else text

    def fill(self, mood: str, act: str, frame: str) -> Said:
        whole = mood == "refusal"
        whom = self.whom(narrow=act == "ask_one", whole=whole)
        nothing = Filling(frozenset(), "", "")
        verbal = "{verb_what}" in frame
        asked = verbal or "{what}" in frame
        what = self.what(verbal=verbal, limited=act == "set", whole=whole) if asked else nothing
        text = (
            frame.replace("{a_whom}", with_preposition("à", whom.words, whom.names))
            .replace("{de_whom}", with_preposition("de", whom.words, whom.names))
            .replace("{whom}", whom.words)
            .replace("{what}", what.words)
            .replace("{verb_what}", what.words)
        )
        if self.language == "fr":
            text = elided(text)
        return Said(text, (Meaning(act, mood, whom.meant, what.meant),), (frame,), whom.pattern,
                    what.pattern)  # fmt: skip

    def whom(self, *, narrow: bool, whole: bool) -> Filling:
        """Somebody, two, all, or all but one or two; "not all but one" would say two things."""
        kinds = (
            ("one", "all") if narrow else ("one", "one", "two", "all", *(() if whole else ALL_BUT))
        )
        kind = self.random.choice(kinds)
        pattern = self.random.choice(self.frames["whom_names"][kind])
        if narrow and self.language == "fr" and kind == "all":
            pattern = "tout le monde"
        names = self.random.sample(list(REFS), 2)
        fill = {"a": self._written(names[0]), "b": self._written(names[1])}
        named = frozenset(
            REFS[n] for n, blank in zip(names, "ab", strict=True) if f"{{{blank}}}" in pattern
        )
        meant = EVERYBODY - named if kind.startswith("all") else named
        return Filling(meant, pattern.format(**fill), pattern,
                       tuple(fill.values()) if kind == "two" else ())  # fmt: skip

    def _written(self, name: str) -> str:
        return name if self.random.random() < 0.8 else name.replace("é", "e").replace("è", "e")

    def what(self, *, verbal: bool, limited: bool, whole: bool) -> Filling:
        """A service, two, all, or all but one; access is limited to some of them only."""
        kinds = [
            "one",
            "one",
            "two",
            *([] if limited else ["all"]),
            *([] if whole else ["all_but_one"]),
        ]
        kind = self.random.choice(kinds)
        codes = self.random.sample(SERVICES, 2)
        if kind == "all":
            words = self._service("all", verbal=verbal)
            return Filling(frozenset(SERVICES), words, words)
        if kind == "all_but_one":
            around = self._service("all_but_one", verbal=verbal)
            words = around.replace("{s}", self._service(codes[0], verbal=verbal))
            return Filling(frozenset(SERVICES) - {codes[0]}, words, around)
        chosen = codes[:1] if kind == "one" else codes
        phrases = [self._service(code, verbal=verbal) for code in chosen]
        words = self.random.choice(AND[self.language]).join(phrases)
        return Filling(frozenset(chosen), words, " + ".join(phrases))

    def _service(self, code: str, *, verbal: bool) -> str:
        names: Sequence[str] | Mapping[str, Sequence[str]] = self.frames["what_names"][code]
        listed = names["verb" if verbal else "noun"] if isinstance(names, Mapping) else names
        return self.random.choice(listed)
