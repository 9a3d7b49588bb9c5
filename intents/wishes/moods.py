"""Whether a clause asks, wishes, takes something back, and of whom it speaks."""

from collections.abc import Sequence
from itertools import pairwise

from intents.clauses.clause import DOING, Clause
from intents.clauses.inverted import is_inverted, without_cleft
from intents.clauses.once import once
from intents.context import Context
from intents.spans.grammar import is_pronoun
from intents.spans.span import Span
from intents.who.named import Named
from intents.wishes.acts import DONE, main_act


@once
def spoken_of(clause: Clause) -> bool:
    """Whether a pronoun stands for somebody: "does she have TV"."""
    return any(
        span.has("he", "they") and is_pronoun(clause.spans, at)
        for at, span in enumerate(clause.spans)
    )


def is_plain(clause: Clause, named: Named, act_place: int) -> bool:
    """Whether somebody is named or asked for, or the verb stands where a command stands."""
    known = any(mention.refs for mention in named.people)
    joins = "account" in clause.values("field") and not known
    if named.people or named.somebody or clause.has("email") or joins:
        return True
    return is_command(clause, act_place)


_LEADING = ("polite", "yes", "no", "list_mark", "ask_bot", "want", "also", "emphasis", "but")


def is_command(clause: Clause, act_place: int) -> bool:
    """Whether the verb stands where a command stands, or is asked for."""
    before = clause.spans[: max(0, act_place)]
    leads = all(span.has(*_LEADING, "filler", "instead", "actually", "person") for span in before)
    asked = any(span.has("want", "ask_bot") for span in before)
    return asked or (leads and not any(span.has("aux", "wh", "hedge") for span in before))


def is_unwilling(clause: Clause, act_place: int) -> bool:
    """As in "I don't want to give him TV": whoever writes does not do it; who has it keeps it."""
    for at, span in clause.tagged("nomore"):
        between = clause.spans[at + 1 : max(at + 1, act_place)]
        if at < act_place and span.has("want", "neg", "unwilling"):
            return not any(subject.has("person", "he", "they", "all_people") for subject in between)
    return False


def puts_right(clause: Clause, act: str) -> bool:
    """As in "Sorry, the voicemail": a clause that opens with taking something back."""
    whole = clause.has("also", "want", "modal")  # "actually, she needs the voicemail"
    turns = not (act or whole) and clause.spans[0].has("actually", "wrong")
    return turns or says_what_was_meant(clause)


@once
def says_what_was_meant(clause: Clause) -> bool:
    """As in "but I meant the data", "it's the TV I wanted": not in "actually, the data"."""
    said = [span for span in clause.spans if not span.has("article", "polite", "as_whom")]
    first, second = (*said, None, None)[:2]
    if first is not None and second is not None and first.has("but") and second.has("actually"):
        return not clause.values("act")
    cleft = said[1:5] if first is not None and first.has("but") else said[:4]
    kinds = (("link_name",), ("service", "person"), ("me",), ("want",))
    return len(cleft) == len(kinds) and all(
        span.has(*each) for span, each in zip(cleft, kinds, strict=True)
    )


def only_asks(clause: Clause) -> bool:
    """As in "Did you do it, remove Kevin?", "the difference between adding …": more follows."""
    return (
        clause.has("compares")
        or is_inverted(clause)
        or (
            clause.has("asking")
            and all(span.has("asking", "filler", "polite") for span in clause.spans)
        )
    )


def is_bidden(clause: Clause) -> bool:
    """As in "que Jo regarde la conso": said of nobody but whom it is wished for."""
    leads, who = (*clause.spans[:2], None, None)[:2]
    bids = leads is not None and leads.has("introduces") and leads.starts_sentence
    told = clause.has("neg", "nomore", "me") or any(span.is_content for span in clause.spans)
    return bids and who is not None and who.has("person") and not told


def only_rest(clause: Clause) -> bool:
    """As in "The rest, I do not want her to have": only named, for what follows."""
    return clause.has("rest") and all(span.has("rest", "filler", "but") for span in clause.spans)


def asks_who(clause: Clause) -> bool:
    return "who" in clause.values("wh")


def asks_who_did(clause: Clause) -> bool:
    """As in "who removed Hugo": "who" itself does what is asked about."""
    return any(
        asking.tags.get("wh") == "who"
        and doing.act() in DONE
        and doing.tags.get("field") != "access"  # "who's allowed to pay"
        for asking, doing in pairwise(clause.spans)
    )


_BEFORE_A_QUESTION = ("polite", "yes", "but", "list_mark", "also", "wait", "actually")


def _leads_to_a_question(span: Span) -> bool:
    return span.has(*_BEFORE_A_QUESTION) or span.tags.get("hedge") == "sound"


