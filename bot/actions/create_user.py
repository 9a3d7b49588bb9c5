"""The actions of `create_user.yml`: add a secondary user to the household."""

from typing import Any

from email_validator import EmailNotValidError, validate_email
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from bot.actions.base import DeskAction, filled, forget
from storage.authority import Holder
from storage.errors import (
    EmailTaken,
    HouseholdError,
    HouseholdFull,
    InvalidName,
    InvitationLimit,
)
from storage.households import Household, NewMember
from storage.limits import SEATS
from storage.names import clean_name

REFUSALS: dict[type[HouseholdError], str] = {
    HouseholdFull: "utter_household_full",
    EmailTaken: "utter_email_taken",
    InvitationLimit: "utter_invitation_limit",
}


class HolderAction(DeskAction):
    """An action that looks at the household of the verified person."""

    def household(self) -> Household:
        assert self.desk_session is not None, "the flow checks the session first"
        return self.uow.households.of(self.desk_session.household_id)

    @property
    def desk_session(self) -> Any:
        return self.uow.sessions.live(self.desk.conversation.id, self.desk.person_id, touch=False)


class ActionCheckPlaces(HolderAction):
    """Says at once when no place is left, instead of after six questions."""

    action_name = "action_check_places"

    def act(self, say: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        if self.desk_session is None:  # lapsed since: the service checks again at the end
            return []
        left = self.household().places_left
        if not left:
            say.utter_message(response="utter_household_full")
        return [SlotSet("place_is_free", left > 0), SlotSet("places_used", SEATS - left)]


class ValidateNewFirstName(DeskAction):
    """Splits "Marie-Ève Tremblay Roy" into first name and last name."""

    action_name = "validate_new_first_name"

    def act(self, say: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        first, _, last = " ".join(str(filled(tracker, "new_first_name")).split()).partition(" ")
        events = [SlotSet("new_first_name", checked_name(first, say))]
        if last and events[0]["value"] is not None:
            events.append(SlotSet("new_last_name", last))
        return events


class ValidateNewLastName(DeskAction):
    """Checks the last name by the rules for invited names; people often say the whole name."""

    action_name = "validate_new_last_name"

    def act(self, say: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        said = " ".join(str(filled(tracker, "new_last_name")).split())
        first, _, rest = said.partition(" ")
        if rest and first.casefold() == str(filled(tracker, "new_first_name")).casefold():
            said = rest
        return [SlotSet("new_last_name", checked_name(said, say))]


def checked_name(name: str, say: CollectingDispatcher) -> str | None:
    """Return the cleaned name, or None after saying what is wrong with it."""
    try:
        return clean_name(name)
    except InvalidName as error:
        too_long = error.reason == "too_long"
        say.utter_message(response="utter_name_too_long" if too_long else "utter_name_characters")
        return None


class ValidateNewEmail(HolderAction):
    """Checks the form of the address, and that nobody of the household has it."""

    action_name = "validate_new_email"

    def act(self, say: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        try:
            email = validate_email(str(filled(tracker, "new_email")), check_deliverability=False)
        except EmailNotValidError:
            say.utter_message(response="utter_invalid_email")
            return forget("new_email")
        session = self.desk_session  # it may have lapsed; the service checks again at the end
        if session and self.uow.households.email_taken(session.household_id, email.normalized):
            say.utter_message(response="utter_email_taken", email=email.normalized)
            return forget("new_email")
        return [SlotSet("new_email", email.normalized)]


class ActionAskNewServices(DeskAction):
    """Asks with one button for each service of the catalogue."""

    action_name = "action_ask_new_services"

    def act(self, say: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        say.utter_message(
            response="utter_ask_new_services",
            buttons=[
                {
                    "title": {"en": service.name_en, "fr": service.name_fr},
                    "payload": f"/SetSlots(new_services={service.code})",
                }
                for service in self.uow.households.services()
            ],
        )
        return []


class ValidateNewServices(DeskAction):
    """Turns what was said into codes of the catalogue: some, all, or none."""

    action_name = "validate_new_services"

    def act(self, say: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        given = filled(tracker, "new_services")
        wanted = given if isinstance(given, list) else [given]
        codes = [service.code for service in self.uow.households.services()]
        chosen = codes if "all" in wanted else [code for code in codes if code in wanted]
        return [SlotSet("new_services", chosen)]


class ActionAskCreateConfirmation(HolderAction):
    """Shows what will be, before anything is."""

    action_name = "action_ask_create_confirmation"

    def act(self, say: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        language = filled(tracker, "new_language")
        lapsed = self.desk_session is None  # then what was seen last; the service checks at the end
        used = filled(tracker, "places_used") if lapsed else SEATS - self.household().places_left
        chosen = set(filled(tracker, "new_services"))
        names = [
            {"en": service.name_en, "fr": service.name_fr}
            for service in self.uow.households.services()
            if service.code in chosen
        ]
        say.utter_message(
            response="utter_ask_create_confirmation",
            language_name={"response": f"text_language_{language}"},
            services=names or {"response": "text_no_services"},
            places_before=used,
            places_after=used + 1,
        )
        return []


class ActionCreateUser(HolderAction):
    """Adds the person, in the same transaction as the yes that asked for it."""

    action_name = "action_create_user"

    def act(self, say: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        session = self.desk_session
        new = NewMember(
            first_name=filled(tracker, "new_first_name"),
            last_name=filled(tracker, "new_last_name"),
            email=filled(tracker, "new_email"),
            language=filled(tracker, "new_language"),
            services=tuple(filled(tracker, "new_services")),
        )
        holder = Holder(session.id, session.conversation_id, session.person_id)
        try:
            receipt = self.uow.households.create_member(holder, new)
        except HouseholdError as error:
            response = REFUSALS.get(type(error), "utter_not_created")
            say.utter_message(response=response, email=new.email)
            return []
        say.utter_message(
            response="utter_user_created",
            first_name=receipt.member.first_name,
            last_name=receipt.member.last_name,
            email=receipt.member.email,
            seat=receipt.member.seat,
            receipt=receipt.number,
        )
        return []
