"""Somebody says that what we told them was not agreed: a case for the agents, without a chat.

The page is no chat: what agents write in the topic of such a case reaches nobody, and they are
told so.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.handoff.desk import AgentsDesk
from bot.handoff.masking import masked
from storage.handoff.handoffs import Case
from storage.handoff.objections import Objection
from storage.unit_of_work import UnitOfWork

CHANNEL = "page"
"""Of the conversation that such a case stands for, one for each person."""
REASON = "not_agreed"


@dataclass(frozen=True, slots=True)
class Objections:
    """Puts them before the agents; without a desk they wait in `foyer objections`."""

    desk: AgentsDesk | None
    notices: Mapping[str, Mapping[str, str]]

    def tell(self, uow: UnitOfWork, objection: Objection) -> None:
        """Open a case, or add to the one that the person has still open."""
        if self.desk is None:
            return
        conversation = uow.conversations.locked(CHANNEL, CHANNEL, objection.chat)
        case = uow.handoffs.of_conversation(conversation.id)
        if case is None:
            language = objection.language or self.desk.showing.words.language
            case = self.desk.receive(
                uow, conversation, reason=REASON, language=language, summary=_summary(objection)
            )
        self._show(uow, self.desk, case, objection)

    def _show(self, uow: UnitOfWork, desk: AgentsDesk, case: Case, objection: Objection) -> None:
        moment = objection.told_at.isoformat()
        notice = self.notices.get(objection.template)
        desk.tell(
            uow,
            case,
            "objected",
            words=masked(objection.words) or {"response": "no_words"},
            number=objection.id,
            notice=dict(notice) if notice else objection.template,
            date={"date": moment},
            time={"time": moment},
            username=objection.username or {"response": "no_username"},
        )


def _summary(objection: Objection) -> dict[str, Any]:
    role = {"response": f"role_{objection.role}"}
    name = f"{objection.first_name} {objection.last_name}"
    known = {"response": "who_proved", "parameters": {"first_name": name, "role": role}}
    return {
        "goal": {"response": "goal_objection"},
        "who": known if objection.role else {"response": "who_erased"},
        "proof": {"response": "proof_mailbox"},
        "tried": {"response": "tried_none"},
        "where": {"response": "where_page"},
    }
