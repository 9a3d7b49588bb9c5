"""JSONL and CSV say the same as YAML, and their mistakes are named by line as kindly."""

import csv
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.importing.checking import check_file
from bot.importing.csv_file import HEADER
from bot.importing.format import HouseholdEntry
from bot.importing.problems import FileRefused
from bot.importing.sources import source_of
from tests.importing.conftest import EXAMPLE, Operator

SERVICES = frozenset({"view_invoice", "data_addons"})
SECRETS = ("correct", "horse", "battery", "staple")
HOUSEHOLDS: list[dict[str, Any]] = yaml.safe_load(EXAMPLE)["households"]

names = st.text(st.sampled_from("AbcÉéñ Żł'’-"), min_size=1, max_size=12).filter(
    lambda text: any(map(str.isalpha, text))
)


def people(number: int) -> st.SearchStrategy[list[dict[str, Any]]]:
    def of(seats: int) -> st.SearchStrategy[list[dict[str, Any]]]:
        return st.tuples(*(person(number, seat) for seat in range(seats))).map(list)

    return st.integers(1, 6).flatmap(of)


def person(number: int, seat: int) -> st.SearchStrategy[dict[str, Any]]:
    given: dict[str, st.SearchStrategy[Any]] = {
        "role": st.just("secondary" if seat else "holder"),
        "username": st.just(f"user{number}.{seat}"),
        "first_name": names,
        "last_name": names,
        "email": st.just(f"user{number}.{seat}@example.com"),
    }
    sometimes: dict[str, st.SearchStrategy[Any]] = {
        "language": st.sampled_from(["en", "fr"]),
        "status": st.sampled_from(["invited", "active", "locked"]),
        "rights": st.lists(st.sampled_from(sorted(SERVICES)), unique=True),
        "password": st.text(st.sampled_from('a1é ;,"-'), min_size=1, max_size=9).filter(str.strip),
    }
    return st.fixed_dictionaries(given, optional=sometimes)


def household(number: int) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {
            "account_number": st.just(f"9021{number:04d}"),
            "language": st.sampled_from(["en", "fr"]),
            "members": people(number),
        }
    )


files = st.integers(1, 4).flatmap(lambda count: st.tuples(*map(household, range(count))).map(list))


def as_yaml(path: Path, households: Sequence[Mapping[str, Any]]) -> None:
    path.write_text(yaml.safe_dump({"households": list(households)}, allow_unicode=True), "utf-8")


def as_json_lines(path: Path, households: Sequence[Mapping[str, Any]]) -> None:
    lines = [json.dumps(home, ensure_ascii=False) + "\n" for home in households]
    path.write_text("\n".join(lines), "utf-8")


def as_csv(path: Path, households: Sequence[Mapping[str, Any]], delimiter: str = ",") -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, HEADER, delimiter=delimiter)
        writer.writeheader()
        for home in households:
            for member in home["members"]:
                rights = {"rights": " ".join(member["rights"]) or "-"} if "rights" in member else {}
                about = {
                    "account_number": home["account_number"],
                    "household_language": home["language"],
                }
                writer.writerow({**member, **rights, **about})


WRITERS = {".yml": as_yaml, ".jsonl": as_json_lines, ".csv": as_csv}


def entries_of(path: Path) -> list[HouseholdEntry]:
    entries: list[HouseholdEntry] = []
    assert check_file(source_of(path), SERVICES, entries.append) == len(entries)
    return entries


def problems_of(path: Path) -> list[str]:
    try:
        check_file(source_of(path), SERVICES)
    except FileRefused as refused:
        return [problem.describe(Path(path.name)) for problem in refused.problems]
    return []


def problems_in(tmp_path: Path, name: str, text: str) -> list[str]:
    (tmp_path / name).write_bytes(text.encode())
    return problems_of(tmp_path / name)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(files)
def test_every_format_says_the_same(tmp_path: Path, households: list[dict[str, Any]]) -> None:
    read = []
    for ending, write in WRITERS.items():
        write(tmp_path / f"people{ending}", households)
        read.append(entries_of(tmp_path / f"people{ending}"))
    assert read[0] == read[1] == read[2]


def test_a_header_may_be_in_quotes(tmp_path: Path) -> None:
    as_csv(tmp_path / "people.csv", HOUSEHOLDS)
    plain = entries_of(tmp_path / "people.csv")
    header, rows = (tmp_path / "people.csv").read_text("utf-8").split("\n", 1)
    quoted = ",".join(f'"{name}"' for name in header.strip().split(","))
    (tmp_path / "people.csv").write_text(f"\ufeff{quoted}\n{rows}", "utf-8")
    assert entries_of(tmp_path / "people.csv") == plain


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_a_spreadsheet_may_separate_cells_its_own_way(tmp_path: Path, delimiter: str) -> None:
    as_csv(tmp_path / "people.csv", HOUSEHOLDS, delimiter)
    as_yaml(tmp_path / "people.yml", HOUSEHOLDS)
    assert entries_of(tmp_path / "people.csv") == entries_of(tmp_path / "people.yml")


LINE = json.dumps(HOUSEHOLDS[0], ensure_ascii=False)
SECOND = "members[1]"


