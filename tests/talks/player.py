"""Plays talks without a server: what people type goes through the inbox and its turn.

All talks of a run share one scratch database, in which each has a household to itself.
"""

import re
import traceback
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from bot.app import App
from bot.dialogue.message import Message
from bot.handoff.desk import DeskKey
from bot.mail.catalogue import Catalogue
from intents.parser import Parser
from storage.households.actors import Operator
from tests.fakes.agents import AGENTS_CHAT, Agents
from tests.fakes.chats import Chat, World
from tests.fakes.clock import ManualClock
from tests.fakes.households import verify
from tests.fakes.worlds import product_on
from tests.talks.judging import Mail, Verdict, judge_mails, judge_replies, judge_state
from tests.talks.state import State, state_of
from tests.talks.talk import Talk

NO_CODE = "00000000"
WITH_A_PERSON = {"queue", "agent"}


class CrashError(Exception):
    """A message could not be worked off, or nobody could sign in."""


@dataclass(frozen=True, slots=True)
class Result:
    """How a talk went: "ok", "miss", "WRONG" or "crash", why, and what was said."""

    talk: Talk
    outcome: str
    why: str
    log: Sequence[str]

    def summary(self) -> str:
        return f"{self.talk.id} [{self.talk.kind}] {self.outcome}: {self.why}"

    def told(self) -> str:
        return "\n".join([f"--- {self.summary()}", *self.log])


@dataclass(frozen=True, slots=True)
class Stage:
    """A whole Foyer with agents, and the households of the talks."""

    world: World
    file: Path
    kinds: Catalogue

    @classmethod
    def on(cls, file: Path, parser: Parser, talks: Sequence[Talk]) -> Self:
        """Build it on a migrated file, once for all of these talks."""
        app = product_on(file, parser, DeskKey(*AGENTS_CHAT))
        world = World(app, _clock_of(app))
        with app.database.write() as uow:
            uow.importing.apply(Operator("talks"), [talk.copy.record() for talk in talks])
        Agents(world).are({"nadia": "Nadia"})
        return cls(world, file, Catalogue.load())

    def play(self, talk: Talk) -> Result:
        playing = _Playing(self, talk)
        try:
            verdict = playing.run()
        except CrashError as crash:
            return Result(talk, "crash", str(crash), playing.log)
        return Result(talk, verdict.outcome, verdict.why, playing.log)

    def close(self) -> None:
        self.world.app.database.close()


def _clock_of(app: App) -> ManualClock:
    assert isinstance(app.clock, ManualClock), "a product of the tests has one"
    return app.clock


@dataclass(slots=True)
class _Playing:
    """One talk under way."""

    stage: Stage
    talk: Talk
    chats: dict[str, Chat] = field(default_factory=dict)
    mails: list[Mail] = field(default_factory=list)
    codes: dict[str, str] = field(default_factory=dict)
    """The newest by the address that it was mailed to."""
    replies: list[str] = field(default_factory=list)
    """Of each step; empty where there was no such button."""
    log: list[str] = field(default_factory=list)

    def run(self) -> Verdict:
        if self.talk.signed_in:
            for who in self.talk.people:
                self._sign_in(who)
        before = self._state()
        for who, words in self.talk.steps:
            self._step(who, words)
        verdict = Verdict()
        judge_state(verdict, self.talk, before, self._state())
        judge_replies(verdict, self.talk, self.replies)
        if self.talk.human and self._owner() not in WITH_A_PERSON:
            verdict.missing.append("no person was called")
        judge_mails(verdict, self.talk, self.mails)
        return verdict

    def _sign_in(self, who: str) -> None:
        """Open the session that the right code would open, in a chat of the talk's language.

        The messages that lead there would take as long as the talk itself.
        """
        chat, database = self._chat(who), self.stage.world.app.database
        with database.write() as uow:
            row = uow.conversations.locked(chat.channel, chat.channel, chat.name)
            language = self.talk.copy.language
            uow.conversations.save(row.id, language=language, awaits_code=False, state=row.state)
        try:
            verify(database, self.talk.copy.username(who), row.id, chat.person)
        except Exception as error:
            raise CrashError(f"{who} cannot sign in: {error!r}") from error
        self._fetch_mails()

    def _step(self, who: str, words: str) -> None:
        command, _, pattern = words.partition(" ")
        if command == "@tap":
            self._tap(who, pattern)
            return
        if words == "@code":
            words = self._code(who) or NO_CODE
        elif words == "@user":
            words = self.talk.copy.username(who)
        words = self.talk.copy.numbered(words)
        self._note(who, words, self._send(who, words))

    def _tap(self, who: str, pattern: str) -> None:
        shown = [button for reply in self._chat(who).replies for button in reply.buttons]
        for button in shown:
            if re.search(pattern, button["title"], re.IGNORECASE):
                self._note(who, f"@tap {pattern}", self._send(who, button=button["payload"]))
                return
        titles = " | ".join(button["title"] for button in shown)
        self._note(who, f"@tap {pattern}", "", f"(no such button: {titles})")

    def _note(self, who: str, words: str, reply: str, instead: str = "") -> None:
        self.replies.append(reply)
        self.log += [f"{who}> {words}", "   " + (instead or reply).replace("\n", "\n   ")]

    def _send(self, who: str, words: str = "", button: str | None = None) -> str:
        message = Message(words, button=button, language=self.talk.copy.language)
        try:
            reply = "\n".join(self._chat(who).send(message))
        except Exception as error:
            self.log += [f"{who}> {words or button}", traceback.format_exc()]
            raise CrashError(f"{words or button}: {type(error).__name__}: {error}") from error
        self._fetch_mails()
        return reply

    def _fetch_mails(self) -> None:
        """Everything leaves at once; what is to nobody of this household is not looked at."""
        for row in self.stage.world.collect_mails():
            address = row.recipient or ""
            if self.talk.copy.owns(address):
                kind = self.stage.kinds.mails[row.template].kind
                self.mails.append((kind, address))
                if kind == "one_time_code":
                    self.codes[address] = row.secrets["code"]

    def _code(self, who: str) -> str | None:
        start = f"{self.talk.copy.username(who)}@"
        return next((code for to, code in self.codes.items() if to.startswith(start)), None)

    def _chat(self, who: str) -> Chat:
        name = self.talk.copy.chat(who)
        return self.chats.setdefault(who, self.stage.world.chat(name))

    def _state(self) -> State:
        return state_of(self.stage.file, self.talk.copy)

    def _owner(self) -> str:
        return self._chat(self.talk.copy.holder).row.owner
