"""The actions of `patterns/private.yml`: danger, plain or possible, and when it is over."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from rasa_sdk.events import EventType, Restarted
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from bot.handoff.desk import AgentsDesk
from bot.patterns.handoff import AgentsAction
from bot.tasks.base import moment

TOLD = {
    "here": "utter_private_queue",
    "later": "utter_private_later",
    "phone": "utter_private_phone",
}
"""What somebody in danger is told, by who is there."""


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom somebody in danger reaches from here: nobody is promised who is not there."""

    desk: AgentsDesk | None
    opens: datetime | None = None
    """When somebody is there again; None: now."""
    is_reached: bool = True
    """Whether what is put before the agents arrives there."""

    @property
    def when(self) -> str:
        """`here`, `later`, or `phone` where nobody ever reads along."""
        if self.desk is None or not self.is_reached:
            return "phone"
        return "later" if self.opens else "here"

    @property
    def values(self) -> dict[str, Any]:
        """What texts say of it."""
        back = self.opens
        day = {"day": {"date": back.isoformat()}, "at": moment(back)} if back else {}
        return {"reach": self.when, **day}


class PrivateAction(AgentsAction):
    """An action that knows whom it may promise."""

    def reach(self) -> Reach:
        desk, now = self.agents, self.uow.clock()
        if desk is None:
            return Reach(None)
        opens = desk.hours.open_at(now)
        never = opens is None and not desk.hours.are_open(now)
        return Reach(desk, opens, is_reached=desk.is_reached(self.uow) and not never)


class ActionPrivateHandoff(PrivateAction):
    """Danger or pressure: what was open goes, and a person is called, in neutral words."""

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        reach, case = self.reach(), self.case()
        known = case is not None and case.urgent
        if reach.desk is not None and case is None:
            self.open(reach.desk, tracker, "private", urgent=True)
        elif reach.desk is not None and case is not None and not case.urgent:
            reach.desk.urge(self.uow, case)
        if case is not None and case.lent_at is not None:
            dispatcher.utter_message(response="utter_private_agent")  # who gets it back now
        else:
            dispatcher.utter_message(response=TOLD[reach.when], known=known, **reach.values)
        return [Restarted()]


class ActionPrivateOffer(PrivateAction):
    """What was said may come from somebody in danger: asks, discreetly, if a person is wanted."""

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        dispatcher.utter_message(response="utter_private_offer", **self.reach().values)
        return []


class ActionPrivateOver(PrivateAction):
    """Somebody says that all is well: believed here, while whoever was called hears of it."""

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        desk, case = self.agents, self.case()
        waits = case is not None and case.status == "queued"
        if desk is not None and case is not None and case.urgent:
            desk.tell(self.uow, case, "said_well")
        dispatcher.utter_message(response="utter_private_over", waits=waits)
        return []
