"""At a card: agreement, refusal, what is put right, another wish (docs/reading.md, principle 7)."""

from dataclasses import replace

from bot.dialogue.engine.commands import (
    DROPPING,
    CancelFlow,
    Command,
    CorrectSlots,
    SetSlots,
    StartFlow,
    StartPattern,
)
from bot.dialogue.understanding import several
from bot.dialogue.understanding.amending import (
    amended,
    is_apart,
    is_opposite,
    is_own,
    own_wishes,
    says_the_same,
)
from bot.dialogue.understanding.asides import LEAVING, of_intent
from bot.dialogue.understanding.proposals import Proposal, propose
from bot.dialogue.understanding.situation import Situation, person_slot, said_before
from bot.dialogue.understanding.starting import commands_of
from bot.dialogue.understanding.structure import unseen
from intents.context import Mention, Wish
from intents.tasks import REVOKE

_KEEPS_OUT = frozenset({"suspend_user", "delete_user"})
_LOSES = frozenset({"remove", "delete", "keep", "lock"})


def agreement(s: Situation) -> Proposal | None:
    """A yes is the whole message."""
    collect = s.open_collect()
    if collect is None or s.reading.answer != "yes":
        return None
    if collect.slot in {DROPPING, LEAVING} and s.reading.has("goes_on"):
        return propose(SetSlots({collect.slot: False}))
    return unseen(s) or propose(SetSlots({collect.slot: True}))


def refusal(s: Situation) -> Proposal | None:
    """A no, alone."""
    collect = s.open_collect()
    if collect is None or s.reading.answer != "no":
        return None
    if s.reading.has("cancel"):
        return of_intent("cancel", s)
    return propose(SetSlots({collect.slot: False}))


def instead(s: Situation) -> Proposal | None:
    """A no with another wish: the card is dropped, and the other comes."""
    reading = s.reading
    wishes = _others(s)
    opposed = [wish for wish in reading.said("refusal") if _is_the_card(s, wish)]
    turned = bool(opposed) or reading.has("no", "cancel", "instead", "actually")
    deleting = s.context.card is not None and s.context.card.intent == "delete_user"
    on_card = s.context.card.people if s.context.card else frozenset()
    turned = turned or (deleting and any(_people(w) and _people(w) <= on_card for w in wishes))
    turned = turned or any(s.context.card and is_opposite(s.context.card, w) for w in wishes)
    beside = reading.has("also") and not (opposed or reading.has("no", "instead"))
    newcomer = any(wish.intent == "create_user" for wish in wishes)
    follows = deleting and newcomer and reading.has("in_stead")
    follows = follows and not (opposed or reading.has("no", "cancel"))
    if not wishes or not turned or beside or follows:  # "and put Amira in his place"
        return None
    bare = set(reading.acts) <= {"use"} and not reading.has("modal", "want", "subject")
    if deleting and bare:
        wishes = [_limited(wish, on_card) for wish in wishes]
    return Proposal([CancelFlow(quiet=True), *commands_of(wishes, s)])


def opposed(s: Situation) -> Proposal | None:
    """What the card shows is not to be done, whatever else is said: a yes must not find it open.

    "Don't remove him, Léa would cry" is about nobody else; "don't suspend Hugo, Léa" puts it right.
    """
    card, reading = s.context.card, s.reading
    if card is None or card.intent not in _KEEPS_OUT or reading.asks or reading.said():
        return None
    refused = [_people(wish) for wish in reading.said("refusal") if _is_the_card(s, wish)]
    if not any(people in (set(), card.people) for people in refused):
        return None
    return None if not reading.left and amendment(s) else of_intent("cancel", s)


def declined(s: Situation) -> Proposal | None:
    """What is surely a no, and nothing else that is known, leaves no card for a later yes."""
    reading, card = s.reading, s.context.card
    takes = card is not None and (card.intent in _KEEPS_OUT or card.change == REVOKE)
    if not takes or reading.asks or reading.wishes or not reading.sounds_like_no:
        return None  # what somebody typed is not lost by a doubt
    return of_intent("cancel", s)


