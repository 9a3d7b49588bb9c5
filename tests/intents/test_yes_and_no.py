"""At a card: what people say for yes is one, and a yes with anything beside it is none."""

from collections.abc import Iterator
from random import Random
from typing import Any

import pytest

from bot.dialogue.understanding.contexts import card_of
from intents.context import Card, Context
from intents.parser import Parser
from tests.fakes.playing import DOMAIN
from tests.fakes.scale import examples
from tests.intents.written import LANGUAGES, at_home, material

pytestmark = pytest.mark.slow

LEAST = {"en": 0.96, "fr": 0.963}
"""Which share of plain yeses is one; 98 % is aimed at. Who makes it better raises it."""
TAKEN = {"en": 0, "fr": 0}
"""Known faults: how many of the spoiled yeses are taken for one. It only shrinks."""
MUTATED = examples(2000)
SHOWN = 60
HELD_YES = {"en": 0.90, "fr": 0.94}
HELD_NO = {"en": 0.90, "fr": 0.92}
"""The same of the material that nobody tuned to; again, whoever makes it better raises it."""
HELD_TAKEN = {"en": (1, 5), "fr": (2, 4)}
"""Of it, how many spoiled yeses are taken for a yes, and how many that are no plain no for one."""
OTHERS = ("Jo", "Hélène", "Helene")
CARDS: dict[str, tuple[str, dict[str, Any]]] = {
    "delete": ("delete_user", {"deleted_user": "id:1"}),
    "unlock": ("unlock_user", {"unlocked_user": "id:3"}),
    "grant": (
        "change_rights",
        {"rights_user": "id:1", "rights_change": "grant", "rights_services": ["tv_channels"]},
    ),
    "send": ("reset_password", {"reset_user": "id:3"}),
    "change": ("edit_profile", {"edited_user": "id:1", "edited_email": "kevin.new@example.com"}),
    "add": (
        "create_user",
        {
            "new_first_name": "Nora",
            "new_last_name": "Roy",
            "new_email": "nora@example.com",
            "new_services": ["usage"],
        },
    ),
}
"""What a card of each kind shows, by the slots of its task."""


def card(kind: str) -> Card:
    flow, slots = CARDS[kind]
    return card_of(DOMAIN, DOMAIN.flows[flow], slots)


def at_the_card(kind: str, language: str) -> Context:
    return at_home(language, card=card(kind), expects=frozenset())


def yeses(language: str) -> Iterator[tuple[str, str]]:
    """Every yes of the material with the card that it is said at: plain ones at each in turn."""
    known = material("yeses", language)
    for number, text in enumerate(known["plain"]):
        yield text, list(CARDS)[number % len(CARDS)]
    for kind in CARDS:
        yield from ((text, kind) for text in known[f"plain_{kind}"])


def no_yeses(language: str) -> Iterator[str]:
    """All ways to spoil a yes: something behind it, before it, instead of it."""
    hedges = material("hedges", language)
    yield from hedges["whole"]
    for base in hedges["bases"]:
        yield from (base + suffix for suffix in hedges["suffixes"])
        yield from (prefix + base for prefix in hedges["prefixes"])
    for text in (*hedges["bases"], *material("yeses", language)["plain"]):
        bare = text.rstrip(" .!?")
        yield f"{bare} ?"
        yield f"{bare}?"
        yield from (f"{bare} {name}" for name in OTHERS)


