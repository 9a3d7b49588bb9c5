"""What a message means in its context: one pure function.

`Parser.look` is dear and knows no context; `read` composes the meaning from what was seen,
without I/O, in about a millisecond (`docs/reading.md`).
"""

from collections.abc import Sequence
from dataclasses import replace

from intents.answers import agreement, answer, refusal
from intents.answers.remarks import explains, loosely, remark
from intents.classifier.rights import without_doubtful_gifts
from intents.clauses.idle_words import (
    with_alternatives,
    with_asides_of_whom,
    with_former_things,
    with_parted_wishes,
    with_states,
    with_the_only_one,
    with_what_must_be_done,
    with_wishes,
)
from intents.clauses.joining import (
    with_corrections,
    with_ends,
    with_their_verbs,
    with_what_stays,
    with_what_was_done,
    with_whole_names,
)
from intents.clauses.neither import with_neither, with_no_reason, with_none_at_all
from intents.clauses.notes import before_the_note
from intents.clauses.parting import clauses
from intents.clauses.small_words import (
    with_all_in_a_language,
    with_articles,
    with_deeds,
    with_degrees,
    with_denied_pronouns,
    with_exclamations,
    with_fronted_pronouns,
    with_inability,
    with_nouns,
    with_pronouns,
    with_short_ands,
    with_trailing_words,
    with_what_is_asked,
)
from intents.clauses.speakers import with_speakers
from intents.context import NOWHERE, Context, Wish
from intents.reading import Reading
from intents.sighting import Sighting
from intents.spans.alarms import with_alarms
from intents.spans.asides import with_asides
from intents.spans.billing import with_bills
from intents.spans.carving import carve
from intents.spans.contrasts import with_contrasts
from intents.spans.extents import with_extents
from intents.spans.grammar import is_for_somebody
from intents.spans.headings import with_headings
from intents.spans.interposed import with_what_is_interposed
from intents.spans.left_out import with_those_left_out
from intents.spans.marks import with_their_marks
from intents.spans.ousting import with_ousting
from intents.spans.restricting import with_only_them, with_restrictions
from intents.spans.span import SENTENCE_MARKS, lay, some
from intents.spans.stopping import (
    with_what_is_cancelled,
    with_what_is_dropped,
    with_what_is_stopped,
)
from intents.spans.subjects import with_subjects
from intents.spans.switches import with_switches, with_what_goes_away
from intents.spans.twice_denied import with_what_is_twice_denied
from intents.tasks import CHANGE, GRANT, NAMES, SET
from intents.values import mail_domains
from intents.values.household import Household
from intents.who.described import with_how_they_stand, with_the_locked, with_those_described
from intents.who.genders import told_apart
from intents.who.kin import with_kin, with_those_spoken_to
from intents.who.strangers import with_strangers
from intents.who.whom import Spoken, singled_out
from intents.who.whose import with_owners
from intents.wishes import owing, turning
from intents.wishes.alternatives import leave_open
from intents.wishes.composer import Composer
from intents.wishes.models import with_models
from intents.wishes.second_opinion import heard_as, is_only_told, with_second_opinion
from intents.wishes.settling import settle
from intents.wishes.supposing import wonder
from intents.wishes.told import acts_of, as_unlocking, fields_of, told_of_some, values_of
from intents.wishes.unreal import with_what_is_not_meant

_SINGLE = frozenset({"email", "language"})
"""What somebody has one of: a later one takes the place of an earlier one."""