def _limited(wish: Wish, on_card: frozenset[str]) -> Wish:
    """As in "no, just his TV", at a card that removes him: that is what he loses, and no more.

    Not so in "he should only have the TV", "leave him just the TV".
    """
    limits = (wish.intent, wish.change) == ("change_rights", "set") and _people(wish) <= on_card
    return replace(wish, change="revoke") if limits else wish


def amendment(s: Situation) -> Proposal | None:
    """What the card shows is put right: the slots of the card first, of any of them."""
    flow, reading = s.task(), s.reading
    if flow is None or (reading.asks and not reading.has("actually", "wrong")):
        return None
    others = _others(s)
    changes = amended(s, own_wishes(s, flow, reading.wishes)) if not others else {}
    if changes:
        return propose(CorrectSlots(changes))
    if reading.has("wrong") and not others:
        slot = person_slot(flow, s)
        return propose(CorrectSlots(several.ask_which(s, slot))) if slot else None
    return None


def restated(s: Situation) -> Proposal | None:
    """What the card shows is said once more, as if to put it right: nothing differs."""
    flow = s.task()
    if flow is None or s.reading.asks or s.reading.left or _others(s):
        return None
    if not says_the_same(s, own_wishes(s, flow, s.reading.wishes)):
        return None
    return propose(StartPattern("pattern_same_card", {"again": said_before("utter_same_card", s)}))


def about_the_card(s: Situation) -> Proposal | None:
    """What becomes of those on a card who would be kept out: "does he lose his access then?"."""
    card, question = s.context.card, s.state.question
    if card is None or question is None or card.intent not in _KEEPS_OUT:
        return None
    asked = s.reading.said("question", "list_users")
    ahead = _LOSES & set(s.reading.acts) or s.reading.has("still")
    about = {who for wish in asked for who in _people(wish)}
    access = {wish.values.get("aspect") for wish in asked} <= {"access", "sign_in"}
    if not (asked and ahead and access and about <= card.people):
        return None
    explains = {"rung": 1, "explains": question.explained_by}
    return propose(StartPattern("pattern_cannot_handle", explains))


def another_wish(s: Situation) -> Proposal | None:
    """Another task: it is queued, and said; the card stands."""
    wishes = _others(s)
    if not wishes:
        return None
    return Proposal([later(command) for command in commands_of(wishes, s)])


def another_person(s: Situation) -> Proposal | None:
    """The same task for somebody else, after this card: "and Simon too"."""
    reading, card = s.reading, s.context.card
    if card is None or not reading.people or not reading.has("also", "same") or reading.asks:
        return None
    if not reading.only_names:
        return None
    wish = Wish(card.intent, "wish", reading.people)
    return Proposal([later(command) for command in commands_of([wish], s)])


def _is_about_somebody(wish: Wish, s: Situation) -> bool:
    flow = s.domain.flow_of(wish.intent)
    return flow is not None and flow.has_card and person_slot(flow, s) is not None


def later(command: Command) -> Command:
    return replace(command, later=True) if isinstance(command, StartFlow) else command


def _others(s: Situation) -> list[Wish]:
    """Return the wishes that are not about what the card shows; "him" is who is on it."""
    flow = s.task()
    card = s.context.card
    assert flow is not None, "a card is open"
    wishes = [w for w in s.reading.said() if not is_own(s, flow, w)]
    if s.reading.has("wrong"):  # "go back, that is the wrong person": this card's
        wishes = [w for w in wishes if w.intent != "undo_change"]
    on_card = Mention.each(sorted(card.people)) if card else ()
    filled = [
        replace(w, whom=on_card) if not w.whom and on_card and _is_about_somebody(w, s) else w
        for w in wishes
    ]
    return [w for w in filled if not _is_the_card(s, w) or (card and _people(w) - card.people)]


def _people(wish: Wish) -> set[str]:
    return {mention.value for mention in wish.whom}


def _is_the_card(s: Situation, wish: Wish) -> bool:
    card = s.context.card
    return (
        card is not None
        and wish.intent == card.intent
        and _people(wish) <= card.people
        and not (is_opposite(card, wish) or is_apart(card, wish))
    )
