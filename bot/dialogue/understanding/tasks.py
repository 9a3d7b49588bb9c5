"""With nothing open: wishes, what follows on something finished, what was offered."""

from collections.abc import Sequence
from dataclasses import replace

from bot.dialogue.engine.commands import Command, StartPattern
from bot.dialogue.engine.state import LiveButton
from bot.dialogue.payloads import intent_of, set_slots
from bot.dialogue.understanding.asides import (
    of_intent,
    verbs_fit,
    wish_for,
)
from bot.dialogue.understanding.proposals import Proposal, propose
from bot.dialogue.understanding.situation import Situation
from bot.dialogue.understanding.starting import commands_of, left_alone
from bot.dialogue.understanding.structure import of_payload
from intents.answers.stated import spelt_anew
from intents.context import Mention, Wish
from intents.reading import Reading

PRIVATELY = "private_handoff"
SURE = 0.5
_NAMING = frozenset({"edit_profile", "create_user"})
"""Tasks that write down a name."""


def wished(s: Situation) -> Proposal | None:
    """What the message wishes for, each thing one after the other."""
    wishes = [_completed(wish, s) for wish in s.reading.said()]
    if not wishes:
        return None
    shows = "show" in s.reading.acts
    asked = [
        wish
        for wish in s.reading.said("question")
        if wish.whom or shows or wish.intent == "request_status"
    ]
    if s.role == "secondary":
        wishes = [_asked_of_the_holder(wish, s) for wish in wishes]
    elif s.role == "holder" and (asked or len(wishes) > 1):
        wishes = [wish for wish in wishes if wish.intent != "request_access"]
    return Proposal([*_answered(s), *commands_of([*wishes, *asked], s)])


def _answered(s: Situation) -> list[Command]:
    """Return the answer to a question that stands beside a wish: "How many may I have? Add Zoé"."""
    asked = s.reading.sighting.asked
    if not asked.startswith("faq/"):
        return []
    return [StartPattern("pattern_search", {"article_id": asked.removeprefix("faq/")})]


def own_request(s: Situation) -> Proposal | None:
    """A secondary user who wants a service is offered to ask the holder."""
    reading = s.reading
    wishes = reading.has("want", "ask_bot") or {"ask", "give", "add", "show"} & set(reading.acts)
    turns = reading.not_services and reading.has("actually", "instead", "wrong")
    more = s.context.topic.intent == "request_access" and _goes_on(s)  # "and the voicemail too"
    wants = wishes or turns or more  # "not the TV, I meant the data"
    others = any(mention.refs for mention in reading.people)
    polite = reading.has("want") or (reading.has("aux_polite") and "give" in reading.acts)
    asks = (
        reading.asks
        and (reading.has("wh") or not polite)  # "could I be given the data?"
        and (reading.marked or not reading.has("want"))  # "when it's slow, I'd like …"
    )
    if s.role != "secondary" or not reading.services or not wants or others or asks:
        return None
    if any(w.intent != "change_rights" for w in reading.said()):
        return None
    told = [code for wish in reading.said() for code in wish.services]
    services = tuple(dict.fromkeys([*reading.services, *told]))
    return Proposal(commands_of([Wish("request_access", "wish", services=services)], s))


def _completed(wish: Wish, s: Situation) -> Wish:
    """Return a wish with whom it goes on about: "take that off again", right after a receipt."""
    topic = s.context.topic
    bare = wish.intent == "change_rights" and not s.reading.acts and s.reading.has("also", "same")
    if bare and topic.change == "revoke":  # "and Léa's usage too"
        return replace(wish, change=topic.change)
    if wish.whom or not topic.people:
        return wish
    follows = wish.services and set(wish.services) <= set(topic.services)
    turns = s.reading.has("actually", "instead") or s.reading.refers
    if follows or (turns and wish.intent != "create_user"):
        return replace(wish, whom=Mention.each(topic.people))
    return wish


def _asked_of_the_holder(wish: Wish, s: Situation) -> Wish:
    """A secondary user's wish for a change is the offer to ask the holder, if it is their own."""
    others = s.reading.people or s.reading.refers or s.reading.quantified
    if wish.intent == "delete_user" and not (wish.whom or others):
        return replace(wish, intent="leave_account")
    grants = wish.intent == "change_rights" and wish.change != "revoke"
    return replace(wish, intent="request_access", whom=()) if grants else wish


