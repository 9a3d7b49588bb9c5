"""The actions of `flow.yml`: who may use what, one person or several in one go."""

from collections.abc import Mapping
from typing import Any

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from bot.tasks.about_person import PersonAction
from bot.tasks.change_rights.planned import Planned
from bot.tasks.ends import AskEnd, CheckedEnd, chosen_end
from bot.tasks.household import ReadServices, about, service_buttons
from bot.tasks.members import chosen
from intents.spans.ends import End, end_of
from storage.errors import HouseholdError
from storage.households.members import Member


class ActionAskRightsServices(PersonAction):
    """Offers what there is to give, or to take away."""

    slot = "rights_user"

    def act_on(
        self, person: Member, dispatcher: CollectingDispatcher, tracker: Tracker
    ) -> list[EventType]:
        names = self.service_names()
        takes = tracker.get_slot("rights_change") == "revoke"
        had = {*person.services, *(dict(person.pauses) if takes else ())}
        offered = [code for code in names if (code in had) == takes]
        if not offered:  # nothing to give or take: the check after this question says so
            return [SlotSet("rights_services", [])]
        dispatcher.utter_message(
            response="utter_ask_rights_services",
            **about(person),
            services=self.may_use(person),
            buttons=service_buttons("rights_services", names, offered),
        )
        return []


class ValidateRightsServices(ReadServices):
    """What is given or taken away."""


class ActionAskRightsUntil(AskEnd):
    """Asks until when, where that was said and could not be read."""


class ValidateRightsUntil(CheckedEnd):
    """When what is given ends by itself."""


class RightsAction(PersonAction):
    """An action that knows what all wishes together come to."""

    slot = "rights_user"

    def plan(self, tracker: Tracker) -> list[Planned]:
        """Return everybody whose access a wish is about, in the order of the wishes."""
        plan: dict[int, Planned] = {}
        for wish in self._wishes(tracker):
            person = self._whom(wish["person"])
            end = self._end(wish, tracker)
            if person is not None and wish["change"] and end.outcome in {"at", "open"}:
                planned = plan.setdefault(person.id, Planned.none_yet(person))
                planned.take_in(wish["change"], set(wish["services"]), end.at)
        return list(plan.values())

    def left_out(self, tracker: Tracker) -> list[str]:
        """Return whom a further wish names without it being plain who that is, or until when."""
        _, *more = self._wishes(tracker)
        return [self._called(w["person"]) for w in more if not self._is_plain(w, tracker)]

    def _called(self, said: str | None) -> str:
        member = self._whom(said)
        return member.name if member else said or "?"

    def _is_plain(self, wish: Mapping[str, Any], tracker: Tracker) -> bool:
        is_read = self._end(wish, tracker).outcome in {"at", "open"}
        known = self._whom(wish["person"]) is not None
        return is_read and known and bool(wish["change"] and wish["services"])

    def _wishes(self, tracker: Tracker) -> list[dict[str, Any]]:
        first = {
            "person": tracker.get_slot("rights_user"),
            "change": tracker.get_slot("rights_change"),
            "services": tracker.get_slot("rights_services") or [],
            "until": tracker.get_slot("rights_until"),
        }
        more = tracker.get_slot("rights_more") or []
        return [first, *({**first, **wish} if wish.get("same") else wish for wish in more)]

    def _end(self, wish: Mapping[str, Any], tracker: Tracker) -> End:
        """Return when a wish ends: the first one's was checked, another's is read here."""
        said, checked = wish.get("until"), tracker.get_slot("rights_until")
        if said is None or said == checked:
            at = chosen_end(tracker, "rights_until") if said else None
            return End("open" if at is None else "at", at)
        return end_of(said, self.uow.clock().astimezone(self.reference.time_zone))

    def _whom(self, said: str | None) -> Member | None:
        if said is None:
            return None
        if (member := chosen(said, self.others())) is not None:
            return member
        fitting = self.fitting(said, self.others())
        return fitting[0] if len(fitting) == 1 else None


class ActionCheckRights(RightsAction):
    """Says so when nothing would change, or when a further wish could not be read."""

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        plan = self.plan(tracker)
        for said in self.left_out(tracker):
            dispatcher.utter_message(response="utter_wish_left_out", said=said)
        for planned in plan:
            if not planned.differs:
                services = self.may_use(planned.person)
                dispatcher.utter_message(
                    response="utter_rights_already_so", **about(planned.person), services=services
                )
        if not plan:
            dispatcher.utter_message(response="utter_gone_meanwhile")
        return [SlotSet("rights_differ", any(planned.differs for planned in plan))]


class ActionAskRightsConfirmation(RightsAction):
    """Shows before and after, for everybody."""

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        differing = [planned for planned in self.plan(tracker) if planned.differs]
        if not differing:
            return self.gone(dispatcher)
        sides = [(planned.person, planned.then) for planned in differing]
        dispatcher.utter_message(
            response="utter_ask_rights_confirmation",
            people={"lines": [self._line(planned) for planned in differing]},
            told=self.to_be_told("rights", *sides),
        )
        return []

    def _line(self, planned: Planned) -> dict[str, Any]:
        before, after = self.may_use(planned.person), self.may_use(planned.then)
        values = {"before": before, "after": after}
        return {"response": "text_rights_of", "parameters": {**about(planned.person), **values}}


class ActionChangeRights(RightsAction):
    """Makes all the changes, or none of them, in the transaction of the yes."""

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        planned = [change for change in self.plan(tracker) if change.differs]
        if not planned:  # a moment has come meanwhile, or another chat was first
            dispatcher.utter_message(response="utter_not_changed")
            return []
        try:
            with self.uow.changes.together():
                receipts = [
                    self.uow.changes.change_rights(
                        self.holder(),
                        change.person.id,
                        grant=change.granted,
                        ends=change.ends,
                        revoke=change.revoked,
                        pauses=change.pauses,
                    )
                    for change in planned
                ]
        except HouseholdError:
            dispatcher.utter_message(response="utter_not_changed")
            return []
        dispatcher.utter_message(
            response="utter_rights_changed",
            receipt=[receipt.number for receipt in receipts],
            undo=receipts[0].number,
            people={"lines": [self._line(receipt.member) for receipt in receipts]},
        )
        return []

    def _line(self, person: Member) -> dict[str, Any]:
        values = {**about(person), "services": self.may_use(person)}
        return {"response": "text_can_use", "parameters": values}