def _is_asked_for(said: Sequence[Span]) -> bool:
    """As in "could Léa be unlocked": somebody, and what is to be done with them."""
    polite = any(span.has("aux_polite") for span in said)
    who = next((at for at, span in enumerate(said) if span.has("person", "he")), len(said))
    return polite and any(span.act() in DOING for span in said[who + 1 :])


def _is_asked_to_do(said: Sequence[Span]) -> bool:
    """As in "any idea, can you remove Jo"; not in "can you tell me if Jo …"."""
    asked = [at for at, span in enumerate(said) if span.has("ask_bot")]
    return any(not any(span.has("asking") for span in said[at + 1 : at + 2]) for at in asked)


@once
def asks(clause: Clause) -> bool:  # noqa: C901, PLR0912 -- what asks, in its order
    """Whether a clause asks how things are, instead of asking for something to be done."""
    said = without_cleft([s for s in clause.spans if not _leads_to_a_question(s)], clause.ends_in)
    opening = next(
        (s for s in said if not s.has("filler") or s.has("wh", "aux", "want", "lets")), None
    )
    if opening is None:
        return False
    if (clause.has("please") or opening.has("would")) and _is_asked_for(said):
        return False  # "could Léa be unlocked"
    if clause.spans[0].has("or") and "?" in clause.ends_in:
        return True  # "can he still see it, or is that over?"
    if clause.ends_in == "" and len(said) == 2 and opening.has("is") and said[1].has("person"):  # noqa: PLR2004
        return False  # "is helene", for "it's Hélène"
    if opening.has("any_of") and len(said) > 1 and said[1].has("state"):
        return True  # "anyone locked right now"
    please = clause.spans[0].has("please")  # "please have her mails come in English"
    had = opening.act() == "use" and (please or any(span.act() in DOING for span in said))
    if had and (clause.spans[0].has("polite") or "?" not in clause.ends_in):
        return False  # "Please have it reset", "Have her access withdrawn"
    if (clause.has("asking") and not _is_asked_to_do(said)) or is_inverted(clause):
        return True
    asked_about = [p for p, _ in clause.tagged("ask_bot") for q, _ in clause.tagged("wh") if q > p]
    if asked_about and not any(span.act() in DOING - {"show"} for span in said):
        return True
    if any(span.has("ask_bot") and (span is opening or not span.act()) for span in said):
        subject = any(
            span.has("person", "he")
            and asks.has("ask_bot")
            and (span.has("person", "subject") or "," not in asks.gap)  # "… avec lui, tu peux"
            and not (said[0].act() in DOING and "," in asks.gap)  # "débloquez-la, voulez-vous"
            and ("?" in clause.ends_in or not asks.has("want"))
            for span, asks in pairwise(said)
        )
        return subject or any(span.act() == "show" for span in said)
    told = clause.spans[0].has("subject") and "?" not in clause.ends_in  # "il a été convenu que …"
    if (opening.has("wh", "ask_done") and not told) or opening.act() == "show":
        return opening.act() != "show" or len(said) > 1
    asked = clause.has("whether", "or", "all_people", "somebody")  # "can anyone see it please"
    begs = clause.has("please", "nowadays", "concludes", "until")  # "… so he stops asking"
    begged = begs and not asked and _may(opening)
    polite = opening.has("aux_polite") or begged
    if polite and (clause.has("language") or not clause.has("me")):
        asks_for = bool(clause.values("act") & {"use", "give", "send"})
        asked_for = asks_for or clause.has("language")
        if asked_for and clause.has("service", "all_services", "language", "reset_noun"):
            return clause.has("ask_done")  # "could Jo already use the TV?"
    if opening.has("would") and clause.has("language") and clause.has("field", "writes"):
        return False
    behind = _behind_article(said[said.index(opening) + 1 :], clause)
    does = opening.has_all("aux", "owns") and not clause.has("ask_bot", "please")
    if does and behind and behind[0].has("you", "gerund"):
        return True  # "do you send the link by mail", "does unlocking cost anything"
    if opening.has("aux") and not opening.has("neg") and behind:
        kinds = (*_ASKED_OF, "he", "they", "it", "service", "me", "field")
        if behind[0].has(*kinds) or "asks" not in clause.values("aux"):
            return behind[0].has(*kinds) and behind[0].tags.get("clitic") != "object"
    given = clause.has("is_given", "lets") and "?" not in clause.ends_in  # "… data gone through"
    if "asks" in clause.values("aux"):
        return True
    states = any(who.has("subject") and to_be.has("is") for who, to_be in pairwise(said))
    states = states and "?" not in clause.ends_in  # "she is on the account already"
    if len(said) > 1 and said[-1].has("ask_done", "asking") and not (given or states):
        return True
    question = "?" in clause.ends_in
    if question and clause.has("you") and main_act(clause)[1] in DONE and not clause.has("want"):
        return True
    return question and opening.act() not in DOING