def followed_up(s: Situation) -> Proposal | None:
    """What is said after something is done: the same for another, the wrong one, a bit less."""
    reading, topic, said = s.reading, s.context.topic, s.reading.said()
    vague = all(wish.intent == "change_rights" and not wish.services for wish in said)
    as_shown = vague and reading.has("same") and s.domain.only_shows(topic.intent)
    if not topic.intent or (any(wish.whom for wish in said) and not as_shown):
        return None
    wish = _spelt_anew(s) or _following(s)
    wishes = [wish] if wish else []
    if _is_mistaken(s) and topic.done and (wish or not reading.people):
        wishes.insert(0, Wish("undo_change", "wish"))
    return Proposal(commands_of(wishes, s)) if wishes else None


def _is_mistaken(s: Situation) -> bool:
    """Whether somebody else was meant: "wrong person", "I meant Léa, not Hugo"."""
    denied = {mention.value for mention in s.reading.not_people}
    return s.reading.has("wrong") or bool(denied & set(s.context.topic.people))


def _following(s: Situation) -> Wish | None:
    """Return the wish that goes on from what was spoken of last."""
    reading, topic = s.reading, s.context.topic
    people = Mention.each(topic.people)
    rights = topic.intent == "change_rights"
    shown = s.domain.only_shows(topic.intent)
    copies = reading.has("same_access") and shown
    again = topic.intent in s.domain.triggers and (reading.only_names or _is_mistaken(s))
    if reading.people and again and not copies and (same := _same_of_others(s)):
        return same
    more = reading.services and not reading.people and (reading.has("same") or _goes_on(s))
    if more and rights and people and not reading.asks:
        return Wish(topic.intent, "wish", people, topic.change or "grant", reading.services)
    if reading.has("same") and shown and (wish := _as_shown(s)):
        return wish
    kept = "keep" in reading.acts  # "let her keep it for good"
    taken = tuple(code for code in reading.not_services if code in topic.services and not kept)
    if taken and topic.done and rights:
        back = "grant" if topic.change == "revoke" else "revoke"
        return _swapped(s, taken) or Wish(topic.intent, "wish", people, back, taken)
    ending = topic.intent == "suspend_user" or (rights and topic.change in {"grant", "set"})
    ending = ending and topic.done  # what was dropped does not come back with an end
    if ending and people and reading.last("until") and not reading.wishes and not reading.asks:
        given = {"until": reading.last("until")}  # "actually only until Sunday"
        return Wish(topic.intent, "wish", people, topic.change, topic.services, given)
    email = reading.values.get("email")
    others = {mention.value for mention in reading.people} - set(topic.people)
    if email and people and not (reading.wishes or others or reading.me):
        return Wish("edit_profile", "wish", people, values={"email": email})
    return None


def _same_of_others(s: Situation) -> Wish | None:
    """As in "and Tyler?", "wrong one, I meant Tyler": the same is asked, or done, of others."""
    reading, topic = s.reading, s.context.topic
    fresh = tuple(mention for mention in reading.people if mention.value not in topic.people)
    if fresh and s.domain.only_shows(topic.intent) and topic.services and reading.only_names:
        asked = {"aspect": "access", "yes_no": True}
        return Wish(topic.intent, "question", fresh, "", topic.services, asked)
    if not fresh or reading.wishes or reading.services or reading.asks:
        return None
    given = {"until": topic.until} if topic.until else {}
    return Wish(topic.intent, "wish", fresh, topic.change, topic.services, given)


def _swapped(s: Situation, taken: Sequence[str]) -> Wish | None:
    """As in "I meant data add-ons, not usage", right after usage was given: all on one card."""
    reading, topic = s.reading, s.context.topic
    person = s.context.person(topic.people[0]) if len(topic.people) == 1 else None
    meant = {*reading.services} - {*taken}
    if person is None or not meant or reading.wishes or not reading.has("actually", "wrong"):
        return None
    gone, back = (meant, taken) if topic.change == "revoke" else (taken, meant)
    left = {*person.services, *back} - {*gone}
    change, codes = ("set", left) if left else ("revoke", {*gone})
    services = tuple(code for code in s.context.services if code in codes)
    return Wish(topic.intent, "wish", Mention.each(topic.people), change, services)


