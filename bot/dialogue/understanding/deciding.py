"""What a message does here: the readers by what is open, and the choice between them."""

from collections.abc import Iterator, Mapping, Sequence

from bot.dialogue.engine.commands import CannotHandle, Command, StartPattern
from bot.dialogue.understanding import (
    asides,
    cards,
    in_queue,
    private,
    profiles,
    questions,
    rating,
    requests,
    structure,
    tasks,
)
from bot.dialogue.understanding.proposals import Reader, choose
from bot.dialogue.understanding.situation import Situation, said_before

ALWAYS: Sequence[Sequence[Reader]] = (
    (structure.not_text,),
    (structure.slash,),
    (structure.edited,),
    (structure.button,),
    (structure.code,),
    (private.danger,),
    (rating.comment,),
    (asides.human,),
    (asides.alarm,),
    (structure.label,),
)
"""What comes before any other reading, whatever is open."""

BY_WHAT_IS_OPEN: Mapping[str, Sequence[Sequence[Reader]]] = {
    "card": (
        (in_queue.meanwhile,),
        (requests.at_card,),
        (cards.agreement,),
        (profiles.spoken,),
        (profiles.another_field,),
        (cards.instead,),
        (cards.refusal,),
        (asides.control,),
        (cards.opposed,),
        (cards.amendment,),
        (cards.another_wish,),
        (cards.about_the_card,),
        (asides.question,),
        (cards.another_person,),
        (asides.dispute,),
        (cards.declined,),
        (asides.resumed, asides.wait),
        (cards.restated,),
        (asides.other_task, asides.small_talk),
    ),
    "question": (
        (in_queue.meanwhile,),
        (asides.cancelled,),
        (requests.whose,),
        (asides.dispute,),
        (questions.no_address,),
        (profiles.spoken,),
        (questions.said_again,),
        (questions.plain_answer,),
        (asides.control,),
        (questions.corrected,),
        (questions.another_wish,),
        (questions.restated,),
        (asides.question,),
        (questions.answered,),
        (asides.resumed, asides.wait),
        (asides.other_task, asides.small_talk),
    ),
    "nothing": (
        (in_queue.waiting,),
        (requests.answered,),
        (asides.control,),
        (tasks.followed_up,),
        (requests.noted,),
        (tasks.own_request,),
        (tasks.wished,),
        (tasks.refused,),
        (asides.plain_dispute,),
        (asides.question,),
        (tasks.taken_up,),
        (asides.dispute,),
        (tasks.classified, asides.small_talk),
        (tasks.unsure,),
    ),
}


SURE = 0.6
"""How sure an article or small talk must be, to be answered beside the discreet question."""
OUTSIDE = StartPattern("pattern_out_of_scope")
"""Nobody who may be in danger is told that this is none of the bot's business."""


PERSON = StartPattern("pattern_human_handoff")
OFFER = StartPattern("pattern_private_offer")
"""The discreet question."""


def decide(s: Situation) -> Sequence[Command]:
    """Return the commands that a message means here; never none."""
    if s.leaves:
        return [StartPattern("pattern_back_to_bot")]
    meant = _meant(s)
    understood = [command for command in meant if not isinstance(command, CannotHandle)]
    if private.all_is_well(s):
        more = understood if s.reading.said() or PERSON in meant else ()
        return [StartPattern("pattern_private_over"), *more]
    uneasy = private.may_be_in_danger(s, understood)
    if not uneasy or PERSON in meant:
        return [*_sympathy(s, meant), *meant]
    guessed = not (s.reading.wishes or s.open_collect()) and s.reading.confidence < SURE
    kept = [command for command in understood if command != OUTSIDE and not guessed]
    return [*kept, OFFER]


def _sympathy(s: Situation, meant: Sequence[Command]) -> Iterator[Command]:
    """A word for somebody who tells of a death beside what is to be done, once."""
    answered = any(isinstance(c, StartPattern) and c.pattern == "pattern_alarm" for c in meant)
    said = said_before("utter_condolence", s)
    if s.reading.mourns and not (answered or said):
        yield StartPattern("pattern_condolence")


def _meant(s: Situation) -> Sequence[Command]:
    what = "card" if s.card_is_open() else "question" if s.open_collect() else "nothing"
    chosen = choose((*ALWAYS, *BY_WHAT_IS_OPEN[what]), s)
    if chosen is not None:
        return chosen.commands
    if s.waits and what == "nothing":
        return [StartPattern("pattern_noted")]
    return [CannotHandle()]
