"""The actions of `patterns/handoff.yml`: asking for a person, waiting, and what comes after."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from rasa_sdk.events import EventType, Restarted, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from bot.dialogue.engine.state import DialogueState
from bot.dialogue.reassuring import TOLD, told_in
from bot.handoff.banning import until
from bot.handoff.desk import AgentsDesk
from bot.handoff.exits import over, resumed
from bot.handoff.masking import masked
from bot.tasks.base import FoyerAction, filled, forget, pattern_context, task_in_hand
from storage.handoff.bans import Ban
from storage.handoff.handoffs import Case

HOW_IT_STANDS = frozenset({"place", "how_long", "still_there"})
"""What is a question about the queue itself."""
MORE = "more"
"""What is for the agents, and asks for nothing."""
TIMES = ("first", "second", "third")
"""Nothing is said in the same words each time; after these comes the second again."""


class AgentsAction(FoyerAction):
    """An action that knows the agents' desk, if there is one."""

    @property
    def agents(self) -> AgentsDesk | None:
        return self.reference.agents

    def case(self) -> Case | None:
        return self.uow.handoffs.of_conversation(self.context.conversation.id)

    def open(
        self, agents: AgentsDesk, tracker: Tracker, reason: str, *, urgent: bool = False
    ) -> Case:
        goal = self.reference.intent_titles.get(task_in_hand(tracker))
        return agents.open(
            self.uow,
            self.context.conversation,
            self.context.person_id,
            reason=reason,
            language=self.context.language,
            goal=goal,
            urgent=urgent,
        )

    def offer_aside(self, dispatcher: CollectingDispatcher) -> None:
        """Offer to go on with the task that was open when an agent took over."""
        aside: Mapping[str, Any] | None = self.context.conversation.state.get("aside")
        titles = self.reference.intent_titles
        if aside and aside["task"] in titles:
            button = {
                "title": {"response": "text_continue"},
                "payload": f"/{aside['task']}{json.dumps(aside['slots'])}",
            }
            dispatcher.utter_message(
                response="utter_task_aside", task=titles[aside["task"]], buttons=[button]
            )

    def banned(self) -> Ban | None:
        """What keeps this chat from the agents; nothing does where words of danger are in force."""
        state = DialogueState.from_json(self.context.conversation.state)
        in_danger = state.is_private(self.uow.clock())
        return None if in_danger else self.uow.bans.in_force(self.context.conversation.id)

    def say_how_it_stands(
        self, agents: AgentsDesk, case: Case, dispatcher: CollectingDispatcher, said: str = ""
    ) -> None:
        """The place in the queue and how long it took others, or when somebody is there again.

        `said` is what was asked about it, else everything is told; where nobody is reached, that.
        """
        if not agents.is_reached(self.uow):
            dispatcher.utter_message(response="utter_handoff_out_of_reach")
            return
        standing = agents.standing(self.uow, case)
        closed = standing["closed"]
        response = "utter_handoff_closed_now" if closed else "utter_handoff_place"
        dispatcher.utter_message(response=response, said=said, **standing)


class ActionHumanHandoff(AgentsAction):
    """Puts the conversation in the agents' queue; without agents, says how to phone."""

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        agents, case = self.agents, self.case()
        if agents is None:
            dispatcher.utter_message(response="utter_human_handoff")
            return []
        if case is not None and case.lent_at is not None:
            return [Restarted()]  # nothing is open any more: the turn hands the conversation back
        ban = self.banned() if case is None else None
        if ban is not None:
            dispatcher.utter_message(response="utter_handoff_refused", **until(ban.ends_at))
            return []
        case = case or self.open(agents, tracker, self._reason(agents))
        self.say_how_it_stands(agents, case, dispatcher)
        return []

    def _reason(self, agents: AgentsDesk) -> str:
        if agents.hours.open_at(self.uow.clock()) is not None:
            return "closed"
        last = self.context.conversation.state.get("last_replies", ())
        known = filter(None, (self.reference.reason(reply["response"]) for reply in last))
        return next(reversed([*known]), "asked")


class ActionSayPlace(AgentsAction):
    """Somebody has waited for long: says how it stands, unasked."""

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        agents, case = self.agents, self.case()
        if agents is not None and case is not None and case.status == "queued":
            self.say_how_it_stands(agents, case, dispatcher)
        return []


