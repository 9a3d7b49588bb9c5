"""An agent who wants to be reminded of a case, open or over, on Tuesday, say.

The customer is told nothing by it: what they were promised, the agent has said. At its time
whoever wanted it is called to the case; who is an agent no more has those called who are there.
"""

from collections.abc import Mapping
from datetime import datetime, time, timedelta

from bot.handoff.desk import AgentsDesk
from bot.handoff.hours import Hours
from intents.spans.ends import LAST_MINUTE, end_of
from storage.handoff.handoffs import Case
from storage.limits import FOLLOW_UP_WITHIN
from storage.unit_of_work import UnitOfWork

MORNING = time(9)
"""When a day begins for a desk that never closes."""


def take(
    uow: UnitOfWork, desk: AgentsDesk, case: Case, when: str, *, agents: Mapping[str, str], by: str
) -> None:
    """Keep the time that is said, or call off what was wanted before."""
    now = uow.clock()
    end = end_of(when, now.astimezone(desk.hours.time_zone))
    at = _begins(end.at, desk.hours, now) if end.at is not None else None
    if not when:
        uow.follow_ups.put(case, None, None)
        desk.tell(uow, case, "follow_up_off", agent=agents[by])
    elif at is None or at > now + FOLLOW_UP_WITHIN:
        desk.tell(uow, case, "follow_up_when" if at is None else "follow_up_far")
    else:
        uow.follow_ups.put(case, at, by)
        moment = at.isoformat()
        day, hour = {"day": moment}, {"time": moment}
        desk.tell(uow, case, "follow_up_kept", agent=agents[by], day=day, at=hour)
    desk.redraw(uow, case)


def call(uow: UnitOfWork, desk: AgentsDesk, case: Case) -> None:
    """The time of a case has come: somebody is called to it."""
    agents = uow.handoffs.agents(case.desk_id)
    person = case.due_for if case.due_for in agents else None
    uow.follow_ups.put(case, None, None)
    phrase = "ping_due_closed" if case.status == "closed" else "ping_due"
    text = desk.showing.words.say(phrase, number=case.id)
    uow.desk_outbox.put(case, "call", text, agent=person)
    desk.redraw(uow, case)


def _begins(at: datetime, hours: Hours, now: datetime) -> datetime:
    """Return the moment itself; of a whole day, when the desk opens on it."""
    local = at.astimezone(hours.time_zone)
    if local.timetz().replace(tzinfo=None) != LAST_MINUTE:
        return at
    morning = datetime.combine(local, MORNING, hours.time_zone)
    opens = hours.open_at(datetime.combine(local, time(), hours.time_zone))
    first = opens if opens is not None and opens < morning + timedelta(days=1) else morning
    return first if first > now else at
