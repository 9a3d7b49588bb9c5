"""Who is only supposed to be suspended or removed: asked about, and never done or told as it is."""

import pytest

from intents.context import Context, Person
from intents.parser import Parser

PEOPLE = (
    Person("id:2", "Kevin", "Roy", services=frozenset({"view_invoice", "usage"}), called="Kevin"),
    Person("id:3", "Léa", "Roy", called="Léa"),
    Person("id:4", "Jo", "Tran", "invited", called="Jo"),
)
SERVICES = ("view_invoice", "pay_bill", "tv_channels", "data_addons", "usage", "voicemail")
HOME = Context(people=PEOPLE, holder=Person("id:1", "Diane", "Roy"), services=SERVICES)


@pytest.mark.parametrize(
    ("text", "task"),
    [
        ("if I suspended Kevin could he still pay the bill?", "suspend_user"),
        ("what can Kevin still do while he's suspended?", "suspend_user"),
        ("what happens to Kevin if I suspend him?", "suspend_user"),
        ("once I suspend him, does Kevin lose his TV?", "suspend_user"),
        ("if I blocked Kevin would he still have the TV?", "suspend_user"),
        ("can Kevin still see the bill once I remove him?", "delete_user"),
        ("if I took Kevin off, could he still see the bill?", "delete_user"),
        ("what can Kevin do once he's removed?", "delete_user"),
        ("si je suspends Kevin, il peut encore voir la facture?", "suspend_user"),
        ("si je suspendais Kevin, est-ce qu'il pourrait encore payer?", "suspend_user"),
        ("Kevin peut faire quoi pendant qu'il est suspendu?", "suspend_user"),
        ("Kevin peut-il encore voir la facture quand il est suspendu?", "suspend_user"),
        ("si j'enlève Kevin, il peut encore voir la facture?", "delete_user"),
        ("si j'enlevais Kevin, il pourrait encore payer la facture?", "delete_user"),
        ("Kevin peut-il payer la facture une fois supprimé?", "delete_user"),
    ],
)
def test_what_would_be_without_somebody_is_asked_of_the_task(
    parser: Parser, text: str, task: str
) -> None:
    [wish] = parser.read(parser.look(text), HOME).wishes
    assert (wish.intent, wish.mood) == (task, "question")
    assert [who.value for who in wish.whom] == ["id:2"]


@pytest.mark.parametrize(
    "text",
    [
        "can Jo pay the bill if Kevin is suspended?",
        "who can see the bill if I suspend Kevin?",
        "can Kevin pay before I remove him?",
        "can Kevin still pay if I don't suspend him?",
        "can Kevin see the bill if I remove his email?",
        "can Kevin pay the bill?",
        "is Kevin suspended?",
        "when was Kevin suspended?",
        "Jo peut-elle payer si Kevin est suspendu?",
        "est-ce que Kevin peut voir la facture si je ne le suspends pas?",
        "quand Kevin est-il suspendu?",
        "Kevin est-il suspendu?",
    ],
)
def test_how_things_are_stays_a_question_about_today(parser: Parser, text: str) -> None:
    asked = parser.read(parser.look(text), HOME).wishes
    assert {(wish.intent, wish.mood) for wish in asked} == {("list_users", "question")}


@pytest.mark.parametrize(
    ("text", "task"),
    [
        ("suspend Kevin if he can see the bill", "suspend_user"),
        ("can you remove Kevin if he's suspended?", "delete_user"),
        ("can you suspend Kevin once I remove Jo?", "suspend_user"),
        ("while you're at it, suspend Kevin", "suspend_user"),
        ("peux-tu enlever Kevin s'il est suspendu?", "delete_user"),
        ("une fois pour toutes, enlève Kevin", "delete_user"),
        ("suspends Kevin dès que possible", "suspend_user"),
        ("suspend Kevin for a week", "suspend_user"),
        ("mets Kevin en pause une semaine", "suspend_user"),
    ],
)
def test_a_wish_beside_a_condition_stays_a_wish(parser: Parser, text: str, task: str) -> None:
    [wish] = parser.read(parser.look(text), HOME).wishes
    assert (wish.intent, wish.mood) == (task, "wish")
    assert [who.value for who in wish.whom] == ["id:2"]


@pytest.mark.parametrize(
    "text",
    [
        "can a suspended person pay bills?",
        "une personne suspendue peut-elle payer la facture?",
        "avant je le bloquais tout le temps",
    ],
)
def test_what_is_told_or_asked_of_nobody_wishes_for_nothing(parser: Parser, text: str) -> None:
    assert not parser.read(parser.look(text), HOME).wishes


def test_who_is_asked_about_is_asked_about(parser: Parser) -> None:
    said = "do you know if Kevin is suspended and until when?"
    [wish] = parser.read(parser.look(said), HOME).wishes
    assert (wish.intent, wish.mood, wish.values["status"]) == (
        "list_users",
        "question",
        "suspended",
    )


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("so what does it do when you suspend somebody?", "faq/suspend_user"),
        ("how would I pause my roommate for a month", "faq/suspend_user"),
        ("does a suspended kid keep his voicemail afterwards", "faq/suspend_user"),
        ("pause my roommate for a month", "suspend_user"),
        ("is it possible to hand out the TV for three days only", "faq/access_until"),
        ("does the right I gave stop on its own on Sunday night?", "faq/access_until"),
        ("give my son the TV for three days", "change_rights"),
        ("qu'est-ce que ça fait au juste, suspendre quelqu'un?", "faq/suspend_user"),
        ("comment je mets mon coloc en pause pour un mois", "faq/suspend_user"),
        ("mets mon coloc en pause pour un mois", "suspend_user"),
        ("y a-t-il moyen de prêter la télé trois jours seulement", "faq/access_until"),
        ("le droit donné s'arrête-t-il tout seul dimanche soir?", "faq/access_until"),
        ("donne la télé à mon fils pour trois jours", "change_rights"),
    ],
)
def test_how_it_is_done_is_no_wish_for_it(parser: Parser, text: str, intent: str) -> None:
    assert parser.name(text).intent.name == intent
