"""What an agent says to the desk itself, in any topic: lists, who is on call, canned replies."""

from bot.handoff import on_call
from bot.handoff.asking import Asking
from bot.handoff.canned import Canned, replies
from bot.handoff.deciding import OF_A_CASE, command_of, is_for_team
from bot.handoff.desk import AgentsDesk
from bot.handoff.lists import Lists
from bot.handoff.message import DeskMessage
from storage.handoff.handoffs import Case
from storage.unit_of_work import UnitOfWork


def answered(
    uow: UnitOfWork,
    desk: AgentsDesk,
    desk_id: int,
    person_id: str,
    *,
    here: Case | None,
    message: DeskMessage,
) -> bool:
    """Answer what is for the desk itself; False where it is not, or not an agent's."""
    agents = uow.handoffs.agents(desk_id)
    typed = message.kind == "text" and message.button is None
    for_team = typed and is_for_team(message.text, in_case=here is not None)
    if not for_team or person_id not in agents:
        return False
    asking = Asking(uow, desk, desk_id, person_id, agents[person_id], here)
    name, words = command_of(message)
    match name:
        case "oncall":
            on_call.change(asking, words)
        case "canned":
            Canned(asking).answer(message.text)
        case "help" | "start":
            names = sorted(replies(uow, desk.showing.words))
            asking.say("commands", canned=" ".join(f"/{name}" for name in names))
        case _ if name in OF_A_CASE:
            asking.say("of_a_case", command=name)
        case _:
            Lists(asking).answer(name, words)
    return True
