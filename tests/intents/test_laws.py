"""Laws of reading: what no word more, less or wrong may do to a meaning."""

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from intents.context import Context
from intents.parser import Parser
from intents.reading import Reading
from tests.fakes.scale import examples
from tests.fakes.yaml_files import read_yaml
from tests.intents.french import elided, with_preposition
from tests.intents.speaking import atoms_of
from tests.intents.telling import Atom, brief
from tests.intents.test_yes_and_no import CARDS, at_the_card
from tests.intents.written import EVERYBODY, LANGUAGES, REFS, SERVICES, at_home

pytestmark = pytest.mark.slow

LAWS: dict[str, dict[str, Any]] = read_yaml(Path(__file__).with_name("laws.yml"))
Hear = Callable[[str, Context], Reading]
SEEDS = st.integers(0, 10_000)
NUMBERS = st.integers(0, 999)
SLIPS = st.tuples(
    NUMBERS,
    st.sampled_from("abcdefghijklmnopqrstuvwxyz"),
    st.sampled_from(["too few", "too many", "another", "turned round"]),
)
LONG = re.compile(r"[^\W\d_]{5,}(?!['’])")
"""A word in which a slip can still be seen for what it is."""
NEGATIONS = frozenset({"never", "cannot", "jamais"})
CARDS_OF_KEVIN = sorted(CARDS.keys() - {"add"})


def some_of(every: Iterable[str]) -> st.SearchStrategy[list[str]]:
    """One, two or three of them."""
    return st.lists(st.sampled_from(sorted(every)), min_size=1, max_size=3, unique=True)


lawful = settings(
    max_examples=examples(150),
    derandomize=True,
    deadline=None,
    phases=[Phase.generate],
    report_multiple_bugs=False,
    suppress_health_check=[HealthCheck.too_slow],
)
both = pytest.mark.parametrize("language", LANGUAGES)


@pytest.fixture(scope="module")
def hear(parser: Parser) -> Hear:
    """The reader, without the megabytes that a parser shows of itself where a law is broken."""

    def heard(text: str, context: Context) -> Reading:
        return parser.read(parser.look(text, language_hint=context.language), context)

    return heard


def atoms(hear: Hear, text: str, language: str) -> frozenset[Atom]:
    return atoms_of(hear(text, at_home(language)))


