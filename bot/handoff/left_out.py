"""What a messenger leaves out of what was sent: whoever sent it is told, agent or customer."""

from bot.dialogue.agents import UNSEEN
from bot.handoff.desk import AgentsDesk
from storage.handoff.desk_rows import DeskRow
from storage.messages.chat_outbox import ChatRow
from storage.unit_of_work import UnitOfWork


def of_agents(uow: UnitOfWork, desk: AgentsDesk, row: ChatRow, missing: int) -> None:
    """Tell the agent how many pictures of an album the customer got."""
    case = uow.handoffs.newest_of(row.conversation_id)
    if case is not None:
        sent = len(row.album)
        desk.tell(uow, case, "left_out", number=sent, arrived=sent - missing)


def of_customers(uow: UnitOfWork, row: DeskRow, missing: int) -> None:
    """Tell the customer that agents cannot see all of it; `missing` are still to be named there."""
    if missing:
        uow.desk_outbox.put(row.case, "word", "\n".join([str(row.act["instead"])] * missing))
    if row.case.status != "closed":
        uow.chat_events.put(row.case.conversation_id, UNSEEN, {})
