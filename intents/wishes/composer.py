"""From clauses to wishes: who does what to whom, said, denied or asked about."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from intents.clauses import past
from intents.clauses.clause import Clause
from intents.context import Mention, Wish, last_of
from intents.tasks import CHANGE, GRANT, REVOKE, SET, Task, task_of
from intents.who.about import about
from intents.who.named import Named, name
from intents.who.whom import who_stands_so
from intents.wishes import keeping, measures, moods, owing, reports, turning, verbs
from intents.wishes.acts import main_act, orders
from intents.wishes.adding import adds_nobody, for_whom, who_leaves
from intents.wishes.carrying import carried_over
from intents.wishes.elsewhere import leads_elsewhere
from intents.wishes.following import (
    in_that_language,
    lacks_invitation,
    new_address,
    newcomers,
    profile,
    renamed,
    take_note,
    without_the_way_back,
)
from intents.wishes.given import ends_of, is_for_each, one_by_one, pairs, values
from intents.wishes.handing import denied_beside, given_alone, handed_over
from intents.wishes.heard import Heard
from intents.wishes.newcomers import each_their_own, used_by_newcomers
from intents.wishes.questions import questions
from intents.wishes.references import (
    fronts,
    resolve_it,
    same_as,
    takes_up,
    what_is_given,
    what_is_taken,
    with_their_ends,
    without_the_model,
)
from intents.wishes.sparing import is_denied_the_rest, is_left_without, says_no_more, spare
from intents.wishes.staying import with_who_stays
from intents.wishes.supposing import suppose
from intents.wishes.told import plainly

_LOOKED = frozenset({"list_users", "preview_access"})  # "give it to her" goes on from there
_ONE_EACH = {"suspend_user": "until", "edit_profile": "email"}  # where as many are named
_SMALL = frozenset({"until", "filler", "polite", "only", "emphasis", "but", "yes", "and"})


@dataclass(slots=True)
class Composer(Heard):
    """Reads the clauses of one message in their order; remembers who was spoken of."""

    def read(self, clause: Clause) -> None:
        """Take in one clause."""
        named = name(clause, self.context, self.before)
        self.note(clause, named, kept=verbs.only_keeps(clause, named))
        self.signs_out |= "sign_out" in clause.values("act")
        self.copies |= clause.has("same")
        self.refers |= named.refers or moods.spoken_of(clause)
        self.requested |= "request" in clause.values("field") and not clause.has("neg")
        yeses = ((kind, span) for kind in ("yes", "no") for _, span in clause.tagged(kind))
        self.answers |= {kind for kind, span in yeses if plainly(span, kind)}
        self.gives |= main_act(clause)[1] == "give" and not clause.has("request", "neg")
        self.given |= {k: v for k, v in values(clause).items() if k != "name"}
        suppose(self, clause, named)
        wishes = list(with_who_stays([*self._wishes(clause, named)], clause, named, self.context))
        if self.fronted and takes_up(self.fronted, clause, wishes):
            self.wishes = [wish for wish in self.wishes if wish not in self.fronted_wishes]
            wishes = with_their_ends(wishes, self.fronted_wishes)
        self.fronted, self.fronted_wishes = (clause, wishes) if fronts(clause) else (None, [])
        take_note(self, clause, named)
        self.ordered += wishes if orders(clause) else []
        alone = all(span.tags.keys() & _SMALL for span in clause.spans)
        told = not wishes and named.people and "until" in clause.values("until")
        if clause.has("until") and (alone or told):  # "Kevin is grounded until Sunday, block him"
            self.ends_alone = str(last_of(values(clause), "until"))
        between = () if clause.has("also") else (*self.turned, *turning.opening(clause))
        if not (between or (orders(clause) and not clause.has("list_mark", "again"))):
            wishes = without_the_way_back(self.wishes, wishes)
        stays = tuple(named.services) if clause.has("still", "goes_on") else ()
        self.wishes = turning.standing(self.wishes, wishes, between, stays) + wishes
        self.before.coming.extend(newcomers(wishes))
        self.exact += self.wishes[-1:] if clause.has("no_less") else []
        self.fields = clause.values("field")
        closing = turning.closing(clause)
        self.turned = (*self.turned, *closing) if len(closing) == len(clause.spans) else closing
        off = any(span.has("drops_it", "cancel") for span in closing)
        self.called_off = -1 if wishes else len(self.wishes) if off else self.called_off
        self.remember(clause, named)

    def _wishes(self, clause: Clause, named: Named) -> Iterator[Wish]:
        asked, self.asked_for = self.asked_for, "ask" in clause.values("act") and not named.services
        if asked and clause.has("whether") and named.services:
            yield Wish("request_access", "wish", (), "", tuple(named.services))
        elif clause.is_condition and (clause.has("wh") or not moods.asks(clause)):
            return
        elif self.opened or moods.asks(clause) or reports.reports(clause, named):
            self.asked = True
            self.opened = clause.ends_in in {"", ","} and moods.only_asks(clause)
            if moods.leaves_oneself(clause, named, self.context, *main_act(clause)):
                yield Wish("leave_account", "question")
                return
            yield from questions(clause, named, self.context)
        elif not (clause.unreal or moods.only_rest(clause) or self._only_puts_right(clause)):
            said = self._said(clause, named)
            yield from turning.refused(said) if clause.declined else said

    def _only_puts_right(self, clause: Clause) -> bool:
        """Whether it says which service or person a card should have shown."""
        return bool(self.context.card) and not self.wishes and moods.says_what_was_meant(clause)

    def _said(self, clause: Clause, named: Named) -> Iterator[Wish]:
        """Read a clause that asks nothing: what it wishes for, or takes back."""
        act_place, act = main_act(clause)
        mood = "refusal" if clause.has("neg", "unwilling") else "wish"
        as_before = clause.has("as_before") and not clause.has("email")
        if moods.takes_back(clause) or (as_before and act):
            by_name = [span.mention for span in clause.spans if span.mention]
            whom = tuple(by_name or named.people)
            yield Wish("undo_change", mood, whom, values=values(clause))
        elif owing.withdraws(clause, act, self.context):
            yield owing.withdrawn(self, clause, named)
        elif left := keeping.left_as_it_is(clause):
            yield Wish(left, "refusal", tuple(named.people))
        elif keeping.keeps(clause, act) and (
            clause.has("own_things") or spare(self, clause, named)
        ):
            return
        elif moods.puts_right(clause, act) and self.wishes and (named.people or named.services):
            yield from carried_over(self, clause, named)
        elif owing.tells_of_request(clause, named):
            self.asked = True
            yield owing.shown(named)
        elif edit := self._edit(clause, named, act):
            yield edit
        else:
            yield from self._done(clause, named, act_place, act)

    def _edit(self, clause: Clause, named: Named, act: str) -> Wish | None:
        """Read how somebody is written to, where that is all that is said."""
        spoken = in_that_language(self, clause, named, act) or new_address(self, clause, act)
        spoken = spoken or renamed(self, clause, named, act)
        if spoken or not verbs.of_profile(clause, named, act):
            return spoken
        return Wish("edit_profile", "wish", self._whom(clause, named), values=values(clause))

    def _done(self, clause: Clause, named: Named, act_place: int, act: str) -> Iterator[Wish]:
        """Read what the verb of a clause wishes for, or what goes on without one."""
        resolve_it(self, clause, named, act)
        if lacks_invitation(self, clause, named, act):
            yield from self._task(clause, named, ("resend_invitation", ""), "", -1)
            return
        if (plain := self._plainly(clause, named, act_place, act)) is not None:
            yield plain
            return
        if says_no_more(self, clause, named):
            return
        task = task_of(act, about(clause, named, before=self.fields)) if act else None
        task = task or verbs.stated(clause, named, alone=not self.wishes)
        if task is None:
            told = profile(self, clause, act) or used_by_newcomers(self, clause, named)
            yield from told or carried_over(self, clause, named)
        elif leads_elsewhere(clause, act_place) or past.tells(clause, act_place):
            return
        elif task[0] == CHANGE:
            yield from self._access(clause, named, task[1], act, act_place)
        elif task[0] == "replace_user" and not moods.is_command(clause, act_place):
            return
        elif task[0] != "create_user" or (
            moods.is_plain(clause, named, act_place) and not adds_nobody(self, clause, named)
        ):
            yield from self._task(clause, named, task, act, act_place)

    def _plainly(self, clause: Clause, named: Named, act_place: int, act: str) -> Wish | None:
        """Return what is plain whatever the verb means: who leaves, or is left as they are."""
        if moods.leaves_oneself(clause, named, self.context, act_place, act):
            unwilling = clause.has("neg", "unwilling") and (
                clause.has("departs") or not clause.has("nomore")
            )
            return Wish("leave_account", "refusal" if unwilling else "wish")
        if act == "keep" and (taken := keeping.without_the_others(clause, named)):
            return taken
        if verbs.takes_nothing(clause, act_place, act):
            return Wish(CHANGE, "refusal", tuple(named.people))
        if verbs.is_withheld(clause, named):
            services = (*named.services, *named.not_services)
            return Wish(CHANGE, "wish", tuple(named.people), REVOKE, services, values(clause))
        return is_denied_the_rest(self, clause, named) or is_left_without(self, clause, named)

    def _task(
        self, clause: Clause, named: Named, task: Task, act: str, act_place: int
    ) -> Iterator[Wish]:
        intent, change = task
        given = values(clause)
        whom = [who for who in self._whom(clause, named) if who.said != given.get("name")]
        if intent == "edit_profile" and named.people and not (whom or clause.has("me")):
            whom = self.before.nearest()  # "Jo remarried, change her last name to Roy"
        denied = any(at < act_place for at, _ in clause.tagged("unwilling"))
        denied = denied or owing.denies(clause, named, act, act_place)
        denied = denied or verbs.does_to_nothing(clause, act_place)
        intent, whom = for_whom(intent, named, whom, given)
        mood = "refusal" if denied else "wish"
        if named.no_services:
            given["no_services"] = True
        if intent == "create_user" and clause.has("same") and not named.services:
            named = same_as(self, clause, named)
            named = named if named.services else without_the_model(clause, named)
            whom = [who for who in named.people if who.said != given.get("name")]
        leaves = who_leaves(self, clause, named) if intent == "create_user" and not denied else ()
        if leaves:
            whom = [who for who in whom if who not in leaves]
            yield Wish("delete_user", "wish", leaves)
        wish = Wish(intent, mood, tuple(whom), change, tuple(named.services), given)
        kind = _ONE_EACH.get(intent, "")
        if intent == "create_user":
            yield from each_their_own(wish, named)
        else:
            several = is_for_each(wish, given.get(kind))
            yield from one_by_one(wish, {kind}) if several else [wish]

    def _access(
        self, clause: Clause, named: Named, change: str, act: str, act_place: int
    ) -> Iterator[Wish]:
        unwilling = moods.is_unwilling(clause, act_place)
        over = named.nobody or measures.is_no_more(clause, act_place)
        ends = over and change == GRANT and not unwilling
        still = ends or act == "keep" or measures.is_twice_denied(clause, change, act)
        denied = unwilling or (not still and owing.denies(clause, named, act, act_place))
        named = what_is_given(self, clause, named)
        if act_place < 0 and moods.about_oneself(clause) and owing.tells_what_i_have(clause):
            return
        if change == GRANT and not (ends or denied) and moods.for_oneself(clause, act_place):
            yield Wish("request_access", "wish", (), "", tuple(named.services))
            return
        if change == GRANT and clause.has("he", "they") and not denied and named.no_thing:
            topic = self.context.topic
            asked = clause.has("it") or topic.intent in _LOOKED
            named.services = list(self.before.last or (topic.services if asked else ()))
        arrives = act_place >= 0 and clause.spans[act_place].has("delivery") and not named.services
        if ends and (named.no_thing or arrives):  # "nothing gets to him anymore"
            return
        yield from given_alone(clause, named, self.context) if not denied else ()
        change = REVOKE if ends else change
        yield from self._rights(clause, named, change, act, act_place, denied=denied)

    def _whom(self, clause: Clause, named: Named) -> tuple[Mention, ...]:
        """Return whom a wish is about: named here, or spoken of before."""
        act_place, act = main_act(clause)
        if named.people or named.somebody or named.all_people:
            return tuple(who_stands_so(act, named.people, self.context))
        by_name = [at for at, _ in clause.tagged("own_name") if 0 <= act_place < at]
        if (holder := self.context.holder) and by_name:  # "remove Diane", typed by Diane
            return (Mention(clause.spans[by_name[0]].text, (holder.ref,)),)
        oneself = moods.about_oneself(clause) and act not in {"remove", "delete", "lift"}
        told = [who for wish in self.wishes for who in wish.whom]
        nearest = () if oneself else self.before.for_verb(act, self.context, told).nearest()
        return tuple(who_stands_so(act, nearest, self.context))

    def _rights(
        self, clause: Clause, named: Named, change: str, act: str, act_place: int, *, denied: bool
    ) -> Iterator[Wish]:
        answers = act_place < 0 and "service" in self.context.expects  # "just the data for him"
        exact = measures.is_exact(clause, named) and not answers
        idle = clause.has("it") and "account" in clause.values("field")  # "put that on his profile"
        idle = idle or keeping.lets_be(clause) or keeping.lets_alone(clause, self.turned)
        if change == GRANT and named.no_thing and (idle or not moods.is_command(clause, act_place)):
            return
        if act == "keep" and not (exact or clause.has("until")):
            return
        if denied and named.services and verbs.shall_not_have(clause, act, act_place):
            change, denied = REVOKE, False
        denies_only = act == "let_not" and any(p > act_place for p, _ in clause.tagged("only"))
        if exact and (change != REVOKE or denies_only or named.exact):
            change, denied = SET, denied or denies_only
        if change == REVOKE and not named.services and not named.all_services:
            named.services = what_is_taken(self, clause, named, act)
        used = measures.only_used(clause) if change == REVOKE else ()
        services = [code for code in named.services if code and code not in used]
        if change == REVOKE and (kept := measures.kept(clause)) and set(kept) < set(services):
            change, services, named.runs = SET, kept, []
        mood = "refusal" if denied else "wish"
        people: Sequence[Mention] = ()
        groups, given = list(pairs(named, services)), values(clause)
        again = self.wishes[-1].whom if clause.has("rest") and self.wishes else ()
        for (whom, what), end in zip(groups, ends_of(given, len(groups)), strict=True):
            people = whom or again or self._whom(clause, named)
            wish = Wish(CHANGE, mood, tuple(people), change, tuple(what), {**given, **end})
            yield from handed_over(wish, clause)
        if change == GRANT and people:
            yield from denied_beside(people, named.denied_services, mood, self.context)
