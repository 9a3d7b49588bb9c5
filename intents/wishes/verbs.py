"""What the verb of a clause wishes for, or what a clause wishes for without one."""

from collections.abc import Sequence
from itertools import pairwise

from intents.clauses.clause import DOING, Clause
from intents.clauses.leaving import is_unwanted
from intents.clauses.telling import has_it
from intents.spans.restricting import ALONE
from intents.spans.span import Span
from intents.tasks import CHANGE, GRANT, PROFILE, REVOKE
from intents.values.phrases import codes_of
from intents.who.named import Named
from intents.wishes import measures, moods, reports
from intents.wishes.acts import main_act
from intents.wishes.given import says_a_name


def of_profile(clause: Clause, named: Named, act: str) -> bool:
    """As in "her e-mails in French", "put that address on his profile"."""
    newcomer = act == "add" and not all(mention.refs for mention in named.people)
    written = clause.has("writes") or clause.values("field") & {"email", "language"}
    spoken = clause.has("language") and bool(written)
    spoken = spoken or _is_put_in_a_language(clause, named, act)
    his = clause.has("he") and not clause.has("person")
    put = clause.has("email") and (his or (act == "add" and "email" in clause.values("field")))
    somebody = named.people or named.refers
    return bool(somebody) and not newcomer and (spoken or (put and act in {"add", "change"}))


def _is_put_in_a_language(clause: Clause, named: Named, act: str) -> bool:
    """As in "mets Théo en français", "put Jo in French": of somebody there is nothing else."""
    others = clause.has("service", "all_services", "email", "off", "neg", "request")
    others = others or bool(clause.values("field") - {"account"})
    known = all(mention.refs for mention in named.people) if named.people else named.refers
    told = any(span.is_content for span in clause.spans)
    return act in {"add", "change"} and clause.has("language") and known and not (others or told)


def stated(clause: Clause, named: Named, *, alone: bool) -> tuple[str, str] | None:  # noqa: C901, PLR0912 -- the surer first
    """What is wished for by saying how things are, or shall be: "Hugo may see the bill"."""
    lasts = clause.has("until") and clause.has("modal") and named.services  # "he still may, …"
    if (clause.has("still") and not lasts) or _goes_on(clause):
        return None
    already = any(can.has("modal") and so.has("ask_done") for can, so in pairwise(clause.spans))
    if already or (clause.has("long_ago") and not clause.has("want")):
        return None  # "Hélène can already see the bill", "she could see it back then"
    if clause.has("thanks_for") and not clause.has("want", "modal", "ask_bot"):
        return None
    if clause.has("says") and not reports.is_told_by_a_thing(clause):
        return None
    services = bool(named.services or named.all_services or clause.has("same_access"))
    goes_on = clause.has("goes_on") or "keep" in clause.values("act")
    if goes_on and clause.has("until") and services:
        return (CHANGE, GRANT)  # "he keeps the TV until Sunday"
    if services and clause.has("stops") and clause.has("later"):
        return None  # "her TV should stop on Saturday": not today
    plain = any(mention.refs or mention.relation for mention in named.people)
    people = bool(named.people) and (plain or clause.has("he", "they"))
    fields, state = clause.values("field"), clause.values("state")
    if "missing" in state and "invitation" in fields:
        return ("resend_invitation", "")
    if "invitation" in fields and clause.has("again") and not clause.has("state"):
        return ("resend_invitation", "")  # "fire that invite off again"
    if "invitation" in fields and plain and not services and _calls_off(clause):
        return ("delete_user", "")
    if "locked" in state and (of_them := _of_the_locked(clause, services=services)):
        return of_them
    if "suspended" in state and clause.has("nomore", "needless"):
        return ("resume_user", "")  # "no need anymore for Kevin to stay suspended"
    bidden = clause.has("want", "instead", "modal", "ask_bot")
    if "suspension" in fields and clause.has("until") and bidden:
        return ("suspend_user", "")  # "I'd rather his suspension ended in ten days"
    if "suspension" in fields and clause.has("enough") and not named.people:
        return ("suspend_user", "")  # "a suspension will be enough"
    if "suspended" in state and _is_wanted_locked(clause):
        return ("suspend_user", "")
    if clause.has("language") and named.people and fields & {"email", "language"}:
        return ("edit_profile", "")
    link = clause.has("reset_noun") or {"link", "password"} <= fields
    link = link and not (_is_needless(clause) or _has_come(clause))
    link = link and clause.values("act") <= {"use"}
    if link and (named.people or named.somebody):
        return ("reset_password", "")
    if clause.has("nomore"):
        wants = [at for at, _ in clause.tagged("want")]
        unable = named.not_services and _is_unable(clause, wants)  # "enough if she can't pay"
        if services or unable or named.no_services or "use" in clause.values("act"):
            return (CHANGE, REVOKE)
        off = ("account" in fields or clause.has("off")) and is_unwanted(clause)
        said = next(at for at, _ in clause.tagged("nomore"))
        off = off and not any(span.has("neg") for span in clause.spans[:said])
        return ("delete_user", "") if people and off else None  # not "he can't enter any more"
    if clause.has("off") and people and not services and _leaves(clause):
        return ("delete_user", "")
    told = any(span.is_content for span in clause.spans) or clause.has("is", "was")
    alone = alone and bool(named.people) and not (told or clause.has("act", "state"))
    theirs = bool(named.people) or named.refers  # not in "nothing needs doing"
    if named.no_services and theirs and (clause.has("want", "modal") or alone):
        return (CHANGE, REVOKE)
    addresses = len(list(clause.tagged("email")))
    known = all(mention.refs for mention in named.people) and clause.values("act") <= {"use"}
    if addresses > 1 and known and len(named.people) == addresses:
        return ("edit_profile", "")  # "Kevin's is k@example.com and Tyler's t@example.com"
    known = any(mention.refs for mention in named.people) or clause.has("he")
    if known and clause.has("email") and "change" in clause.values("act"):
        return ("edit_profile", "")
    if fields & PROFILE and (
        (known and clause.has("email")) or says_a_name(clause, named, known=known)
    ):
        return ("edit_profile", "")
    if clause.has("same_access") and len(named.people) > 1 and clause.values("act") <= {"use"}:
        return (CHANGE, GRANT)  # "same access as Kevin for Jo"
    more = "access" in fields and clause.has("want") and not clause.has("neg", "no", "without")
    if more and people and not services:
        return (CHANGE, GRANT)  # "Kevin needs other access": which, is asked
    wished = services and (_is_wished(clause, named) or _is_bare(clause, named))
    return (CHANGE, GRANT) if wished else None