def spoken(language: str, seed: int, frame: str, whom: str = "") -> str:
    """The frame about whom and what the seed chooses: the same ones for every frame."""
    law = LAWS[language]
    whom = whom or one_of(law["whom"], seed)
    what = one_of(list(law["services"].values()), seed // len(law["whom"]))
    names = tuple(name for name in REFS if name in whom)
    for blank, words in (
        ("{a_whom}", with_preposition("à", whom, names)),
        ("{de_whom}", with_preposition("de", whom, names)),
        ("{whom}", whom),
        ("{what}", what),
    ):
        frame = frame.replace(blank, words)
    return elided(frame) if language == "fr" else frame


def one_of(listed: Sequence[Any], number: int) -> Any:
    """The frame of this number, in whichever language."""
    return listed[number % len(listed)]


def frames(kind: str, language: str) -> list[Any]:
    return [frame for several in LAWS[language][kind].values() for frame in several]


@both
@pytest.mark.soak
@lawful
@given(number=NUMBERS, hedge=NUMBERS, kind=st.sampled_from(CARDS_OF_KEVIN))
def test_a_hedge_added_to_a_yes_is_no_yes(
    hear: Hear, language: str, number: int, hedge: int, kind: str
) -> None:
    yes = one_of(LAWS[language]["yeses"], number)
    hedged = yes + one_of(LAWS[language]["hedges"], hedge)
    context = at_the_card(kind, language)
    assert hear(yes, context).answer == "yes", yes
    assert hear(hedged, context).answer != "yes", hedged


@both
@pytest.mark.soak
@lawful
@given(number=NUMBERS, seed=SEEDS)
def test_a_not_turns_a_wish_into_its_refusal(
    hear: Hear, language: str, number: int, seed: int
) -> None:
    wish, refusal = one_of(frames("denied", language), number)
    denied = spoken(language, seed, refusal)
    wished = atoms(hear, spoken(language, seed, wish), language)
    refused = atoms(hear, denied, language)
    assert {mood for mood, *_ in wished} == {"wish"}
    assert refused == {("refusal", *rest) for _, *rest in wished}, f"{denied}: {brief(refused)}"


@both
@pytest.mark.soak
@lawful
@given(names=some_of(REFS), number=NUMBERS, around=NUMBERS)
def test_all_but_some_people_are_all_the_others(
    hear: Hear, language: str, names: list[str], number: int, around: int
) -> None:
    law = LAWS[language]
    act, frame = one_of(sorted(law["about_people"].items()), number)
    some = law["and"].join(names)
    others = one_of(law["but"], around).format(s=some)
    said = atoms(hear, frame.format(x=some), language)
    left = atoms(hear, frame.format(x=others), language)
    assert {intent for _, intent, *_ in said | left} == {act}
    assert people_of(said) == {REFS[name] for name in names}
    assert people_of(left) == EVERYBODY - people_of(said), others


@both
@pytest.mark.soak
@lawful
@given(codes=some_of(SERVICES), number=NUMBERS, around=NUMBERS)
def test_all_but_some_services_are_all_the_others(
    hear: Hear, language: str, codes: list[str], number: int, around: int
) -> None:
    law = LAWS[language]
    frame = one_of(law["about_services"], number)
    some = law["and"].join(law["services"][code] for code in codes)
    others = one_of(law["but_services"], around).format(s=some)
    said = atoms(hear, frame.format(x=some), language)
    left = atoms(hear, frame.format(x=others), language)
    assert {atom[:4] for atom in said} == {atom[:4] for atom in left}, others
    assert services_of(said) == set(codes), some
    assert services_of(left) == set(SERVICES) - set(codes), others


@both
@pytest.mark.soak
@lawful
@given(choices=st.tuples(NUMBERS, NUMBERS, NUMBERS), seeds=st.tuples(SEEDS, SEEDS))
def test_the_order_of_two_wishes_changes_their_order_alone(
    hear: Hear, language: str, choices: tuple[int, int, int], seeds: tuple[int, int]
) -> None:
    law, (pair, about, joint) = LAWS[language], choices
    acts = one_of(list(permutations(law["wishes"].values(), 2)), pair)
    apart = one_of(list(permutations(law["apart"], 2)), about)
    texts = [
        spoken(language, seed, one_of(several, seed), whom)
        for several, seed, whom in zip(acts, seeds, apart, strict=True)
    ]
    between = one_of(law["joints"], joint)
    forth, back = (hear(between.join(order), at_home(language)) for order in (texts, texts[::-1]))
    assert atoms_of(forth) == atoms_of(back), between.join(texts)
    assert tasks_of(forth) == tasks_of(back)[::-1], between.join(texts)
    assert len(tasks_of(forth)) == len(texts), between.join(texts)


@both
@pytest.mark.soak
@lawful
@given(number=NUMBERS, seed=SEEDS, typo=st.tuples(NUMBERS, SLIPS))
def test_a_slip_of_the_finger_never_means_something_else(
    hear: Hear, language: str, number: int, seed: int, typo: tuple[int, tuple[int, str, str]]
) -> None:
    word, slip = typo
    text = spoken(language, seed, one_of(frames("wishes", language), number))
    words = [one for one in LONG.finditer(text) if one[0].casefold() not in NEGATIONS]
    assume(words)
    chosen = one_of(words, word)
    wrong = text[: chosen.start()] + slipped(chosen[0], *slip) + text[chosen.end() :]
    meant, found = atoms(hear, text, language), atoms(hear, wrong, language)
    asked_about = {("wish", "change_rights", "")}  # whether to give or to take is then asked
    assert {atom[:3] for atom in found} - asked_about <= {atom[:3] for atom in meant}, wrong
    assert people_of(found) & EVERYBODY <= people_of(meant), wrong


@both
@pytest.mark.soak
@lawful
@given(number=NUMBERS, seed=SEEDS)
def test_a_question_that_asks_for_nothing_wishes_nothing(
    hear: Hear, language: str, number: int, seed: int
) -> None:
    text = spoken(language, seed, one_of(LAWS[language]["asked"], number))
    reading = hear(text, at_home(language))
    assert not [wish for wish in reading.wishes if wish.mood == "wish"], text


def slipped(word: str, place: int, letter: str, how: str) -> str:
    """The word with one letter too few, too many, another one, or two of them turned round."""
    place %= len(word) - 1
    start, here, rest = word[:place], word[place], word[place + 1 :]
    match how:
        case "too few":
            return start + rest
        case "too many":
            return start + letter + here + rest
        case "another":
            return start + letter + rest
        case _:
            return start + rest[0] + here + rest[1:]


def people_of(found: frozenset[Atom]) -> set[str]:
    return {person for *_, person, _ in found}


def services_of(found: frozenset[Atom]) -> set[str]:
    return {service for *_, service in found}


def tasks_of(reading: Reading) -> Sequence[tuple[str, str]]:
    return [(wish.intent, wish.change) for wish in reading.wishes]
