"""What is asked for: what waits for an answer, what is no longer wanted, what is not to be sent."""

from collections.abc import Sequence
from itertools import pairwise

from intents.clauses.clause import Clause
from intents.context import Context, Wish
from intents.spans.span import Span
from intents.tasks import CHANGE, REVOKE
from intents.values.phrases import codes_of
from intents.who.named import Named
from intents.wishes import measures
from intents.wishes.acts import denied_loss, main_act
from intents.wishes.heard import Heard
from intents.wishes.moods import is_refused
from intents.wishes.references import services_before

_WHO = ("somebody", "all_people", "person", "he", "they", "something", "all_services")
_WANTS = ("want", "wait", "waits")
_SENDS = frozenset({"", "reset", "send", "resend", "give"})
"""Verbs of what is sent, where a noun says what: "no password link for Jo please"."""
_SMALL = frozenset({"filler", "emphasis", "genitive"})
_THING = ("something", "all_services", "what_of", "answered")
_OTHERS = ("service", "email", "language", "you", "neg", "password")


def asks_what_waits(clause: Clause) -> bool:
    """As in "is anyone waiting on an answer from me?", "who needs my approval?"."""
    if clause.has(*_OTHERS) or clause.values("field") - {"request", "access"}:
        return False
    who = clause.has(*_WHO) or "who" in clause.values("wh")
    wants = clause.has(*_WANTS) or "missing" in clause.values("state")
    thing = clause.has(*_THING) or "who" in clause.values("wh")
    of_me = (thing and _is_from_me(clause)) or _is_my_answer(clause)
    return who and (clause.has("awaits_me") or (wants and of_me))


def shown(named: Named) -> Wish:
    """Return the question for what waits: of anybody it is one question, not one for each."""
    whom = () if named.all_people else tuple(named.people)
    return Wish("request_status", "question", whom)


def _is_from_me(clause: Clause) -> bool:
    """As in "from me", "de moi", "de ma part"."""
    return any(
        of.has("from", "genitive") and me.has("me") and not me.gap.strip()
        for of, me in pairwise(clause.spans)
    )


def _is_my_answer(clause: Clause) -> bool:
    """As in "my answer", "my ok", "mon accord"."""
    return any(
        my.has("me") and my.has("article") and what.has("yes", "answered", "consent")
        for my, what in pairwise(clause.spans)
    )


def want_denied(clause: Clause, named: Named, act: str, act_place: int) -> bool:
    """Whether a wish is denied; "drop my request, it isn't needed" says why it is dropped."""
    wants = [at for at, _ in clause.tagged("want") if at in named.negated]
    denied = not clause.has("owns", "was", "delivery") and act in _SENDS
    nothing = denied and any(
        no.has("no", "without", "neg")
        and what.has("reset_noun", "invite_noun")
        and not what.gap.strip()
        for no, what in pairwise(span for span in clause.spans if not _is_small(span))
    )  # "no password reset for Jo please"
    return nothing or any(act != "withdraw" or at < act_place for at in wants)


def _is_small(span: Span) -> bool:
    return span.has("article") or bool(span.tags and span.tags.keys() <= _SMALL)


def withdraws(clause: Clause, act: str, context: Context) -> bool:
    """As in "Cancel my request": no longer wished for. Only a holder speaks of that of others."""
    drops = (clause.has("cancel") and act != "remind") or act in {"delete", "remove", "undo"}
    own = clause.has("me", "own_request") or not (context.people or clause.has("person"))
    return drops and own and "request" in clause.values("field")


def withdrawn(heard: Heard, clause: Clause, named: Named) -> Wish:
    """Return what is no longer asked for: all of it, or as in "take that out of my request".

    What was said not to be needed before is that, and no wish by itself.
    """
    mood = "refusal" if is_refused(clause, "cancel", "act") else "wish"
    partly = any(
        of.has("from", "genitive", "out") and what.has("own_request")
        for of, what in pairwise(clause.spans)
    )
    told = services_before(heard) if partly and clause.has("it") else ()
    kept = measures.kept(clause)  # "drop the voicemail from my request, just the TV is enough"
    dropped = _before_the_request(clause)
    meant = [code for code in named.services if not dropped or code in dropped]
    services = tuple(code for code in meant or told if code not in kept)
    heard.wishes = [
        wish
        for wish in heard.wishes
        if wish.whom or wish.change != REVOKE or not {*wish.services} <= {*services}
    ]
    return Wish("request_status", mood, (), "withdraw", services)