def _is_wished(clause: Clause, named: Named) -> bool:
    """Whether what somebody has, or uses, is how it shall be: "Hugo may see the bill"."""
    if clause.has("only", "nothing_else", "enough") or moods.is_bidden(clause):
        return True
    if ALONE in clause.values("nobody"):
        return True  # "only Kevin pays from now on"
    if not (clause.has("me") or named.people or named.refers):
        return False
    if clause.has("modal", "want", "ask_bot", "aux_polite"):
        return True
    if named.exact and not clause.has("was", "owns"):
        return True
    several = any(len(codes_of(span.value)) > 1 for _, span in clause.tagged("service"))
    return several and clause.has("passive")  # "Jo should be a …"


def _is_needless(clause: Clause) -> bool:
    """As in "she no longer needs a password link"; not in "a reset, it no longer works"."""
    nomore = next((at for at, _ in clause.tagged("nomore")), len(clause.spans))
    return any(at > nomore for at, _ in clause.tagged("reset_noun"))


def _has_come(clause: Clause) -> bool:
    """As in "he got the password link"; not in "he never got it"."""
    gets = any(
        who.has("person", "subject") and got.has_all("is", "owns")
        for who, got in pairwise(clause.spans)
    )
    return gets and not clause.has("neg", "no")


def is_withheld(clause: Clause, named: Named) -> bool:
    """As in "no TV for Jo until Saturday": said without a verb, and for a time, it is plain."""
    services = named.services or named.not_services
    for_a_time = clause.values("until") & {"until", "lasting"}
    thing = next((at for at, _ in clause.tagged("service")), 0)  # not in "TV for Jo, not for Kevin"
    denied = any(
        no.has("no", "neg", "without") and what.has("service", "filler") and not what.gap.strip()
        for no, what in pairwise(clause.spans[: thing + 1])
    )
    if not (services and named.people and for_a_time and denied) or clause.has("was"):
        return False
    around = (*_WHO, "service", "until", "neg", "without", "no", "filler", "aux", "polite")
    said = all(span.has(*around) for span in clause.spans)
    return said and clause.values("act") <= {"use"} and not clause.has("me")


def only_keeps(clause: Clause, named: Named) -> bool:
    """As in "the paying stays with me", "he keeps the TV": nothing is given or taken of it."""
    return main_act(clause)[1] == "keep" and not measures.is_exact(clause, named)


_TAKING = frozenset({"remove", "delete", "lock", "undo"})
_SOMEBODY = ("person", "he", "all_people")
_WHO = ("person", "all_people", "he", "they", "both", "other", "except", "but")


def _leaves(clause: Clause) -> bool:
    """As in "I want Kevin off my account", "Kevin off the account": nothing else is said."""
    wished = clause.has("want", "modal", "ask_bot") and not clause.has("field")
    around = ("off", "filler", "polite", "list_mark", "yes", *_WHO)
    return wished or all(span.has(*around) for span in clause.spans)


def _calls_off(clause: Clause) -> bool:
    """As in "cancel her invitation"; not in "cancel, the invitation is for Jo"."""
    return any(
        verb.has("cancel") and "," not in behind.gap for verb, behind in pairwise(clause.spans)
    )


