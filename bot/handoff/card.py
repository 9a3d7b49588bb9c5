"""What a card tells of a customer: what their own session would show them, and no more.

Without a live proof it says what was proved once, and nothing of the household.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.dialogue.engine.state import DialogueState
from bot.dialogue.flows.domain import Flow
from bot.dialogue.responses.catalogue import Responses
from bot.handoff.masking import masked
from storage.audit.history import HistoryEntry
from storage.handoff.handoffs import Case
from storage.identity.sessions import Session
from storage.unit_of_work import UnitOfWork

RECEIPTS = 3
EARLIER = 3
FILLED = 60
"""Characters of an answer that are shown."""

Value = Any
"""Of a text: see `bot.texts`."""


@dataclass(frozen=True, slots=True)
class LiveCard:
    """Reads what stands on a card; nothing here is rendered."""

    flows: Mapping[str, Flow]
    titles: Mapping[str, Mapping[str, str]]
    responses: Responses
    language: str

    def facts(
        self, uow: UnitOfWork, case: Case, state: DialogueState, *, lives: bool = True
    ) -> dict[str, Value]:
        """Return the values of the phrase `card` that change while a case is open.

        What does not live, and will not be cleared with the proof, tells nothing of the household.
        """
        is_open = lives and case.status != "closed"
        session = uow.sessions.here(case.conversation_id) if is_open else None
        lines = [
            *(self._household(uow, session) if session else ()),
            *(self._task(uow, state) if case.status != "closed" else ()),
            *(self._receipts(uow, session) if session else ()),
            *_follow_up(uow, case),
            *self._earlier(uow, case),
            *_bans(uow, case),
        ]
        remark = {"response": "remark_urgent" if case.urgent else "remark_usual"}
        first, last = ([remark], []) if case.urgent else ([], [remark])
        return {
            **proved(session, case.summary),
            "warning": {"lines": ["", *first]},
            "more": {"lines": ["", *lines, *last]},
        }

    def _household(self, uow: UnitOfWork, session: Session) -> Iterator[Value]:
        """Return the account with everybody for its holder; for others, themselves."""
        household = uow.households.of(session.household_id)
        yield _said("card_account", account=household.account_number)
        names = {service.code: service.names for service in uow.households.services(retired=True)}
        for person in household.members:
            if session.role != "holder" and person.id != session.member_id:
                continue
            codes = [names[code] for code in person.services if code in names]
            everything = {
                "response": "services_all" if person.role == "holder" else "services_none"
            }
            until = person.suspended_until
            yield _said(
                "card_person",
                person=person.name,
                role={"response": f"role_{person.role}"},
                status=_said("status_suspended_until", day={"date": until.isoformat()})
                if until
                else {"response": f"status_{person.status}"},
                services=everything if person.role == "holder" or not codes else codes,
            )

    def _task(self, uow: UnitOfWork, state: DialogueState) -> Iterator[Value]:
        """Return the open task, or the one that was put aside, with what was answered so far."""
        frames = (frame.flow for frame in state.stack if not self.flows[frame.flow].is_pattern)
        aside = state.aside or {}
        flow = str(next(frames, aside.get("task", "")))
        if flow not in self.flows or flow not in self.titles:
            return
        slots = {**aside.get("slots", {}), **state.slots}
        services = {service.code: service.names for service in uow.households.services()}
        asked = self.flows[flow].slots()
        filled = [shown for name in asked for shown in _answers(slots.get(name), services)]
        task = dict(self.titles[flow])
        yield _said("card_filled" if filled else "card_task", task=task, filled=filled)

    def _receipts(self, uow: UnitOfWork, session: Session) -> Iterator[Value]:
        """Return what was done last; its holder alone reads the history of an account."""
        if session.role != "holder":
            return
        for entry in uow.history.entries(session.household_id, limit=RECEIPTS):
            at = entry.at.isoformat()
            yield _said(
                "card_receipt",
                receipt=entry.receipt,
                date={"date": at},
                time={"time": at},
                done=self._done(uow, entry),
            )

    def _done(self, uow: UnitOfWork, entry: HistoryEntry) -> str:
        names = {service.code: service.names for service in uow.households.services(retired=True)}
        after = [names[code] for code in entry.after.get("services", ()) if code in names]
        values = {
            "action": entry.action,
            "name": entry.target or {"response": "text_erased_person"},
            "after": after or {"response": "text_no_services"},
            "approved": entry.after.get("approved"),
        }
        return self.responses.text("text_history", self.language, values)

    def _earlier(self, uow: UnitOfWork, case: Case) -> Iterator[Value]:
        for earlier in uow.earlier_cases.before(case, EARLIER):
            yield _said(
                "card_earlier" if earlier.satisfaction is None else "card_earlier_rated",
                number=earlier.id,
                date={"date": earlier.created_at.isoformat()},
                state={"response": f"state_{earlier.outcome}"},
                rating=earlier.satisfaction,
            )


def proved(session: Session | None, known: Mapping[str, Value]) -> dict[str, Value]:
    """Return who it is and what proves that; `known` is what the case began with."""
    if session is not None:
        role = {"response": f"role_{session.role}"}
        until = {"time": session.ends_at.isoformat()}
        return {
            "who": _said("who_proved", first_name=session.first_name, role=role),
            "proof": _said("proof_until", until=until),
        }
    who, proof = known.get("who"), known.get("proof")
    if isinstance(proof, Mapping) and proof.get("response") == "proof_until":
        proof = {**proof, "response": "proof_lapsed"}
    return {
        "who": who or {"response": "who_unknown"},
        "proof": proof or {"response": "proof_none"},
    }


def _follow_up(uow: UnitOfWork, case: Case) -> Iterator[Value]:
    """Return when who wants to be reminded of the case."""
    if case.due_at is not None:
        moment, agents = case.due_at.isoformat(), uow.handoffs.agents(case.desk_id)
        who = agents.get(case.due_for or "", case.agent_name)
        yield _said("card_follow_up", agent=who, day={"day": moment}, at={"time": moment})


def _bans(uow: UnitOfWork, case: Case) -> Iterator[Value]:
    """Return the last time that the chat was kept from the agents: by whom, why, how long."""
    ban = uow.bans.newest_of(case.conversation_id)
    if ban is None:
        return
    over = "card_ban" if ban.ends_at > uow.clock() else "card_ban_over"
    yield _said(
        over if ban.lifted_at is None else "card_ban_lifted",
        number=ban.case_id,
        date={"date": ban.created_at.isoformat()},
        time={"time": ban.created_at.isoformat()},
        agent=ban.agent_name,
        reason=ban.reason,
        day={"date": ban.ends_at.isoformat()},
        at={"time": ban.ends_at.isoformat()},
        lifted_by=ban.lifted_by,
    )


def _answers(answer: Any, services: Mapping[str, Value]) -> Sequence[Value]:
    """Return an answer in words; a number of somebody, a yes or a no is none."""
    if isinstance(answer, list):
        return [shown for part in answer for shown in _answers(part, services)]
    if not isinstance(answer, str) or answer.partition(":")[2].isdigit():
        return []
    return [services[answer]] if answer in services else [masked(answer)[:FILLED]]


def _said(phrase: str, **values: Value) -> dict[str, Value]:
    return {"response": phrase, "parameters": values}
