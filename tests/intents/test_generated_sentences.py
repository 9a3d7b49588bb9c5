"""A meaning is spoken by frames that somebody else wrote, and read back without a difference."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import cycle, islice
from random import Random

import pytest

from intents.parser import Parser
from intents.reading import Reading
from tests.fakes.scale import SCALE
from tests.intents.speaking import Said, Speaker, atoms_of
from tests.intents.telling import Atom, brief
from tests.intents.written import LANGUAGES, at_home

COUNT = round(10_000 * SCALE)
SHARE_OF_TWO = 4
"""One sentence in so many holds two wishes."""
SHOWN = 20
KNOWN = 0.0171
"""Known faults: which share of the sentences is read otherwise. It only shrinks."""
ACTS = "ACTS"
"""What would change something that nobody asked for."""


def spoken(language: str) -> Iterator[Said]:
    """Every frame in turn, each time about somebody and something else."""
    random = Random(f"spoken in {language}")
    speaker = Speaker(language, random)
    frames = list(speaker.all_frames())
    random.shuffle(frames)
    wishes = [one for one in frames if one[0] != "question"]
    for number, frame in enumerate(islice(cycle(frames), COUNT)):
        if number % SHARE_OF_TWO == 0 and frame[0] != "question":
            yield speaker.two(frame, random.choice(wishes))
        else:
            yield speaker.say(*frame)


def difference(said: Said, reading: Reading) -> str:
    """What is read otherwise than it was meant; empty where nothing is."""
    found = atoms_of(reading)
    if said.meanings[0].mood == "question":
        return _about(said, reading) if not found else f"{ACTS} {brief(found)}"
    meant = [one.atoms() for one in said.meanings]
    wanted = frozenset().union(*meant)
    if found == wanted:
        return "" if _in_order(meant, reading) else "in the other order"
    acts = any(mood == "wish" for mood, *_ in found - wanted)
    return f"{ACTS if acts else 'read'} {brief(found)}, meant {brief(wanted)}"


def _about(said: Said, reading: Reading) -> str:
    """A question is answered about whom it is asked: they must be heard."""
    people = {one.value for one in reading.people}
    if not reading.asks:
        return "not heard as a question"
    return "" if people == said.meanings[0].people else f"asks about {sorted(people)}"


def _in_order(meant: list[frozenset[Atom]], reading: Reading) -> bool:
    if len(meant) < len("ab") or meant[0] & meant[1]:
        return True
    wish = next(one for one in reading.wishes if one.mood != "question")
    return any((wish.mood, wish.intent, wish.change) == atom[:3] for atom in meant[0])


@pytest.mark.soak
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_meant_is_what_is_read_but_in_the_known_faults(
    parser: Parser, language: str
) -> None:
    context = at_home(language)
    total = 0
    failed: dict[str, list[str]] = defaultdict(list)
    for said in spoken(language):
        total += 1
        reading = parser.read(parser.look(said.text, language_hint=language), context)
        if wrong := difference(said, reading):
            for frame in said.frames:
                failed[frame].append(f"{said.text!r}: {wrong}")
    assert total == COUNT
    if len({one for several in failed.values() for one in several}) > KNOWN * total:
        pytest.fail(told(failed, total), pytrace=False)


def told(failed: dict[str, list[str]], total: int) -> str:
    """The frames that fail most often, each with its worst failure."""
    every = {one for several in failed.values() for one in several}
    acting = sum(f": {ACTS} " in one for one in every)
    commonest = Counter({frame: len(several) for frame, several in failed.items()})
    lines = [
        f"{times} x {frame!r}\n     {max(failed[frame], key=lambda one: f': {ACTS} ' in one)}"
        for frame, times in commonest.most_common(SHOWN)
    ]
    first = f"{len(every)} of {total} sentences are read otherwise, {acting} of them would act:"
    return "\n".join([first, *lines])
