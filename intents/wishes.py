"""From clauses to wishes: who does what to whom, said, denied or asked about."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from intents import moods, verbs
from intents.acts import main_act
from intents.clauses import DOING, Clause
from intents.context import Mention, Wish
from intents.given import fields, pairs, values
from intents.grammar import is_pronoun
from intents.heard import Heard
from intents.named import Named, name
from intents.tasks import CHANGE, GRANT, REVOKE, SET, task_of


@dataclass(slots=True)
class Composer(Heard):
    """Reads the clauses of one message in their order; remembers who was spoken of."""

    def read(self, clause: Clause) -> None:
        """Take in one clause."""
        named = name(clause, self.context, self.before)
        self._note(named, clause)
        self.signs_out |= any(span.act() == "sign_out" for span in clause.spans)
        self.refers |= named.refers or moods.spoken_of(clause)
        self._define(clause)
        asked_for = any(s.tags["field"] == "request" for _, s in clause.tagged("field"))
        self.requested |= asked_for and not clause.has("neg")
        self.answers |= {k for k in ("yes", "no") if any(moods.plainly(s, k) for s in clause.spans)}
        self.given |= {k: v for k, v in values(clause).items() if k != "name"}
        wishes = list(self._wishes(clause, named))
        left = tuple(span.text for span in clause.spans if span.is_content)
        self.wishes += [replace(wish, left=left) for wish in wishes]
        self.before.people.extend(one for one in named.people if one not in self.before.people)
        self.before.services.extend([*named.services, *named.not_services])

    def _note(self, named: Named, clause: Clause) -> None:
        self.people += [one for one in named.people if one not in self.people]
        self.services += [one for one in named.services if one not in self.services]
        self.not_people += named.not_people
        self.not_services += named.not_services
        kinds = ("all_people", "all_services", "no_services", "somebody")
        self.quantified |= {kind for kind in kinds if getattr(named, kind)}

    def _define(self, clause: Clause) -> None:
        mentions = [span.mention for span in clause.spans if span.mention]
        for one, other in pairwise(mentions):
            if one.relation and not one.refs and len(other.refs) == 1 and not clause.has("act"):
                self.defined[one.said] = other.refs[0]

    def _wishes(self, clause: Clause, named: Named) -> Iterator[Wish]:
        complement = self.asked_for and clause.has("whether")
        self.asked_for = any(span.act() == "ask" for span in clause.spans) and not named.services
        if complement and named.services:
            yield Wish("request_access", "wish", (), "", tuple(named.services))
            return
        if clause.is_condition and not moods.asks(clause):
            return
        told = clause.has("says") and any(one.refs for one in named.people)
        reported = told and not any(s.tags["state"] == "missing" for _, s in clause.tagged("state"))
        if moods.asks(clause) or (reported and moods.aspect(clause, named)):
            self.asked = True
            yield from self._questions(clause, named)
            return
        if moods.takes_back(clause):
            given = values(clause)
            by_name = [span.mention for span in clause.spans if span.mention]
            yield Wish("undo_change", "wish", tuple(by_name or named.people), values=given)
            return
        if clause.has("language") and named.people and fields(clause) & {"email", "language"}:
            given = values(clause)
            yield Wish("edit_profile", "wish", self._whom(clause, named), values=given)
            return
        act_place, act = main_act(clause)
        if moods.withdraws(clause, act):
            yield Wish("request_status", "wish", (), "withdraw")
            return
        self._resolve_it(clause, named, act)
        task = task_of(act, verbs.about(clause, named)) if act else None
        task = task or verbs.stated(clause, named, alone=not self.wishes)
        if task is None:
            yield from self._carried_over(clause, named)
            return
        intent, change = task
        if change == GRANT and clause.has("nomore"):
            change = REVOKE
        if intent == CHANGE and clause.has("same") and not named.services:
            named = self._same_as(named)
        denied = act != "let_not" and act_place in named.negated
        denied = denied or (moods.want_denied(clause, named) and not clause.has("nomore"))
        if intent == "create_user" and not moods.is_plain(clause, named, act_place):
            return
        if (
            intent == CHANGE
            and change == GRANT
            and not denied
            and moods.for_oneself(clause, act_place)
        ):
            yield Wish("request_access", "wish", (), "", tuple(named.services))
            return
        if intent == CHANGE:
            yield from self._rights(clause, named, change, act, act_place, denied=denied)
            return
        given = values(clause)
        whom = [one for one in self._whom(clause, named) if one.said != given.get("name")]
        mood = "refusal" if denied else "wish"
        services = tuple(named.services)
        emails = given.get("email")
        if intent == "edit_profile" and isinstance(emails, list) and len(emails) == len(whom):
            for one, email in zip(whom, emails, strict=True):
                yield Wish(intent, mood, (one,), values=given | {"email": email})
            return
        if named.no_services:
            given["no_services"] = True
        yield Wish(intent, mood, tuple(whom), change, services, given)

    def _same_as(self, named: Named) -> Named:
        """As in "The same as Kevin": what the last one named can use, for the others."""
        *others, model = named.people or [Mention("")]
        person = self.context.person(model.value)
        if person is None or not others:
            return named
        services = [code for code in self.context.services if code in person.services]
        return replace(
            named,
            people=list(others),
            services=services,
            runs=[("people", list(others)), ("services", list(services))],
        )

    def _resolve_it(self, clause: Clause, named: Named, act: str) -> None:
        """As in "Take that away from him", "mets-y ça": the service that was mentioned before."""
        pronouns = [
            span.text.casefold()
            for place, span in clause.tagged("it")
            if is_pronoun(clause.spans, place)
        ]
        if (
            act not in {"give", "add", "remove", "let_not"}
            or not pronouns
            or (named.services or named.all_services)
        ):
            return
        person = clause.has("person") and act == "remove" and not verbs.is_indirect(clause)
        vague = set(pronouns) <= {"le", "la", "l", "lé"} and not verbs.is_indirect(clause)
        services = self.before.services[-1:] or (() if vague else self.context.topic.services)
        if services and not person:
            named.services = named.not_services or list(services)
            if vague and not clause.has("person"):
                named.people = []

    def _whom(self, clause: Clause, named: Named) -> tuple[Mention, ...]:
        """Return whom a wish is about: named here, or spoken of before."""
        if named.people or named.somebody or named.all_people:
            return tuple(named.people)
        act_place = main_act(clause)[0]
        holder = self.context.holder
        by_name = [place for place, _ in clause.tagged("own_name") if 0 <= act_place < place]
        if holder and by_name:  # "remove Diane", typed by Diane
            return (Mention(clause.spans[by_name[0]].text, (holder.ref,)),)
        oneself = moods.about_oneself(clause) and main_act(clause)[1] not in {
            "remove",
            "delete",
        }
        return tuple(self.before.people[-1:]) if not oneself else ()

    def _rights(
        self, clause: Clause, named: Named, change: str, act: str, act_place: int, *, denied: bool
    ) -> Iterator[Wish]:
        exact = verbs.is_exact(clause, named)
        wanted = [place for place, _ in clause.tagged("want")]
        between = clause.spans[wanted[0] : act_place] if wanted and act_place >= 0 else ()
        subject = any(one.has("person", "he", "all_people") for one in between) or act == "let_not"
        if denied and act in {"let_not", "give"} and subject and named.services:
            change, denied = REVOKE, False
        if exact and change != REVOKE:
            change = SET
        if act == "keep" and not exact:
            return
        if change == REVOKE and not named.services and not named.all_services:
            everything = (clause.has("field") or named.no_services) and act != "change"
            named.services = list(self._services_before()) or (
                list(self.context.services) if everything else []
            )
        services = [one for one in named.services if one]
        mood = "refusal" if denied else "wish"
        people: Sequence[Mention] = ()
        for whom, what in pairs(named, services):
            people = whom or self._whom(clause, named)
            yield Wish(CHANGE, mood, tuple(people), change, tuple(what), values(clause))
        if named.denied_services and change == GRANT and people:
            yield Wish(CHANGE, mood, tuple(people), REVOKE, tuple(named.denied_services))

    def _services_before(self) -> Sequence[str]:
        return self.before.services[-1:] or self.context.topic.services

    def _carried_over(self, clause: Clause, named: Named) -> Iterator[Wish]:
        """Read what goes on with the clause before, without a verb: "… TV, and Jo usage"."""
        last = self.wishes[-1] if self.wishes else None
        stands_alone = clause.has("not_there", "still") or main_act(clause)[1] in DOING
        apart = clause.spans[0].starts_sentence and clause.spans[0].first > 0
        told = sum(span.is_content for span in clause.spans)
        if apart and told > 1 and not clause.has("also", "same", "actually"):
            return
        if last is None or stands_alone or last.mood == "question":
            return
        gone = {one.value for one in named.not_people} & {one.value for one in last.whom}
        if clause.has("actually", "no", "wrong", "instead") or gone:
            if named.people or named.services:
                people, services = tuple(named.people), tuple(named.services)
                self.wishes[-1] = replace(
                    last, whom=people or last.whom, services=services or last.services
                )
            return
        services = tuple(named.services)
        if (
            last.intent == CHANGE
            and last.change == GRANT
            and named.denied_services
            and not services
        ):
            yield replace(last, change=REVOKE, services=tuple(named.denied_services))
            return
        if last.intent == CHANGE and (named.people or services):
            mood = "wish" if not named.no_services else "refusal"
            people = tuple(named.people) or last.whom
            if services or named.people:
                yield replace(last, mood=mood, whom=people, services=services or last.services)
        elif last.intent == "edit_profile" and named.people and clause.has("email"):
            yield replace(last, whom=tuple(named.people), values=values(clause))
        elif named.people and last.intent in {"delete_user", "unlock_user", "reset_password"}:
            yield replace(last, whom=tuple(named.people))

    def _questions(self, clause: Clause, named: Named) -> Iterator[Wish]:
        """What is asked about people of the account, or about what was done."""
        how = any(span.tags["wh"] == "how" for _, span in clause.tagged("wh"))
        if clause.has("remaining") and clause.has("me", "act", "somebody", "field"):
            yield Wish("list_users", "question", values={"aspect": "people"})
        if how or clause.has("whether"):
            return
        request = any(span.tags["field"] == "request" for _, span in clause.tagged("field"))
        asked = request or (clause.has("answered") and not named.services)
        if asked and not clause.has("invitation"):
            yield Wish("request_status", "question", tuple(named.people))
            return
        _, act = main_act(clause)
        whom = tuple(named.people) or self._asked_before(clause, named)
        done = clause.has("ask_done") or moods.is_passive(clause)
        if done and act in moods.DONE:
            yield Wish("show_history", "question", whom, values={"acts": [moods.DONE[act]]})
        elif clause.has("ask_done") and not named.people and not named.services:
            yield Wish("show_history", "question", (), values={"last": True})
        aspect = moods.aspect(clause, named)
        account = any(span.tags["field"] == "account" for _, span in clause.tagged("field"))
        if not aspect and account and moods.asks_who(clause) and not whom:
            yield Wish("list_users", "question")
        elif done and act in moods.DONE:
            return
        elif aspect and (whom or named.all_people or moods.asks_who(clause)):
            yes_no = not clause.has("wh") and not any(s.act() == "show" for s in clause.spans)
            given = {"aspect": aspect, "yes_no": yes_no}
            yield Wish("list_users", "question", whom, services=tuple(named.services), values=given)

    def _asked_before(self, clause: Clause, named: Named) -> tuple[Mention, ...]:
        if not named.refers and not moods.spoken_of(clause):
            return ()
        return tuple(self.before.people) or Mention.each(self.context.topic.people)
