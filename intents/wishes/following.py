"""What a clause wishes for somebody of whom the clauses before told something."""

from collections.abc import Iterator, Sequence

from intents.clauses.clause import Clause
from intents.context import Mention, Wish
from intents.tasks import GRANT, NAMES, REVOKE
from intents.who.named import Named
from intents.wishes.given import is_compared, values
from intents.wishes.heard import Heard

_PUTS = frozenset({"add", "change", "give", "send", "turn"})
"""What is done with mails, or a profile, so that they are in a language."""


def without_the_way_back(earlier: Sequence[Wish], wishes: Sequence[Wish]) -> list[Wish]:
    """As in "take the TV away until Friday, he can have it back after that": the end, told."""
    ended = [
        wish
        for wish in earlier
        if wish.mood == "wish" and ("until" in wish.values or wish.intent == "suspend_user")
    ]
    return [wish for wish in wishes if not any(_comes_back(wish, before) for before in ended)]


def _comes_back(wish: Wish, before: Wish) -> bool:
    same = wish.about <= before.about and wish.mood == "wish" and "until" not in wish.values
    opposed = {wish.change, before.change} == {GRANT, REVOKE}
    back = opposed and {*wish.services} == {*before.services}
    comes_in = before.intent == "suspend_user" and wish.intent in {"resume_user", "unlock_user"}
    return same and (back or comes_in)


def take_note(heard: Heard, clause: Clause, named: Named) -> None:
    """Remember what is told of somebody's language, address and name, for what follows."""
    renames = "rename" in clause.values("act") or bool(clause.values("field") & NAMES)
    heard.renames |= renames and any(who.refs for who in named.people)
    heard.named_anew = _told_anew(heard, clause, named) or heard.named_anew
    if clause.has("in_short"):  # "…, anyway, take the TV": what was told before is an aside
        heard.ends_alone = ""
    told = [who for who in named.people if who.refs]
    if told and clause.has("language") and not clause.has("neg", "nomore"):
        heard.tongue = (told[0], _better(clause))
    if told and "email" in clause.values("field"):
        again = heard.readdresses and heard.addressed == told[-1]  # "…, he dropped hotmail"
        heard.addressed = told[-1]
        heard.readdresses = again or bool(clause.has("email") and clause.values("act"))
        heard.readdresses |= "change" in clause.values("act")


def _better(clause: Clause) -> str:
    """Return the language somebody has; "better than English" compares the first with it."""
    spoken = [(at, span) for at, span in clause.tagged("language")]
    compared = [at for at, span in spoken if is_compared(clause.spans, at)]
    left = [span.value for at, span in spoken if at not in compared]
    return left[-1] if left else spoken[0][1].value


def lacks_invitation(heard: Heard, clause: Clause, named: Named, act: str) -> bool:
    """As in "Jo never got her invite"; of whoever is invited also "he got nothing"."""
    spoken = heard.fields if clause.has("link_name", "it") else set()  # "…, I think it expired"
    fields = (clause.values("field") | spoken) - {"email", "link"}
    lacks = act in {"", "use"} and clause.has("neg", "without") and clause.has("person", "he")
    lacks = lacks and not clause.has("want", "modal") and "invitation" in fields
    if not lacks and ("missing" not in clause.values("state") or _lost_a_thing(clause)):
        return False
    if act not in {"", "add", "give", "use"}:
        return False
    invited = {who.ref for who in heard.context.people if who.status == "invited"}
    refs = [set(mention.refs) for mention in named.people]
    waits = bool(refs) and all(whose and whose <= invited for whose in refs)
    return "invitation" in fields or (waits and not fields and not named.services)


def _lost_a_thing(clause: Clause) -> bool:
    """As in "Jo lost her phone"."""
    spans = zip(clause.spans, clause.spans[1:], clause.spans[2:], strict=False)
    return any(
        lost.has("loses") and whose.has("possessive", "article", "he") and what.is_content
        for lost, whose, what in spans
    )


def profile(heard: Heard, clause: Clause, act: str) -> list[Wish]:
    """As in "Jo reads French better, so her mails should come like that"."""
    written = bool(clause.values("field") & {"email", "language"}) or clause.has("writes")
    wished = clause.has("want", "ask_bot", "modal", "passive") and act in {"", "use", "send"}
    others = clause.has("email", "language", "neg", "me", "person")
    if heard.tongue and written and wished and not others:
        who, language = heard.tongue
        return [Wish("edit_profile", "wish", (who,), values={"language": language})]
    return []


def in_that_language(heard: Heard, clause: Clause, named: Named, act: str) -> Wish | None:
    """As in "Jo prefers French, can you put her mails in that language": the one just named."""
    meant = "language" in clause.values("field") and not clause.has("language")
    mine = clause.has("me", "own_account", "neg", "unwilling", "nomore", "service")
    if heard.tongue is None or act not in _PUTS or not meant or mine:
        return None
    who, language = heard.tongue
    others = [mention for mention in named.people if mention.value != who.value]
    unknown = any(span.is_content for span in clause.spans)  # "put the language in Spanish"
    if unknown or (others and not clause.has("that_language")):
        return None  # "Kevin speaks English. Change Jo's language": to which, is not said
    whom = tuple(named.people) or (who,)
    return Wish("edit_profile", "wish", whom, values={"language": language})


