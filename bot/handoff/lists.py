"""What agents ask about all cases: /cases, /case 12, /find words. It changes nothing."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.handoff import on_call
from bot.handoff.asking import Asking
from bot.handoff.desk import AgentsDesk
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
    """Answers one agent."""

    asking: Asking

    def answer(self, name: str, words: str) -> None:
        if name == "cases":
            self._list(self.uow.handoffs.open_at(self.asking.desk_id), "cases_none")
            on_call.tell(self.asking)
        elif name == "case":
            self._show(words)
        elif _WORD.search(words):
            self._list(list(self._with(words)), "find_none")
        else:
            self.asking.say("find_what")

    @property
    def uow(self) -> UnitOfWork:
        return self.asking.uow

    @property
    def desk(self) -> AgentsDesk:
        return self.asking.desk

    def _list(self, cases: list[Case], nothing: str) -> None:
        if not cases:
            self.asking.say(nothing)
        for case in cases[:MOST]:
            self.asking.put(case, self._line(case))
        if len(cases) > MOST:
            self.asking.say("cases_more", count=len(cases) - MOST)

    def _line(self, case: Case) -> str:
        state = case.outcome if case.status == "closed" else state_of(case)
        known = {"response": f"state_{state}", "parameters": {"agent": case.agent_name}}
        waited = self.uow.clock() - (case.closed_at or case.waiting_since or case.created_at)
        title, minutes = case.summary.get("title", case.id), int(waited.total_seconds() // 60)
        return self.desk.showing.words.say("case_line", title=title, state=known, minutes=minutes)

    def _show(self, number: str) -> None:
        digits = number.strip().removeprefix("#")
        may_be = digits.isascii() and digits.isdecimal() and len(digits) <= MOST_DIGITS
        case = self.uow.case_lists.numbered(self.asking.desk_id, int(digits)) if may_be else None
        if case is None:
            self.asking.say("case_unknown", number=number or "?")
            return
        state = case.outcome if case.status == "closed" else state_of(case)
        notes = "\n".join(f"// {note}" for note in case.notes)
        card = self.desk.card(self.uow, case, str(state))
        self.asking.put(case, "\n".join(filter(None, [card, notes])))

    def _with(self, words: str) -> Iterator[Case]:
        """Yield the newest cases with these words; it looks at few, as everybody waits for it."""
        wanted = _WORD.findall(bare(words))
        for case in self.uow.case_lists.newest(self.asking.desk_id, LOOKED_THROUGH):
            known = set(_WORD.findall(bare(self._known(case))))
            if all(any(said.startswith(word) for said in known) for word in wanted):
                yield case

    def _known(self, case: Case) -> str:
        """Return what agents may read of a case: private words are dots there too."""
        events = self.uow.conversations.events(case.conversation_id, limit=EVENTS)
        told = {**case.summary, "label": ""}  # how a case stands is nothing that was said in it
        summary = [str(value) for value in told.values() if value]
        about = [case.agent_name or "", case.comment or "", *case.notes]
        return "\n".join([*summary, *about, *self.desk.showing.transcript(events)])