def read(sighting: Sighting, household: Household, context: Context = NOWHERE) -> Reading:
    """Return what a message means here. Pure; never raises."""
    spans = lay(
        sighting.tokens, sighting.text, carve(sighting, household, context), sighting.entries
    )
    spans = with_what_is_interposed(spans, sighting.end)
    spans = with_what_is_asked(
        with_exclamations(with_ousting(with_those_spoken_to(with_kin(spans), context)))
    )
    spans = with_states(with_deeds(with_wishes(with_parted_wishes(with_what_must_be_done(spans)))))
    spans = with_asides_of_whom(with_alternatives(with_the_only_one(with_former_things(spans))))
    spans = with_what_is_twice_denied(spans)
    spans = with_articles(with_inability(with_short_ands(spans)))
    spans = with_what_is_stopped(with_what_is_cancelled(with_subjects(spans), context), context)
    spans = with_what_is_dropped(spans, context)
    spans = with_contrasts(with_speakers(with_bills(with_asides(spans))))
    spans = with_none_at_all(spans, context)
    spans = with_neither(with_no_reason(with_only_them(with_restrictions(with_ends(spans)))))
    spans = with_those_left_out(with_their_verbs(with_what_was_done(with_what_stays(spans))))
    spans = with_whole_names(with_headings(spans, sighting.end), sighting)
    spans = with_denied_pronouns(with_all_in_a_language(with_strangers(spans, context)))
    spans = with_corrections(with_owners(with_pronouns(with_fronted_pronouns(spans))))
    spans = with_nouns(with_trailing_words(spans))
    spans = with_the_locked(with_their_marks(spans, context), context)
    spans = with_those_described(with_how_they_stand(spans), context)
    spans = with_alarms(with_degrees(spans))
    spans = with_models(
        with_extents(with_what_goes_away(with_switches(spans))), context, sighting.end
    )
    parts = with_what_is_not_meant(clauses(spans, sighting.end), sighting.end)
    if sighting.is_cut and SENTENCE_MARKS.isdisjoint(sighting.end):
        parts = parts[:-1] or parts  # nobody knows what the last words would have said
    composer = Composer(context, before=Spoken(apart=told_apart(spans)))
    if context.holder and some(spans, "same_last_name"):
        composer.given["last_name"] = context.holder.last_name
    for part in before_the_note(parts, spans):
        composer.read(part)
    called_off = composer.called_off == len(composer.wishes)
    if called_off or turning.takes_back(composer.turned):
        composer.wishes = turning.refused(composer.wishes, composer.turned)
    settle(composer)
    composer.wishes = owing.without_what_is_told(composer.wishes, parts)
    composer.wishes = told_of_some(as_unlocking(composer.wishes, spans, context), parts)
    wonder(composer, sighting.end)
    leave_open(composer, parts)
    acts = tuple(acts_of([span for part in parts if not part.unreal for span in part.spans]))
    explained = acts or composer.not_services  # "he can pay, but no TV for him"
    if not (explained or some(spans, "model") or is_for_somebody(spans)):
        composer.wishes = without_doubtful_gifts(composer.wishes, sighting.rights)
    composer.wishes = with_second_opinion(composer.wishes, parts, sighting, context)
    told = is_only_told(composer.wishes, parts, sighting, context)
    if told:
        composer.wishes = [wish for wish in composer.wishes if wish.mood != "wish"]
    mends = some(spans, "actually", "wrong", "instead", "no", "link_name")
    domain = mail_domains.named(sighting.text, mends=mends)
    ending = mail_domains.ending(sighting.text, mends=mends)
    agreed = agreement.agrees(spans, sighting, context, composer.wishes)
    refused = not (agreed or domain or ending) and refusal.refuses(
        spans, sighting, context, composer.wishes
    )
    return Reading(
        sighting=sighting,
        intent=heard_as(sighting, parts, told=told),
        answer="yes" if agreed else "no" if refused else "",
        waits=agreement.waits(spans),
        wishes=tuple(_once(composer.wishes)),
        kinds=frozenset(kind for span in spans for kind in span.tags),
        fields=tuple(dict.fromkeys(fields_of(spans))),
        people=singled_out(spans, composer.people, context),
        services=tuple(composer.services),
        not_people=tuple(composer.not_people),
        not_services=tuple(composer.not_services),
        quantified=frozenset(composer.quantified),
        values=values_of(spans),
        left=tuple(span.text for span in spans if span.is_content),
        words=len(sighting.tokens),
        asks=composer.asked,
        called_off=called_off,
        refers=composer.refers,
        control="" if sighting.is_cut else answer.control(spans),
        choices=answer.chosen(sighting, spans, context.buttons, card=context.card is not None),
        titled=answer.titled(sighting, context.buttons),
        holder=context.holder,
        odd=answer.is_odd(sighting.text),
        value="" if domain or ending else answer.new_value(parts),
        domain=domain,
        ending=ending,
        defined=composer.defined,
        acts=acts,
        remark=(said := remark(spans, sighting)),
        explains=explains(spans, sighting, said),
        loosely=loosely(spans),
        spans=spans,
    )


def _once(wishes: Sequence[Wish]) -> list[Wish]:
    """Return wishes without those that say the same again; what they add is kept."""
    kept: list[Wish] = []
    for wish in wishes:
        if wish.mood == "refusal" and wish.intent == CHANGE and not wish.services:
            kept = [earlier for earlier in kept if not _is_refused(earlier, wish)]
        kept = [earlier for earlier in kept if not _is_told_anew(earlier, wish)]
        at = next((n for n, earlier in enumerate(kept) if _says_again(wish, earlier)), None)
        if at is None:
            kept.append(wish)
        else:
            services = kept[at].services or wish.services
            values = {**wish.values, **kept[at].values}
            kept[at] = replace(kept[at], services=services, values=values)
    return kept


def _is_refused(earlier: Wish, refusal: Wish) -> bool:
    """As in "I was about to take it all from him. So no, I take nothing from him"."""
    wished = (earlier.intent, earlier.mood) == (refusal.intent, "wish")
    return wished and bool(refusal.about) and earlier.about <= refusal.about


def _is_told_anew(wish: Wish, later: Wish) -> bool:
    """As in "change it to s@… No, that is the old one. It is t@…": nobody gets two addresses."""
    edits = (wish.intent, wish.mood) == (later.intent, later.mood) == ("edit_profile", "wish")
    kinds = wish.values.keys() & _SINGLE
    return edits and wish.about == later.about and bool(kinds) and kinds <= later.values.keys()


def _says_again(wish: Wish, earlier: Wish) -> bool:
    """As in "he must see the bill. Give him that, but for ten days", "only the bill. Set it so"."""
    alike = (wish.intent, wish.mood) == (earlier.intent, earlier.mood)
    if alike and wish.intent == "edit_profile" and wish.about == earlier.about:
        named = "name" in earlier.values and wish.values.keys() <= {"fields"}
        return named and NAMES.issuperset(wish.values.get("fields", ()))  # "… so change it"
    alike = alike and wish.intent != "edit_profile" and wish.about <= earlier.about
    if alike and wish.intent == "create_user" and wish.about == earlier.about:
        return bool(wish.about) and () in (wish.services, earlier.services)
    same = (wish.change, wish.services) == (earlier.change, earlier.services)
    given = wish.change == GRANT and earlier.change == SET and wish.about == earlier.about
    given = given and "until" not in wish.values
    limits = (earlier.change, wish.change) == (GRANT, SET) and wish.about == earlier.about
    given = given or (limits and wish.services == earlier.services)  # "…, just do the TV for Léa"
    vague = wish.intent == CHANGE and not (wish.change or wish.services)  # "adjust it accordingly"
    vague = vague and wish.about == earlier.about
    return alike and (same or vague or (given and set(wish.services) <= set(earlier.services)))
