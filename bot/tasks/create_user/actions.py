"""The actions of `flow.yml`: add a secondary user to the household."""

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from bot.tasks.answers_checked import as_written, checked_email, checked_name
from bot.tasks.base import filled, forget
from bot.tasks.ends import AskEnd, CheckedEnd, chosen_end
from bot.tasks.household import HolderAction, ReadServices, about, service_buttons
from bot.tasks.members import as_choice
from bot.tasks.values import spoken
from storage.errors import (
    EmailTaken,
    EndIsPast,
    HouseholdError,
    HouseholdFull,
    InvitationLimit,
    MailLimit,
)
from storage.households.households import NewMember
from storage.limits import SEATS
from storage.names import bare

REFUSALS: dict[type[HouseholdError], str] = {
    HouseholdFull: "utter_household_full",
    EmailTaken: "utter_email_taken",
    InvitationLimit: "utter_invitation_limit",
    MailLimit: "utter_mail_limit",
    EndIsPast: "utter_end_is_past",
}


class ActionCheckPlaces(HolderAction):
    """Says at once when no place is left, instead of after six questions."""

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        if self.session is None:  # lapsed since: the service checks again at the end
            return []
        left, count = self.household().places_left, tracker.get_slot("newcomers") or 0
        if not left:
            dispatcher.utter_message(response="utter_household_full")
        elif left < count:
            dispatcher.utter_message(response="utter_too_few_places", left=left, count=count)
        known = [SlotSet("place_is_free", left > 0), SlotSet("places_used", SEATS - left)]
        return [*known, *forget("newcomers")]


class ValidateNewFirstName(HolderAction):
    """Splits "Marie-Ève Tremblay Roy" into first name and last name.

    A first name alone that is on the account is that person, and nobody new.
    """

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        said = as_written(str(filled(tracker, "new_first_name")), self)
        first, _, last = said.partition(" ")
        here = [member for member in self.members() if bare(member.first_name) == bare(said)]
        if here and not any(tracker.get_slot(name) for name in ("new_last_name", "new_email")):
            dispatcher.utter_message(response="utter_already_here", **about(here[0]))
            return forget("new_first_name")
        events = [SlotSet("new_first_name", checked_name(first, dispatcher))]
        if last and events[0]["value"] is not None:
            events.append(SlotSet("new_last_name", last))
        return events


class ValidateNewLastName(HolderAction):
    """Checks the last name by the rules for invited names; people often say the whole name.

    Who has one name alone has none; who insists says the first name again.
    """

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        said = as_written(str(filled(tracker, "new_last_name")), self)
        first, _, rest = said.partition(" ")
        if first.casefold() == str(filled(tracker, "new_first_name")).casefold():
            said = rest
        return [SlotSet("new_last_name", checked_name(said, dispatcher) if said else "")]


class ValidateNewEmail(HolderAction):
    """Checks the form of the address, and that nobody of the household has it."""

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        return checked_email(self, dispatcher, tracker)


class ActionAskNewServices(HolderAction):
    """Asks with one button for each service of the catalogue."""

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        names = self.service_names()
        dispatcher.utter_message(
            response="utter_ask_new_services",
            buttons=service_buttons("new_services", names, names),
        )
        return []


class ValidateNewServices(ReadServices):
    """For somebody new."""


class ActionAskNewUntil(AskEnd):
    """Asks until when, where that was said and could not be read."""


class ValidateNewUntil(CheckedEnd):
    """When the access of somebody new ends by itself."""


class ActionAskCreateConfirmation(HolderAction):
    """Shows what will be, before anything is.

    Who names no language for the person means the one in which they are talking when the card is
    first shown; what is on it stays, whatever they talk in afterwards.
    """

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        language = tracker.get_slot("new_language") or self.context.language
        lapsed = self.session is None  # then what was seen last; the service checks at the end
        used = filled(tracker, "places_used") if lapsed else SEATS - self.household().places_left
        new = newcomer(tracker, language)
        dispatcher.utter_message(
            response="utter_ask_create_confirmation",
            language_name=spoken(language),
            services=self.named(new.services, new.ends),
            places_before=used,
            places_after=used + 1,
            told=self.to_be_told("create", (None, new.invited)),
        )
        return [SlotSet("new_language", language)]


class ActionCreateUser(HolderAction):
    """Adds the person, in the same transaction as the yes that asked for it."""

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        new = newcomer(tracker, str(filled(tracker, "new_language")))
        try:
            receipt = self.uow.households.create_member(self.holder(), new)
        except HouseholdError as error:
            response = REFUSALS.get(type(error), "utter_not_created")
            dispatcher.utter_message(response=response, email=new.email)
            return []
        dispatcher.utter_message(
            response="utter_user_created",
            **about(receipt.member),
            seat=receipt.member.seat,
            receipt=receipt.number,
        )
        return [SlotSet("new_member", as_choice(receipt.member))]


def newcomer(tracker: Tracker, language: str) -> NewMember:
    """Return who is to be added, by what was said of them."""
    return NewMember(
        first_name=str(filled(tracker, "new_first_name")),
        last_name=str(filled(tracker, "new_last_name") or ""),
        email=str(filled(tracker, "new_email")),
        language=language,
        services=tuple(filled(tracker, "new_services")),
        until=chosen_end(tracker, "new_until"),
    )