def _before_the_request(clause: Clause) -> list[str]:
    """As in "drop the data from my request, the TV is all I need": only the data is dropped."""
    at = next((at for at, _ in clause.tagged("own_request")), 0)
    return [code for span in clause.spans[:at] for code in codes_of(span.value) if span.value]


def without_what_is_told(wishes: Sequence[Wish], parts: Sequence[Clause]) -> list[Wish]:
    """Leave out that somebody asks for it, where it is then given: "Jo wants the TV, so …"."""
    asked = any("?" in part.ends_in for part in parts)
    wished = [w for w in wishes if w.mood == "wish" and w.intent == CHANGE and not asked]
    return [
        wish
        for wish in wishes
        if not (
            (wish.intent, wish.mood) == ("request_status", "question")
            and wish.about
            and any(wish.about <= given.about for given in wished)
        )
    ]


def tells_of_request(clause: Clause, named: Named) -> bool:
    """As in "any requests?", "Hugo asked for something": there is one, and it is to be shown."""
    _, act = main_act(clause)
    if act in {"", "use"} and (asks_what_waits(clause) or _is_wanted_by(clause, named)):
        return True
    told = [at for at, span in enumerate(clause.spans) if span.tags.get("field") == "request"]
    return (
        bool(told)
        and not _commands(clause.spans, told[0])  # "please ask Diane" wishes for something
        and act in {"", "ask", "show", "use"}
        and set(clause.values("field")) == {"request"}
        and not named.services
        and not (clause.has("want", "neg") or clause.spans[0].has("yes", "no"))
        and not _is_ones_own(clause, told[0])
    )


def _is_ones_own(clause: Clause, request: int) -> bool:
    """As in "I asked for it"; not in "I gather Kevin has asked me for something"."""
    before = reversed(clause.spans[:request])
    subject = next((span for span in before if span.has("me", "person", "he")), None)
    theirs = subject is not None and not subject.has("me") and clause.has("something")
    return clause.has("me") and not theirs


def _is_wanted_by(clause: Clause, named: Named) -> bool:
    """As in "I got a mail saying Kevin wants something": nobody says what."""
    if any(not who.refs for who in named.people) or clause.values("field") - {"email", "request"}:
        return False
    said = [span.has("want") and thing.has("something") for span, thing in pairwise(clause.spans)]
    wanted = bool(said) and said[-1]
    return wanted and bool(named.people) and not clause.has("neg", "me", "service")


def _commands(spans: Sequence[Span], at: int) -> bool:
    """Whether a verb is what the bot is told to do: nobody else is said to do it."""
    led = all(span.has("polite", "ask_bot", "to", "list_mark") for span in spans[:at])
    return led and bool(spans[at].act() or not at)


def denies(clause: Clause, named: Named, act: str, act_place: int) -> bool:
    """Whether what a verb does is not wanted, or was never asked for."""
    denied = act != "let_not" and (
        act_place in named.negated or 0 <= act_place == denied_loss(clause)
    )
    wanted = want_denied(clause, named, act, act_place) and not clause.has("nomore")
    if act == "keep":  # "I don't need him to stay" wishes that he goes
        tells = any(span.is_content for span in clause.spans)  # "he keeps no tidy account"
        away = denied or wanted or clause.has("nomore")
        return tells or not away
    return denied or wanted


def tells_what_i_have(clause: Clause) -> bool:
    """As in "I can only see the bill": whoever says so wishes for something else, behind it."""
    return clause.has("only") and not clause.has("want", "ask_bot", "please", "aux_polite", "until")