def _may(opening: Span) -> bool:
    """As in "can Jo have …", "est-ce que Jo peut avoir …"; not in "does Jo have …", "is Jo …"."""
    return opening.has("aux") and not opening.has("is", "owns", "was", "ask_done", "neg")


_ASKED_OF = ("person", "all_people", "somebody", "other")


def leaves_oneself(
    clause: Clause, named: Named, context: Context, act_place: int, act: str
) -> bool:
    """As in "remove me", "I want to leave this account", "delete my account"."""
    known = any(mention.refs for mention in named.people) or bool(named.not_people)
    known = known or (named.refers and clause.has("nomore"))  # "I don't want him on my account"
    if known or named.somebody or named.all_people or named.services or named.all_services:
        return False
    strangers = any(not mention.relation for mention in named.people)
    if clause.has("something", "request") or (strangers and context.people):
        return False
    if any(who.has("he", "they") and away.has("off") for who, away in pairwise(clause.spans)):
        return False  # "I want him off my account"
    if act in {"delete", "remove"} or (act == "give" and clause.has("switched_off", "off")):
        behind = clause.spans[act_place + 1 : act_place + 4]
        named_behind = strangers and any(span.has("person") for span in behind)
        others = _is_done_by_others(clause.spans[: max(0, act_place)])
        return not (named_behind or others) and _does_to_me(clause, act_place, act)
    account = clause.has("off") or "account" in clause.values("field")
    wants = clause.has("want", "modal", "ask_bot", "unwilling", "wh")
    goes = clause.has("departs") or (clause.has("off") and not act and wants)
    return clause.has("me") and account and (goes or (clause.has("nomore") and not act))


def _is_done_by_others(before: Sequence[Span]) -> bool:
    """As in "a text saying they will cut me off": a threat, and no wish."""
    if len(before) < len("ab"):
        return False
    who, will = before[-2:]
    if not will.has("aux") or will.has("ask_bot"):
        return False
    return who.is_content or who.has("they", "he", "person")


def _does_to_me(clause: Clause, act_place: int, act: str) -> bool:
    """As in "remove me", "to be removed"; and in "delete my account"."""
    beside = clause.spans[max(0, act_place - 1) : act_place + 2]
    behind = clause.spans[act_place + 2 : act_place + 3]
    thing = any(span.has("it") and not span.has("clitic", "me") for span in behind)
    if not thing and any(span.has_all("me", "to_me") for span in beside):  # not "ôte-moi ça"
        return True
    if beside[0].has("passive", "is") and beside[0].act() == "":
        return clause.has("me") and clause.has("want", "ask_bot")
    behind = clause.spans[act_place + 1 : act_place + 3]
    mine = any(span.has("own_account") for span in behind) or any(
        own.has("me") and own.has("article") and what.tags.get("field") == "account"
        for own, what in pairwise(behind)
    )
    return act != "give" and mine


def _behind_article(spans: Sequence[Span], clause: Clause) -> Sequence[Span]:
    """As in "is the invitation still good": the thing itself is what is asked about."""
    first, second = (*spans, None, None)[:2]
    if first is None or second is None or not first.has("article"):
        return spans
    asked = "?" in clause.ends_in or clause.has("still", "delivery")
    return spans[1:] if asked and second.has("field") else spans


def is_refused(clause: Clause, *kinds: str) -> bool:
    """Whether a *not* stands before a word of these kinds; "drop it, don't bother" drops it."""
    at = next((at for at, span in enumerate(clause.spans) if span.has(*kinds)), 0)
    return any(span.has("neg", "unwilling") for span in clause.spans[:at])


def takes_back(clause: Clause) -> bool:
    """As in "Annule la suppression de Hugo", "cancel F-1204": of something that was done."""
    return (clause.has("cancel") and clause.has("receipt")) or any(
        opening.has("cancel") and article.has("article") and verb.act() in DOING
        for opening, article, verb in zip(
            clause.spans, clause.spans[1:], clause.spans[2:], strict=False
        )
    )


def about_oneself(clause: Clause) -> bool:
    return clause.has("me") and not clause.has("person", "all_people") and not spoken_of(clause)


def for_oneself(clause: Clause, act_place: int) -> bool:
    """Whether access is wished for whoever writes: "give me TV", "I would like to pay"."""
    if not about_oneself(clause) or (clause.has("somebody", "it") and clause.has("both")):
        return False
    if act_place < 0:
        return not clause.has("somebody")
    beside = clause.spans[max(0, act_place - 1) : act_place + 3]
    return any(span.has("me") and span.has("to_me") for span in beside)
