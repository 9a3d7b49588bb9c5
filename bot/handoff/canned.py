"""What agents say with a word: what the program brings (`canned.yml`), and what they write.

A text is checked when it is written, by the rules of all that leaves for customers, so that an
agent knows at once; and once more whenever it leaves.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from string import Formatter
from typing import Any

from bot.handoff.asking import Asking
from bot.handoff.deciding import COMMANDS, command_of
from bot.handoff.masking import masked
from bot.handoff.message import DeskMessage
from bot.handoff.words import DeskWords
from bot.languages import LANGUAGES
from storage.handoff.desk_rows import length
from storage.limits import CANNED_LENGTH, CANNED_MOST
from storage.unit_of_work import UnitOfWork

NAME = re.compile(r"[a-z0-9_]{1,32}")
"""What messengers take for a command."""
GONE = frozenset({"-", "–", "—"})
"""Instead of a text: there is none any more; a keyboard makes a dash of a hyphen."""
SHOWN = 80
"""Characters of each that stand in the list."""
AGENT = "agent"
"""The placeholder for who says it."""


def replies(uow: UnitOfWork, words: DeskWords) -> Mapping[str, Mapping[str, str]]:
    """Return all texts by name and language; what agents have written goes first."""
    own = uow.canned_replies.own()
    names = sorted({*words.canned, *own})
    return {name: {**words.canned.get(name, {}), **own.get(name, {})} for name in names}


@dataclass(frozen=True, slots=True)
class Canned:
    """Answers `/canned`, `/canned NAME`, `/canned NAME fr = text` and `/canned NAME -`."""

    asking: Asking

    def answer(self, typed: str) -> None:
        head, sets, text = typed.replace("＝", "=", 1).partition("=")
        _, words = command_of(DeskMessage(head))
        name, *rest = words.lower().removeprefix("/").split() or [""]
        if sets:
            self._set(name, rest, text.strip())
        elif not name:
            self._list()
        elif not rest:
            self._show(name)
        elif len(rest) == 1 and rest[0] in GONE:
            self._remove(name)
        else:
            self.asking.say("canned_how")

    @property
    def _words(self) -> DeskWords:
        return self.asking.desk.showing.words

    @property
    def _known(self) -> Mapping[str, Mapping[str, str]]:
        return replies(self.asking.uow, self._words)

    def _list(self) -> None:
        lines = [
            self._line(name, texts.get(self._words.language) or next(iter(texts.values())), texts)
            for name, texts in self._known.items()
        ]
        self.asking.say("canned_list", replies={"lines": lines})

    def _line(self, name: str, text: str, texts: Mapping[str, str]) -> dict[str, Any]:
        short = text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
        values = {"reply": name, "languages": ", ".join(sorted(texts)), "text": short}
        return {"response": "canned_line", "parameters": values}

    def _show(self, name: str) -> None:
        texts = self._known.get(name)
        if texts is None:
            self.asking.say("canned_unknown", reply=name)
            return
        lines = [
            {"response": "canned_line", "parameters": {"reply": name, "languages": code, "text": t}}
            for code, t in sorted(texts.items())
        ]
        self.asking.say("canned_shown", replies={"lines": lines})

    def _remove(self, name: str) -> None:
        removed, brought = self.asking.uow.canned_replies.remove(name), name in self._words.canned
        if removed:
            self.asking.say("canned_restored" if brought else "canned_removed", reply=name)
        else:
            self.asking.say("canned_brought" if brought else "canned_unknown", reply=name)

    def _set(self, name: str, rest: list[str], text: str) -> None:
        language = rest[0] if rest else self._words.language
        why = next(self._refusals(name, rest, language, text), None)
        if why is not None:
            phrase, values = why
            self.asking.say(phrase, reply=name or "?", **values)
            return
        self.asking.uow.canned_replies.put(name, language, text, self.asking.person_id)
        missing = [
            {"language": code} for code in LANGUAGES if code not in self._known.get(name, {})
        ]
        said = "canned_kept_alone" if missing else "canned_kept"
        lacking = [code for code in LANGUAGES if code not in self._known.get(name, {})]
        self.asking.say(
            said, reply=name, kept={"language": language}, missing=missing, code=" ".join(lacking)
        )

    def _refusals(
        self, name: str, rest: list[str], language: str, text: str
    ) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield why a text cannot be kept, the first reason first."""
        if not name or len(rest) > 1:
            yield "canned_how", {}
        if not NAME.fullmatch(name):
            yield "canned_name", {}
        if name in COMMANDS:
            yield "canned_taken", {}
        if language not in LANGUAGES:
            yield "canned_language", {"said": language, "languages": ", ".join(LANGUAGES)}
        if name not in self._known and len(self._known) >= CANNED_MOST:
            yield "canned_full", {"most": CANNED_MOST}
        yield from self._wrong(language, text)

    def _wrong(self, language: str, text: str) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield what is wrong with the text itself."""
        known = {AGENT, *self._words.texts.constants}
        if not text:
            yield "canned_empty", {}
        elif not _is_filled_by(text, known):
            yield "canned_braces", {"names": ", ".join(f"{{{name}}}" for name in sorted(known))}
        else:
            said = self._words.reply(text, language, {AGENT: self.asking.who})
            if length(said) > CANNED_LENGTH:
                yield "canned_long", {"count": length(said), "most": CANNED_LENGTH}
            if masked(said) != said:
                yield "canned_private", {}


def _is_filled_by(text: str, known: set[str]) -> bool:
    """Whether all that stands in braces is the bare name of something that is known."""
    try:
        parts = list(Formatter().parse(text))
    except ValueError:
        return False
    named = [part[1:] for part in parts if part[1] is not None]
    return all(name in known and not shape and not as_ for name, shape, as_ in named)
