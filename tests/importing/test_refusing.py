"""A file with a mistake: named by file, line and field, never by value, and nothing is written."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.importing.checking import check_file
from bot.importing.problems import FileRefused
from bot.importing.yaml_file import YamlFile
from tests.importing.conftest import EXAMPLE, Operator

SERVICES = frozenset({"view_invoice", "data_addons"})
SECRETS = ("correct", "horse", "battery", "staple")
SECOND = "households[0].members[1]"


def problems_of(text: str, folder: Path) -> list[str]:
    path = folder / "people.yml"
    path.write_bytes(text.encode())
    try:
        check_file(YamlFile(path), SERVICES)
    except FileRefused as refused:
        return [problem.describe(Path("people.yml")) for problem in refused.problems]
    return []


def another(number: int) -> str:
    return (
        f"      - {{role: secondary, username: other{number}, first_name: E, last_name: F, "
        f"email: other{number}@example.com}}\n"
    )


@pytest.mark.parametrize(
    ("written", "instead", "problem"),
    [
        ("language: fr", "language: de", "3: households[0].language: Input should be 'en' or 'fr'"),
        ('"90210001"', "90210001", "2: households[0].account_number: must be text: put it in q"),
        ('"90210001"', '" 9021"', "2: households[0].account_number: no spaces around it"),
        ("role: secondary", "role: holder", f"7: {SECOND}.role: a household has one holder"),
        ("role: holder", "role: secondary", "4: households[0].members: a holder is missing"),
        ("role: holder", "role: owner", "5: households[0].members[0].role: Input should be"),
        ("second1", "HOLDER1", f"7: {SECOND}.username: somebody in this file has the same"),
        ("username: second1, ", "", f"7: {SECOND}.username: is missing"),
        ("second1", "x", f"7: {SECOND}.username: 3 to 40 letters"),
        ("c@example.com", "A@example.com", f"7: {SECOND}.email: somebody of this household"),
        ("c@example.com", "c at example", f"7: {SECOND}.email: not an e-mail address"),
        ("first_name: C", "first_name: '8'", f"7: {SECOND}.first_name: 1 to 60 letters"),
        ("first_name: C", "first_name: No", f"7: {SECOND}.first_name: must be text"),
        ("language: en", "language: EN", f"8: {SECOND}.language: Input should be 'en' or 'fr'"),
        ("status: locked", "status: gone", f"8: {SECOND}.status: Input should be 'invited'"),
        ("data_addons", "everything", f"9: {SECOND}.rights[1]: not a service of the catalogue"),
        ("[view_invoice, data_addons]", "all", f"9: {SECOND}.rights: must be a list"),
        ("status: locked", "nickname: Lulu", f"8: {SECOND}.?: unknown field"),
        ("status: locked", "sttaus: locked", f"8: {SECOND}.sttaus: unknown field"),
        ("language: en", "nickname: Lulu", f"8: {SECOND}.nickname: unknown field"),
        ("language: en", "email: d@example.com", f"8: {SECOND}.email: given twice"),
        (
            "status: locked",
            "password_hash: nonsense",
            f"8: {SECOND}.password_hash: not an argon2id",
        ),
        ('"battery staple 9"', "", f"8: {SECOND}.password: no value"),
        ('"battery staple 9"', "''", f"8: {SECOND}.password: empty, or not text"),
        ('"battery staple 9"', "77777777", f"8: {SECOND}.password: must be text"),
        ('"battery staple 9"', "battery, staple 9", f"8: {SECOND}.?: no value"),
        ('"battery staple 9"', "battery, staple: 9", f"8: {SECOND}.?: unknown field"),
        ('"battery staple 9"', "*battery", "8: aliases are not read"),
        ('"battery staple 9"', "!battery staple", f"8: {SECOND}.password: must be text"),
        ('"battery staple 9"', '"battery', "10: not valid YAML: while scanning a quoted scalar"),
        ('"battery staple 9"', "%battery", "8: not valid YAML"),
        ('"battery staple 9"', '"\\uD800 battery"', f"8: {SECOND}.password: empty, or not text"),
        ('"battery staple 9"', '"\\UFFFFFFFF"', " not valid YAML"),
        ('"battery staple 9"', '"bat\0tery"', "8: a character that YAML does not allow"),
        ("households:", "people:", "1: households: is missing"),
        (EXAMPLE, "", "1: must be a mapping"),
        (EXAMPLE, "just words", "1: must be a mapping"),
        (EXAMPLE, "households: {}", "1: households: must be a list"),
        (EXAMPLE, f"{EXAMPLE}--- {{}}", "10: not valid YAML"),
        (EXAMPLE, "[" * 500, " not valid YAML"),
    ],
)
def test_a_mistake_is_named_by_file_line_and_field_and_never_by_a_password(
    written: str, instead: str, problem: str, tmp_path: Path
) -> None:
    assert written in EXAMPLE
    problems = problems_of(EXAMPLE.replace(written, instead), tmp_path)
    assert any(line.startswith(f"people.yml:{problem}") for line in problems), problems
    assert not [word for word in SECRETS if word in "".join(problems)]


@pytest.mark.parametrize("broken", ["", "households: [", EXAMPLE.replace("c@example.com", "c")])
def test_nothing_is_written_of_a_file_with_a_mistake(operator: Operator, broken: str) -> None:
    outcome = operator.imports(broken)
    assert (outcome.status, outcome.lines) == (1, [])
    assert outcome.errors[0].startswith("people.yml:")
    assert operator.rows("SELECT id FROM household") == []


def test_every_mistake_is_told_at_once(operator: Operator) -> None:
    wrong = EXAMPLE.replace("language: fr", "language: de").replace("c@example.com", "c")
    errors = operator.imports(wrong.replace("username: second1", "username: holder1")).errors
    assert [line.rsplit(":", 1)[0] for line in errors] == [
        "people.yml:3: households[0].language",
        f"people.yml:7: {SECOND}.email",
        f"people.yml:7: {SECOND}.username",
    ]


def test_a_password_and_its_hash_together_are_refused(operator: Operator) -> None:
    digest = "$argon2id$v=19$m=65536,t=3,p=4$c2FsdHNhbHRzYWx0$aGFzaGhhc2hoYXNoaGFzaA"
    both = EXAMPLE.replace("status: locked", f"password_hash: '{digest}'")
    assert operator.imports(both).errors == [
        f"people.yml:8: {SECOND}.password_hash: a password or its hash, not both"
    ]


def test_a_household_that_stands_twice_is_refused(operator: Operator) -> None:
    twice = EXAMPLE + EXAMPLE.removeprefix("households:\n")
    errors = operator.imports(twice.replace("holder1", "holder2", 1)).errors
    assert "households[1].account_number: a household in this file has the same" in errors[0]


def test_six_people_fit_and_a_seventh_does_not(operator: Operator) -> None:
    six = EXAMPLE + "".join(another(number) for number in range(4))
    refused = operator.imports(six + another(5))
    assert refused.errors == [
        "people.yml:4: households[0].members: 6 people at most, the holder included; here are 7"
    ]
    assert operator.rows("SELECT id FROM member") == []
    assert operator.imports(six).status == 0


def test_who_finds_no_place_in_the_database_is_named_by_line(operator: Operator) -> None:
    operator.imports(EXAMPLE + "".join(another(number) for number in range(4)))
    late = EXAMPLE.replace("second1", "late1").replace("c@example", "late@example")
    assert operator.imports(late).errors == [
        f"people.yml:7: {SECOND}.role: no place is left for this role in that household"
    ]
    assert len(operator.rows("SELECT id FROM member")) == 6


def test_a_file_that_is_not_there_is_named(operator: Operator) -> None:
    outcome = operator.imports_file(operator.file)
    assert (outcome.status, outcome.errors) == (1, ["people.yml: No such file or directory"])


def test_a_file_that_is_not_utf8_is_refused_with_its_line(operator: Operator) -> None:
    outcome = operator.imports(EXAMPLE.replace("first_name: C", "first_name: é").encode("latin-1"))
    assert (outcome.status, outcome.errors) == (1, ["people.yml:7: not UTF-8"])


edits = st.lists(
    st.tuples(
        st.integers(0, len(EXAMPLE) - 1), st.sampled_from([*" ,:{}[]\"'#&*!|>%@\\\n\t-?~\x85", ""])
    ),
    min_size=1,
    max_size=4,
)


@settings(  # a busy machine is no mistake
    deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(edits)
def test_no_slip_of_the_keyboard_breaks_the_reader_or_shows_a_password(
    tmp_path: Path, slips: list[tuple[int, str]]
) -> None:
    text = list(EXAMPLE)
    for position, character in slips:
        text[position] = character
    shown = "\n".join(problems_of("".join(text), tmp_path))
    assert not [word for word in SECRETS if word in shown]