class ActionAnswerWaiting(AgentsAction):
    """A word about the waiting, or for the agents, who read it with all the rest."""

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        agents, case = self.agents, self.case()
        if agents is None or case is None or case.status != "queued":
            return []
        said = pattern_context(tracker).get("said", MORE)
        if said in HOW_IT_STANDS:
            self.say_how_it_stands(agents, case, dispatcher, said)
            return []
        told = told_in(case, tracker.get_slot(TOLD))
        often = told.get(said, 0)
        nth = TIMES[often] if often < len(TIMES) else TIMES[1 + (often - 1) % (len(TIMES) - 1)]
        response = "utter_noted" if said == MORE else "utter_while_waiting"
        standing = agents.standing(self.uow, case)
        dispatcher.utter_message(response=response, said=said, nth=nth, **standing)
        return [SlotSet(TOLD, {**told, said: often + 1})]


class ActionLeaveQueue(AgentsAction):
    """Takes the conversation out of the queue."""

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        agents, case = self.agents, self.case()
        if agents is None or case is None or case.status != "queued":
            dispatcher.utter_message(response="utter_not_in_queue")
            return []
        agents.leave(self.uow, case)
        dispatcher.utter_message(response="utter_left_queue")
        return []


class ActionOfferTask(AgentsAction):
    """The button that an agent has sent: do it with the bot."""

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        offered = pattern_context(tracker)
        title = {"response": "text_with_the_bot", "parameters": {"task": offered["called"]}}
        payload = f'/with_the_bot{{"task":"{offered["task"]}"}}'
        dispatcher.utter_message(
            response="utter_with_the_bot",
            agent=offered["agent"],
            buttons=[{"title": title, "payload": payload}],
        )
        return []


class ActionBackToBot(AgentsAction):
    """The customer takes the conversation back: the case is over, and the agent is told."""

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        agents, case = self.agents, self.case()
        if agents is None or case is None:
            dispatcher.utter_message(response="utter_with_the_bot_already")
            return []
        over(self.uow, agents, case, "left")
        resumed(self.uow, case)
        for event in case.held:
            self.uow.chat_events.put(case.conversation_id, **event)
        dispatcher.utter_message(response="utter_back_to_bot", agent=case.agent_name)
        self.offer_aside(dispatcher)
        return []


class ActionHandoffReleased(AgentsAction):
    """No agent has the word any more: says why, how it stands, and what was open before."""

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        agents, case, given = self.agents, self.case(), pattern_context(tracker)
        dispatcher.utter_message(
            response="utter_handoff_released", agent=given["agent"], why=given["why"]
        )
        waits = case is not None and case.status == "queued" and given["why"] != "away"
        if agents is not None and case is not None and waits:
            self.say_how_it_stands(agents, case, dispatcher)
        if given["had"]:
            self.offer_aside(dispatcher)
        return []


class ActionHandoffReturned(AgentsAction):
    """The agent is done, and may have said with what; what was open before."""

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        given = pattern_context(tracker)
        word = given.get("word", "")  # a program before this one left it to the bot to say
        if word or not given.get("has_word"):
            values = {"agent": given["agent"], "word": word, "has_word": bool(word)}
            dispatcher.utter_message(response="utter_handoff_returned", **values)
        self.offer_aside(dispatcher)
        return []


class ActionHandoffClosed(AgentsAction):
    """The agent has closed the case: how was it, and what was open before."""

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        given = pattern_context(tracker)
        dispatcher.utter_message(
            response="utter_handoff_closed", agent=given["agent"], case=given["case"]
        )
        self.offer_aside(dispatcher)
        return []


class ActionHandoffBanned(AgentsAction):
    """An agent has ended the case and takes no more from this chat for a while: until when."""

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        given = pattern_context(tracker)
        ends_at = datetime.fromisoformat(given["until"])
        dispatcher.utter_message(
            response="utter_handoff_banned", agent=given["agent"], **until(ends_at)
        )
        self.offer_aside(dispatcher)
        return []


class ActionRateHandoff(AgentsAction):
    """Keeps how satisfied somebody was, and shows it to the agents."""

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        case_id, rating = int(filled(tracker, "handoff_case")), filled(tracker, "handoff_rating")
        rated = self.uow.ratings.rate(case_id, self.context.conversation.id, int(rating))
        if rated and self.agents is not None and self.banned() is None:
            self.agents.tell(self.uow, self.uow.handoffs.get(case_id), "rated", rating=rating)
        again = self.uow.handoffs.get(case_id).closed_at is None
        before = "utter_rated_later" if again else "utter_rated_before"
        dispatcher.utter_message(response="utter_rated" if rated else before)
        return forget("handoff_case", "handoff_rating")


class ActionCommentHandoff(AgentsAction):
    """Keeps what somebody adds to a rating, and shows it to the agents."""

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        case = self.uow.ratings.rated_last(self.context.conversation.id)
        if case is None:
            return []
        words = masked(pattern_context(tracker)["words"])
        self.uow.ratings.comment(case.id, words)
        if self.agents is not None and self.banned() is None:
            self.agents.tell(self.uow, case, "commented", text=words)
        dispatcher.utter_message(response="utter_commented")
        return []