def new_address(heard: Heard, clause: Clause, act: str) -> Wish | None:
    """As in "I got Jo's address wrong. It should be jo@…": whose was spoken of."""
    who: Mention | None = heard.addressed
    others = clause.has("person", "somebody", "me", "own_account", "service", "also")
    instead = clause.has("instead", "in_stead")  # "…, put jo@… instead"
    told = any(span.is_content for span in clause.spans)  # "…, put a new guy on: bob@…"
    put = act == "change" or (act == "add" and (instead or (heard.readdresses and not told)))
    put = put or (heard.readdresses and _only_gives_it(clause))
    email = heard.given.get("email") if clause.has("it") else None  # "…, put that on the account"
    if who is None or not put or not (clause.has("email") or email) or others:
        return None
    given = {"email": email} if email else {}
    return Wish("edit_profile", "wish", (who,), values={**given, **values(clause)})


def _only_gives_it(clause: Clause) -> bool:
    """As in "la nouvelle c'est jo@…", "the new one is jo@…": an address, and what leads to it."""
    small = ("filler", "explains", "is", "to", "one_more", "link_name", "polite", "article")
    said = [span for span in clause.spans if not span.has("polite")]
    ends_so = len(clause.tagged("email")) == 1 and bool(said) and said[-1].has("email")
    ends_so = ends_so and not clause.has("was")  # "c'était jo@…"
    return ends_so and all(span.has("email", *small) for span in clause.spans)


def renamed(heard: Heard, clause: Clause, named: Named, act: str) -> Wish | None:
    """As in "Hélène changed her name, it's Hélène Roy now": whoever has that first name.

    So does "put Hélène Roy instead of Hélène Bouchard"; and "her name is Hélène Roy. Update it".
    """
    new = _new_names(named)
    spoken = dict.fromkeys([*heard.people, *named.not_people])
    known = [who for who in spoken if who.refs and new and _shares_a_name(who, new[0])]
    if act == "rename" and (alone := _alone_anew(heard, clause, named)) is not None:
        return alone
    told = heard.renames and clause.has("link_name") and not clause.values("act")
    told = told or (bool(new) and _is_called_now(clause, new[0]))
    swapped = {who for who in known if who in [*named.people, *named.not_people]}
    instead = clause.has("instead", "neg") and act in {"", "add", "change", "rename"}
    told = told or (instead and bool(swapped) and not clause.has("service"))
    told = told or (bool(swapped) and _is_of_the_name(clause) and act in _RENAMING)
    if told and len(new) == 1 and len({who.refs for who in known}) == 1:
        return Wish("edit_profile", "wish", (known[0],), values={"name": new[0].said})
    if act in _RENAMING and (anew := _told_anew(heard, clause, named)):
        return Wish("edit_profile", "wish", anew[:1], values={"name": anew[1]})
    if heard.named_anew is None or act not in _RENAMING or new or not _is_of_the_name(clause):
        return None
    (who, name), heard.named_anew = heard.named_anew, None
    others = [each for each in named.people if each.refs != who.refs]
    pointed = clause.has("it", "he") or clause.values("field") & (NAMES | {"account"})
    said = any("name" in wish.values and wish.about == {who.value} for wish in heard.wishes)
    if others or said or not pointed:
        return None
    return Wish("edit_profile", "wish", (who,), values={"name": name})


def _alone_anew(heard: Heard, clause: Clause, named: Named) -> Wish | None:
    """As in "she goes by Bouchard-Roy now": one name, of whoever is spoken of."""
    new = [who for who in named.people if who.is_new]
    known = [who for who in named.people if who.refs] or heard.before.nearest()
    if len(new) != 1 or new[0].last_name or len(known) != 1 or len(known[0].refs) != 1:
        return None
    person = heard.context.person(known[0].value)
    parts = {*new[0].said.casefold().split("-")}
    last = person is not None and person.last_name.casefold() in parts
    last = last or "last_name" in clause.values("field")
    values = {"name": new[0].said, "fields": ["last_name" if last else "first_name"]}
    return Wish("edit_profile", "wish", (known[0],), values=values)


_RENAMING = frozenset({"change", "rename"})


def _is_of_the_name(clause: Clause) -> bool:
    """Whether nothing else of somebody is spoken of."""
    others = clause.has("service", "all_services", "email", "language", "neg")
    fields = clause.values("field") - NAMES - {"account", "status"}
    return not others and not fields and clause.values("act") <= _RENAMING | {"use", "show"}


def _new_names(named: Named) -> list[Mention]:
    return [who for who in named.people if who.is_new and who.last_name]


def _told_anew(heard: Heard, clause: Clause, named: Named) -> tuple[Mention, str] | None:
    """As in "her name is now Hélène Roy": who is called so, of the household."""
    new = _new_names(named)
    kin = any(who.relation and not who.refs for who in named.people)
    if len(new) != 1 or kin or not (clause.has("link_name") and _is_of_the_name(clause)):
        return None
    home = [Mention(each.first_name, (each.ref,)) for each in heard.context.people]
    known = [who for who in home if _shares_a_name(who, new[0])]
    return (known[0], new[0].said) if len(known) == 1 else None


def _is_called_now(clause: Clause, new: Mention) -> bool:
    """As in "he's Kevin Walsh now", "she goes by Hélène Lavoie"."""
    at = next((at for at, span in clause.tagged("person") if span.mention == new), 0)
    links = at > 0 and clause.spans[at - 1].has("he", "is", "link_name")
    goes_by = at > 0 and clause.spans[at - 1].act() == "rename"
    return goes_by or (links and clause.has("nowadays"))


def _shares_a_name(who: Mention, new: Mention) -> bool:
    return Mention(who.first_name).is_same(new.first_name)


def newcomers(wishes: Sequence[Wish]) -> Iterator[Mention]:
    """Yield those who are to be added."""
    for wish in wishes:
        if (wish.intent, wish.mood) == ("create_user", "wish"):
            yield from wish.whom