def _describes(clause: Clause) -> bool:
    """As in "the locked one", "celui qui est barré": a state that tells who is meant."""
    states = [at for at, _ in clause.tagged("state") if at]
    before = [clause.spans[max(0, at - 2) : at] for at in states]
    if any(spans[-1].has("somebody") for spans in before):
        return True  # "une personne bloquée"
    return any(spans[-1].has("article") or spans[0].has("wh") for spans in before)


def _goes_on(clause: Clause) -> bool:
    """As in "Kevin can go on seeing the bill": he can already."""
    on = any(may.has("modal") and on.has("goes_on") for may, on in pairwise(clause.spans))
    return on and not clause.has("neg", "nomore", "until")


def _of_the_locked(clause: Clause, *, services: bool) -> tuple[str, str] | None:
    """As in "Kevin is locked", "I want Kevin locked", "make sure he is locked out of the TV"."""
    wanted = _is_wanted_locked(clause)
    if services:
        return (CHANGE, REVOKE) if wanted else None
    if _describes(clause) or moods.about_oneself(clause):
        return None
    return ("suspend_user" if wanted or clause.has("until") else "unlock_user", "")


def _is_wanted_locked(clause: Clause) -> bool:
    """As in "make sure Kevin is locked out", "bloque Zorbi": the state is what is wished for."""
    opening, *behind = clause.spans
    if opening.act() == "lock" and behind and all(span.is_content for span in behind):
        return True  # whoever that is
    small = ("is", "to", "article", "introduces")
    said = [span for span in clause.spans if span.has("he") or not span.has(*small)]
    whom = ("person", "he", "service")
    return any(
        (want.has("want") or _is_bidden_to_see(said[: at + 1]))
        and who.has(*whom)
        and (how.has("state") or (how.has(*whom) and any(s.has("state") for s in said[at + 3 :])))
        for at, (want, who, how) in enumerate(zip(said, said[1:], said[2:], strict=False))
    )


def _is_bidden_to_see(lead: Sequence[Span]) -> bool:
    """As in "make sure Kevin …", said first: not in "I had to make sure Kevin …"."""
    return lead[-1].has("ask_bot") and all(
        span.has("ask_bot", "polite", "but", "and") for span in lead
    )


def _is_bare(clause: Clause, named: Named) -> bool:
    """As in "TV for my husband", "access to the TV for Jo": hardly a word beside them."""
    who = ("person", "all_people", "both", "he", "they")
    what = ("service", "all_services", "something")
    around = ("filler", "also", "polite", "list_mark", "yes", "to", "only", "except", "but")
    said = [s for s in clause.spans if s.tags.get("field") != "access" and not s.has("gerund")]
    plain = all(span.has(*who, *what, *around, "neg", "without", "until") for span in said)
    does = any(map(Span.act, said)) or clause.has("me")
    for_them = len(said) == len(clause.spans) or any(  # not in "Kevin's TV access"
        to.has("to") and whom.has(*who) for to, whom in pairwise(clause.spans)
    )
    return plain and for_them and bool(named.people) and not (does or has_it(clause.spans))


def does_to_nothing(clause: Clause, act_place: int) -> bool:
    """As in "enlève-y rien", "renvoie rien": nothing stands right behind the verb."""
    following = clause.spans[act_place + 1 :] if act_place >= 0 else ()
    what = [span for span in following if not span.has("clitic", "to_whom")][:1]
    return any(span.has("no_services") for span in what)


def takes_nothing(clause: Clause, act_place: int, act: str) -> bool:
    """As in "take nothing off him", "rien à enlever": what a verb takes is nothing at all."""
    behind = clause.spans[act_place + 1 : act_place + 2] if act in DOING else ()
    if any(span.has("nobody") for span in behind) and not clause.has("except", "but", "other"):
        return True  # "we remove nobody"
    if act not in _TAKING or clause.has("except", "without", "but"):
        return False
    before = clause.spans[max(0, act_place - 2) : act_place]
    led = len(before) > 1 and before[0].has("no_services") and before[1].has("to")
    return led or does_to_nothing(clause, act_place)


def shall_not_have(clause: Clause, act: str, act_place: int) -> bool:
    """As in "I don't want him to have TV": a denied gift to somebody takes it away."""
    wanted = [at for at, _ in clause.tagged("want")]
    between = clause.spans[wanted[0] : act_place] if wanted and act_place >= 0 else ()
    somebody = any(span.has(*_SOMEBODY) for span in between)
    return act == "let_not" or (act == "give" and somebody) or _is_unable(clause, wanted)


def _is_unable(clause: Clause, wanted: list[int]) -> bool:
    """As in "it's enough if he can't see it": not being able to is what is wished for somebody."""
    cannot = [at for at, span in clause.tagged("neg") if wanted and at > wanted[0]]
    if not cannot or clause.values("act") - {"use", "give"}:
        return False
    subject = clause.spans[wanted[0] + 1 : cannot[0]]
    close = not any(span.gap.strip(" '’") for span in (*subject, clause.spans[cannot[0]]))
    plain = all(span.has(*_SOMEBODY, "introduces", "article") for span in subject)
    return close and plain and any(span.has(*_SOMEBODY) for span in subject)
