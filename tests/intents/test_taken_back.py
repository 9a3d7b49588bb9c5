"""What is taken back in the same breath is not wished for; what follows is."""

from itertools import product

import pytest

from intents.parser import Parser
from tests.intents.speaking import atoms_of
from tests.intents.written import at_home

REFUSING = {
    "en": (", actually no, ", " no wait ", ", wait no, ", ". Scratch that. ", ". No sorry, ",
           ", forget that, ", "... no. ", ". I changed my mind, ", ", never mind, "),
    "fr": (", finalement non, ", " non attends ", ", attends non, ", ". Oublie ça. ",
           ". Non désolé, ", ", laisse faire, ", "... non. ", ". J'ai changé d'idée, ",
           ", euh non finalement, "),
}  # fmt: skip
PUTTING_RIGHT = {"en": (" — actually ", ". I mean, "), "fr": (" — en fait ", ". Je veux dire, ")}
FIRST = {
    "en": ("give Kevin the TV", "remove Kevin", "unlock Tyler"),
    "fr": ("donne la télé à Kevin", "supprime Kevin", "débarre Tyler"),
}
THEN = {
    "en": ("Jo needs the usage", "give Jo the voicemail", "remove Jo"),
    "fr": ("Jo a besoin de la consommation", "donne la boîte vocale à Jo", "supprime Jo"),
}
SAME = {
    "en": (("remove Kevin", "remove Jo"), ("give Kevin the TV", "give Kevin the voicemail")),
    "fr": (("supprime Kevin", "supprime Jo"), ("donne la télé à Kevin", "donne la télé à Jo")),
}
PAIRS = [
    (language, first, turn, then)
    for language, turns in REFUSING.items()
    for first, turn, then in product(FIRST[language], turns, THEN[language])
]
CORRECTED = [
    (language, first, turn, then)
    for language, turns in PUTTING_RIGHT.items()
    for (first, then), turn in product(SAME[language], turns)
]
ENDS = [
    (language, first, turn.rstrip(" ,."))
    for language, turns in REFUSING.items()
    for first, turn in product(FIRST[language], turns)
]


def wished(parser: Parser, language: str, text: str) -> set[tuple[str, ...]]:
    reading = parser.read(parser.look(text, language_hint=language), at_home(language))
    return {atom for atom in atoms_of(reading) if atom[0] == "wish"}


@pytest.mark.parametrize(("language", "first", "turn", "then"), [*PAIRS, *CORRECTED])
def test_what_follows_a_turn_stands_for_what_was_before(
    parser: Parser, language: str, first: str, turn: str, then: str
) -> None:
    assert wished(parser, language, first + turn + then) == wished(parser, language, then)


@pytest.mark.parametrize(("language", "first", "turn"), ENDS)
def test_a_wish_that_ends_in_taking_it_back_is_none(
    parser: Parser, language: str, first: str, turn: str
) -> None:
    assert not wished(parser, language, first + turn)


@pytest.mark.parametrize(
    ("language", "text", "stands"),
    [
        ("en", "remove Kevin and unlock Tyler, actually no, just unlock Tyler", "unlock Tyler"),
        ("fr", "supprime Kevin et débarre Tyler, non attends, débarre juste Tyler",
         "débarre Tyler"),
        ("en", "give Kevin TV, no actually Tyler", "give Tyler TV"),
        ("en", "give Kevin the TV. Actually also the data", "give Kevin the TV and the data"),
        ("en", "give Kevin the TV, actually Jo needs it too", "give Kevin and Jo the TV"),
        ("en", "unlock Tyler. Actually, reset Jo's password", "unlock Tyler, reset Jo's password"),
        ("en", "remove Kevin, actually no, just the TV", "take the TV from Kevin"),
        ("fr", "enlève Kevin, non attends, la télé", "enlève la télé à Kevin"),
        ("en", "unlock Tyler, no rush", "unlock Tyler"),
        ("en", "give Kevin the TV but no data", "give Kevin the TV"),
        ("fr", "débarre Tyler, désolé du dérangement", "débarre Tyler"),
    ],
)  # fmt: skip
def test_only_what_is_taken_back_falls(
    parser: Parser, language: str, text: str, stands: str
) -> None:
    assert wished(parser, language, text) == wished(parser, language, stands)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "put her back"),
        ("en", "oh no, put Kevin back"),
        ("en", "add him back please"),
        ("fr", "oh non remets-la"),
        ("fr", "ben non, remets Kevin comme avant"),
    ],
)
def test_who_shall_be_put_back_is_what_was_done_undone(
    parser: Parser, language: str, text: str
) -> None:
    reading = parser.read(parser.look(text, language_hint=language), at_home(language))
    assert [wish.intent for wish in reading.said()] == ["undo_change"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "wait who's paying for that"),
        ("en", "hold on, what can he see"),
        ("en", "actually who has the TV"),
        ("fr", "attends, c'est qui qui paye ça"),
    ],
)
def test_a_question_behind_a_wait_is_a_question(parser: Parser, language: str, text: str) -> None:
    reading = parser.read(parser.look(text, language_hint=language), at_home(language))
    assert reading.asks
    assert not reading.said()