def _as_shown(s: Situation) -> Wish | None:
    """As in "give Marc the same", where it was shown what somebody can use; not "has he …"."""
    shown, whom = s.context.topic.people, s.reading.people
    model = s.context.person(shown[0]) if len(shown) == 1 else None
    if not whom or s.reading.asks or len(shown) != 1:
        return None
    services = tuple(c for c in s.context.services if model and c in model.services)
    return Wish("change_rights", "wish", whom, "grant", services)


def _goes_on(s: Situation) -> bool:
    """Whether something is added to what was said: "and the TV", "la télé aussi"."""
    return s.reading.has("also") or any(span.has("and") for span in s.reading.spans[:1])


def _spelt_anew(s: Situation) -> Wish | None:
    """As in "it's Gervaise with an e", right after a name was changed to Gervais."""
    reading, topic = s.reading, s.context.topic
    person = s.context.person(topic.people[0]) if len(topic.people) == 1 else None
    if person is None or not topic.done or topic.intent not in _NAMING:
        return None
    new = [who.said for who in reading.people if who.refs in {(), topic.people}]
    more = reading.wishes or reading.acts or reading.services or reading.asks
    if more or reading.of_oneself or not reading.has("link_name", "actually", "wrong", "no"):
        return None
    name = spelt_anew(new, f"{person.first_name} {person.last_name}")
    whom = Mention.each(topic.people)
    return Wish("edit_profile", "wish", whom, values={"name": name}) if name else None


def refused(s: Situation) -> Proposal | None:
    """A refused wish ("don't delete Kevin"): nothing happens, and that is said."""
    refusals = s.reading.said("refusal")
    if not refusals or s.reading.said("question"):
        return None  # "has Jo accepted? Don't send it again": the question is answered
    return propose(left_alone(refusals[0], s))


def taken_up(s: Situation) -> Proposal | None:
    """A yes, with nothing open, to the one thing that was offered: "yes, do it"."""
    reading = s.reading
    offers = [button for button in s.offered if _may_be_taken_up(_started_by(button), s)]
    tasks = {_started_by(button) for button in offers}
    if len(tasks) != 1 or not _agrees(reading, next(iter(tasks)), s):
        return None
    if reading.people:
        return of_intent(tasks.pop(), s)
    return of_payload(offers[0].payload, s)


def _agrees(reading: Reading, offered: str, s: Situation) -> bool:
    """Whether it is a yes: also one that names people, or that says what is to be done."""
    named = reading.people and reading.only_names
    says_so = reading.acts and verbs_fit(offered, s) and not (reading.left or reading.wishes)
    return reading.answer == "yes" or (reading.has("yes") and bool(named or says_so))


def _started_by(button: LiveButton) -> str:
    """Return the intent that a button stands for; empty where it answers a question."""
    return intent_of(button.payload)[0] if set_slots(button.payload) is None else ""


def _may_be_taken_up(intent: str, s: Situation) -> bool:
    """Whether a yes can mean it; where something else was asked as well, it calls nobody."""
    asked = [reply for reply in s.state.last_replies if reply["buttons"]]
    return len(asked) == 1 if intent == PRIVATELY else s.domain.may_be_offered(intent)


def classified(s: Situation) -> Proposal | None:
    """What the classifier is sure of, where words alone do not tell."""
    reading = s.reading
    if reading.intent not in s.domain.triggers:
        return None
    intent = reading.intent
    if s.role == "secondary" and intent == "delete_user" and reading.me and not reading.refers:
        intent = "leave_account"
    said = bool(reading.acts) or reading.has("state", "want", "field")
    said = said and verbs_fit(intent, s)
    only_asks = intent == "request_access" and s.role == "secondary" and reading.services
    if s.domain.needs_care(intent) and not ((said or only_asks) and reading.confidence >= SURE):
        return propose(StartPattern("pattern_clarification", {"options": [intent]}))
    completed = _completed(wish_for(intent, s), s)
    if s.role == "secondary":
        completed = _asked_of_the_holder(completed, s)
    return Proposal(commands_of([completed], s), 0.5, reading.confidence)


def unsure(s: Situation) -> Proposal | None:
    """Two or three readings: ask which one."""
    options = s.reading.sighting.parse.unsure
    return (
        propose(StartPattern("pattern_clarification", {"options": list(options)}))
        if options
        else None
    )