def sampled(language: str) -> list[tuple[str, str]]:
    """Many of them, each at one of the cards that are about Kevin or Tyler."""
    random = Random(f"spoiled in {language}")
    every = list(dict.fromkeys(no_yeses(language)))
    whole = material("hedges", language)["whole"]
    rest = random.sample([text for text in every if text not in whole], MUTATED - len(whole))
    kinds = [kind for kind in CARDS if kind != "add"]
    return [(text, random.choice(kinds)) for text in (*whole, *rest)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_people_say_for_yes_is_a_yes(parser: Parser, language: str) -> None:
    said = list(yeses(language))
    missed = [(text, kind) for text, kind in said if answer(parser, text, kind, language) != "yes"]
    if len(missed) > (1 - LEAST[language]) * len(said):
        shown = "\n".join(f"{text!r} at {kind}" for text, kind in missed[:SHOWN])
        pytest.fail(f"{len(missed)} of {len(said)} are no yes:\n{shown}", pytrace=False)


@pytest.mark.soak
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_yes_with_anything_beside_it_is_no_yes_but_in_the_known_faults(
    parser: Parser, language: str
) -> None:
    said = sampled(language)
    assert len(said) == MUTATED
    taken = [(text, kind) for text, kind in said if answer(parser, text, kind, language) == "yes"]
    if len(taken) > TAKEN[language]:
        shown = "\n".join(f"{text!r} at {kind}" for text, kind in taken[:SHOWN])
        pytest.fail(f"{len(taken)} of {MUTATED} are taken for a yes:\n{shown}", pytrace=False)


def held(kind: str, language: str) -> Iterator[tuple[str, str]]:
    """What the held-out material has of a kind, at each card in turn or at the one it is for."""
    known = material("held", language)
    kinds = [one for one in CARDS if kind != "spoiled" or one != "add"]
    yield from ((text, kinds[n % len(kinds)]) for n, text in enumerate(known[kind]))
    for card_kind in CARDS:
        yield from ((text, card_kind) for text in known.get(f"{kind}_{card_kind}", ()))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_yes_or_a_no_in_words_that_nobody_tuned_to_is_one(parser: Parser, language: str) -> None:
    def share(kind: str, meant: str) -> float:
        said = [answer(parser, text, at, language) for text, at in held(kind, language)]
        return said.count(meant) / len(said)

    assert share("plain", "yes") >= HELD_YES[language]
    assert share("no", "no") >= HELD_NO[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_no_plain_yes_or_no_is_hardly_ever_one(parser: Parser, language: str) -> None:
    taken = [
        [text for text, at in held(kind, language) if answer(parser, text, at, language) == wrong]
        for kind, wrong in (("spoiled", "yes"), ("no_no", "no"))
    ]
    most_yes, most_no = HELD_TAKEN[language]
    assert len(taken[0]) <= most_yes, taken[0]
    assert len(taken[1]) <= most_no, taken[1]


@pytest.mark.parametrize("kind", CARDS)
@pytest.mark.parametrize(("text", "language"), [("no", "en"), ("non", "fr"), ("no thanks", "en")])
def test_a_no_is_a_no_at_every_card(parser: Parser, text: str, language: str, kind: str) -> None:
    assert answer(parser, text, kind, language) == "no"


@pytest.mark.parametrize("kind", ["delete", "grant"])
@pytest.mark.parametrize(
    ("text", "language", "meant"),
    [
        ("bah oui", "fr", "yes"),
        ("Bah ouais", "fr", "yes"),
        ("beh oui", "fr", "yes"),
        ("ah bon, alors oui", "fr", "yes"),
        ("fancy that, then yes", "en", "yes"),
        ("oh really, then yes", "en", "yes"),
        ("bah non", "fr", "no"),
        ("ah bon", "fr", ""),
        ("ah bon, oui?", "fr", ""),
        ("ah bon, alors oui mais attends", "fr", ""),
        ("bah, attends", "fr", ""),
        ("fancy that", "en", ""),
        ("fancy that, yes but wait", "en", ""),
    ],
)
def test_who_is_surprised_has_answered_only_by_the_yes_that_follows(
    parser: Parser, text: str, language: str, meant: str, kind: str
) -> None:
    assert answer(parser, text, kind, language) == meant


SAID_AGAIN = {
    "en": {
        "delete": ["remove Kevin", "get rid of him please", "yes, take Kevin off my account"],
        "unlock": ["unlock Tyler", "let Tyler back in please"],
        "grant": ["give Kevin TV", "yes he can have the TV channels", "yes, TV for Kevin"],
        "send": ["send Tyler a new password link", "reset his password"],
        "change": ["change his email to kevin.new@example.com"],
        "add": ["add Nora", "please add Nora Roy with usage"],
    },
    "fr": {
        "delete": ["enlève Kevin", "supprimez-le s'il vous plaît", "oui, ôte Kevin de mon compte"],
        "unlock": ["débloque Tyler", "déverrouillez-le svp"],
        "grant": ["donne la télé à Kevin", "oui mets-lui les chaînes", "oui, la télé à Kevin"],
        "send": ["envoie un nouveau mot de passe à Tyler", "réinitialise son mot de passe"],
        "change": ["change son courriel pour kevin.new@example.com"],
        "add": ["ajoute Nora", "ajoutez Nora Roy svp"],
    },
}


@pytest.mark.parametrize("kind", CARDS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_card_does_said_again_is_a_yes_there_and_at_no_other_card(
    parser: Parser, language: str, kind: str
) -> None:
    for text in SAID_AGAIN[language][kind]:
        assert agreed_at(parser, text, language) == {kind}, text


@pytest.mark.parametrize(
    ("text", "language", "cards"),
    [
        ("yes the name", "en", {"add"}),
        ("yes, the email", "en", {"change", "add", "send"}),
        ("oui, le nom", "fr", {"add"}),
    ],
)
def test_a_part_of_a_profile_is_agreed_to_only_where_the_card_shows_it(
    parser: Parser, text: str, language: str, cards: set[str]
) -> None:
    assert agreed_at(parser, text, language) <= cards


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("yes, Kevin", "en"),
        ("yes, for Kevin", "en"),
        ("oui, Kevin", "fr"),
        ("oui pour Kevin", "fr"),
    ],
)
def test_a_yes_that_names_whom_the_card_is_about_is_one(
    parser: Parser, text: str, language: str
) -> None:
    assert agreed_at(parser, text, language) >= {"delete", "grant"}
    another = text.replace("Kevin", "Hélène")
    assert not agreed_at(parser, another, language) & {"delete", "grant"}


def agreed_at(parser: Parser, text: str, language: str) -> set[str]:
    return {at for at in CARDS if answer(parser, text, at, language) == "yes"}


def answer(parser: Parser, text: str, kind: str, language: str) -> str:
    sighting = parser.look(text, language_hint=language)
    return parser.read(sighting, at_the_card(kind, language)).answer