@pytest.mark.parametrize(
    ("written", "instead", "problem"),
    [
        ('"fr"', '"de"', "1: language: Input should be 'en' or 'fr'"),
        ('"90210001"', "90210001", "1: account_number: must be text: put it in quotes"),
        ('"c@example.com"', '"c"', f"1: {SECOND}.email: not an e-mail address"),
        ('"status"', '"sttaus"', f"1: {SECOND}.sttaus: unknown field"),
        ('"status"', '"correct horse 7"', f"1: {SECOND}.?: unknown field"),
        ('"status": "locked"', '"role": "holder"', "1: role: given twice"),
        ('"second1"', '"HOLDER1"', f"1: {SECOND}.username: somebody in this file has the same"),
        ("data_addons", "tv", f"1: {SECOND}.rights[1]: not a service of the catalogue"),
        ('"battery staple 9"', "battery staple 9", "1: not valid JSON: a household a line"),
        ('"battery staple 9"', r'"\ud800"', f"1: {SECOND}.password: empty, or not text"),
        ('"battery staple 9"', "7" * 5000, "1: not valid JSON: a household a line"),
        (LINE, "[" * 100_000, "1: not valid JSON: a household a line"),
        (LINE, "[]", "1: must be a mapping"),
        (LINE, f"[\n{LINE}\n]", "1: not valid JSON: a household a line"),
        (LINE, f"{LINE}\n\n{LINE}", "3: account_number: a household in this file has the same"),
        (LINE, "x" * 1_000_001, "1: too long: a household a line"),
    ],
)
def test_a_mistake_in_json_lines_is_named_by_line_and_field(
    tmp_path: Path, written: str, instead: str, problem: str
) -> None:
    assert written in LINE
    problems = problems_in(tmp_path, "people.jsonl", LINE.replace(written, instead, 1))
    assert f"people.jsonl:{problem}" in "\n".join(problems), problems
    assert not [word for word in SECRETS if word in "".join(problems)]


ROWS = """\
account_number,household_language,role,username,first_name,last_name,email,rights,password
90210001,fr,holder,holder1,A,B,a@example.com,,correct horse 7
90210001,fr,secondary,second1,C,D,c@example.com,view_invoice data_addons,battery staple 9
"""


@pytest.mark.parametrize(
    ("written", "instead", "problem"),
    [
        ("c@example.com", "c", "3: email: not an e-mail address"),
        ("data_addons", "tv", "3: rights: not a service of the catalogue"),
        ("secondary,second1", "secondary,", "3: username: is missing"),
        ("90210001,fr,secondary", ",fr,secondary", "3: account_number: is missing"),
        ("90210001,fr,secondary", "90210001,en,secondary", "3: household_language: another than"),
        (",fr,holder", ",,holder", "2: household_language: is missing"),
        ("secondary,", "holder,", "3: role: a household has one holder"),
        ("battery staple 9", "battery, staple 9", "3: more cells than the header has names"),
        ("battery staple 9", '"battery" staple 9', "3: not valid CSV: look at the quotes"),
        ("first_name,", "given_name,", "1: the header may have, each once: account_number, "),
        (",email,", ",", "1: the header lacks: email"),
        (ROWS, "", "1: the header lacks: account_number, email"),
        (
            "\n90210001,fr,secondary",
            "\n90210002,fr,holder,holder2,A,B,a@example.com\n90210001,fr,secondary",
            "4: account_number: a household in this file has the same",
        ),
        ("A,B", '"A\nA",B', "4: email: not an e-mail address"),
    ],
)
def test_a_mistake_in_csv_is_named_by_row_and_column(
    tmp_path: Path, written: str, instead: str, problem: str
) -> None:
    assert written in ROWS
    text = ROWS.replace(written, instead, 1)
    if problem.startswith("4: email"):  # a cell may hold a line break: lines are counted, not rows
        text = text.replace("c@example.com", "c")
    problems = problems_in(tmp_path, "people.csv", text)
    assert f"people.csv:{problem}" in "\n".join(problems), problems
    assert not [word for word in SECRETS if word in "".join(problems)]


@pytest.mark.parametrize("name", ["people.jsonl", "people.csv"])
def test_a_line_that_is_not_utf8_is_named(tmp_path: Path, name: str) -> None:
    text = {"people.jsonl": f"{LINE}\n{LINE}", "people.csv": ROWS}[name]
    lines = text.encode().split(b"\n")
    (tmp_path / name).write_bytes(b"\n".join([lines[0], b"\xe9" + lines[1]]))
    assert f"{name}:2: not UTF-8" in problems_of(tmp_path / name)


slips = st.lists(
    st.tuples(st.integers(0, 400), st.sampled_from([*" ,:{}[]\"'\\;\n\t-", ""])),
    min_size=1,
    max_size=4,
)


@pytest.mark.parametrize(("name", "text"), [("people.jsonl", LINE), ("people.csv", ROWS)])
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(slips=slips)
def test_no_slip_of_the_keyboard_breaks_a_reader_or_shows_a_password(
    tmp_path: Path, name: str, text: str, slips: list[tuple[int, str]]
) -> None:
    letters = list(text)
    for position, character in slips:
        letters[position % len(letters)] = character
    shown = "\n".join(problems_in(tmp_path, name, "".join(letters)))
    assert not [word for word in SECRETS if word in shown]


def test_a_file_whose_name_says_no_format_is_refused(operator: Operator, tmp_path: Path) -> None:
    outcome = operator.imports_file(tmp_path / "people.txt")
    assert outcome.status == 1
    assert outcome.errors == [
        "people.txt: its name must end in one of: .yml, .yaml, .jsonl, .ndjson, .csv"
    ]


def test_thousands_of_mistakes_are_not_all_told(tmp_path: Path) -> None:
    lines = [LINE.replace("9021", f"{number}").replace('"fr"', '"de"') for number in range(1100)]
    assert len(problems_in(tmp_path, "people.jsonl", "\n".join(lines))) == 1000
