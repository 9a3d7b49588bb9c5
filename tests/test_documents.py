"""What the documents and the comments point to is there: files, headings, targets of make."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = sorted(
    path
    for pattern in ("*.md", ".github/*.md", "docs/**/*.md")
    for path in ROOT.glob(pattern)
    if path.name != "flows.md"  # drawn by `foyer graph`, and tested there
)
MAY_POINT = ("*.py", "*.yml", "*.toml", "*.md")
ROOMS = ("benchmarks", "bot", "docs", "faq", "intents", "storage", "tests", "tuning")
LINK = re.compile(r"\[[^\]]*\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)")
MENTION = re.compile(
    rf"(?<![\w./-])((?:{'|'.join(ROOMS)})/[\w./-]*\.(?:css|html|jsonl|md|npz|py|sql|tsv|txt|yml))\b"
)
TARGET = re.compile(r"\bmake ([a-z]+(?:-[a-z]+)*)\b(?=[`\s]*(?:`|#|$))", re.MULTILINE)
EXAMPLES = ("my_task", "0010_home_alarm")
"""Files that a how-to makes up."""


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def places(page: str) -> set[str]:
    """The anchors of the headings of a page, as GitHub makes them."""
    titles = re.findall(r"^#+ (.+)$", page, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_link_leads_to_a_file_and_a_heading_that_are_there(page: Path) -> None:
    for file, heading in LINK.findall(page.read_text("utf-8")):
        target = (page.parent / file).resolve() if file else page
        assert target.is_relative_to(ROOT), file
        assert target.exists(), file
        assert not heading or heading in places(target.read_text("utf-8")), heading


def files_that_may_point() -> Iterator[Path]:
    for room in (*ROOMS, ".github"):
        for pattern in MAY_POINT:
            yield from (ROOT / room).rglob(pattern)
    yield from PAGES


def test_every_file_that_is_mentioned_is_there() -> None:
    missing = {
        (name(path), mentioned)
        for path in files_that_may_point()
        for mentioned in MENTION.findall(path.read_text("utf-8"))
        if not (ROOT / mentioned).exists() and not any(one in mentioned for one in EXAMPLES)
    }
    assert not missing


def test_every_target_of_make_that_is_mentioned_is_there() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    said = {one for page in PAGES for one in TARGET.findall(page.read_text("utf-8"))}
    assert "test-fast" in said
    assert said <= targets


def test_the_changelog_tells_of_the_version_that_this_is() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    released = re.findall(r"^## \[(.+)\] - \d{4}-\d\d-\d\d$", changelog, re.MULTILINE)
    assert released[0] == project["version"]
    assert changelog.index("## [Unreleased]") < changelog.index(f"## [{released[0]}]")


@pytest.mark.parametrize("path", sorted((ROOT / ".github").rglob("*.yml")), ids=name)
def test_forms_link_to_pages_that_are_there(path: Path) -> None:
    for page in re.findall(r"\(\.\./blob/main/([^)#]+)", path.read_text("utf-8")):
        assert (ROOT / page).exists(), page
