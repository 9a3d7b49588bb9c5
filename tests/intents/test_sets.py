"""Whom and what a wish is about: all but, nobody but, nothing but, the others, what stays."""

import pytest

from intents.context import Topic
from intents.parser import Parser
from intents.reading import Reading
from tests.intents.written import EVERYBODY, REFS, SERVICES, at_home

NOTHING = Topic()
TYLER, JO = REFS["Tyler"], REFS["Jo"]
TV, USAGE = "tv_channels", "usage"


def read(parser: Parser, text: str, language: str, topic: Topic = NOTHING) -> Reading:
    return parser.read(parser.look(text, language_hint=language), at_home(language, topic=topic))


@pytest.mark.parametrize(
    ("text", "language", "change", "about"),
    [
        ("nobody but Tyler should see the usage any more", "en", "revoke", ("-Tyler", USAGE)),
        ("give Jo the lot, everything bar the paying", "en", "grant", ("Jo", "-pay_bill")),
        ("clear out every service Jo has, barring the TV", "en", "revoke", ("Jo", "-tv_channels")),
        ("strip Jo back, nothing left except the TV", "en", "set", ("Jo", TV)),
        ("take all of them off the TV, sparing Jo", "en", "revoke", ("-Jo", TV)),
        ("give Jo everything, I mean the usage", "en", "grant", ("Jo", USAGE)),
        ("take the TV from Jo, the usage stays", "en", "revoke", ("Jo", TV)),
        ("have Jo's access to the TV removed", "en", "revoke", ("Jo", TV)),
        ("when you have a minute, take the TV from Jo", "en", "revoke", ("Jo", TV)),
        ("let Jo see the usage. we got a new TV on the weekend", "en", "grant", ("Jo", USAGE)),
        (
            "Jo keeps adding data, can you stop Jo from adding add-ons",
            "en",
            "revoke",
            ("Jo", "data_addons"),
        ),
        ("Jo keeps only the TV, nothing else anymore", "en", "set", ("Jo", TV)),
        ("Jo ne doit avoir que la télé", "fr", "set", ("Jo", TV)),
        ("Jo garde que la télé, plus rien d'autre", "fr", "set", ("Jo", TV)),
        ("laisse-lui que la télé, à Jo", "fr", "set", ("Jo", TV)),
        ("Jo veut plus rien d'autre que la télé", "fr", "set", ("Jo", TV)),
        ("mets tout à Jo mais pas le paiement", "fr", "grant", ("Jo", "-pay_bill")),
        ("enlève la télé à Jo, le reste bouge pas", "fr", "revoke", ("Jo", TV)),
        ("enlève à Jo la consultation de l'utilisation", "fr", "revoke", ("Jo", USAGE)),
        ("quand tu auras une minute, ôte la télé à Jo", "fr", "revoke", ("Jo", TV)),
    ],
)
def test_a_set_is_what_its_words_make_it(
    parser: Parser, text: str, language: str, change: str, about: tuple[str, str]
) -> None:
    whom, services = about
    (wish,) = read(parser, text, language).said("wish", "change_rights")
    people = {one.value for one in wish.whom}
    assert wish.change == change
    assert people == (EVERYBODY - {REFS[whom[1:]]} if whom[0] == "-" else {REFS[whom]})
    left = set(SERVICES) - {services[1:]} if services[0] == "-" else {services}
    assert set(wish.services) == left


@pytest.mark.parametrize(
    ("text", "language"),
    [("take a few services away from Jo", "en"), ("retire quelques services à Jo", "fr")],
)
def test_a_few_services_are_not_all_of_them(parser: Parser, text: str, language: str) -> None:
    (wish,) = read(parser, text, language).said("wish", "change_rights")
    assert wish.services == ()


@pytest.mark.parametrize(
    ("text", "language"), [("she can have all of it", "en"), ("donne-lui tout ça", "fr")]
)
def test_all_of_it_is_all_that_was_spoken_of(parser: Parser, text: str, language: str) -> None:
    (wish,) = read(parser, text, language, Topic((JO,), (TV, USAGE))).said("wish")
    assert set(wish.services) == {TV, USAGE}


@pytest.mark.parametrize(
    ("text", "language"), [("not Jo, the other one", "en"), ("pas Jo, l'autre", "fr")]
)
def test_the_other_one_is_never_several_people(parser: Parser, text: str, language: str) -> None:
    assert all(len(one.refs) != 1 for one in read(parser, text, language).people)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("unlock Tyler, don't touch anything of Jo's", "en"),
        ("débarre Tyler, touche à rien pour Jo", "fr"),
        ("débarre Tyler. Jo m'appelle trois fois par jour pour m'occuper", "fr"),
    ],
)
def test_who_is_only_mentioned_is_left_alone(parser: Parser, text: str, language: str) -> None:
    wishes = read(parser, text, language).said()
    assert [(one.intent, {who.value for who in one.whom}) for one in wishes] == [
        ("unlock_user", {TYLER})
    ]


@pytest.mark.parametrize(
    "text", ["get me a real person, it's about my bill", "a human, please. my TV is gone"]
)
def test_a_person_is_called_whatever_is_said_behind_it(parser: Parser, text: str) -> None:
    assert read(parser, text, "en").control == "talk_to_human"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Jo keeps the TV", "en"),
        ("Jo has nothing else anymore", "en"),
        ("Jo garde la télé", "fr"),
        ("je garde que la facture", "fr"),
        ("Jo voit que la facture monte", "fr"),
        ("Jo a que la télé?", "fr"),
    ],
)
def test_what_somebody_keeps_sees_or_has_is_no_wish(
    parser: Parser, text: str, language: str
) -> None:
    assert read(parser, text, language).said() == []
