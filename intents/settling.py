"""Puts together what several clauses say of one wish."""

from dataclasses import replace

from intents.context import Wish
from intents.heard import Heard
from intents.tasks import CHANGE


def settle(heard: Heard) -> None:
    """Put together what several clauses say of one wish."""
    leaving = {
        one.value
        for w in heard.wishes
        for one in w.whom
        if w.intent == "delete_user" and w.mood == "wish"
    }
    heard.wishes = [
        w
        for w in heard.wishes
        if w.intent != CHANGE or not w.whom or not {one.value for one in w.whom} <= leaving
    ]
    _hand_over(heard)
    _answer(heard)
    if [w.intent for w in heard.wishes] == ["undo_change"]:
        heard.wishes = [replace(w, whom=w.whom or tuple(heard.people)) for w in heard.wishes]
    if any(w.intent in {"resend_invitation", "reset_password"} for w in heard.wishes):
        heard.wishes = [w for w in heard.wishes if w.intent != "resend"]
    decided = [wish for wish in heard.wishes if wish.intent == "decide_request"]
    if decided:
        told = [one for wish in heard.wishes for one in wish.whom if wish.intent == CHANGE]
        heard.wishes = [replace(w, whom=w.whom or tuple(told)) for w in decided]
    if heard.signs_out and heard.wishes:  # alone it steers, and does not wait for its turn
        heard.wishes.insert(0, Wish("end_verification", "wish"))
    _welcome(heard)


def _answer(heard: Heard) -> None:
    """As in "Rose asked for the voicemail, it's a yes": an answer to a request."""
    known = tuple(one for one in heard.people if one.refs)
    if not heard.requested or not heard.answers or not known or heard.asked:
        return
    decision = "approve" if heard.answers == {"yes"} else "decline"
    if len(heard.answers) == 1 and not any(w.intent == "decide_request" for w in heard.wishes):
        heard.wishes = [Wish("decide_request", "wish", known[:1], decision)]


def _hand_over(heard: Heard) -> None:
    """What is said of a newcomer's access belongs to the wish that adds them."""
    news = [wish for wish in heard.wishes if wish.intent == "create_user"]
    names = {one.said for wish in news for one in wish.whom}
    about = [
        wish
        for wish in heard.wishes
        if news
        and wish.intent in {CHANGE, "edit_profile"}
        and wish.mood == "wish"
        and {one.said for one in wish.whom} <= names
    ]
    spoken = {k: v for wish in about for k, v in wish.values.items() if k != "name"}
    if about:
        services = tuple(dict.fromkeys(c for wish in [*news, *about] for c in wish.services))
        kept = [wish for wish in heard.wishes if wish not in about]
        heard.wishes = [
            replace(w, services=services, values={**spoken, **w.values})
            if w.intent == "create_user"
            else w
            for w in kept
        ]


def _welcome(heard: Heard) -> None:
    """Wishes for somebody who is not on the account yet are one: that they be added."""
    news = [wish for wish in heard.wishes if wish.intent == "create_user"]
    if len(news) == 1 and len(heard.wishes) == 1:
        coming = [one for one in heard.people if not one.refs]
        whom = news[0].whom if any(not one.relation for one in news[0].whom) else tuple(coming)
        merged = {**heard.given, **news[0].values}
        services = news[0].services or tuple(heard.services)
        heard.wishes = [replace(news[0], whom=whom, values=merged, services=services)]
        return
    grants = [wish for wish in heard.wishes if wish.intent == CHANGE and wish.mood == "wish"]
    if not grants:
        return
    coming = [one for one in heard.people if not one.refs and not one.relation]
    known = [one for wish in heard.wishes for one in wish.whom if one.refs]
    email = heard.given.get("email")
    if email and coming and not known and len(grants) == len(heard.wishes):
        services = tuple(dict.fromkeys(c for wish in grants for c in wish.services))
        heard.wishes = [
            Wish("create_user", "wish", tuple(coming), services=services, values=heard.given)
        ]
