"""What stands in an answer: a name, an address, a user name, whom, as others wrote them down."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pytest

from intents.parser import Parser
from intents.reading import Reading
from tests.intents.telling import NAMES
from tests.intents.written import LANGUAGES, at_home, material

BARS: Mapping[str, Mapping[str, int]] = {
    "name": {"en": 98, "fr": 96},
    "email": {"en": 98, "fr": 100},
    "username": {"en": 100, "fr": 100},
    "person": {"en": 100, "fr": 100},
}
"""How many of a hundred are read as they were meant at least; who makes it better raises it."""
EXPECTED = {"name": "person", "email": "email", "username": "username", "person": "person"}
"""What the open question takes where each kind is asked for."""
MORE: Mapping[str, int] = {"name": 95, "email": 90, "username": 100, "person": 95}
"""The same of those that were written later, before anybody looked at the code."""
Said = Mapping[str, Any]


def meant(kind: str, said: Said) -> str:
    """What an answer should give; capitals are the telephone's."""
    match kind:
        case "name":
            return " ".join(filter(None, (said["first"], said["last"]))).casefold()
        case "person":
            return " ".join(sorted(said["persons"])).casefold()
        case _:
            return str(said[kind]).casefold()


def _email(reading: Reading) -> str:
    """Of two addresses the last is the one that stands."""
    given = reading.values.get("email", "")
    return str(given[-1] if isinstance(given, list) else given)


def _people(reading: Reading) -> str:
    return " ".join(sorted({NAMES.get(one.value, one.value) for one in reading.people}))


FOUND: Mapping[str, Callable[[Reading], str]] = {
    "name": lambda reading: reading.name,
    "email": _email,
    "username": lambda reading: reading.username,
    "person": _people,
}


def answers(kind: str, language: str, written: str = "values") -> Iterable[Said]:
    listed: Iterable[Said] = material(written, language)[f"{kind}_answers"]
    return listed


@pytest.mark.parametrize("written", ["values", "values_more"])
@pytest.mark.parametrize("kind", BARS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_answer_gives_what_was_asked_for(
    parser: Parser, language: str, kind: str, written: str
) -> None:
    context = at_home(language, expects=frozenset({EXPECTED[kind]}))
    failed, total = [], 0
    for said in answers(kind, language, written):
        total += 1
        reading = parser.read(parser.look(said["text"], language_hint=language), context)
        found = FOUND[kind](reading).casefold()
        if found != (wanted := meant(kind, said)):
            failed.append(f"{said['text']!r}: {found!r}, not {wanted!r}")
    bar = BARS[kind][language] if written == "values" else MORE[kind]
    share = 100 * (total - len(failed)) / total
    if share < bar:
        shown = "\n".join(failed)
        pytest.fail(f"{share:.1f} of a hundred are right, not {bar}:\n{shown}", pytrace=False)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_address_is_never_taken_for_a_name(parser: Parser, language: str) -> None:
    context = at_home(language, expects=frozenset({EXPECTED["name"]}))
    for said in answers("email", language):
        reading = parser.read(parser.look(said["email"], language_hint=language), context)
        assert reading.name == "", said["email"]
        assert reading.values["email"].casefold() == said["email"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_is_not_named_is_not_read(parser: Parser, language: str) -> None:
    """Of an answer with one name in it nobody else of the household is meant."""
    context = at_home(language, expects=frozenset({EXPECTED["person"]}))
    alone = [said for said in answers("person", language) if len(said["persons"]) == 1]
    assert len(alone) > 20
    for said in alone:
        reading = parser.read(parser.look(said["text"], language_hint=language), context)
        known = {NAMES[ref] for one in reading.people for ref in one.refs}
        spoken = {name for name in NAMES.values() if name[:3].casefold() in said["text"].casefold()}
        assert known <= spoken | set(said["persons"]), said["text"]
