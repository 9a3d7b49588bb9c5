"""What agents ask about all cases: /cases, /case 12, /find words. It changes nothing.

Asked in the topic of a case it is answered there; elsewhere in the general topic.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.handoff.deciding import asks_about_cases, command_of
from bot.handoff.desk import AgentsDesk
from bot.handoff.message import DeskMessage
from bot.handoff.showing import state_of
from storage.handoff.handoffs import Case
from storage.names import bare
from storage.unit_of_work import UnitOfWork

MOST = 20
"""Cases of one answer."""
LOOKED_THROUGH = 60
"""The newest cases, in which words are looked for."""
EVENTS = 60
"""Of each, so much of what was said."""
MOST_DIGITS = 9
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Lists:
    """Answers one agent; `here` is the case of the topic in which they ask."""

    uow: UnitOfWork
    desk: AgentsDesk
    desk_id: int
    person_id: str
    here: Case | None

    def answer(self, message: DeskMessage) -> bool:
        """Answer a question about all cases; False where it is none, or not an agent's."""
        agents = self.uow.handoffs.agents(self.desk_id)
        typed = message.kind == "text" and message.button is None
        if not typed or not asks_about_cases(message.text) or self.person_id not in agents:
            return False
        name, words = command_of(message)
        who = agents[self.person_id]
        if name == "cases":
            self._list(self.uow.handoffs.open_at(self.desk_id), who, "cases_none")
        elif name == "case":
            self._show(words, who)
        elif _WORD.search(words):
            self._list(list(self._with(words)), who, "find_none")
        else:
            self._say("find_what", who=who)
        return True

    def _list(self, cases: list[Case], who: str, nothing: str) -> None:
        if not cases:
            self._say(nothing, who=who)
        for case in cases[:MOST]:
            self._put(case, self._line(case))
        if len(cases) > MOST:
            self._say("cases_more", who=who, count=len(cases) - MOST)

    def _line(self, case: Case) -> str:
        state = case.outcome if case.status == "closed" else state_of(case)
        known = {"response": f"state_{state}", "parameters": {"agent": case.agent_name}}
        waited = self.uow.clock() - (case.closed_at or case.waiting_since or case.created_at)
        title, minutes = case.summary.get("title", case.id), int(waited.total_seconds() // 60)
        return self.desk.showing.words.say("case_line", title=title, state=known, minutes=minutes)

    def _show(self, number: str, who: str) -> None:
        digits = number.strip().removeprefix("#")
        may_be = digits.isascii() and digits.isdecimal() and len(digits) <= MOST_DIGITS
        case = self.uow.case_lists.numbered(self.desk_id, int(digits)) if may_be else None
        if case is None:
            self._say("case_unknown", who=who, number=number or "?")
            return
        state = case.outcome if case.status == "closed" else state_of(case)
        notes = "\n".join(f"// {note}" for note in case.notes)
        card = self.desk.card(self.uow, case, str(state))
        self._put(case, "\n".join(filter(None, [card, notes])))

    def _with(self, words: str) -> Iterator[Case]:
        """Yield the newest cases with these words; it looks at few, as everybody waits for it."""
        wanted = _WORD.findall(bare(words))
        for case in self.uow.case_lists.newest(self.desk_id, LOOKED_THROUGH):
            known = set(_WORD.findall(bare(self._known(case))))
            if all(any(said.startswith(word) for said in known) for word in wanted):
                yield case

    def _known(self, case: Case) -> str:
        """Return what agents may read of a case: private words are dots there too."""
        events = self.uow.conversations.events(case.conversation_id, limit=EVENTS)
        summary = [str(value) for value in case.summary.values() if value]
        about = [case.agent_name or "", case.comment or "", *case.notes]
        return "\n".join([*summary, *about, *self.desk.showing.transcript(events)])

    def _say(self, phrase: str, **values: Any) -> None:
        """Say something about no case; where none ever was there is nothing to say it beside."""
        newest = self.uow.case_lists.newest(self.desk_id, 1)
        for case in [self.here] if self.here else newest:
            self._put(case, self.desk.showing.words.say(phrase, **values))

    def _put(self, case: Case, text: str) -> None:
        if self.here is not None:
            self.uow.desk_outbox.put(self.here, "line", text)
        else:
            self.uow.desk_outbox.put(case, "ping", text, agent=self.person_id)
