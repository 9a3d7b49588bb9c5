"""Who is on duty: an agent says so, and is called before the others."""

from bot.handoff.asking import Asking
from bot.handoff.deciding import OFF
from storage.limits import ON_CALL_LASTS


def change(asking: Asking, words: str) -> None:
    """`/oncall`: from now on, until `/oncall off`, or for as long as a duty lasts."""
    if words.casefold() not in {"", OFF}:
        asking.say("on_call_how")
        return
    team, begins = asking.uow.handoffs, not words
    team.set_on_call(asking.desk_id, asking.person_id, begins=begins)
    until = (asking.uow.clock() + ON_CALL_LASTS).isoformat()
    asking.say("on_call_begins" if begins else "on_call_ends", at={"time": until})
    tell(asking)


def tell(asking: Asking) -> None:
    """Say who is on call, and when the desk opens again if it is closed."""
    names = [*asking.uow.handoffs.on_call(asking.desk_id).values()]
    asking.say("on_call_now" if names else "on_call_nobody", names=names)
    opens = asking.desk.hours.open_at(asking.uow.clock())
    if opens is not None:
        moment = opens.isoformat()
        asking.say("desk_closed", day={"date": moment}, at={"time": moment})
